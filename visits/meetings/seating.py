"""Who sits where by the custom, and the custom in words. Pure."""

from collections.abc import Sequence
from typing import Any

from visits.meetings.choices import Honour, Layout, Side
from visits.meetings.models import LEAST, MOST
from visits.meetings.ranks import level_of, merged
from visits.meetings.rooms import room_of

SOME = 12  # from so many people on, five sit on the stage
HAND = {Honour.LEFT: "左", Honour.RIGHT: "右"}
RULES = {
    Layout.RING: "宾主对坐：客方面门，我方背门。双方第 1 位居中，第 2 位在其{hand}手，第 3 位在另一手，依次向两边排；每边座位为双数时，第 1、2 位同时居中。两端的座位留给末位。",
    Layout.U: "底边居中坐双方第 1 位，客方在主人{hand}手；双方其余的人各沿自己一侧，由底边向外排。",
    Layout.ROWS: "前排为上，每排居中为上，第 2 位在第 1 位{hand}手，再向两边排；客方在前，我方在后。",
    Layout.STAGE: "主席台上按职务高低排：单数时第 1 位居中，第 2 位在其{hand}手，第 3 位在另一手，依次向两边排；双数时第 1、2 位同时居中，第 2 位仍在第 1 位{hand}手。台下前排为上，居中为上，客方在前。",
}


def rule(layout: str, honour: str) -> str:
    """The custom for this room, as the page says it."""
    return RULES[Layout(layout)].format(hand=HAND[Honour(honour)])


def seats_for(layout: str, theirs: int, ours: int) -> int:
    """How many seats a room needs for so many people."""
    wanted = 2 * max(theirs, ours) if layout in (Layout.RING, Layout.U) else theirs + ours
    return max(LEAST, min(MOST, wanted))


def front_for(people: int) -> int:
    """How many sit on the stage: an odd number, so that somebody is in the middle."""
    return 1 if people < 3 else 3 if people < SOME else 5


def arranged(people: Sequence[Any], layout: str, seats: int, front: int, honour: str) -> dict[int, int]:
    """Key of a participant → number of their seat, by the custom. `people` in the order of rank within their side;
    whom the room cannot hold is not in it."""
    room = room_of(layout, seats, front, honour)
    theirs = [one for one in people if one.side == Side.THEIRS]
    ours = [one for one in people if one.side == Side.OURS]
    if room.shared:
        return dict(
            zip(_order(theirs, ours, front if layout == Layout.STAGE else 0), room.shared, strict=False)
        )
    found = dict(zip([one.pk for one in theirs], room.theirs, strict=False))
    found |= zip([one.pk for one in ours], room.ours, strict=False)
    # Whoever their own side cannot hold takes the last seats of the other.
    free = [seat for seat in (*room.theirs, *room.ours) if seat not in found.values()]
    late = [one.pk for one in (*theirs, *ours) if one.pk not in found]
    return found | dict(zip(late, free, strict=False))


def _order(theirs: list[Any], ours: list[Any], front: int) -> list[int]:
    """The highest of both on the stage, by their titles; then the guests, then we."""
    ranked = [[(one.pk, level_of(one.title)) for one in side] for side in (theirs, ours)]
    stage = merged(*ranked)[:front]
    return [*stage, *[pk for side in ranked for pk, _ in side if pk not in stage]]
