"""The shifts of a day: one hand-over each, signed by who leaves and by who comes (records §2.3)."""

from datetime import date, datetime
from typing import Any

from helpdesk.daybook.gathering import left_open
from helpdesk.daybook.models import Day
from helpdesk.daybook.opening import day_of
from helpdesk.daybook.policies import TURNS, check_begun, check_taken_over
from helpdesk.daybook.shifts import Turn, turns_of
from reception.core.flow import Refused
from reception.core.ledger import action, touch
from reception.core.people.models import User

MOST = 120


def close_turns(day: Day, duty: str, left: int, *, by: User, at: datetime) -> None:
    """交班 of the last shift closes the day: the earlier ones were signed twice. Raises Refused."""
    *earlier, last = turns_of(day)
    check_taken_over(earlier)
    check_begun(last, by, at)
    touch(last, duty=(duty.strip() or last.duty or str(by))[:MOST], left=left)


@action
def hand_turn(
    on: date,
    number: int,
    *,
    by: User,
    at: datetime,
    duty: str = "",
    words: str = "",
    expect: int | None = None,
) -> Turn:
    """交班签字 of the shift `number` of the day `on`: who was on duty (the signer when empty), what the next should know.

    How much was open is taken down with it. Raises Refused (missing: an earlier shift; state; forbidden; stale).
    """
    day = day_of(on, by=by, at=at)
    earlier, turn = chosen(day, number)
    check_taken_over(earlier)
    fields: dict[str, Any] = {
        "duty": (duty.strip() or str(by))[:MOST], "words": words.strip()[:500], "left": len(left_open(on, at)),
        "handed_at": at, "handed_by": by, "handed_name": str(by),
    }  # fmt: skip
    TURNS.run(turn, "hand", by=by, at=at, expect=expect, detail={"left": fields["left"]}, **fields)
    return turn


def chosen(day: Day, number: int) -> tuple[list[Turn], Turn]:
    """(the shifts before it, the shift). Raises Refused for the last one, and for none."""
    turns = turns_of(day)
    if number == len(turns):
        raise Refused("invalid", f"{turns[-1].name}是当天最后一班，请用“交班签字”交当天的班。")
    if not 0 < number < len(turns):
        raise Refused("invalid", "这一天没有这个班次，请刷新页面重选。")
    return turns[: number - 1], turns[number - 1]


@action
def take_turn(turn: Turn, *, by: User, at: datetime, expect: int | None = None) -> Turn:
    """接班签字, by another person. Raises Refused."""
    fields: dict[str, Any] = {"taken_at": at, "taken_by": by, "taken_name": str(by)}
    TURNS.run(turn, "take", by=by, at=at, expect=expect, **fields)
    return turn
