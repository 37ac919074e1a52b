"""A flow bound to its rules and audiences: what pages ask and actions run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.flow import Flow, Move, Refused, stale
from reception.core.ledger import Event, apply
from reception.core.notices import tell
from reception.core.people.models import User

Rule = Callable[[Any, Any, datetime], None]
Audience = Callable[[Any], Iterable[User | None]]


@dataclass(frozen=True)
class Choice:
    """A button: the move, and the sentence that says why not ("" when it may be pressed)."""

    move: Move
    refusal: str = ""


class Procedure:
    """Flow + rules ("may this object now?") + audiences (who is told).

    rules: move name → functions (obj, user, at) that raise Refused; "*" holds for every move.
    audiences: name used in Move.notifies → function (obj) → people.
    """

    def __init__(
        self,
        flow: Flow,
        rules: Mapping[str, tuple[Rule, ...]] | None = None,
        audiences: Mapping[str, Audience] | None = None,
    ) -> None:
        self.flow, self.rules, self.audiences = flow, dict(rules or {}), dict(audiences or {})
        stray = set(self.rules) - set(flow.moves) - {"*"}
        assert not stray, f"{flow.kind}: rules for unknown moves {stray}"
        asked = {name for move in flow for name in move.notifies}
        assert asked <= set(self.audiences), f"{flow.kind}: unknown audiences {asked - set(self.audiences)}"

    def check(self, obj: Any, name: str, *, by: User | None, at: datetime) -> Move:
        """The move `name`, if `by` may make it on `obj` at `at`; by=None is the system and passes the role.

        Raises Refused: "forbidden" (role), "state" (not from here), or whatever a rule says.
        """
        move = self.flow.moves[name]
        if by is not None and move.permission and not by.may(move.permission):
            raise Refused(
                "forbidden", f"您的岗位不能“{move.label}”，需要“{move.permission.label}”权限，请联系管理员。"
            )
        if obj.status not in move.sources:
            raise Refused(
                "state", f"{obj} 现在是“{obj.get_status_display()}”，不能“{move.label}”。请刷新看最新进展。"
            )
        for rule in (*self.rules.get("*", ()), *self.rules.get(name, ())):
            rule(obj, by, at)
        return move

    def choices(self, obj: Any, user: User, at: datetime) -> list[Choice]:
        """The moves that leave the present state and that the user's role has, each allowed or with its why-not."""
        found = []
        for move in self.flow.from_state(obj.status):
            if move.permission and not user.may(move.permission):
                continue
            try:
                self.check(obj, move.name, by=user, at=at)
            except Refused as refused:
                found.append(Choice(move, refused.message))
            else:
                found.append(Choice(move))
        return found

    def run(
        self,
        obj: Any,
        name: str,
        *,
        by: User | None,
        at: datetime,
        reason: str = "",
        detail: dict[str, Any] | None = None,
        expect: int | None = None,
        to: str | None = None,
        **fields: Any,
    ) -> Event:
        """Check and carry out a move inside an action: status, event, notices. Returns the event.

        expect: the revision the person saw; to: which of several targets; fields: columns set with the status.
        Raises Refused.
        """
        self.fresh(obj, name, expect)
        move = self.check(obj, name, by=by, at=at)
        if "reason" in move.needs and not reason.strip():
            raise Refused("missing", f"请写明“{move.label}”的原因。", field="reason")
        target = self._target(move, to)
        event = apply(
            obj,
            move,
            by=by,
            at=at,
            target=target,
            reason=reason.strip(),
            detail=detail,
            expect=expect,
            **fields,
        )
        self._tell(obj, move, by, at, reason)
        return event

    def fresh(self, obj: Any, name: str, expect: int | None) -> None:
        """A page older than the record is refused before its content is judged; raises Refused("stale")."""
        if expect not in (None, obj.revision) and obj.status in self.flow.moves[name].sources:
            raise stale(obj)

    def _target(self, move: Move, to: str | None) -> str | None:
        """The one target, or the chosen one of several."""
        if to is None:
            assert len(move.targets) <= 1, f"{move.name}: choose one of {move.targets}"
            return next(iter(move.targets), None)
        assert to in move.targets, f"{move.name} never ends in {to}"
        return str(to)

    def _tell(self, obj: Any, move: Move, by: User | None, at: datetime, reason: str) -> None:
        """Tell the move's audiences, but not the one who made it."""
        people = [person for name in move.notifies for person in self.audiences[name](obj)]
        others = [person for person in people if person and (by is None or person.pk != by.pk)]
        who = str(by) if by else "系统"
        tell(
            others,
            title=f"{obj.no} {obj.title}：{who}已{move.label}",
            url=obj.get_absolute_url(),
            at=at,
            body=reason.strip(),
        )
