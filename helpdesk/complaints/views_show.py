"""What the page of one complaint shows: how far it is, its clocks, its line, its parts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import Mark, day_hour
from helpdesk.complaints.choices import Level, Nature, Status
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.queries import KIND
from reception.core.clock.models import Clock
from reception.core.clock.reading import clocks_of
from reception.core.ledger.models import Event
from reception.core.templatetags.core import why_url

S = Status
# The steps as the paper names them; a complaint that is not founded has no department.
STEPS = (
    (S.RECEIVED, "受理"), (S.VERIFIED, "核实"), (S.CONFIRMED, "经理签字"), (S.SENT, "转部门"), (S.SIGNED, "签收"),
    (S.WORKING, "处理"), (S.DONE, "处理完毕"), (S.FED_BACK, "反馈客户"), (S.CLOSED, "关闭"),
)  # fmt: skip
DEPARTMENT = {S.SENT, S.SIGNED, S.WORKING}
CLOCKS = {"complaint.confirm": "核实签字", "complaint.handle": "部门处理", "complaint.feedback": "反馈客户"}


@dataclass(frozen=True)
class Step:
    """css: done, now or "" (to come)."""

    label: str
    css: str


def steps(complaint: Complaint) -> list[Step]:
    """How far it is; 再处理 stands before the signature once more."""
    skip = DEPARTMENT if complaint.nature not in ("", Nature.VALID) else set()
    way = [(state, label) for state, label in STEPS if state not in skip]
    order = [state for state, _ in way]
    here = {S.AGAIN: S.VERIFIED, S.VOID: S.RECEIVED}.get(S(complaint.status), S(complaint.status))
    at = order.index(here) if here in order else 0
    over = complaint.status == S.CLOSED
    return [
        Step(label, "done" if index < at or over else "now" if index == at else "")
        for index, (_, label) in enumerate(way)
    ]


def promises(clocks: list[Clock]) -> list[tuple[str, Clock]]:
    """The newest round of each clock with its name."""
    newest = {clock.rule: clock for clock in clocks}
    return [(name, newest[rule]) for rule, name in CLOCKS.items() if rule in newest]


def marks(complaint: Complaint, clocks: list[Clock], at: datetime) -> list[Mark]:
    """Chips beside the title; lateness is never taken away."""
    found = []
    if any(clock.late(at) for clock in clocks):
        found.append(Mark("超时", "bad", why_url(KIND, complaint.pk)))
    if complaint.round > 1:
        found.append(Mark(f"第 {complaint.round} 次处理", "bad"))
    if complaint.level > Level.MANAGER and complaint.is_open:
        found.append(Mark(f"{Level(complaint.level).label}签字", "warn"))
    if complaint.nature and complaint.nature != Nature.VALID:
        found.append(Mark(complaint.get_nature_display(), ""))
    return found


def said(event: Event, at: datetime) -> dict[str, Any]:
    """One line of what happened; what was fed back as 不满意, and what the system did, stands out."""
    who = event.actor_name.partition("（")[0]
    words = event.reason
    if event.verb == "confirm" and event.detail.get("department"):
        words = f"{words}（责任部门：{event.detail['department']}）"
    bad = not event.actor_id or event.new == Status.AGAIN
    return {
        "css": "bad" if bad else "done",
        "when": day_hour(event.at, at),
        "text": f"{who} {event.label}",
        "note": words,
    }


def facts(complaint: Complaint, events: list[Event], at: datetime) -> dict[str, Any]:
    """The context that only reads; one query beside the events."""
    clocks = clocks_of(complaint)
    return {
        "steps": steps(complaint),
        "promises": promises(clocks),
        "marks": marks(complaint, clocks, at),
        "lines": [said(event, at) for event in events],
    }
