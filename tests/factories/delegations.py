"""代理 by the real action."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reception.core.people.delegating import delegate
from reception.core.people.delegation import Delegation


def make_delegation(from_user: Any, to_user: Any, *, at: datetime, scope: str = "all", days: int = 3, **over: Any) -> Delegation:  # fmt: skip
    """`to_user` stands in for `from_user` from `at` on, for so many days; made by the principal."""
    values = {
        "by": from_user, "at": at, "starts_at": at, "ends_at": at + timedelta(days=days), "reason": "出差", "scope": scope,
        "from_user": from_user, "to_user": to_user,
    }  # fmt: skip
    return delegate(**{**values, **over})
