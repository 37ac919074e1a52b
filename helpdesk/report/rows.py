"""Which records a figure is made of, and their lines for the lists.

A *matter* is a call, or the order it was turned into: one thing that somebody reported, counted once. An order that
was struck out while it was open gave the matter back to its call, and is none itself; what was struck out otherwise is
void from that instant on, and what had been closed before stays closed in every report up to then.
What lives in [start, end) is read through the indexes on the closing times, so the cost follows the
period and what is younger, not the archive.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import WAITING
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.report.cases import NEVER, Open, following, open_cases
from helpdesk.report.undone import Undone, then, undone

CHUNK = 2000


ENDED = Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
STRUCK = Q(void_at__isnull=False)
RECEIVED = Coalesce("call__recorded_at", "created_at")


def calls() -> QuerySet[Call]:
    """Calls that are matters of their own: those that did not become an order, which stands or had ended."""
    was_order = Exists(Repair.objects.filter(ENDED, STRUCK, call=OuterRef("pk")).order_by())
    return (
        Call.objects.exclude(status=CallStatus.CONVERTED)
        .exclude(Q(status=CallStatus.VOID) & was_order)
        .order_by()
    )


def orders() -> QuerySet[Repair]:
    """Orders that are matters, with `received`: when their call came in, or they themselves."""
    back_to_call = Q(call__isnull=False) & STRUCK & ~ENDED
    rows = Repair.objects.annotate(received=RECEIVED)
    return rows.exclude(back_to_call).order_by()


def since(column: str, start: datetime) -> Q:
    """`column` from `start` on. The upper bound only tells SQLite's planner that this is the narrow way in."""
    return Q(**{f"{column}__gte": start, f"{column}__lt": NEVER})


def calls_alive(start: datetime, end: datetime) -> QuerySet[Call]:
    """Calls received before `end` and neither closed nor struck out before `start`."""
    void = since("void_at", start) & Q(closed_at__isnull=True)
    return calls().filter(Q(status__in=WAITING) | since("closed_at", start) | void, recorded_at__lt=end)


def orders_alive(start: datetime, end: datetime) -> QuerySet[Repair]:
    """Orders received before `end` and neither closed, cancelled nor struck out before `start`."""
    runs = Q(closed_at__isnull=True, cancelled_at__isnull=True)
    runs &= Q(void_at__isnull=True) | since("void_at", start)
    lives = runs | since("closed_at", start) | since("cancelled_at", start)
    return orders().filter(lives, Q(call__isnull=True, created_at__lt=end) | Q(call__recorded_at__lt=end))


class Detail(NamedTuple):
    """One line of 明细 and of 未关闭事项; an empty field is "" or None."""

    received: datetime
    no: str
    kind: str
    category: int | None
    channel: str
    person: str
    phone: str
    place: str
    content: str
    note: str
    trade: str
    repairer: str
    created: datetime
    dispatched: datetime | None
    due: datetime | None
    agreed: bool
    acknowledged: datetime | None
    arrived: datetime | None
    started: datetime | None
    paused: datetime | None
    finished: datetime | None
    slip: datetime | None
    revisited: datetime | None
    closed: datetime | None
    void: datetime | None
    score: int | None
    again: bool
    order: bool
    struck: bool = False
    handed: datetime | None = None
    returned: datetime | None = None
    explained: datetime | None = None
    slip_reason: str = ""
    link: str = ""
    pk: int = 0
    case: Open | None = None

    def left(self, at: datetime) -> bool:
        """Neither closed nor cancelled before `at`."""
        return not (self.closed and self.closed < at) and not (self.void and self.void < at)


_CALL = (
    "recorded_at", "no", "group_kind", "group_category", "channel", "caller_name", "caller_title", "number", "place", "content",
    "handling", "recorder_name", "reply_due_at", "replied_at", "closed_at", "void_at",
    "case_no", "pk",
)  # fmt: skip
_ORDER = (
    "received", "no", "category_id", "call__channel", "reporter", "phone", "place", "content", "pause_reason", "trade",
    "repairer__name", "created_at", "dispatched_at", "arrive_due_at", "agreed", "acknowledged_at", "arrived_at",
    "started_at", "paused_at", "finished_at", "slip_at", "revisited_at", "closed_at", "cancelled_at", "score",
    "origin_id", "void_at", "handed_at", "returned_at", "explained_at", "slip_reason", "pk",
    "call__no", "call__kind", "call__category_id", "call__handling", "call_id",
)  # fmt: skip


