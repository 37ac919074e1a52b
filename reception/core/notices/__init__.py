"""Inbox."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reception.core.notices.actions import mark_read, tell

__all__ = ["mark_read", "tell"]


def __getattr__(name: str) -> Any:
    """Resolve late: models import this package before the apps are ready."""
    if name not in __all__:
        raise AttributeError(name)
    from reception.core.notices import actions

    return getattr(actions, name)
