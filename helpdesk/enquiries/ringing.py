"""A promised call back rings until it is done: the ladder climbs, and its highest rung comes again and again (E5.2.1b)."""

from datetime import datetime

from helpdesk.cases.models import limit_of
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.queries import AGAIN, REPLY, RING
from reception.core.clock.models import Clock
from reception.core.clock.periods import local
from reception.core.clock.voices import Said, voice
from reception.core.people.models import User


@voice(REPLY)
def call_back(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """Whom to call, on which number, and until when it was promised."""
    found = Enquiry.objects.select_related("created_by", "taken_by").get(pk=clock.subject_id)
    late = percent >= 100
    due = f"{local(clock.due_at):%m-%d %H:%M} "
    what = f"答应{due}前回电" if found.reply_due_at else f"{due}前要答复"
    state = f"{what}，已过时，请马上回" if late else f"{what}，时限已用 {percent}%"
    keeper = found.taken_by or found.created_by
    body = "·".join(filter(None, [found.contact or found.phone, found.title]))
    return Said(
        [*people, keeper] if late else people,
        f"{found.no} {found.customer}：{state}",
        body,
        "urgent" if late else "warn",
    )


def again(clock: Clock, at: datetime) -> datetime:
    """When the highest rung rings once more: N minutes of the desk's hours later."""
    return clock.own_add(at, limit_of(RING, AGAIN))
