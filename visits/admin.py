"""The face of the wing's admin: it only imports; each noun's folder holds its own."""

from visits.changes.admin import ChangeAdmin, ChangeRuleAdmin
from visits.copies.admin import CopyAdmin
from visits.customers.admin import CustomerAdmin
from visits.hosts.admin import AbsenceAdmin
from visits.materials.admin import MaterialAdmin, StockMoveAdmin
from visits.meetings.admin import MeetingAdmin
from visits.notes.admin import NoteAdmin
from visits.profiles.admin import RuleProfileAdmin
from visits.requests.admin import ReceptionAdmin
from visits.resources.admin import ResourceAdmin, ResourceBookingAdmin
from visits.satisfaction.admin import AnswerAdmin
from visits.tasks.admin import TaskTemplateAdmin
from visits.tiers.admin import StandardAdmin, TierAdmin

__all__ = [
    "AbsenceAdmin",
    "AnswerAdmin",
    "ChangeAdmin",
    "ChangeRuleAdmin",
    "CopyAdmin",
    "CustomerAdmin",
    "MaterialAdmin",
    "MeetingAdmin",
    "NoteAdmin",
    "ReceptionAdmin",
    "ResourceAdmin",
    "ResourceBookingAdmin",
    "RuleProfileAdmin",
    "StandardAdmin",
    "StockMoveAdmin",
    "TaskTemplateAdmin",
    "TierAdmin",
]
