"""The grids: who may do what in which state, as tables that anybody can read, and the reader of such a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reception.core.flow import Flow

FOLDER = Path(__file__).parent
NOTHING = "—"


class Gap(AssertionError):
    """A cell that nobody filled in, or one that names what does not exist."""


def read(
    name: str, flow: Flow, states: dict[str, str], roles: dict[str, str]
) -> dict[str, dict[str, set[str]]]:
    """state → who → moves, from `name`.txt. states and roles: Chinese name → key; every state has a block and every
    role a line in it, each move is called by its label. Raises Gap for anything else."""
    moves = {move.label: move.name for move in flow}
    found: dict[str, dict[str, set[str]]] = {}
    here: dict[str, set[str]] = {}
    for number, line in enumerate((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            key = _known(states, line[1:-1], number)
            here = found.setdefault(key, {})
            if here:
                raise Gap(f"{name}.txt:{number} “{line}”写了两遍")
        elif line and not line.startswith("#"):
            who, _, cell = line.partition("  ")
            words = [] if cell.strip() == NOTHING else cell.strip().split("、")
            for role in who.split("、"):
                if _known(roles, role, number) in here:
                    raise Gap(f"{name}.txt:{number} “{role}”在这个状态写了两遍")
                here[roles[role]] = {_known(moves, word, number) for word in words}
    _complete(name, found, states, roles)
    return found


def _known(names: dict[str, str], word: str, number: int) -> str:
    if word not in names:
        raise Gap(f"第 {number} 行的“{word}”不认识；应为 {'、'.join(names)}")
    return names[word]


def _complete(name: str, found: dict[str, Any], states: dict[str, str], roles: dict[str, str]) -> None:
    for title, state in states.items():
        missing = [role for role, key in roles.items() if key not in found.get(state, {})]
        if missing:
            raise Gap(f"{name}.txt 的“{title}”没有写 {'、'.join(missing)}")
