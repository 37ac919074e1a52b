"""The face of the wing's models: it only imports; each noun's folder holds its own."""

from visits.briefing.models import Acknowledgement, CalendarLink
from visits.costs.models import CostLine
from visits.costs.models_sheet import CostSheet, CostTotal, Expense
from visits.customers.models import Contact, Customer, Gift, Preference
from visits.guests.models import Guest
from visits.imports.models import ImportBatch, ImportRow
from visits.profiles.models import RuleProfile
from visits.promises.models import Promise
from visits.requests.models import Reception
from visits.tasks.models import Task, TaskTemplate, TierOffset
from visits.tiers.models import Standard, Tier

__all__ = [
    "Acknowledgement",
    "CalendarLink",
    "Contact",
    "CostLine",
    "CostSheet",
    "CostTotal",
    "Customer",
    "Expense",
    "Gift",
    "Guest",
    "ImportBatch",
    "ImportRow",
    "Preference",
    "Promise",
    "Reception",
    "RuleProfile",
    "Standard",
    "Task",
    "TaskTemplate",
    "Tier",
    "TierOffset",
]
