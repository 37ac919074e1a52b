"""我已知悉 (A6)."""

from datetime import datetime

from reception.core.ledger import action, record
from reception.core.people.models import User
from visits.briefing.models import Acknowledgement
from visits.briefing.policies import check_acknowledges
from visits.requests.models import Reception


@action
def acknowledge(
    reception: Reception, *, by: User, at: datetime, expect: int | None = None
) -> Acknowledgement:
    """`by` has read the briefing and the conduct rules; a second time is the first one again, without an event.
    `expect` is the revision they read. Raises Refused (forbidden, state, stale)."""
    fresh = Reception.objects.select_related("host", "applicant", "department__head").get(pk=reception.pk)
    check_acknowledges(fresh, by, expect)
    found, made = Acknowledgement.objects.get_or_create(
        reception=fresh, user=by, version=fresh.version, defaults={"at": at}
    )
    if made:
        record(fresh, "acknowledge", "已知悉简报", by=by, at=at)
    return found
