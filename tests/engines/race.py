"""Callables that start at the same instant, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

PATIENCE = 60  # seconds before a race counts as a deadlock


@dataclass
class Outcome:
    """What one runner ended with: its return value, or what it raised."""

    value: Any = None
    error: BaseException | None = None

    @property
    def won(self) -> bool:
        """Whether it returned."""
        return self.error is None


def race(*runners: Callable[[], Any]) -> list[Outcome]:
    """Run all at once and return their outcomes in the order given.

    For tests with `django_db(transaction=True)`: a runner sees only what is committed. Raises
    TimeoutError when one of them is still running after PATIENCE seconds.
    """
    outcomes = [Outcome() for _ in runners]
    start = threading.Barrier(len(runners))

    def run(runner: Callable[[], Any], outcome: Outcome) -> None:
        try:
            start.wait(PATIENCE)
            outcome.value = runner()
        except BaseException as error:
            outcome.error = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=pair, daemon=True) for pair in zip(runners, outcomes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError("a racer did not come home: a deadlock, or a lock that is never released")
    return outcomes


def winners(outcomes: list[Outcome]) -> list[Outcome]:
    """Those that returned."""
    return [outcome for outcome in outcomes if outcome.won]


def errors(outcomes: list[Outcome]) -> list[BaseException]:
    """What the others raised."""
    return [outcome.error for outcome in outcomes if outcome.error is not None]
