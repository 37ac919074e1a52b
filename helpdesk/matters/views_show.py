"""What the page of one matter shows: how far it is, its clocks, its line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import Mark, day_hour
from helpdesk.matters.choices import Kind, Status
from helpdesk.matters.models import Matter
from reception.core.clock.models import Clock
from reception.core.clock.periods import local
from reception.core.clock.reading import clocks_of
from reception.core.ledger.models import Event

S = Status
STEPS = (
    (S.RECEIVED, "登记"), (S.ASSIGNED, "交办"), (S.SIGNED, "签收办理"), (S.DONE, "办结"), (S.FED_BACK, "反馈"),
    (S.CLOSED, "关闭"),
)  # fmt: skip
CLOCKS = {"matter.assign": "交办", "matter.handle": "办理", "matter.feedback": "反馈"}


@dataclass(frozen=True)
class Step:
    """css: done, now or "" (to come)."""

    label: str
    css: str


def steps(matter: Matter) -> list[Step]:
    """How far it is; 待重办 stands at the beginning again."""
    order = [state for state, _ in STEPS]
    status = S(matter.status)
    here = order.index(status) if status in order else 0
    over = status == S.CLOSED
    return [
        Step(label, "done" if index < here or over else "now" if index == here else "")
        for index, (_, label) in enumerate(STEPS)
    ]


def promises(clocks: list[Clock]) -> list[tuple[str, Clock]]:
    """The newest round of each clock with its name."""
    newest = {clock.rule: clock for clock in clocks}
    return [(name, newest[rule]) for rule, name in CLOCKS.items() if rule in newest]


def marks(matter: Matter, clocks: list[Clock], at: datetime) -> list[Mark]:
    """Chips beside the title; lateness is never taken away."""
    found = [Mark(matter.get_kind_display(), "")]
    if any(clock.late(at) for clock in clocks):
        found.append(Mark("超时", "bad"))
    if matter.round > 1:
        found.append(Mark(f"第 {matter.round} 次办理", "warn"))
    if matter.verdict:
        found.append(Mark(matter.get_verdict_display(), "ok"))
    return found


def said(event: Event, at: datetime) -> dict[str, Any]:
    """One line of what happened; what was sent back, and what the system did, stands out."""
    detail, words = event.detail, [event.reason.rstrip("。")]
    if detail.get("to") and event.verb != "record":
        words.append(f"交给{detail['to']}")
    if event.verb == "record" and detail.get("to"):
        words.append(f"对象：{detail['to']}")
    if event.verb == "postpone":
        words.append(f"原时限 {moment_of(detail.get('before'))}，改到 {moment_of(detail.get('due_at'))}")
    return {
        "css": "bad" if not event.actor_id or event.new == Status.RETURNED != event.old else "done",
        "when": day_hour(event.at, at),
        "text": f"{event.actor_name.partition('（')[0]} {event.label}",
        "note": "，".join(word for word in words if word),
    }


def moment_of(text: Any) -> str:
    """A moment that the ledger kept as text, as people write it in Shanghai."""
    return f"{local(datetime.fromisoformat(text)):%m-%d %H:%M}" if text else "未定"


def facts(matter: Matter, events: list[Event], at: datetime) -> dict[str, Any]:
    """The context that only reads; one query beside the events."""
    clocks = clocks_of(matter)
    return {
        "steps": steps(matter),
        "promises": promises(clocks),
        "marks": marks(matter, clocks, at),
        "lines": [said(event, at) for event in events],
        "is_praise": matter.kind == Kind.PRAISE,
    }
