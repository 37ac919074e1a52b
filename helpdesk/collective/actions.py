"""What becomes of a proposal: an important matter with everybody called back, or nothing, with the reason (D4.4.4)."""

from datetime import datetime
from typing import Any

from django.db.models import F

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, classify, limit_of
from helpdesk.collective.choices import Result
from helpdesk.collective.models import Collective, Household
from helpdesk.collective.policies import PROCEDURE
from helpdesk.collective.queries import CALL_BACK, MINUTES
from helpdesk.emergencies.opening import raise_emergency
from reception.core.clock import calendar_for, start, stop
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User

__all__ = ["accept", "call_back", "dismiss", "finish"]
TRIES = 3  # so many calls that nobody answers count as called
FITTING = "集体投诉"


@action
def accept(collective: Collective, *, by: User, at: datetime, expect: int | None = None) -> Collective:
    """立为重要问题: an emergency TF-… that the whole ladder hears of at once, and the list to call back. Raises Refused."""
    PROCEDURE.fresh(collective, "accept", expect)
    PROCEDURE.check(collective, "accept", by=by, at=at)
    units = "、".join(collective.households.order_by("pk").values_list("unit__label", flat=True)[:30])
    found = raise_emergency(
        by=by, at=at, content=f"{collective.title}：{units}", place=str(collective.building), category=fitting(collective)
    )  # fmt: skip
    fields: dict[str, Any] = {"emergency": found, "accepted_at": at, "accepted_by": by}
    detail = {"emergency": found.no, "size": collective.size}
    PROCEDURE.run(collective, "accept", by=by, at=at, detail=detail, expect=expect, **fields)
    calendar = calendar_for("service")
    due = calendar.add(at, limit_of(CALL_BACK, MINUTES))
    start(collective, CALL_BACK, at=at, due_at=due, owner=by, calendar=calendar)
    return collective


def fitting(collective: Collective) -> Category | None:
    """The kind of emergency that the words mean (停水停电 …), else 集体投诉."""
    found = classify(f"整栋{collective.word}", Kind.EMERGENCY)
    return found or Category.objects.filter(kind=Kind.EMERGENCY, name=FITTING).first()


@action
def dismiss(
    collective: Collective, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Collective:
    """不立案 with the reason; the same calls never make a proposal again, new ones may. Raises Refused."""
    words = reason.strip()[:500]
    if not words:
        raise Refused("missing", "请写明为什么不立案。（D4.4.4）", field="reason")
    fields: dict[str, Any] = {"grounds": words, "ended_at": at, "ended_by": by}
    PROCEDURE.run(collective, "dismiss", by=by, at=at, reason=words, expect=expect, **fields)
    return collective


@action
def call_back(
    collective: Collective,
    *,
    by: User,
    at: datetime,
    household: Household | None,
    result: str,
    words: str = "",
    expect: int | None = None,
) -> Collective:
    """登记回访 of one household; 联系不上 is tried again, the third time counts. Makes no page stale. Raises Refused."""
    collective.refresh_from_db()
    PROCEDURE.check(collective, "call_back", by=by, at=at)
    rows = collective.households.filter(pk=household.pk if household else 0, called_at__isnull=True)
    found = rows.select_related("unit").first()
    if found is None:
        raise Refused("state", "这一户已经回访过，或者不在名单里。请看最新的名单。", field="household")
    if result not in Result.values:
        raise Refused("missing", "请选回访结果。", field="result")
    said = words.strip()[:500]
    if result == Result.UNSETTLED and not said:
        raise Refused("missing", "仍未解决的，请写住户怎么说。", field="words")
    record(
        collective, "call_back", "回访", by=by, at=at,
        reason=f"{found}：{Result(result).label}{f'，{said}' if said else ''}", detail={"call": found.call_id},
    )  # fmt: skip
    if result == Result.UNREACHABLE and found.attempts + 1 < TRIES:
        rows.update(attempts=F("attempts") + 1)
        return collective
    rows.update(result=result, words=said, called_at=at, called_by=by)
    Collective.objects.filter(pk=collective.pk).update(called=F("called") + 1)
    collective.called += 1
    return collective


@action
def finish(collective: Collective, *, by: User, at: datetime, expect: int | None = None) -> Collective:
    """回访完毕: everybody on the list has been called. Raises Refused."""
    collective.refresh_from_db(fields=["size", "called"])
    PROCEDURE.run(collective, "finish", by=by, at=at, expect=expect, ended_at=at, ended_by=by)
    stop(collective, CALL_BACK, at=at)
    return collective
