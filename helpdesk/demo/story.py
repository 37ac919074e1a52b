"""Time as a queue: every act happens at its instant, in order, and the clocks are swept whenever one is due."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from random import Random
from types import SimpleNamespace
from typing import Any

from django.db.models import Min

from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import local
from reception.core.people.models import User

Act = Callable[[datetime], Any]
MINUTE = timedelta(minutes=1)
PEOPLE = ("clerk", "clerk2", "assistant", "manager", "director", "repairer", "repairer2", "repairer3",
          "energy", "vgm")  # fmt: skip


class Story:
    """Runs acts in the order of their instants up to `until`; what lies after it has not happened yet."""

    def __init__(self, until: datetime, rng: Random) -> None:
        self.until, self.rng = until, rng
        users = {
            user.username: user
            for user in User.objects.filter(username__in=PEOPLE).select_related("department")
        }
        self.cast = SimpleNamespace(**users)
        self._queue: list[tuple[datetime, int, Act]] = []
        self._count = count()
        self._due: datetime | None = None

    def then(self, when: datetime, act: Act) -> None:
        """`act` happens at `when`."""
        heapq.heappush(self._queue, (when, next(self._count), act))

    def run(self) -> None:
        """Let everything up to `until` happen, the sweeps of a worker that never sleeps included."""
        while self._queue and self._queue[0][0] <= self.until:
            when, _, act = heapq.heappop(self._queue)
            self._watch(when)
            act(when)
        self._watch(self.until)

    def look(self) -> None:
        """Remember when the next clock is due. Whoever starts a clock calls this."""
        found = Clock.objects.running().aggregate(climb=Min("next_at"), hush=Min("hush_until"))
        self._due = min(filter(None, found.values()), default=None)

    def _watch(self, when: datetime) -> None:
        """Sweep at every instant before `when` at which a rung is reached."""
        if self._due and self._due <= when:
            self.look()  # what it was may have been stopped: a look costs less than a sweep for nothing
        while self._due and self._due <= when:
            sweep(self._due)
            self.look()

    # --- chance -----------------------------------------------------------------------------------------------

    def chance(self, percent: float) -> bool:
        """True in `percent` of 100 cases."""
        return self.rng.random() * 100 < percent

    def minutes(self, low: float, high: float) -> timedelta:
        """A duration between two numbers of minutes, to the second."""
        return timedelta(seconds=round(self.rng.uniform(low, high) * 60))

    def clerk(self, at: datetime) -> User:
        """Who sits at the desk: an early and a late shift."""
        return self.cast.clerk if local(at).hour < 16 else self.cast.clerk2

    def hour(self, at: datetime, hour: float, days: int = 0) -> datetime:
        """That hour of the Shanghai day `days` after the one of `at`."""
        start = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return start + timedelta(days=days, hours=hour)
