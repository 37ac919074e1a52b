"""Who could host: senior enough for the tier (A4), free or busy at that hour, how much they host that week, and the
one to propose instead of somebody who cannot."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from reception.core.clock.periods import local, midnight
from reception.core.people.choices import Rank
from reception.core.people.models import User
from visits.hosts.free import PERHAPS, SURE, Clash, clashes_of
from visits.tiers.models import Tier


@dataclass(frozen=True)
class Candidate:
    """A person senior enough. load: receptions they host in the week of the arrival; known: how often they hosted
    this customer before."""

    user: User
    load: int
    known: int
    clashes: list[Clash] = field(default_factory=list)

    @property
    def free(self) -> bool:
        """Nothing certain stands in the way."""
        return not any(not clash.perhaps for clash in self.clashes)

    @property
    def post(self) -> str:
        """何志远·副总经理."""
        return f"{self.user}·{self.user.position}" if self.user.position_id else str(self.user)

    @property
    def state(self) -> str:
        """空闲, 可能有事 or 有事."""
        return "有事" if not self.free else "可能有事" if self.clashes else "空闲"

    @property
    def why(self) -> str:
        """What stands in the way, or how much they already host."""
        busy = "；".join(clash.sentence for clash in self.clashes)
        return busy or (f"本周主陪 {self.load} 场" if self.load else "本周没有别的主陪")


def candidates(tier: Tier | None, arrive_at: datetime | None, leave_at: datetime | None, *, exclude: Any = None,
               customer: Any = None) -> list[Candidate]:  # fmt: skip
    """Everybody whom A4 accepts for `tier`, the free ones first, then as `_suits` has it; six queries."""
    if tier is None:
        return []
    people = list(_people(tier, arrive_at, customer))
    busy = clashes_of([user.pk for user in people], arrive_at, leave_at, exclude)
    rows = [Candidate(user, user.load, user.known, busy[user.pk]) for user in people]
    return sorted(rows, key=_suits)


def _people(tier: Tier, arrive_at: datetime | None, customer: Any) -> Any:
    """Those of the rank, with the two counts."""
    if arrive_at:
        day = local(arrive_at).date()
        monday = midnight(day - timedelta(days=day.weekday()))
        week = Q(hosted__arrive_at__gte=monday, hosted__arrive_at__lt=monday + timedelta(days=7),
                 hosted__status__in=SURE + PERHAPS)  # fmt: skip
    else:
        week = Q(pk__in=[])
    before = Q(hosted__customer=customer, hosted__started_at__isnull=False) if customer else Q(pk__in=[])
    return User.objects.hosts().filter(position__rank__gte=tier.host_rank).annotate(
        load=Count("hosted", filter=week, distinct=True), known=Count("hosted", filter=before, distinct=True)
    )  # fmt: skip


def _suits(one: Candidate) -> tuple[Any, ...]:
    """Free before perhaps before busy; then no more senior than the rule asks; who knows the customer; who has less."""
    return (not one.free, bool(one.clashes), one.user.rank, -one.known, one.load, one.user.pk)


@dataclass(frozen=True)
class Substitute:
    """Somebody proposed, and why, in words."""

    user: User
    reason: str

    def __str__(self) -> str:
        return f"{self.user}"


def substitute(rows: list[Candidate], absent: User | None) -> Substitute | None:
    """The most suitable of `rows` who is not `absent` and free; the same rank as `absent` is nearest. None when
    nobody is."""
    fit = [one for one in rows if one.free and (absent is None or one.user.pk != absent.pk)]
    rank = absent.rank if absent else 0
    best = min(
        fit, key=lambda one: (bool(one.clashes), abs(one.user.rank - rank), *_suits(one)), default=None
    )
    if best is None:
        return None
    words = [str(best.user.position or Rank(best.user.rank).label), "那段时间有空" if not best.clashes else "那段时间只有未批准的安排"]  # fmt: skip
    words.append(f"主陪过这家客户 {best.known} 次" if best.known else f"本周主陪 {best.load} 场")
    return Substitute(best.user, "，".join(words))
