"""Face of the core's models: imports only."""

from reception.core.clock.models import Clock, LadderStep, Tick, WorkCalendar
from reception.core.files.models import Attachment
from reception.core.ledger.models import ChainHead, Counter, Event
from reception.core.notices.models import Notice
from reception.core.people.models import Department, Position, User
from reception.core.web.models import Once

__all__ = [
    "Attachment",
    "ChainHead",
    "Clock",
    "Counter",
    "Department",
    "Event",
    "LadderStep",
    "Notice",
    "Once",
    "Position",
    "Tick",
    "User",
    "WorkCalendar",
]
