"""接待申请表 as paper (A9): cells, and the signatures of the ledger."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from reception.core.clock.periods import local
from reception.core.ledger import Event
from visits.arrangements.choices import Kind
from visits.arrangements.queries import rows_of
from visits.arrangements.words import line
from visits.costs.choices import CostItem
from visits.models import Reception
from visits.requests.choices import Need, Status
from visits.requests.paper_fit import lay_out
from visits.requests.views_side import side_of
from visits.requests.views_words import plain, span, when

SIGNS = (("agree", "部门审核"), ("approve", "领导审批"), ("reject", "领导审批"))
BLANK = 3  # roster rows to write on when nobody is named yet
# Section of the paper → the needs that ask for it.
ASKED = {
    Kind.MEAL: (Need.MEAL,), Kind.LODGING: (Need.BED,), Kind.CAR: (Need.PICK, Need.CAR), Kind.MEETING: (Need.ROOM,),
    Kind.TOUR: (Need.TOUR,), Kind.TICKET: (Need.TICKET,),
}  # fmt: skip


def paper(reception: Reception, events: list[Event], at: datetime) -> dict[str, Any]:
    """Context of the print page; printed_at is Shanghai time."""
    prefetch_related_objects([reception], "lines")  # asked for twice
    guests, side = list(reception.guests.all()), side_of(reception, at)
    sheet = lay_out(texts_of(reception, side), sections_of(reception), guests)
    return {
        "reception": reception, "side": side, "sheet": sheet, "texts": sheet.texts,
        "needs": [(label, value in reception.needs) for value, label in Need.choices],
        "guests": sheet.guests,
        "blank": range(max(0, BLANK - len(guests))),
        "time_line": _year(reception.arrive_at) + span(reception.arrive_at, reception.leave_at),
        "organisation": settings.ORGANISATION.split("·")[0],
        "signs": signatures(reception, events),
        "valid": reception.status not in (Status.DRAFT, Status.RETURNED, Status.REJECTED, Status.CANCELLED),
        "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
        "applied_on": _date(reception.submitted_at or reception.created_at),
    }  # fmt: skip


def texts_of(reception: Reception, side: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(name, label, text) of what may be long."""
    return [
        ("subject", "事由", reception.subject),
        ("estimate", "费用估算", estimate_line(side)),
        ("overspend", "超标说明", reception.overspend_reason),
        ("retro", "补办", retro_line(reception)),
        ("note", "备注", reception.note),
    ]


def estimate_line(side: dict[str, Any]) -> str:
    """用餐 1,800（标准 3,000）；合计 1,800 元."""
    rows = [
        f"{row['label']} {row['plain_text']}" + (f"（标准 {row['standard_text']}）" if row["standard_text"] else "")
        for row in side["rows"]
    ]  # fmt: skip
    return "；".join([*rows, f"合计 {side['total_plain']} 元"])


def retro_line(reception: Reception) -> str:
    """Why it is applied for afterwards; nothing for others."""
    if not reception.retroactive:
        return ""
    return (
        f"{reception.retro_reason}（{reception.retro_agreed_by} {when(reception.retro_agreed_at)} 口头同意）"
    )


def sections_of(reception: Reception) -> list[tuple[str, list[str]]]:
    """Sections five to eleven: their rows; 需要，由综合部安排 when only ticked; 无 when not asked for."""
    found = {}
    for kind, rows in rows_of(reception).items():
        asked = set(reception.needs) & set(ASKED[Kind(kind)])
        found[Kind(kind)] = [line(row) for row in rows] or ["需要，具体由承办部门安排" if asked else "无"]
    meals = "用餐" if reception.accompany is None else f"用餐（陪餐 {reception.accompany} 人）"
    made = [(meals if kind == Kind.MEAL else kind.label, found[kind]) for kind in found]
    return [made[0], ("酒、烟", _treats(reception)), *made[1:]]


def _treats(reception: Reception) -> list[str]:
    """Section six, from the budget."""
    units = {CostItem.WINE: "瓶", CostItem.TOBACCO: "盒"}
    rows = [row for row in reception.lines.all() if row.item in units]
    named = (f"{row} {row.quantity} {units[CostItem(row.item)]} " + ("按标准" if row.unit_price is None else f"{plain(row.unit_price)} 元") for row in rows)  # fmt: skip
    return ["；".join(named) or "无"]


def signatures(reception: Reception, events: list[Event]) -> list[dict[str, str]]:
    """One cell a step: 经办, 部门审核, 领导审批; blank lines where nobody has signed since the last submission."""
    last = max((event.seq for event in events if event.verb == "submit"), default=0)
    round_ = [event for event in events if event.seq >= last]
    found = {"经办人": next((e for e in round_ if e.verb == "submit"), None)}
    for verb, label in SIGNS:
        found[label] = next((e for e in round_ if e.verb == verb), found.get(label))
    if reception.department and not reception.department.reviews and not found["部门审核"]:
        del found["部门审核"]
    return [_sign(label, event) for label, event in found.items()]


def _sign(label: str, event: Event | None) -> dict[str, str]:
    """What a signature cell holds."""
    if event is None:
        return {"label": label, "word": "", "reason": "", "name": "", "date": "　　年　　月　　日"}
    word = {"submit": "", "agree": "同意。", "reject": "不批准。"}.get(event.verb, "")
    word = "" if event.reason.startswith(word[:2] or "　") else word
    if event.verb == "approve":
        word = f"同意，定为{event.detail.get('tier', '')}。"
    return {
        "label": label,
        "word": word,
        "reason": event.reason,
        "name": event.actor_name,
        "date": _date(event.at),
    }


def _year(at: datetime | None) -> str:
    """2026年."""
    return f"{local(at).year}年" if at else ""


def _date(at: datetime | None) -> str:
    """2026年3月18日."""
    return f"{local(at).year}年{local(at).month}月{local(at).day}日" if at else ""
