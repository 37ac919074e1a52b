"""What was said to the desk, and the columns that it becomes (records §2 电话记录; C6, C7, D4.3)."""

from datetime import datetime
from typing import Any, TypedDict

from helpdesk.cases.models import Category, classify
from helpdesk.directory.models import Resident, Unit, address, normalize
from helpdesk.log.choices import Channel, Kind
from helpdesk.log.policies import (
    check_kind,
    check_leads_on,
    check_number,
    check_rings,
    check_times,
    check_words,
)


class Heard(TypedDict, total=False):
    """What was said to the desk (records §2 电话记录). content, caller_name and kind are needed.

    recorded_at: when it came in, for a call written down afterwards, with backdate_reason (D4.3.2).
    rings: 1–20, None when not counted (C6). reply: the answer given at once, which closes the record.
    """

    content: str
    kind: str
    channel: str
    number: str
    caller_name: str
    caller_title: str
    company: str
    unit: Unit | None
    place: str
    category: Category | None
    resident: Resident | None
    rings: int | None
    rings_reason: str
    repeated: bool
    handling: str
    reply_due_at: datetime | None
    reply: str
    recorded_at: datetime | None
    backdate_reason: str


def columns(heard: Heard, at: datetime) -> dict[str, Any]:
    """The columns of a new record from what was heard. Raises Refused."""
    said: dict[str, Any] = {
        name: (value.strip() if isinstance(value, str) else value) for name, value in heard.items()
    }
    reply = said.pop("reply", None) or ""
    said["recorded_at"] = said.get("recorded_at") or at
    said["channel"] = said.get("channel") or Channel.PHONE.value
    text = {name: said.get(name) or "" for name in TEXTS}
    check_words(text["content"], text["caller_name"])
    check_kind(text["kind"], said.get("category"))
    check_number(text["channel"], text["number"])
    check_rings(said.get("rings"), text["rings_reason"])
    check_times(said["recorded_at"], text["backdate_reason"], said.get("reply_due_at"), at)
    check_leads_on(text["kind"], text["handling"], reply, said.get("reply_due_at"))
    text["number"] = normalize(text["number"]) or text["number"][:32]
    unit, text["place"] = address(said.get("unit"), text["place"])
    # What the clerk did not choose the words decide, by the manager's keywords (D4.3.1); a repair's order does so itself.
    if not said.get("category") and text["kind"] != Kind.REPAIR:
        said["category"] = classify(text["content"], text["kind"])
    return {**said, **text, "unit": unit, "repeated": bool(said.get("repeated"))}


TEXTS = (
    "content", "kind", "channel", "number", "caller_name", "caller_title", "company", "place", "rings_reason",
    "handling", "backdate_reason",
)  # fmt: skip
