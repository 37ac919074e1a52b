"""Working time, deadlines, ladders and the sweep that watches them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reception.core.clock.actions import (
        Start,
        change_limit,
        hand_over,
        pause,
        restart,
        resume,
        start,
        start_new,
        stop,
        stop_all,
    )
    from reception.core.clock.calendars import calendar_for
    from reception.core.clock.models import Clock
    from reception.core.clock.reading import clocks_of
    from reception.core.clock.sweeping import sweep

_HOME = {
    "Start": "actions",
    "change_limit": "actions",
    "hand_over": "actions",
    "pause": "actions",
    "restart": "actions",
    "resume": "actions",
    "start": "actions",
    "start_new": "actions",
    "stop": "actions",
    "stop_all": "actions",
    "calendar_for": "calendars",
    "Clock": "models",
    "clocks_of": "reading",
    "sweep": "sweeping",
}
__all__ = [
    "Clock",
    "Start",
    "calendar_for",
    "change_limit",
    "clocks_of",
    "hand_over",
    "pause",
    "restart",
    "resume",
    "start",
    "start_new",
    "stop",
    "stop_all",
    "sweep",
]


def __getattr__(name: str) -> Any:
    """Resolve late: models import this package before the apps are ready."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"reception.core.clock.{_HOME[name]}"), name)
