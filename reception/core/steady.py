"""Reference data that stands still for a while is read once: a long load changes no rule while it runs.

Outside of `standing_still()` every reading is fresh, as it was: what an administrator saves holds with the next request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_read: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def standing_still() -> Iterator[None]:
    """Within, every `steady` reading is made once for each of its arguments. Whoever opens this promises to change
    none of what they read."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def steady(function: Callable[P, R]) -> Callable[P, R]:
    """Marks a reading of reference data; its arguments must be hashable, and what it returns is never changed."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        read = _read.get()
        if read is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in read:
            read[key] = function(*args, **kwargs)
        return read[key]

    return wrapped
