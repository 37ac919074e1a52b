"""The face of the wing's models: it only imports; each noun's folder holds its own."""

from visits.arrangements.models import CarRow, LodgingRow, MealRow, MeetingRow, TicketRow, TourRow
from visits.briefing.models import Acknowledgement, CalendarLink
from visits.changes.models import Change, ChangeRule
from visits.copies.models import Copy
from visits.costs.models import CostLine
from visits.costs.models_sheet import CostSheet, CostTotal, Expense
from visits.customers.models import Contact, Customer, Gift, Preference
from visits.guests.models import Guest
from visits.hosts.models import Absence
from visits.imports.models import ImportBatch, ImportRow
from visits.itinerary.models import Item, Itinerary
from visits.materials.models import Material, StockMove
from visits.meetings.models import AgendaRow, Handout, Meeting, Participant
from visits.notes.models import Note
from visits.profiles.models import RuleProfile
from visits.promises.models import Promise
from visits.readiness.models import GoDecision
from visits.requests.models import Reception
from visits.resources.models import Resource, ResourceBooking
from visits.satisfaction.models import Answer, Invitation
from visits.tasks.models import Task, TaskCheck
from visits.tasks.models_template import TaskTemplate, TierOffset
from visits.tiers.models import Standard, Tier
from visits.welcome.models import ScreenLink, Welcome, WelcomeText

__all__ = [
    "Absence",
    "Acknowledgement",
    "AgendaRow",
    "Answer",
    "CalendarLink",
    "CarRow",
    "Change",
    "ChangeRule",
    "Contact",
    "Copy",
    "CostLine",
    "CostSheet",
    "CostTotal",
    "Customer",
    "Expense",
    "Gift",
    "GoDecision",
    "Guest",
    "Handout",
    "ImportBatch",
    "ImportRow",
    "Invitation",
    "Item",
    "Itinerary",
    "LodgingRow",
    "Material",
    "MealRow",
    "Meeting",
    "MeetingRow",
    "Note",
    "Participant",
    "Preference",
    "Promise",
    "Reception",
    "Resource",
    "ResourceBooking",
    "RuleProfile",
    "ScreenLink",
    "Standard",
    "StockMove",
    "Task",
    "TaskCheck",
    "TaskTemplate",
    "TicketRow",
    "Tier",
    "TierOffset",
    "TourRow",
    "Welcome",
    "WelcomeText",
]
