"""The only writer of a status, and the only writer of events."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction
from django.utils.timezone import localtime

from reception.core.flow import Move, stale
from reception.core.ledger.chain import content_digest, link_digest, plain
from reception.core.ledger.models import ChainHead, Counter, Event
from reception.core.people.models import User

P = ParamSpec("P")
R = TypeVar("R")
SYSTEM = "系统"
# Every event of every action pays for these: written out they cost a fraction of a query that is built each time.
NEXT = f"UPDATE {Counter._meta.db_table} SET last = last + 1 WHERE prefix = %s AND year = %s RETURNING last"
HEAD = f"SELECT seq, digest FROM {ChainHead._meta.db_table} WHERE id = 1"
SET_HEAD = f"UPDATE {ChainHead._meta.db_table} SET seq = %s, digest = %s WHERE id = 1"
FIELDS = [field for field in Event._meta.concrete_fields if not field.primary_key]
NAMES, MARKS = ", ".join(f'"{field.column}"' for field in FIELDS), ", ".join(["%s"] * len(FIELDS))
INSERT = f"INSERT INTO {Event._meta.db_table} ({NAMES}) VALUES ({MARKS}) RETURNING id"


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that holds the ledger's lock from its first statement on.

    One lock, always first: actions cannot deadlock, and the order of events is the order of commits.
    SQLite's IMMEDIATE transaction is that lock already.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            ChainHead.objects.select_for_update().get(pk=1)
        yield


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Marks a function that writes: it runs whole or not at all, under the ledger's lock."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    return wrapped


def next_no(prefix: str, at: datetime) -> str:
    """The next number of `prefix` in the Shanghai year of `at`: `JD-2026-0037`. Only inside an action."""
    assert connection.in_atomic_block, "编号只能在动作里取"
    year = localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [prefix, year])
        (last,) = cursor.fetchone() or (0,)
    last = last or Counter.objects.create(prefix=prefix, year=year, last=1).last
    return f"{prefix}-{year}-{last:04d}"


def signature_of(by: User | None, principal: User | None = None) -> str:
    """The name as it stands on records: 沈国栋（公司领导）, 何志远 代 沈国栋（公司领导）, 系统.
    PostgreSQL refuses the length that SQLite lets pass."""
    if by is None:
        return SYSTEM
    return (f"{by} 代 {principal.signature}" if principal else by.signature)[:64]


def _head() -> tuple[int, str]:
    """The last link's number and digest. Raises DoesNotExist when the chain lost its head."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        found = cursor.fetchone()
    if found is None:
        raise ChainHead.DoesNotExist("台账链头不见了")
    return found


def _link(event: Event) -> None:
    """Store `event`, which is the last link now."""
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(SET_HEAD, [event.seq, event.digest])
        cursor.execute(INSERT, values)
        (event.pk,) = cursor.fetchone()
    event._state.adding, event._state.db = False, connection.alias


def _append(
    subject: models.Model,
    *,
    verb: str,
    label: str,
    old: str,
    new: str,
    by: User | None,
    at: datetime,
    reason: str,
    detail: dict[str, Any],
    principal: User | None = None,
) -> Event:
    """Write the next link of the chain. Runs under the lock, so head and event agree."""
    (seq, prev), name = _head(), signature_of(by, principal)
    if principal:
        detail = {**detail, "for": str(principal), "for_id": principal.pk}
    salt, detail = secrets.token_hex(16), plain(detail)
    event = Event(
        seq=seq + 1,
        at=at,
        actor=by,
        actor_name=name,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_no=getattr(subject, "no", ""),
        verb=verb, label=label, old=old, new=new,
        reason=reason,
        detail=detail,
        salt=salt,
        content=content_digest(salt, name, reason, detail),
        prev=prev,
    )  # fmt: skip
    event.digest = link_digest(event.prev, event.seq, event.at, facts(event), event.content)
    _link(event)
    return event


def facts(event: Event) -> list[Any]:
    """What an event says beside its words; all of it is bound by the chain."""
    return [
        event.actor_id,
        event.subject_kind,
        event.subject_id,
        event.subject_no,
        event.verb,
        event.label,
        event.old,
        event.new,
    ]


def record(
    subject: models.Model,
    verb: str,
    label: str,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    principal: User | None = None,
) -> Event:
    """Write an event that changes no status: a creation, an edit, an escalation.

    Must run inside an action. by None means the system; principal: for whom `by` acts. Returns the event.
    """
    assert connection.in_atomic_block, "台账只能在动作里写"
    status = getattr(subject, "status", "")
    return _append(
        subject,
        verb=verb,
        label=label,
        old=status,
        new=status,
        by=by,
        at=at,
        reason=reason,
        detail=detail or {},
        principal=principal,
    )


def apply(
    subject: models.Model,
    move: Move,
    *,
    by: User | None,
    at: datetime,
    target: str | None = None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    expect: int | None = None,
    principal: User | None = None,
    **fields: Any,
) -> Event:
    """Carry out `move`: guarded update of status, revision and `fields`, and its event, in one transaction.

    target: the new state, None keeps it; expect: the revision the person saw; principal: for whom `by` acts
    (代理), so that the signature says both. Raises Refused("stale") when
    someone else was faster; the row must be the one that was loaded and checked, as in `touch`. The object
    in memory follows the row.
    """
    assert connection.in_atomic_block, "状态只能在动作里改"
    old = subject.status  # type: ignore[attr-defined]
    new = old if target is None else target
    seen = subject.revision  # type: ignore[attr-defined]
    rows = type(subject)._default_manager.filter(pk=subject.pk, status=old, revision=seen)
    if expect not in (None, seen) or not rows.update(status=new, revision=seen + 1, **fields):
        raise stale(subject)
    subject.status, subject.revision = new, seen + 1  # type: ignore[attr-defined]
    for name, value in fields.items():
        setattr(subject, name, value)
    return _append(
        subject, verb=move.name, label=move.label, old=old, new=new, by=by, at=at, reason=reason, detail=detail or {},
        principal=principal,
    )  # fmt: skip


def touch(subject: models.Model, /, *, expect: int | None = None, **fields: Any) -> None:
    """Change fields of a record that keep its status, guarded by its revision like a move.

    Raises Refused("stale") when someone else was faster. The row must be the one that was loaded: what the
    caller checked (who, in which state) was checked on that, whatever revision the page says it saw.
    """
    seen = subject.revision  # type: ignore[attr-defined]
    rows = type(subject)._default_manager.filter(pk=subject.pk, revision=seen)
    if expect not in (None, seen) or not rows.update(revision=seen + 1, **fields):
        raise stale(subject)
    subject.revision = seen + 1  # type: ignore[attr-defined]
    for name, value in fields.items():
        setattr(subject, name, value)


def events_of(subject: models.Model) -> models.QuerySet[Event]:
    """Everything that happened to `subject`, oldest first."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("seq")
