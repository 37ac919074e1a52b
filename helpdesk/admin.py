"""The face of the wing's admin: it only imports; each noun's folder holds its own."""

from helpdesk.begun.admin import BegunAdmin
from helpdesk.cases.admin import CategoryAdmin, ClockRuleAdmin
from helpdesk.collective.admin import CollectiveAdmin, CollectiveRuleAdmin
from helpdesk.complaints.admin import ComplaintAdmin
from helpdesk.corrections.admin import CorrectionAdmin
from helpdesk.daybook.admin import CarriedAdmin, DayAdmin, ShiftAdmin, TurnAdmin
from helpdesk.directory.admin import BuildingAdmin, CompanyAdmin, LeaseAdmin, ResidentAdmin, UnitAdmin
from helpdesk.emergencies.admin import ChecklistItemAdmin, EmergencyAdmin
from helpdesk.enquiries.admin import EnquiryAdmin
from helpdesk.fieldwork.admin import FieldLinkAdmin, FieldStepAdmin
from helpdesk.handed.admin import DeadlineRuleAdmin, SnapshotAdmin, SubmissionAdmin
from helpdesk.log.admin import CallAdmin
from helpdesk.matters.admin import MatterAdmin
from helpdesk.repairs.admin import RepairAdmin
from helpdesk.report.admin import TargetAdmin
from helpdesk.scripts.admin import ScriptAdmin
from helpdesk.visitors.admin import VisitorAdmin

__all__ = [
    "BegunAdmin",
    "BuildingAdmin",
    "CallAdmin",
    "CarriedAdmin",
    "CategoryAdmin",
    "ChecklistItemAdmin",
    "ClockRuleAdmin",
    "CollectiveAdmin",
    "CollectiveRuleAdmin",
    "CompanyAdmin",
    "ComplaintAdmin",
    "CorrectionAdmin",
    "DayAdmin",
    "DeadlineRuleAdmin",
    "EmergencyAdmin",
    "EnquiryAdmin",
    "FieldLinkAdmin",
    "FieldStepAdmin",
    "LeaseAdmin",
    "MatterAdmin",
    "RepairAdmin",
    "ResidentAdmin",
    "ScriptAdmin",
    "ShiftAdmin",
    "SnapshotAdmin",
    "SubmissionAdmin",
    "TargetAdmin",
    "TurnAdmin",
    "UnitAdmin",
    "VisitorAdmin",
]
