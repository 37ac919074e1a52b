"""Who is expected: each wing names its own guests, so that the front desk knows them without meeting the wing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from reception.core.people.models import User


@dataclass(frozen=True)
class Expected:
    """One person who is expected.

    key: stable and unique ("JD-2026-0031-7"); source: the record's number; tell: whom the arrival concerns; arrive_at,
    leave_at: the time of the whole visit, aware.
    """

    key: str
    source: str
    name: str
    title: str
    company: str
    host: User | None
    tell: tuple[User, ...]
    purpose: str
    arrive_at: datetime
    leave_at: datetime
    mark: str = ""

    @property
    def greeting(self) -> str:
        """何总经理，您好，欢迎您！"""
        return f"{self.name[:1] if self.title else self.name}{self.title}，您好，欢迎您！"


Provider = Callable[[User, datetime, datetime], list[Expected]]
# Name of the source → who is expected in [start, end), as far as the asking person may know.
providers: dict[str, Provider] = {}


def expected(user: User, start: datetime, end: datetime) -> list[Expected]:
    """Everybody whom `user` may know to be expected in [start, end), by arrival."""
    found = [one for provider in providers.values() for one in provider(user, start, end)]
    return sorted(found, key=lambda one: (one.arrive_at, one.key))
