"""Builds the demo's receptions in the order in which they happened."""

import heapq
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from reception.core.clock import calendar_for
from reception.core.clock.periods import local
from reception.core.ledger import action
from reception.core.people.models import User
from reception.core.steady import standing_still
from visits.demo import chores, materials, meetings, resources
from visits.demo.approving import approvals
from visits.demo.memory import register
from visits.demo.names import STANDARDS
from visits.demo.plan import MEETING, NOW, past
from visits.demo.stage import Stage, World
from visits.models import Standard, Tier
from visits.tiers.choices import UNITS, StandardItem


@action
def build(at: datetime) -> int:
    """Three months of receptions ending at `at`, by the people of the demo; returns how many.

    Deterministic. The people must exist already; the standards are dated before the first visit.
    """
    rng = Random(7)
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    _standards(tiers, local(at).date())
    people = User.objects.select_related("department", "position")
    cast = {user.username: user for user in people}
    register(at - timedelta(days=150), cast["reception"])
    world = World(cast, tiers, calendar_for("office").hours, local(at))
    stages = [Stage(visit, world, rng) for visit in (*NOW, *past(rng))]
    stages.append(Stage(MEETING, world, Random(11)))  # by a chance of its own: the others stay as they were
    with standing_still():
        _play(stages)
    chores.trouble(cast, at)
    approvals(cast, at)
    meetings.convene(at)
    resources.reserve(resources.stock(cast["office"], at), cast, at)
    materials.fill(cast, at)
    return len(stages)


def _play(stages: list[Stage]) -> None:
    """Run every step of every stage, earliest first; steps may add later ones."""
    order = count()
    queue = []
    for stage in stages:
        queue += [(at, next(order), stage, step) for at, step in _taken(stage)]
    heapq.heapify(queue)
    while queue:
        at, _, stage, step = heapq.heappop(queue)
        step(at)
        for later, following in _taken(stage):
            heapq.heappush(queue, (max(later, at), next(order), stage, following))


def _taken(stage: Stage) -> list:
    """The steps that were added since the last look."""
    steps, stage.steps = stage.steps, []
    return steps


def _standards(tiers: dict[str, Tier], today: date) -> None:
    """Two dated versions of every standard: last year's, and a rise on the first of March."""
    older = date(today.year - 1, 1, 1)
    newer = date(today.year, 3, 1) if today >= date(today.year, 3, 1) else date(today.year - 1, 3, 1)
    Standard.objects.bulk_create(
        Standard(
            tier=tiers[code],
            item=item,
            valid_from=since,
            unit=UNITS[StandardItem(item)],
            amount=None if amount is None else Decimal(amount),
        )
        for code, items in STANDARDS.items()
        for item, amounts in items.items()
        for since, amount in zip((older, newer), amounts, strict=True)
    )
