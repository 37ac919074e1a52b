"""The right half of the desk: what is open, most pressing first, and the day's figures. Six queries in all."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from helpdesk.cases.choices import Kind
from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import SOURCES, Item, open_lines
from helpdesk.emergencies.views_items import open_items as open_emergencies
from helpdesk.enquiries.choices import PROMISED
from helpdesk.enquiries.queries import KIND as ENQUIRY
from helpdesk.enquiries.views_items import call_item as enquiry_item
from helpdesk.enquiries.views_items import with_enquiry
from helpdesk.log.choices import WAITING, Channel
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.log.queries import SUBJECT as CALL
from helpdesk.repairs.choices import IN_HAND, OPEN, Status
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ACCEPT, ARRIVE, FINISH, REVISIT
from helpdesk.repairs.queries import KIND as ORDER
from reception.core.clock.models import Clock
from reception.core.clock.periods import day_bounds, local

SHOWN = 12
# Calls that joined an order; counted in the same query as the orders.
AGAIN = Coalesce(
    Subquery(
        Call.objects.filter(joined=OuterRef("pk"))
        .order_by()
        .values("joined")
        .annotate(n=Count("pk"))
        .values("n")
    ),
    0,
)
TABS = (
    ("all", "全部"),
    ("repair", "报修"),
    ("reply", "回电"),
    ("complaint", "投诉"),
    ("emergency", "突发"),
    ("other", "其他"),
)
STATES = {
    Status.WAITING: ("待派工", "soon", "请派工"),
    Status.WORKING: ("维修中", "", ""),
    Status.ARRIVED: ("已到场", "", ""),
    Status.PAUSED: ("暂停", "soon", ""),
    Status.FINISHED: ("缺底联", "soon", "下班前查明"),
    Status.SLIP_BACK: ("待回访", "", ""),
    Status.REVISITED: ("待关闭", "", ""),
}


@dataclass(frozen=True)
class Figure:
    """A number of the day and its colour."""

    label: str
    value: str
    tone: str = ""


@dataclass
class Board:
    """Everything that is open at `at`, and today's figures."""

    items: list[Item]
    figures: list[Figure]
    loads: Counter[int | None] = field(default_factory=Counter)

    def of(self, show: str) -> list[Item]:
        """The lines of one tab."""
        return self.items if show == "all" else [item for item in self.items if item.tab == show]

    def tabs(self) -> list[dict[str, Any]]:
        """The filter's entries with their counts."""
        return [{"code": code, "label": label, "count": len(self.of(code))} for code, label in TABS]


def share(part: int, whole: int) -> str:
    """97.8% · — when there is nothing to divide by."""
    return f"{part / whole:.1%}" if whole else "—"


def board(at: datetime) -> Board:
    """Read the desk's state at `at`: what is open, and what belongs to its Shanghai day; five queries."""
    start, end = day_bounds(local(at).date())
    today = Q(recorded_at__gte=start, recorded_at__lt=end)
    calls = list(with_enquiry(Call.objects.filter(Q(status__in=WAITING) | today)))
    due = Q(arrive_due_at__gte=start, arrive_due_at__lt=end)
    orders = list(
        Repair.objects.filter(Q(status__in=OPEN) | due).annotate(again=AGAIN).select_related("repairer")
    )
    clocks = clocks_at(start, at)
    open_clocks: dict[tuple[str, int], Clock] = {}
    for clock in clocks:
        if clock.stopped_at is None and presses(clock, at):
            open_clocks.setdefault((clock.subject_kind, clock.subject_id), clock)
    items = [order_item(order, open_clocks.get((ORDER, order.pk)), at) for order in orders if order.is_open]
    waiting = [call for call in calls if call.status == CallStatus.OPEN]
    items += [call_item(call, open_clocks.get((CALL, call.pk)), at) for call in waiting]
    asked = [call for call in calls if call.cx_pk]
    items += [enquiry_item(call, open_clocks.get((ENQUIRY, call.cx_pk)), at) for call in asked]
    items += open_emergencies(at) + open_lines(open_clocks, at)
    items.sort(key=Item.rank)
    came = [call for call in calls if start <= call.recorded_at < at and call.channel == Channel.PHONE]
    came = [call for call in came if call.status != CallStatus.VOID]
    promised = sum(call.reply_due_at is not None for call in waiting)
    promised += sum(call.cx_status in PROMISED for call in asked)
    kept = in_time(clocks, {order.pk: order for order in orders}, at)
    loads = Counter(order.repairer_id for order in orders if order.status in IN_HAND)
    return Board(items, figures(came, kept, items, promised), loads)


# What an order's other limits say once they have passed; before that only the arrival counts down at the desk.
PASSED = {ACCEPT: "超时未接单", FINISH: "完工超时", REVISIT: "回访超时"}


def presses(clock: Clock, at: datetime) -> bool:
    """Whether the desk shows this clock: every promise to somebody outside; the house's own when they are broken."""
    return clock.rule not in PASSED or (clock.paused_at is None and clock.rule != ACCEPT and clock.late(at))


