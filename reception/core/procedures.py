"""A flow bound to its rules and audiences: what pages ask and actions run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from reception.core.flow import Flow, Move, Refused, stale
from reception.core.ledger import Event, apply
from reception.core.notices import tell
from reception.core.people.delegation import principals_of, stand_ins
from reception.core.people.models import User

Rule = Callable[[Any, Any, datetime], None]
Audience = Callable[[Any], Iterable[User | None]]


@dataclass(frozen=True)
class Choice:
    """A button: the move, the sentence that says why not ("" when it may be pressed), and for whom (代理)."""

    move: Move
    refusal: str = ""
    principal: User | None = None


def moved_on(obj: Any) -> bool:
    """Whether the stored record has another revision than `obj`."""
    seen = getattr(obj, "revision", None)
    if seen is None or not isinstance(obj, Model):
        return False
    return not type(obj)._default_manager.filter(pk=obj.pk, revision=seen).exists()


class Procedure:
    """Flow + rules ("may this object now?") + audiences (who is told).

    rules: move name → functions (obj, user, at) that raise Refused; "*" holds for every move.
    audiences: name used in Move.notifies → function (obj) → people.
    delegable: move → state → scope of a 代理 that lets a delegate make it with their principal's rank; bars:
    rules that the delegate's own person must pass too; desks: audience → address where it is done at once.
    """

    def __init__(
        self,
        flow: Flow,
        rules: Mapping[str, tuple[Rule, ...]] | None = None,
        audiences: Mapping[str, Audience] | None = None,
        delegable: Mapping[str, Mapping[Any, str]] | None = None,
        bars: tuple[Rule, ...] = (),
        desks: Mapping[str, Callable[[Any], str]] | None = None,
    ) -> None:
        self.flow, self.rules, self.audiences = flow, dict(rules or {}), dict(audiences or {})
        self.delegable, self.bars, self.desks = dict(delegable or {}), bars, dict(desks or {})
        stray = set(self.rules) - set(flow.moves) - {"*"}
        assert not stray, f"{flow.kind}: rules for unknown moves {stray}"
        asked = {name for move in flow for name in move.notifies}
        assert asked <= set(self.audiences), f"{flow.kind}: unknown audiences {asked - set(self.audiences)}"

    def check(self, obj: Any, name: str, *, by: User | None, at: datetime) -> Move:
        """The move `name`, if `by` may make it on `obj` at `at`, in their own name or as a delegate; by=None is
        the system and passes the role.

        Raises Refused: "forbidden" (role), "state" (not from here), or whatever a rule says.
        """
        self.stand(obj, name, by=by, at=at)
        return self.flow.moves[name]

    def stand(self, obj: Any, name: str, *, by: User | None, at: datetime) -> User | None:
        """In whose name `by` may make the move: their own, else the first principal's who may and for whom they
        stand in (ADR 0010). Raises Refused, in the words that concern `by`; "stale" where the record is no longer
        the one that was loaded, for then what a rule says may be about something else."""
        try:
            return self._stand(obj, self.flow.moves[name], by, at, {})
        except Refused:
            if moved_on(obj):
                raise stale(obj) from None
            raise

    def _stand(
        self, obj: Any, move: Move, by: User | None, at: datetime, known: dict[str, list[User]]
    ) -> User | None:
        try:
            self._judge(obj, move, by, at)
        except Refused as refused:
            principal = self._principal(obj, move, by, at, known) if by else None
            if principal is None:
                raise refused from None
            return principal
        return by

    def _judge(self, obj: Any, move: Move, who: User | None, at: datetime) -> None:
        """Role, state and rules, by the person alone."""
        if who is not None and move.permission and not who.may(move.permission):
            raise Refused(
                "forbidden", f"您的岗位不能“{move.label}”，需要“{move.permission.label}”权限，请联系管理员。"
            )
        if obj.status not in move.sources:
            raise Refused(
                "state", f"{obj} 现在是“{obj.get_status_display()}”，不能“{move.label}”。请刷新看最新进展。"
            )
        for rule in (*self.rules.get("*", ()), *self.rules.get(move.name, ())):
            rule(obj, who, at)

    def _principal(
        self, obj: Any, move: Move, by: User, at: datetime, known: dict[str, list[User]]
    ) -> User | None:
        """For whom `by` may make the move as a delegate; `known` keeps what was asked once. None for nobody."""
        scope = self.delegable.get(move.name, {}).get(obj.status)
        if scope is None:
            return None
        if scope not in known:
            known[scope] = principals_of(by, scope, at)
        for principal in known[scope]:
            try:
                self._judge(obj, move, principal, at)
                for bar in self.bars:
                    bar(obj, by, at)
            except Refused:
                continue
            return principal
        return None

    def choices(self, obj: Any, user: User, at: datetime) -> list[Choice]:
        """The moves that leave the present state and that the user's role (or a principal's) has, each allowed or
        with its why-not."""
        found, known = [], dict[str, list[User]]()
        for move in self.flow.from_state(obj.status):
            try:
                who = self._stand(obj, move, user, at, known)
            except Refused as refused:
                if not move.permission or user.may(move.permission):
                    found.append(Choice(move, refused.message))
            else:
                found.append(Choice(move, principal=who if who and who.pk != user.pk else None))
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
        move, who = self.flow.moves[name], self.stand(obj, name, by=by, at=at)
        principal = who if who and by and who.pk != by.pk else None
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
            principal=principal,
            **fields,
        )
        self._tell(obj, move, by, at, reason, principal)
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

    def _tell(
        self, obj: Any, move: Move, by: User | None, at: datetime, reason: str, principal: User | None
    ) -> None:
        """Tell the move's audiences and the principal, but not the one who made it."""
        who = f"{by or '系统'}" + (f" 代 {principal}" if principal else "")
        title = f"{obj.no} {obj.title}：{who}已{move.label}"
        told = {by.pk} if by else set()
        lines: dict[tuple[str, str], list[User]] = {}
        for person, mark, url in self._told(obj, move, at, principal):
            if person.pk not in told:
                told.add(person.pk)
                lines.setdefault((f"{mark}{title}", url), []).append(person)
        for (line, url), people in lines.items():
            tell(people, title=line, url=url, at=at, body=reason.strip())

    def _told(
        self, obj: Any, move: Move, at: datetime, principal: User | None
    ) -> Iterator[tuple[User, str, str]]:
        """(person, mark, address). First those who have to do something now: they are led straight to where it
        is done, and so is whoever stands in for them; then the rest, to the page."""
        for name in sorted(move.notifies, key=lambda name: name not in self.desks):
            people = [person for person in self.audiences[name](obj) if person]
            url = self.desks[name](obj) if name in self.desks else obj.get_absolute_url()
            yield from ((person, "", url) for person in people)
            scope = self.scope_now(obj) if name in self.desks else ""
            if scope:
                yield from ((one, f"（代 {other}）", url) for one, other in stand_ins(people, scope, at))
        if principal:
            yield principal, "", obj.get_absolute_url()

    def scope_now(self, obj: Any) -> str:
        """The scope of a 代理 that covers what waits in the present state; "" for none."""
        return next((scopes[obj.status] for scopes in self.delegable.values() if obj.status in scopes), "")