def _of_call(row: tuple, cases: dict[int, Open]) -> Detail:
    (at, no, kind, category, channel, name, title, phone, place, content, note, by, due, _, closed, void, case, pk) = row  # fmt: skip
    none = (None,) * 7
    return Detail(at, no, kind, category, channel, name + title, phone, place, content, note, "", by, at, None, due,
                  False, *none, closed, void, None, False, False, void is not None, link=case, pk=pk,
                  case=cases.get(pk))  # fmt: skip


def _of_order(row: tuple, end: datetime) -> Detail:
    """An order; one written after the cut-off still counts as its call."""
    head, void, aside, pk, tail = row[:26], row[26], row[27:31], row[31], row[32:]
    (
        at,
        no,
        category,
        channel,
        name,
        phone,
        place,
        content,
        note,
        trade,
        by,
        created,
        *times,
        score,
        origin,
    ) = head
    if created >= end:
        call_no, kind, call_category, handling, call = tail
        return Detail(at, call_no, kind, call_category, channel, name, phone, place, content, handling, "", "", at,
                      None, None, False, *(None,) * 9, None, False, False, pk=call)  # fmt: skip
    *times, cancelled = times
    struck = void is not None and cancelled is None
    times = [*times, void if struck else cancelled]
    return Detail(at, no, Kind.REPAIR, category, channel or "", name, phone, place, content, note, trade, by or "",  # type: ignore[call-arg]
                  created, *times, score, origin is not None, True, struck, *aside, tail[0] or "", pk)  # fmt: skip


def details(call_rows: QuerySet[Call], order_rows: QuerySet[Repair], end: datetime) -> Iterator[Detail]:
    """The rows of both querysets as lines, oldest first; four queries, a chunk at a time in memory."""
    # Coalesce keeps SQLite from walking the whole index on recorded_at only because it sorts.
    came, cases = Coalesce("recorded_at", "created_at"), open_cases(end)
    of_calls = following(call_rows, end).order_by(came, "no").values_list(*_CALL).iterator(CHUNK)
    of_orders = order_rows.order_by(F("received"), "no").values_list(*_ORDER).iterator(CHUNK)
    changed = undone(end)
    lines = merge(
        (_of_call(row, cases) for row in of_calls),
        (_of_order(row, end) for row in of_orders),
        key=attrgetter("received"),
    )
    yield from (_as_then(line, changed) if changed else line for line in lines)


def _as_then(line: Detail, changed: Undone) -> Detail:
    """The line as it read at the cut-off."""
    texts = changed.get((line.order, line.pk), {})
    read: dict[str, Any] = {name: then(getattr(line, name), change) for name, change in texts.items()}
    return line._replace(**read)


def calls_by_id(rows: QuerySet[Call], end: datetime) -> dict[int, Detail]:
    """The lines of a few calls by their id; two queries."""
    cases = open_cases(end, rows)
    return {row[-1]: _of_call(row, cases) for row in following(rows, end).order_by().values_list(*_CALL)}


def orders_by_id(rows: QuerySet[Repair], end: datetime) -> dict[int, Detail]:
    """The lines of a few orders by their id, each as its call when it was written after the cut-off; one query."""
    rows = rows.annotate(received=RECEIVED).order_by()
    return {pk: _of_order(tuple(row), end) for pk, *row in rows.values_list("pk", *_ORDER)}


def newest(at: datetime) -> datetime | None:
    """When the last matter before `at` came in; two queries."""
    call = (
        Call.objects.filter(recorded_at__lt=at)
        .order_by("-recorded_at")
        .values_list("recorded_at", flat=True)
        .first()
    )
    order = (
        Repair.objects.filter(created_at__lt=at)
        .order_by("-created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    return max(filter(None, (call, order)), default=None)
