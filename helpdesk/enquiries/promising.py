"""Promises as rows and as a clock: made, agreed anew, kept (E5.2.1b). Only inside an action."""

from datetime import datetime

from helpdesk.enquiries.choices import Outcome
from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.enquiries.queries import REPLY
from reception.core.clock import calendar_for, start, stop
from reception.core.people.models import User


def watch(enquiry: Enquiry, *, at: datetime, owner: User, due_at: datetime | None = None) -> None:
    """Start the clock in the desk's own hours: up to the promise, else to the end of the same service day (D4.1)."""
    calendar = calendar_for("service")
    start(enquiry, REPLY, at=at, due_at=due_at or calendar.end_of_day(at), owner=owner, calendar=calendar)


def pledge(enquiry: Enquiry, *, by: User, at: datetime) -> None:
    """Write the promise that now stands on the enquiry."""
    CallBack.objects.create(
        enquiry=enquiry, contact=enquiry.contact, made_at=at, made_by=by, due_at=enquiry.reply_due_at
    )


def redeem(enquiry: Enquiry, outcome: str, *, by: User, at: datetime) -> None:
    """The promise in force is over, by `outcome`; late stays late."""
    rows = CallBack.objects.filter(enquiry=enquiry, outcome=Outcome.OPEN)
    rows.update(outcome=outcome, ended_at=at, ended_by=by)


def hush(enquiry: Enquiry, *, at: datetime) -> None:
    """It rings no more."""
    stop(enquiry, REPLY, at=at)
