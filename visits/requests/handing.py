"""转交: a leader passes one request on to another who may decide it (records §1.2)."""

from datetime import datetime

from reception.core.ledger import action
from reception.core.people.models import User
from visits.requests.holding import NOBODY
from visits.requests.models import Reception
from visits.requests.policies import PROCEDURE, check_receiver


@action
def hand_on(
    reception: Reception, *, by: User, at: datetime, to: User | None, reason: str, expect: int | None = None
) -> Reception:
    """转交 to `to`, whose turn alone it is then; the reason is required. Raises Refused."""
    PROCEDURE.fresh(reception, "hand_on", expect)
    giver = PROCEDURE.stand(reception, "hand_on", by=by, at=at)
    assert giver is not None
    check_receiver(reception, None if to == by else to, giver)
    assert to is not None
    PROCEDURE.run(
        reception, "hand_on", by=by, at=at, expect=expect, reason=reason, detail={"to": str(to), "to_id": to.pk},
        holder=to, held_at=at, held_by=giver,
    )  # fmt: skip
    return reception


@action
def hand_back(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """退还转交 by the one who received it, or taken back by the one who gave it: it waits for all leaders who may
    decide it again. The reason is required. Raises Refused."""
    PROCEDURE.run(reception, "hand_back", by=by, at=at, expect=expect, reason=reason, **NOBODY)
    return reception
