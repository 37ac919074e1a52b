"""席卡: the names that stand on the table, guests first. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BETWEEN = re.compile(r"[、，,;；/\n]+")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
LONGEST = 24  # characters on one card; a longer name is cut there


@dataclass(frozen=True)
class PlaceCard:
    """One folded card: the name, small below it where the person is from, and the size its length allows."""

    name: str
    note: str
    size: str  # CSS: c2 … c4, long


def cards_for(
    guests: Iterable[tuple[str, str]], host: str, companions: str, *, customer: str, ours: str
) -> list[PlaceCard]:
    """Cards of `guests` (name, organisation), then of the host and each of the `companions` as they were typed:
    邱实、方可（技术品质部）. Nobody stands twice among ours."""
    cards = [card(name, organisation or customer) for name, organisation in guests]
    names = [host.strip(), *parted(companions)]
    return cards + [card(name, ours) for name in dict.fromkeys(filter(None, names))]


def parted(companions: str) -> list[str]:
    """The names in what was typed: 邱实、方可（技术品质部）."""
    names = [_ASIDE.sub("", part).strip() for part in _BETWEEN.split(companions)]
    return list(filter(None, names))


def card(name: str, note: str) -> PlaceCard:
    """Two and three characters are set apart, as on a printed card; a Latin name counts half."""
    name = name.strip()[:LONGEST]
    width = sum(1 if ord(letter) > 0x2E80 else 0.5 for letter in name)
    size = "c2" if width <= 2 else "c3" if width <= 3 else "c4" if width <= 4 else "long"
    return PlaceCard(name, note, size)
