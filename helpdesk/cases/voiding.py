"""作废 (records §2 Common header, D4.3.3, D4.3.4): what was written in error is struck out by the manager, never deleted.

A noun becomes voidable in five lines:

- choices: `VOID = "void", "已作废"`; it is over, but neither closed nor deleted. A record that was closed before keeps
  its `closed_at`: a constraint may say "closed has closed_at" and "closed_at only when closed or void".
- models: `class Matter(Voidable, Subject)`; rules: `*void_constraints("matter")`.
- flow: `void_move(S)` leaves every state but VOID, for `Can.VOID_RECORD` (manager, director), with a reason.
- actions: `void_record(matter, PROCEDURE, by=by, at=at, reason=reason, expect=expect)` inside the @action `void`.
- page: `VoidForm` as the door's form; `{% void_mark record %}` (corrections_tags) on page and paper.

What follows: every clock of the record stops, and what is late stays late. What it came from gets its turn again: `withdrawn`
tells the nouns above, and the call goes back to 待处理 (see log.following), so that what the caller wanted does not
vanish with a wrong paper (C7). A call cannot be voided while a case that came of it stands: `check_nothing_stands`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import paired, when, who
from helpdesk.cases.following import ended
from helpdesk.cases.forms import MoveForm, text
from reception.core.clock import stop_all
from reception.core.flow import Move, Refused
from reception.core.ledger import Event
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure

VOID, MOST = "void", 500
Withdrawer = Callable[[Any, User, datetime, str], None]
WITHDRAWERS: list[Withdrawer] = []


class Voidable(models.Model):
    """The three columns of a record that may be struck out: when, by whom, why."""

    void_at, void_by = when("作废时间"), who("作废人")
    void_reason = models.CharField("作废原因", max_length=MOST, blank=True)

    class Meta:
        abstract = True


class VoidForm(MoveForm):
    """Why it is struck out."""

    reason = text("原因", rows=2, limit=MOST, say="请写明作废的原因。（D4.3.3）")


def void_constraints(model: str) -> list[models.CheckConstraint]:
    """A void record says when, by whom and why; another says nothing of it."""
    void = Q(status=VOID, void_at__isnull=False) & ~Q(void_reason="")
    return [
        models.CheckConstraint(
            condition=void | (~Q(status=VOID) & Q(void_at__isnull=True)), name=f"{model}_void_says_why"
        ),
        paired(model, "void"),
    ]


def closed_constraint(model: str, closed: str = "closed") -> models.CheckConstraint:
    """Closed has closed_at; nothing else has it, but what was closed before it was struck out."""
    return models.CheckConstraint(
        condition=Q(status=closed, closed_at__isnull=False)
        | Q(status=VOID)
        | (~Q(status__in=(closed, VOID)) & Q(closed_at__isnull=True)),
        name=f"{model}_closed_when_closed",
    )


def void_move(states: type[models.TextChoices], notifies: tuple[str, ...] = (), label: str = "作废") -> Move:
    """The row of the table: from every state that is not void."""
    sources = tuple(state for state in states if state != VOID)
    return Move(VOID, sources, VOID, label, Can.VOID_RECORD, notifies, ("reason",), "danger")


def void_record(
    case: Any,
    procedure: Procedure,
    *,
    by: User,
    at: datetime,
    reason: str,
    expect: int | None = None,
    told: str = "",
    **more: Any,
) -> Event:
    """Strike out `case`: its state, its clocks, and what it came from. Only inside an action. Raises Refused.

    told: what whoever reported it was told; then the call ends with it instead of waiting again (误报).
    more: columns set with the state.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("missing", "请写明作废的原因。（D4.3.3）", field="reason")
    if len(reason) > MOST:
        raise Refused("invalid", f"作废的原因最多 {MOST} 个字，请写短一些。", field="reason")
    fields: dict[str, Any] = {"void_at": at, "void_by": by, "void_reason": reason}
    event = procedure.run(case, VOID, by=by, at=at, reason=reason, expect=expect, **fields, **more)
    stop_all(case, at=at)
    if told:
        ended(case, by=by, at=at, words=told)
        return event
    for withdraw in WITHDRAWERS:
        withdraw(case, by, at, reason)
    return event


def was_over(case: Any) -> bool:
    """Whether `case` had been closed or cancelled before it was struck out: then nothing waits again."""
    return bool(getattr(case, "closed_at", None) or getattr(case, "cancelled_at", None))


def check_nothing_stands(record: Any) -> None:
    """Nothing that came of `record` (a foreign key `call` to it) still stands. Raises Refused; a query a noun."""
    for link in record._meta.related_objects:
        if link.field.name != record._meta.model_name or not hasattr(link.related_model, "void_at"):
            continue
        case = (
            link.related_model._default_manager.filter(**{link.field.name: record})
            .exclude(status=VOID)
            .first()
        )
        if case is not None:
            raise Refused(
                "state",
                f"{record} 已经立了 {case}（{case.get_status_display()}），请先作废那一张，再作废这一张。",
            )
