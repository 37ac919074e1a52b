"""What a clock says when a rung of its ladder is reached. A wing gives its rules a voice; the others have the plain one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.models import Clock
from reception.core.people.models import User


@dataclass(frozen=True)
class Said:
    """One notice: to whom, what, how loud."""

    people: list[User]
    title: str
    body: str = ""
    level: str = "warn"


Voice = Callable[[Clock, int, list[User], datetime], Said]
VOICES: dict[str, Voice] = {}


def voice(rule: str) -> Callable[[Voice], Voice]:
    """Registers the function as what `rule` says: (clock, percent of the rung, the rung's people, at) → Said."""

    def register(function: Voice) -> Voice:
        VOICES[rule] = function
        return function

    return register


def speak(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """What is said of `clock` at this rung."""
    return VOICES.get(clock.rule, plain)(clock, percent, people, at)


def plain(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """That it ran out, or how much of its time is gone."""
    late = percent >= 100
    state = "已超时" if late else f"时限已用 {percent}%"
    return Said(people, f"{clock.subject_no} {clock.title}：{state}", level="urgent" if late else "warn")
