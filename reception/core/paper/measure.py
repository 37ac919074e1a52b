"""How much room words take: in 字 (the width of one Chinese character), and lines."""

import math

NARROW = 0.56  # a Latin letter or a digit, in 字


def ems(text: str) -> float:
    """The width of one line of `text` in 字."""
    return sum(1.0 if ord(letter) > 0x2000 else NARROW for letter in text)


def lines(text: str, room: float) -> int:
    """Lines that `text` takes where one line has room for `room` 字; 1 at least."""
    return max(1, sum(max(1, math.ceil(ems(line) / max(room, 1))) for line in text.split("\n")))
