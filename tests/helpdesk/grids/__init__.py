"""The desk's grids: who may do what in which state and where it ends, as tables that anybody can read; and their reader."""

from __future__ import annotations

from pathlib import Path

from reception.core.flow import Flow

FOLDER = Path(__file__).parent
NOTHING = "—"
Grid = dict[str, dict[str, dict[str, str]]]


class Gap(AssertionError):
    """A cell that nobody filled in, or one that names what does not exist."""


def read(name: str, flow: Flow, states: dict[str, str], roles: dict[str, str]) -> Grid:
    """state → who → move → the state it ends in ("" for the same), from `name`.txt.

    states and roles: Chinese name → key; a move is called by its label, 派工→已交工程. Every state has a block and
    every role a line in it. Raises Gap for anything else.
    """
    moves = {move.label: move.name for move in flow}
    ends = {label: value for value, label in flow.states.choices}
    found: Grid = {}
    here: dict[str, dict[str, str]] = {}
    for line in map(str.strip, (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            here = found.setdefault(known(states, line.strip("[]")), {})
            if here:
                raise Gap(f"{line}写了两遍")
        elif line and not line.startswith("#"):
            who, _, cell = line.partition("  ")
            for role in who.split("、"):
                if known(roles, role) in here:
                    raise Gap(f"“{role}”在这个状态写了两遍")
                here[roles[role]] = cells(cell.strip(), moves, ends)
    for title, state in states.items():
        missing = [role for role, key in roles.items() if key not in found.get(state, {})]
        if missing:
            raise Gap(f"{name}.txt 的“{title}”没有写 {'、'.join(missing)}")
    return found


def cells(text: str, moves: dict[str, str], ends: dict[str, str]) -> dict[str, str]:
    """派工→已交工程、改约 as move → target."""
    found = {}
    for word in [] if text == NOTHING else text.split("、"):
        move, _, end = word.partition("→")
        found[known(moves, move)] = known(ends, end) if end else ""
    return found


def known(names: dict[str, str], word: str) -> str:
    """The key of a name. Raises Gap."""
    if word not in names:
        raise Gap(f"“{word}”不认识；应为 {'、'.join(names)}")
    return names[word]
