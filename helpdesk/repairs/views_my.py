"""The repairer's page: own orders in hand with one big button each, made for a thumb."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.views_faces import day_hour
from helpdesk.repairs.choices import IN_HAND, Status
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from helpdesk.repairs.views_list import broken
from helpdesk.repairs.views_moves import DOORS, move_items
from reception.core.clock.models import Clock
from reception.core.clock.reading import latest
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require


@dataclass(frozen=True)
class Order:
    """One card: the order, its running clock or its state in a word, and the next press."""

    repair: Repair
    clock: Clock | None
    word: str
    state: str
    state_tone: str
    late: bool
    label: str
    url: str
    plain: bool


def card(order: Repair, clock: Clock | None, user: User, at: datetime) -> Order:
    """The card of one order for `user` at `at`."""
    items = [item for item in move_items(order, user, at) if not item.refusal and item.move.name in DOORS]
    first = items[0] if items else None
    running = clock if clock and not clock.stopped_at else None
    word = f"{day_hour(clock.due_at, at)}前到场" if running and clock else ""
    if not running and order.arrived_at:
        word = f"{day_hour(order.arrived_at, at)}到场"
    late = order.broken  # type: ignore[attr-defined]
    if late and not (running and at > running.due_at):
        word += "，曾超时" if word else "曾超时"
    url = (
        (first.url if first.plain else f"{reverse('helpdesk:field', args=[order.no])}#m-{first.move.name}")
        if first
        else ""
    )
    return Order(
        order,
        running,
        word,
        order.get_status_display(),
        "soon" if order.status == Status.PAUSED else "",
        late,
        first.move.label if first else "",
        url,
        bool(first and first.plain),
    )


@require_safe
@require(Can.DO_REPAIR)
def my_repairs(request: HttpRequest) -> HttpResponse:
    """Orders in my hands, the most urgent first, and what I finished lately."""
    at, user = timezone.now(), request.user
    mine = Repair.objects.filter(repairer=user).select_related("unit", "category", "repairer")
    mine = mine.annotate(broken=broken(at))
    hands = list(mine.filter(status__in=IN_HAND).order_by("arrive_due_at", "pk")[:60])
    clocks = latest(KIND, [order.pk for order in hands], ARRIVE)
    cards = [card(order, clocks.get(order.pk), user, at) for order in hands]
    cards.sort(key=lambda c: (c.clock is None, c.repair.arrive_due_at or at))
    done: list[dict[str, Any]] = [
        {
            "no": row.no,
            "url": row.get_absolute_url(),
            "title": row.title,
            "meta": f"{row.place}·{row.get_status_display()}{'·到场超时' if row.broken else ''}",
            "glyph": "修",
            "tone": "",
            "kind": "报修",
            "who": "",
            "clock": None,
            "urgent": False,
            "state": day_hour(row.finished_at, at) if row.finished_at else "",
            "word": "缺底联" if row.status == Status.FINISHED else "完工",
            "state_tone": "soon" if row.status == Status.FINISHED else "",
        }
        for row in mine.filter(finished_at__isnull=False, void_at__isnull=True).order_by("-finished_at")[:6]
    ]
    context = {"orders": cards, "done": done, "now": at, "unsigned": unsigned(user)}
    return render(request, "helpdesk/repairs/my.html", context)


def unsigned(user: User) -> list[Repair]:
    """What fellows of the own 班组 were given and nobody has signed for yet (E5.3.3); one query, none without a 班组."""
    if not user.trade:
        return []
    crew = Repair.objects.filter(status=Status.HANDED, signed_at__isnull=True, trade=user.trade)
    return list(crew.exclude(repairer=user).select_related("repairer").order_by("handed_at", "pk")[:20])