def clocks_at(start: datetime, at: datetime) -> list[Clock]:
    """Every open clock of calls and orders, and every arrival limit in [start, at); the earliest due first."""
    limit = Q(rule=ARRIVE, due_at__gte=start, due_at__lt=at)
    kinds = (ORDER, CALL, ENQUIRY, *SOURCES)
    rows = Clock.objects.filter(Q(stopped_at__isnull=True) | limit, subject_kind__in=kinds)
    return list(rows.order_by("due_at", "pk"))


def in_time(clocks: list[Clock], orders: dict[int, Repair], at: datetime) -> list[bool]:
    """到场及时率 as the report counts it (helpdesk.report.limits): each half-hour promise that was due, kept or not.

    Agreed times stand apart; a round that was replaced or ended before its limit was never due.
    """
    kept = []
    for clock in clocks:
        order = orders.get(clock.subject_id)
        if clock.rule != ARRIVE or clock.round > 1 or clock.due_at >= at:
            continue
        if order and order.agreed and order.arrive_due_at == clock.due_at:
            continue
        there = order.arrived_at if order and order.arrived_at == clock.stopped_at else None
        if there is None and clock.stopped_at is not None and clock.stopped_at <= clock.due_at:
            continue
        kept.append(there is not None and there <= clock.due_at)
    return kept


def figures(calls: list[Call], kept: list[bool], items: list[Item], promised: int) -> list[Figure]:
    """今日来电 … 待回电, by the definitions of the report (records §2.4)."""
    rung = [call.rings for call in calls if call.rings]
    late = sum(item.late for item in items)
    return [
        Figure("今日来电", str(len(calls))),
        Figure("三声内接听", share(sum(n <= PROMPT_RINGS for n in rung), len(rung))),
        Figure("30分钟到场", share(sum(kept), len(kept))),
        Figure("未结", str(len(items))),
        Figure("超时", str(late), "red" if late else ""),
        Figure("待回电", str(promised), "amber" if promised else ""),
    ]


def order_item(order: Repair, clock: Clock | None, at: datetime) -> Item:
    """The line of an open order."""
    glyph, tone = face("repair")
    state, state_tone, word = STATES.get(Status(order.status), (order.get_status_display(), "", ""))
    late = bool(clock and clock.late(at))
    running = clock if clock and clock.paused_at is None else None
    if running:
        word = arrival_word(order, running, at)
    elif order.status in (Status.ARRIVED, Status.WORKING) and order.arrived_at:
        word = f"{day_hour(order.arrived_at, at)}到场{'，超时' if came_late(order) else ''}"
    elif order.status == Status.PAUSED:
        word = (order.pause_reason or "")[:8]
    sent = (
        f"{day_hour(order.dispatched_at, at)}派单"
        if order.dispatched_at
        else f"{day_hour(order.created_at, at)}报修"
    )
    return Item(
        no=order.no,
        tab="repair",
        kind="报修",
        glyph=glyph,
        tone=tone,
        title=order.title,
        meta=f"{order.place}·{order.reporter}·{sent}{again_words(order)}",
        who=str(order.repairer or "未派"),
        url=order.get_absolute_url(),
        at=order.created_at,
        clock=running,
        word=word,
        state=state,
        state_tone=state_tone,
        late=late,
        urgent=False,
    )


def again_words(order: Repair) -> str:
    """·来电3次: how often the customer called about it, when that was more than once."""
    again = getattr(order, "again", 0)
    return f"·来电{again + 1}次" if again else ""


def came_late(order: Repair) -> bool:
    """Whether the limit in force had passed when they came; the stopped clock says the same."""
    return bool(order.arrived_at and order.arrive_due_at and order.arrived_at > order.arrive_due_at)


def arrival_word(order: Repair, clock: Clock, at: datetime) -> str:
    """What stands below the countdown of an order."""
    if at > clock.due_at:
        return PASSED.get(clock.rule, "超时未到场")
    return f"{day_hour(clock.due_at, at)}约定" if order.agreed else f"{day_hour(clock.due_at, at)}前到场"


TAB = {Kind.COMPLAINT: "complaint", Kind.EMERGENCY: "emergency", Kind.REPAIR: "repair"}


def call_item(call: Call, clock: Clock | None, at: datetime) -> Item:
    """The line of a call that still waits: for its reply, or for someone to take it."""
    glyph, tone = face(call.kind)
    urgent = call.kind == Kind.EMERGENCY
    tab = TAB.get(Kind(call.kind), "reply")
    came = f"{day_hour(call.recorded_at, at)}来电"
    late = bool(clock and clock.late(at))
    due = f"{day_hour(clock.due_at, at)}前回复" if clock else ""
    return Item(
        no=call.no,
        tab=tab,
        kind=call.get_kind_display(),
        glyph=glyph,
        tone=tone,
        title=f"回电：{call.title}" if call.reply_due_at and tab == "reply" else call.title,
        meta="·".join(
            filter(
                None,
                [call.place or call.company or call.number, f"{call.caller_name}{call.caller_title}", came],
            )
        ),
        who=call.recorder_name,
        url=call.get_absolute_url(),
        at=call.recorded_at,
        clock=None if urgent else clock,  # an emergency waits for no deadline
        word=came if urgent else "超时未回复" if late else due,
        state=call.get_status_display(),
        state_tone="late" if urgent or late else "soon",
        urgent=urgent,
        late=late,
    )
