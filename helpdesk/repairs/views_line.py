"""经过: everything that happened to an order, told in one line each, and what is still to come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from helpdesk.cases.views_faces import day_hour
from helpdesk.repairs.aside import ASIDE
from helpdesk.repairs.choices import Status
from helpdesk.repairs.models import Repair
from reception.core.ledger.models import Event


@dataclass(frozen=True)
class Line:
    """css: done, now, bad or "" (to come); when: the words before; text: what; note: said below it."""

    css: str
    when: str
    text: str
    note: str = ""
    warn: str = ""


def moment(value: Any, at: datetime) -> str:
    """A time kept in an event's detail, as words seen at `at`; "" for none."""
    found = parse_datetime(value) if isinstance(value, str) else value
    return day_hour(found, at) if found else ""


def expected(day: Any) -> str:
    """预计3月19日返回; "" without a day."""
    found = parse_date(day) if isinstance(day, str) else day
    return f"预计{found.month}月{found.day}日返回" if found else ""


# verb → (words after the actor, words below), from the event and its order
SAY: dict[str, Callable[[Event, Repair, datetime], tuple[str, str]]] = {
    "record": lambda e, o, at: ("登记报修", f"“{o.content}”"),
    "dispatch": lambda e, o, at: (
        f"派给{e.detail.get('repairer', '')}",
        f"{moment(e.detail.get('due_at'), at)}前到场",
    ),
    "reassign": lambda e, o, at: (
        f"转派：{e.detail.get('from', '')} → {e.detail.get('repairer', '')}",
        e.reason,
    ),
    "rearrange": lambda e, o, at: (
        f"改约到{moment(e.detail.get('to'), at)}",
        f"与{e.detail.get('agreed_with', '')}约定：{e.reason}",
    ),
    "give_back": lambda e, o, at: ("退单，重新待派", e.reason),
    "explain": lambda e, o, at: (
        f"底联未返回：{e.detail.get('slip_reason', '')}",
        "，".join(filter(None, [e.reason, expected(e.detail.get("expected_on"))])),
    ),
    "link": lambda e, o, at: (f"记为 {e.detail.get('origin', '')} 的返修", ""),
    "finish": lambda e, o, at: ("完工", e.detail.get("measures", "")),
    "slip": lambda e, o, at: ("收到底联", e.detail.get("note", "")),
    "revisit": lambda e, o, at: ("电话回访", e.detail.get("note", "")),
    "close": lambda e, o, at: ("关闭", f"“{e.detail.get('word', '')}”"),
}


def told(event: Event, order: Repair, at: datetime) -> Line:
    """One event as a line; the system's own (an escalation) stands out."""
    text, note = SAY[event.verb](event, order, at) if event.verb in SAY else (event.label, event.reason)
    who = event.actor_name.partition("（")[0]
    return Line("done" if event.actor_id else "bad", day_hour(event.at, at), f"{who} {text}", note)


COMING = {
    Status.WAITING: ("派工", ""),
    Status.HANDED: ("工程部签收，维修员接单", ""),
    Status.ACKNOWLEDGED: ("到场", ""),
    Status.ARRIVED: ("修好后请客户签字", ""),
    Status.WORKING: ("修好后请客户签字", ""),
    Status.PAUSED: ("等到了再开工", ""),
    Status.FINISHED: ("底联当天交回客服部", "到时未交，此单按未完成记入当日汇总并报客服经理"),
    Status.SLIP_BACK: ("电话回访", ""),
    Status.REVISITED: ("按客户的话关闭", ""),
}


def lines(order: Repair, events: Iterable[Event], at: datetime) -> list[Line]:
    """Everything that happened, oldest first, and the next step."""
    found, below = [], ""
    for event in events:
        if event.verb == ASIDE:
            below = str(event.detail.get("said", ""))
            continue
        if event.verb == "attach":
            continue  # the pictures themselves stand on the page
        line = told(event, order, at)
        found.append(replace(line, note="　".join(filter(None, (line.note, below)))))
        below = ""
    if order.status in COMING:
        text, warn = COMING[Status(order.status)]
        found.append(Line("now", "待办", text, warn=warn))
    return found
