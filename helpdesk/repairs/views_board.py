"""派工台: by 班组, who has what in hand and what waits for somebody; sent from here by mouse, keyboard or thumb (D4.4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.views_faces import day_hour
from helpdesk.repairs.choices import IN_HAND, Status, Urgency
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from reception.core.clock.models import Clock
from reception.core.clock.reading import latest
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require

NOBODY, MOST = "未分班组", 200


@dataclass(frozen=True)
class Card:
    """An order on the board: its words, its arrival clock while that runs, and a colour for its state."""

    order: Repair
    meta: str
    clock: Clock | None
    word: str
    marks: tuple[str, ...]
    choices: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Hand:
    """A repairer and the orders in hand."""

    person: User
    cards: list[Card] = field(default_factory=list)

    @property
    def load(self) -> int:
        """How many."""
        return len(self.cards)


@dataclass
class Column:
    """A 班组: what waits for it, and its people, the least busy first."""

    trade: str
    waiting: list[Card] = field(default_factory=list)
    hands: list[Hand] = field(default_factory=list)


@require_safe
@require(Can.VIEW_DESK)
def repair_board(request: HttpRequest) -> HttpResponse:
    """The board as it stands; three queries of its own."""
    at = timezone.now()
    columns = board(at)
    context = {
        "columns": columns,
        "now": at,
        "may_send": request.user.may(Can.DISPATCH_REPAIR),
        "waiting": sum(len(column.waiting) for column in columns),
        "busy": sum(hand.load for column in columns for hand in column.hands),
    }
    return render(request, "helpdesk/repairs/board.html", context)


def board(at: datetime) -> list[Column]:
    """Every 班组 that has people or orders, with what waits most pressing first."""
    people = list(User.objects.in_role("repairer").order_by("pk"))
    rows = Repair.objects.filter(status__in=(Status.WAITING, *IN_HAND)).select_related(
        "category__parent", "unit"
    )
    orders = list(rows.order_by("-important", "arrive_due_at", "pk")[:MOST])
    clocks = latest(KIND, [order.pk for order in orders], ARRIVE)
    hands = {person.pk: Hand(person) for person in people}
    columns = {trade: Column(trade) for trade in sorted({person.trade or NOBODY for person in people})}
    for order in orders:
        card = card_of(order, clocks.get(order.pk), at)
        if order.status == Status.WAITING:
            columns.setdefault(order.trade or NOBODY, Column(order.trade or NOBODY)).waiting.append(card)
        elif order.repairer_id in hands:
            hands[order.repairer_id].cards.append(card)
    for hand in sorted(hands.values(), key=lambda hand: (hand.load, hand.person.pk)):
        columns[hand.person.trade or NOBODY].hands.append(hand)
    for column in columns.values():
        choices = offered(column.trade, hands.values())
        for card in column.waiting:
            card.choices.extend(choices)
    return list(columns.values())


def offered(trade: str, hands: Iterable[Hand]) -> list[tuple[int, str]]:
    """(pk, 陈建国·手上1单) of everybody who may go: the own 班组 first, the least busy first."""
    ranked = sorted(hands, key=lambda hand: (hand.person.trade != trade, hand.load, hand.person.pk))
    return [
        (
            hand.person.pk,
            "·".join(
                filter(
                    None,
                    [
                        str(hand.person),
                        hand.person.trade if hand.person.trade != trade else "",
                        f"手上{hand.load}单",
                    ],
                )
            ),
        )
        for hand in ranked
    ]


def card_of(order: Repair, clock: Clock | None, at: datetime) -> Card:
    """The card of one order at `at`."""
    running = clock if clock and clock.stopped_at is None else None
    word = f"{day_hour(running.due_at, at)}{'约定' if order.agreed else '前到场'}" if running else ""
    if not running and order.status == Status.WAITING:
        due = order.arrive_due_at
        word = f"约{day_hour(due, at)}" if order.agreed and due else f"{day_hour(order.created_at, at)}报修"
    elif not running:
        word = order.get_hold_display() if order.status == Status.PAUSED else ""
    marks = [
        "重大" if order.important else "",
        "紧急" if order.urgency == Urgency.URGENT else "",
        "退单" if order.status == Status.WAITING and order.returned_at else "",
        "未签收" if order.status == Status.HANDED and not order.signed_at else "",
    ]
    meta = f"{order.place}·{order.category}"
    return Card(order, meta, running, word, tuple(filter(None, marks)))
