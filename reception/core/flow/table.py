"""A procedure as a pure table: from it come the buttons, the audit verbs, the diagram and the test grid."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices

from reception.core.people.roles import Can

CREATED = ("record", "建立")
REGISTRY: dict[str, "Flow"] = {}


@dataclass(frozen=True)
class Move:
    """One row: from which states to which, who may, who is told, what must be given.

    target None keeps the state (logged only); several targets mean the action chooses one by a rule.
    needs ("reason",) asks for a reason; other needs are names of inputs the page must ask for.
    """

    name: str
    sources: tuple[str, ...]
    target: str | tuple[str, ...] | None
    label: str
    permission: Can | None
    notifies: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tone: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """All states this move can end in; empty when it keeps the state."""
        if self.target is None:
            return ()
        return (self.target,) if isinstance(self.target, str) else tuple(self.target)


class Flow:
    """A named procedure. Moves are attributes: `FLOW.approve`."""

    def __init__(
        self, kind: str, states: type[TextChoices], start: str, moves: tuple[Move, ...], label: str = ""
    ) -> None:
        self.kind, self.states, self.start, self.label = kind, states, str(start), label or kind
        self.moves = {move.name: move for move in moves}
        assert len(self.moves) == len(moves), f"{kind}: a move is named twice"
        known = set(states.values)
        for move in moves:
            stray = (set(move.sources) | set(move.targets)) - known
            assert not stray, f"{kind}.{move.name}: unknown states {stray}"
        REGISTRY[kind] = self

    def __getattr__(self, name: str) -> Move:
        try:
            return self.__dict__["moves"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves.values())

    def from_state(self, state: str) -> list[Move]:
        """Moves that leave `state`, in the table's order."""
        return [move for move in self if state in move.sources]

    @property
    def final(self) -> tuple[str, ...]:
        """States that nothing leaves."""
        return tuple(value for value in self.states.values if not self.from_state(value))

    def diagram(self) -> str:
        """The table as a Mermaid state diagram with Chinese labels."""
        name = dict(self.states.choices)
        lines = ["stateDiagram-v2", f"    [*] --> {name[self.start]}"]
        for move in self:
            for source in move.sources:
                for target in move.targets or (source,):
                    lines.append(f"    {name[source]} --> {name[target]}: {move.label}")
        lines += [f"    {name[state]} --> [*]" for state in self.final]
        return "\n".join(lines) + "\n"

    def table(self) -> str:
        """The table as Markdown: move, from, to, who, who is told, what is asked."""
        name = dict(self.states.choices)
        rows = ["| 动作 | 从 | 到 | 权限 | 通知 | 必填 |", "| --- | --- | --- | --- | --- | --- |"]
        for move in self:
            cells = (
                f"{move.label} `{move.name}`",
                "、".join(name[s] for s in move.sources),
                "、".join(name[t] for t in move.targets) or "不变",
                move.permission.label if move.permission else "—",
                "、".join(move.notifies) or "—",
                "、".join(move.needs) or "—",
            )
            rows.append("| " + " | ".join(cells) + " |")
        return "\n".join(rows) + "\n"
