"""From an entry to the line that a list shows: the record as it stood at the cut-off."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from helpdesk.cases.choices import Kind
from helpdesk.drill.alarms import alarm_rows
from helpdesk.drill.choices import ALARMS, CALLS, MATTERS, PROMISES, REPLIES, WORKS
from helpdesk.drill.matters import Asked, matter_rows, phone_rows, reply_rows
from helpdesk.drill.sources import ALARM, BACK, CALL, ORDER, Entry, Source
from helpdesk.drill.works import promise_rows, work_rows
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.models import CallBack
from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.report.rows import Detail, calls_by_id, orders_by_id
from helpdesk.report.states import state

AT_ONCE = 500  # lines of a workbook that are read together
SOURCES: dict[str, Callable[[Asked, datetime, datetime], Source]] = {
    **dict.fromkeys(MATTERS, matter_rows),
    **dict.fromkeys(CALLS, phone_rows),
    **dict.fromkeys(REPLIES, reply_rows),
    **dict.fromkeys(PROMISES, promise_rows),
    **dict.fromkeys(WORKS, work_rows),
    **dict.fromkeys(ALARMS, alarm_rows),
}


@dataclass(frozen=True)
class Line:
    """One row: what was reported, and why it is counted here (`note`). No name and no number of a person."""

    no: str
    url: str
    received: datetime
    category: str
    place: str
    content: str
    state: str
    note: str
    who: str


def source(asked: Asked, start: datetime, end: datetime) -> Source:
    """The records behind what `asked` (cleaned by RowsForm) speaks of, of [start, end) as it stood at `end`."""
    return SOURCES[asked["of"]](asked, start, end)


def lines(entries: Sequence[Entry], end: datetime, names: dict[int | None, str]) -> list[Line]:
    """The lines of a few entries, in their order; as many queries for one as for fifty."""
    ids: dict[str, list[int]] = {
        name: [e.pk for e in entries if e.table == name] for name in (CALL, ORDER, BACK, ALARM)
    }
    found: dict[tuple[str, int], Line] = {}
    details: list[tuple[str, dict[int, Detail]]] = [
        (CALL, calls_by_id(Call.objects.filter(pk__in=ids[CALL]), end)),
        (ORDER, orders_by_id(Repair.objects.filter(pk__in=ids[ORDER]), end)),
    ]
    for table, rows in details:
        found |= {(table, pk): _matter(row, end, names) for pk, row in rows.items()}
    if ids[BACK]:
        backs = CallBack.objects.filter(pk__in=ids[BACK]).select_related("enquiry")
        found |= {(BACK, one.pk): _back(one, names) for one in backs}
    if ids[ALARM]:
        alarms = Emergency.objects.filter(pk__in=ids[ALARM])
        found |= {(ALARM, one.pk): _alarm(one, names) for one in alarms}
    return [_noted(found[e.table, e.pk], e.note) for e in entries]


def _noted(line: Line, note: str) -> Line:
    return Line(**{**vars(line), "note": note or line.note})


def _matter(row: Detail, end: datetime, names: dict[int | None, str]) -> Line:
    url = f"/helpdesk/{'repairs' if row.order else 'calls'}/{row.no}/"
    category = f"{Kind(row.kind).label}·{names[row.category]}"
    note = "返修" if row.again else ""
    return Line(
        row.no, url, row.received, category, row.place, row.content, state(row, end)[0], note, row.repairer
    )


def _back(one: CallBack, names: dict[int | None, str]) -> Line:
    about: Any = one.enquiry
    category = f"{Kind.ENQUIRY.label}·{names[about.category_id]}"
    return Line(about.no, about.get_absolute_url(), about.created_at, category, "", about.content,
                one.get_outcome_display(), "", "")  # fmt: skip


def _alarm(one: Emergency, names: dict[int | None, str]) -> Line:
    category = f"{Kind.EMERGENCY.label}·{names[one.category_id]}"
    return Line(one.no, one.get_absolute_url(), one.created_at, category, one.place, one.content,
                one.get_status_display(), "", one.commander)  # fmt: skip


def all_lines(found: Source, end: datetime, names: dict[int | None, str]) -> Iterator[Line]:
    """Every line of a source, read AT_ONCE at a time."""
    entries: Iterable[Entry] = found.entries()
    together = iter(entries)
    while part := list(islice(together, AT_ONCE)):
        yield from lines(part, end, names)
