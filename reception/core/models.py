"""Face of the core's models: imports only."""

from reception.core.clock.config import QuietHours, RuleSetting
from reception.core.clock.models import Clock, Hold, LadderStep, Tick, WorkCalendar
from reception.core.documents.models import Document, Reading, Use, Version
from reception.core.exports.models import Export
from reception.core.files.models import Attachment
from reception.core.ledger.models import ChainHead, Counter, Event
from reception.core.notices.models import Notice
from reception.core.people.delegation import Delegation
from reception.core.people.models import Department, Position, User
from reception.core.web.models import Once
from reception.core.web.remembered import RememberedFilter

__all__ = [
    "Attachment",
    "ChainHead",
    "Clock",
    "Counter",
    "Delegation",
    "Department",
    "Document",
    "Event",
    "Export",
    "Hold",
    "LadderStep",
    "Notice",
    "Once",
    "Position",
    "QuietHours",
    "Reading",
    "RememberedFilter",
    "RuleSetting",
    "Tick",
    "Use",
    "User",
    "Version",
    "WorkCalendar",
]
