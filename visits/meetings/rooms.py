"""Where the seats of a room stand, as on a plan seen from above, and in which order they are honoured. Pure.

Units are those of the drawing: a seat is W × H. Seats are numbered along the rows, from the plan's top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from visits.meetings.choices import Honour, Layout

W, H, GAP, EDGE = 96, 56, 8, 16
TABLE = 40  # how deep a table is drawn
HEAD, ENDS, SMALL = 6, 2, 12


@dataclass(frozen=True)
class Box:
    """A rectangle of the plan; `words` stand in its middle."""

    x: int
    y: int
    w: int
    h: int
    words: str = ""

    @property
    def cx(self) -> int:
        """The middle across."""
        return self.x + self.w // 2

    @property
    def cy(self) -> int:
        """The middle down."""
        return self.y + self.h // 2


@dataclass(frozen=True)
class Room:
    """boxes: number of the seat → its place; theirs, ours: numbers in the order of honour for each side (one list for
    both in `shared`); tables and marks are only drawn."""

    boxes: dict[int, Box]
    marks: tuple[Box, ...]
    theirs: tuple[int, ...] = ()
    ours: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Of the whole plan."""
        return max(box.x + box.w for box in (*self.boxes.values(), *self.marks)) + EDGE

    @property
    def height(self) -> int:
        """Of the whole plan."""
        return max(box.y + box.h for box in (*self.boxes.values(), *self.marks)) + EDGE


def outward(count: int, step: int) -> list[int]:
    """Places of a row from its middle outward. step 1: the second sits to the plan's right of the first, -1 to its
    left; an even row has two in the middle. outward(5, 1) = [2, 3, 1, 4, 0]."""
    middle = (count - 1) // 2 if step > 0 else count // 2
    order = [middle] if count else []
    for far in range(1, count):
        order += [place for place in (middle + step * far, middle - step * far) if 0 <= place < count]
    return order


def facing_down(honour: str) -> int:
    """The step of `outward` for people whose faces look down the plan: their left hand is its right."""
    return 1 if honour == Honour.LEFT else -1


def room_of(layout: str, seats: int, front: int, honour: str) -> Room:
    """The room of so many seats. `front`: how many sit on the stage, for that layout alone."""
    makers = {Layout.RING: _ring, Layout.U: _u, Layout.ROWS: _rows}
    if layout == Layout.STAGE:
        return _stage(seats, min(front, seats), honour)
    return makers[Layout(layout)](seats, honour)


def _across(first: int, count: int, y: int, *, left: int, wide: int) -> dict[int, Box]:
    """`count` seats in a row, numbered from `first`, in the middle of a stretch `wide` seats wide."""
    start = left + (wide - count) * (W + GAP) // 2
    return {first + n: Box(start + n * (W + GAP), y, W, H) for n in range(count)}


def _down(numbers: Sequence[int], x: int, top: int) -> dict[int, Box]:
    """Seats one below the other."""
    return {number: Box(x, top + n * (H + GAP), W, H) for n, number in enumerate(numbers)}


def _ring(seats: int, honour: str) -> Room:
    """回形: the guests at the top face the door, we sit opposite; a large one has seats at its ends for the last."""
    ends = ENDS if seats > SMALL else 0
    long = seats - 2 * ends
    top, bottom = ceil(long / 2), long // 2
    left, deep = EDGE + (W + GAP if ends else 0), max(TABLE, ends * (H + GAP) - GAP)
    width = top * (W + GAP) - GAP
    y = EDGE + H + GAP
    first = {"right": top, "bottom": top + ends, "left": top + ends + bottom}
    right, low = [first["right"] + n + 1 for n in range(ends)], [first["left"] + n + 1 for n in range(ends)]
    boxes = {
        **_across(1, top, EDGE, left=left, wide=top), **_down(right, left + width + GAP, y),
        **_across(first["bottom"] + 1, bottom, y + deep + GAP, left=left, wide=top), **_down(low, EDGE, y),
    }  # fmt: skip
    step = facing_down(honour)
    marks = (
        Box(left, y, width, deep, "会议桌"),
        Box(left, y + deep + GAP + H + GAP, width, 28, "门"),
    )
    return Room(
        boxes, marks,
        theirs=(*[1 + n for n in outward(top, step)], *right),
        ours=(*[first["bottom"] + 1 + n for n in outward(bottom, -step)], *low),
    )  # fmt: skip


def _u(seats: int, honour: str) -> Room:
    """U形: the first of both sides side by side at the closed end, which looks up to the screen; each side's others
    along its own arm, nearest first."""
    head = min(HEAD, seats - 2) if seats % 2 == 0 else min(HEAD - 1, seats - 2)
    arm = (seats - head) // 2
    inner = EDGE + W + GAP
    wide, bottom = head * (W + GAP) - GAP, EDGE + 28 + GAP + arm * (H + GAP)
    left_arm, right_arm = list(range(1, arm + 1)), list(range(seats, arm + head, -1))
    boxes = {
        **_down(left_arm, EDGE, EDGE + 28 + GAP), **_across(arm + 1, head, bottom, left=inner, wide=head),
        **_down(right_arm, inner + wide + GAP, EDGE + 28 + GAP),
    }  # fmt: skip
    half = head // 2
    lefts = (*[arm + n for n in range(half, 0, -1)], *reversed(left_arm))
    rights = (*[arm + n for n in range(half + 1, head + 1)], *reversed(right_arm))
    marks = (Box(inner, EDGE, wide, 28, "屏幕"),)
    # Facing up, one's left hand is the plan's left; the guests sit at the host's hand of honour.
    theirs, ours = (lefts, rights) if honour == Honour.LEFT else (rights, lefts)
    return Room(boxes, marks, theirs=theirs, ours=ours)


def _per_row(seats: int) -> int:
    return 6 if seats <= 18 else 8 if seats <= 40 else 10


def _bank(first: int, seats: int, y: int, honour: str, wide: int) -> tuple[dict[int, Box], list[int]]:
    """Rows that look up the plan, numbered from `first`; front rows and middles come first."""
    boxes: dict[int, Box] = {}
    order: list[int] = []
    while seats > 0:
        count = min(wide, seats)
        boxes |= _across(first, count, y, left=EDGE, wide=wide)
        order += [first + n for n in outward(count, -facing_down(honour))]
        first, seats, y = first + count, seats - count, y + H + GAP + 12
    return boxes, order


def _rows(seats: int, honour: str) -> Room:
    """课桌: rows that look at the screen."""
    wide = _per_row(seats)
    boxes, order = _bank(1, seats, EDGE + 28 + GAP + 8, honour, wide)
    marks = (Box(EDGE, EDGE, wide * (W + GAP) - GAP, 28, "屏幕、讲台"),)
    return Room(boxes, marks, shared=tuple(order))


def _stage(seats: int, front: int, honour: str) -> Room:
    """主席台: `front` seats that look down at the hall, the rest in rows below."""
    wide = max(_per_row(seats - front), front)
    stage = _across(1, front, EDGE, left=EDGE, wide=wide)
    table = Box(EDGE, EDGE + H + GAP, wide * (W + GAP) - GAP, TABLE, "主席台")
    boxes, order = _bank(front + 1, seats - front, table.y + TABLE + 32, honour, wide)
    first = [1 + n for n in outward(front, facing_down(honour))]
    return Room({**stage, **boxes}, (table,), shared=(*first, *order))
