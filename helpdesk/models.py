"""The face of the wing's models: it only imports; each noun's folder holds its own."""

from helpdesk.begun.models import Begun
from helpdesk.cases.models import Category, ClockRule
from helpdesk.collective.models import Collective, CollectiveRule, Household
from helpdesk.complaints.models import Complaint
from helpdesk.corrections.models import Correction
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.shifts import Shift, Turn
from helpdesk.directory.companies import Company, Lease
from helpdesk.directory.models import Building, Phone, Resident, Unit
from helpdesk.emergencies.models import Alert, ChecklistItem, Duty, Emergency, Outside
from helpdesk.enquiries.models import CallBack, Citation, Enquiry
from helpdesk.fieldwork.models import FieldLink, FieldStep
from helpdesk.handed.models import Case, DeadlineRule, HeldMonth, Measure, Outcome, Snapshot, Submission
from helpdesk.imports.models import UnitImport, UnitImportRow
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.limits import RepairLimit
from helpdesk.repairs.models import Material, Repair
from helpdesk.report.models import Target
from helpdesk.scripts.models import Script
from helpdesk.visitors.models import Visitor

__all__ = [
    "Alert",
    "Begun",
    "Building",
    "Call",
    "CallBack",
    "Carried",
    "Case",
    "Category",
    "ChecklistItem",
    "Citation",
    "ClockRule",
    "Collective",
    "CollectiveRule",
    "Company",
    "Complaint",
    "Correction",
    "Day",
    "DeadlineRule",
    "Duty",
    "Emergency",
    "Enquiry",
    "FieldLink",
    "FieldStep",
    "HeldMonth",
    "Household",
    "Lease",
    "Material",
    "Matter",
    "Measure",
    "Outcome",
    "Outside",
    "Phone",
    "Repair",
    "RepairLimit",
    "Resident",
    "Script",
    "Shift",
    "Snapshot",
    "Submission",
    "Target",
    "Turn",
    "Unit",
    "UnitImport",
    "UnitImportRow",
    "Visitor",
]
