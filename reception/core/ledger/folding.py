"""A timeline that can be read: chatty events between two moves become one line that opens."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reception.core.ledger.models import Event

# Verbs of events that many people make, or one makes often, and what their sum says; n is people or times.
PEOPLE = {"acknowledge": "{n} 人已阅简报", "read": "{n} 人已阅"}
TIMES = {
    "copy": "抄送 {n} 次", "urge": "催办 {n} 次", "itinerary": "改日程 {n} 次", "spend": "登记费用 {n} 次", "upload": "上传附件 {n} 次",
    "note": "追加备注 {n} 次", "book": "预订安排 {n} 项", "free": "退订 {n} 项", "tick": "打勾 {n} 次", "untick": "取消打勾 {n} 次",
}  # fmt: skip


@dataclass
class Line:
    """One line: a single event, or `text` with the events behind it."""

    event: Event
    text: str = ""
    events: list[Event] = field(default_factory=list)


def folded(events: Iterable[Event]) -> list[Line]:
    """Lines in the events' order; a fold stands where its first event stood and never reaches over a move."""
    lines: list[Line] = []
    open_: dict[str, Line] = {}
    for event in events:
        if event.verb not in PEOPLE and event.verb not in TIMES:
            if event.old != event.new:
                open_.clear()
            lines.append(Line(event))
        elif event.verb in open_:
            open_[event.verb].events.append(event)
        else:
            open_[event.verb] = Line(event, events=[event])
            lines.append(open_[event.verb])
    for line in lines:
        if len(line.events) > 1:
            verb = line.event.verb
            count = len({one.actor_name for one in line.events}) if verb in PEOPLE else len(line.events)
            line.text = (PEOPLE | TIMES)[verb].format(n=count)
    return lines
