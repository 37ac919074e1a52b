"""What is no enquiry, repair, complaint or emergency leads to a matter of its own (D4.4.3)."""

from datetime import datetime
from typing import Any, Unpack

from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from helpdesk.log.queries import DAY
from helpdesk.matters.choices import Kind as MatterKind
from helpdesk.matters.models import Matter
from helpdesk.matters.opening import Told, open_matter
from reception.core.clock import stop
from reception.core.ledger import action
from reception.core.people.models import User


@action
def hand_on(
    source: Call, *, by: User, at: datetime, expect: int | None = None, **better: Unpack[Told]
) -> Matter:
    """转其他问题: a matter with what the call carries, linked to it; both are closed together (D4.4.3). Raises Refused.

    better: what is known beside the call; praise says whom (praised), a call put through to whom (transfer_to).
    """
    PROCEDURE.run(source, "hand_on", by=by, at=at, expect=expect)
    stop(source, DAY, at=at)
    kind = source.kind if source.kind in MatterKind.values else MatterKind.OTHER.value
    known: dict[str, Any] = {
        "kind": kind,
        "reporter": f"{source.caller_name}{source.caller_title}",
        "phone": source.number,
        "place": source.place or source.company,
        "channel": source.get_channel_display(),
        "content": source.content,
        "category": source.category if source.category and source.category.kind == kind else None,
    }
    given: dict[str, Any] = {name: value for name, value in better.items() if value not in (None, "")}
    return open_matter(by=by, at=at, **{**known, **given, "call": source})
