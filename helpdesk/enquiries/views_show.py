"""What the page of one enquiry shows: how far it is, its promises, its line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import Mark, day_hour
from helpdesk.enquiries.choices import PROMISED, Outcome, Status
from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.enquiries.queries import KIND
from reception.core.clock.models import Clock
from reception.core.clock.reading import clocks_of
from reception.core.ledger.models import Event
from reception.core.templatetags.core import why_url

S = Status
AT_ONCE = ((S.RECORDED, "登记"), (S.ANSWERED, "当场答复"), (S.CLOSED, "关闭"))
PROMISE = ((S.RECORDED, "登记"), (S.WAITING, "待回复"), (S.SENT, "转专业人员"), (S.REPLIED, "已回复"), (S.CLOSED, "关闭"))  # fmt: skip


@dataclass(frozen=True)
class Step:
    """css: done, now or "" (to come)."""

    label: str
    css: str


def steps(enquiry: Enquiry) -> list[Step]:
    """How far it is: answered at once, or promised; without a specialist that step is left out."""
    way: tuple[tuple[Status, str], ...] = (
        PROMISE if enquiry.reply_due_at or enquiry.status in PROMISED else AT_ONCE
    )
    if not enquiry.specialist_id:
        way = tuple(pair for pair in way if pair[0] != S.SENT)
    order = [state for state, _ in way]
    here = {S.ACCEPTED: S.SENT, S.VOID: S.RECORDED}.get(S(enquiry.status), S(enquiry.status))
    at, over = order.index(here) if here in order else 0, enquiry.status == S.CLOSED
    return [
        Step(label, "done" if index < at or over else "now" if index == at else "")
        for index, (_, label) in enumerate(way)
    ]


def marks(enquiry: Enquiry, clocks: list[Clock], at: datetime) -> list[Mark]:
    """Chips beside the title; lateness is never taken away."""
    found = []
    if any(clock.late(at) for clock in clocks):
        found.append(Mark("超时" if enquiry.is_open else "曾超时", "bad", why_url(KIND, enquiry.pk)))
    if enquiry.professional:
        found.append(Mark("专业问题", ""))
    if enquiry.attempts and enquiry.status in PROMISED:
        found.append(Mark(f"没打通 {enquiry.attempts} 次", "warn"))
    if enquiry.advice and enquiry.status == S.WAITING:
        found.append(Mark("专业人员已答，请回电", "warn"))
    return found


def kept(one: CallBack, at: datetime) -> tuple[str, str]:
    """(words, tone) of a promise: kept, late, agreed anew, still to come."""
    late = (one.ended_at or at) > one.due_at
    if one.outcome == Outcome.OPEN:
        return ("已过时", "bad") if late else ("未到时间", "brand")
    if one.outcome == Outcome.DONE:
        return ("逾期回复", "bad") if late else ("按时回复", "ok")
    return (f"逾期后{one.get_outcome_display()}", "bad") if late else (one.get_outcome_display(), "")


def said(event: Event, at: datetime) -> dict[str, Any]:
    """One line of what happened; what the system did, and what was not reached, stands out."""
    who = event.actor_name.partition("（")[0]
    words = event.reason
    if event.verb == "hand":
        words = "，".join(filter(None, [f"转给{event.detail.get('to', '')}", words]))
    if event.verb in ("promise", "rearrange"):
        due = datetime.fromisoformat(event.detail["due_at"])
        words = "，".join(filter(None, [f"{day_hour(due, at)}前回电，{event.detail.get('contact')}", words]))
    if event.verb == "attempt":
        words = "，".join(
            filter(None, [f"第 {event.detail.get('times')} 次，{event.detail.get('contact')}", words])
        )
    if event.detail.get("sources"):
        words = f"{words}（依据：{'、'.join(event.detail['sources'])}）"
    bad = not event.actor_id or event.verb == "attempt"
    return {
        "css": "bad" if bad else "done",
        "when": day_hour(event.at, at),
        "text": f"{who} {event.label}",
        "note": words,
    }


def facts(enquiry: Enquiry, events: list[Event], at: datetime) -> dict[str, Any]:
    """The context that only reads; three queries beside the events."""
    clocks = clocks_of(enquiry)
    rows = list(enquiry.call_backs.select_related("made_by", "ended_by")) if enquiry.reply_due_at else []
    return {
        "steps": steps(enquiry),
        "clock": next(reversed(clocks), None),
        "marks": marks(enquiry, clocks, at),
        "promises": [(one, *kept(one, at)) for one in rows],
        "citations": list(enquiry.citations.all()) if enquiry.answer or enquiry.advice else [],
        "lines": [said(event, at) for event in events],
    }
