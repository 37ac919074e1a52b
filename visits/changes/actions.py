"""What people do with a 变更 (records §1.2). Each raises Refused; `expect` is the revision the page showed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from visits.changes.arranging import day_shift, moved
from visits.changes.choices import Kind, Status
from visits.changes.content import changed, content_of, rebased, same, with_values, would_be
from visits.changes.effect import put_in_force
from visits.changes.judging import Touched, higher_tier, judge
from visits.changes.models import Change
from visits.changes.policies import PROCEDURE, check_edits, check_starts, gaps
from visits.hosts.asking import check_host_free, hosting_of
from visits.requests.models import Reception

Rows = Sequence[Mapping[str, Any]]
# What makes it worth asking again whether the host is free.
HOSTED = {Kind.DATES, Kind.HOST, Kind.TIER}
NOTHING = "还没有改动任何内容。要变更的请改好再提交，不用变更的请撤回。"


def current(reception: Reception) -> Reception:
    """The reception as it stands now, with all that a version reads."""
    rows = Reception.objects.for_page().prefetch_related("guests", "lines")
    return rows.get(pk=reception.pk)


@action
def start(reception: Reception, *, by: User, at: datetime) -> Change:
    """发起变更: a draft that holds what is in force. Raises Refused (forbidden, state)."""
    now = current(reception)
    check_starts(now, by)
    content = content_of(now)
    number = now.changes.count() + 1
    change = Change.objects.create(
        no=f"{now.no}-B{number}", number=number, reception=now, base=content, proposed=content, created_at=at, created_by=by,
    )  # fmt: skip
    record(change, "create", "发起变更", by=by, at=at)
    return change


@action
def save(change: Change, *, by: User, at: datetime, fields: Mapping[str, Any], guests: Rows | None = None,
         lines: Rows | None = None, rows: Mapping[str, Rows] | None = None, reason: str | None = None,
         expect: int | None = None) -> Change:  # fmt: skip
    """Keep what was typed of a draft; None leaves rows or reason. What the reception became meanwhile stands under
    it. Raises Refused (forbidden, state, stale, invalid)."""
    change.reception = now = current(change.reception)
    check_edits(change, by)
    _check_shape(now, fields)
    base, proposed = _on_top_of(change, now)
    touch(
        change, expect=expect, base=base, proposed=with_values(now, proposed, fields, guests=guests, lines=lines, rows=rows),
        reason=change.reason if reason is None else reason.strip(),
    )  # fmt: skip
    return change


@action
def move_rows(change: Change, *, by: User, at: datetime) -> int:
    """Arrangements that still stand at the dates in force follow the arrival of the draft; returns how many moved.
    Raises Refused (forbidden, state, stale)."""
    change.reception = now = current(change.reception)
    check_edits(change, by)
    base, proposed = _on_top_of(change, now)
    it = would_be(now, proposed)
    if not it.arrive_at or not now.arrive_at:
        raise Refused("missing", "请先填写新的到达时间。", field="arrive_at")
    old = proposed["values"]["rows"]
    rows = moved(old, base["values"]["rows"], day_shift(now.arrive_at, it.arrive_at))
    content = {"values": {**proposed["values"], "rows": rows}}
    touch(change, base=base, proposed=content_of(would_be(now, content)))
    return sum(a != b for kind, found in rows.items() for a, b in zip(found, old[kind], strict=True))


def _on_top_of(change: Change, now: Reception) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what is in force, the proposal on top of it)."""
    base = content_of(now)
    return base, change.proposed if same(base, change.base) else rebased(now, change.base, change.proposed)


def _check_shape(now: Reception, fields: Mapping[str, Any]) -> None:
    """What even a draft cannot be. Raises Refused("invalid")."""
    arrive, leave = fields.get("arrive_at", now.arrive_at), fields.get("leave_at", now.leave_at)
    if arrive and leave and leave <= arrive:
        raise Refused("invalid", "离开时间要晚于到达时间，请核对。", field="leave_at")


@action
def submit(
    change: Change, *, by: User, at: datetime, expect: int | None = None, host_anyway: bool = True
) -> Change:
    """提交变更: judged by the table; what is only logged is in force at once, the rest waits for a leader. host_anyway
    False asks when the host of another date is busy then: every door passes what was ticked."""
    PROCEDURE.fresh(change, "submit", expect)
    change.reception = now = current(change.reception)
    PROCEDURE.check(change, "submit", by=by, at=at)
    base, proposed = _on_top_of(change, now)
    change.base, change.proposed = base, proposed
    for refused in gaps(change, now, at):
        raise refused
    found = judge(now, base, proposed)
    if not host_anyway and {one.kind for one in found} & HOSTED:
        check_host_free(hosting_of(would_be(now, proposed)), host_anyway)
    if not changed(base, proposed):
        raise Refused("missing", NOTHING)
    waits = any(one.approval for one in found)
    fields: dict[str, Any] = {"version": None if waits else now.version + 1}
    _run_submit(
        change, now, found, waits, by=by, at=at, expect=expect, base=base, proposed=proposed, **fields
    )
    if not waits:
        put_in_force(change, now, by=by, at=at, budgets={})
    return change


def _run_submit(change: Change, now: Reception, found: list[Touched], waits: bool, *, by: User, at: datetime,
                expect: int | None, **fields: Any) -> None:  # fmt: skip
    """The move itself, with what was judged."""
    rows = [[row.label, row.old, row.new] for row in changed(change.base, change.proposed)]
    PROCEDURE.run(
        change, "submit", by=by, at=at, expect=expect, reason=change.reason, to=Status.PENDING if waits else Status.EFFECTIVE,
        detail={"rows": rows}, found=[one.as_dict() for one in found], tier=higher_tier(now, change.proposed),
        submitted_at=at, submitted_by=by, **fields,
    )  # fmt: skip


@action
def approve(change: Change, *, by: User, at: datetime, opinion: str = "", activity_budget: Decimal | None = None,
            gift_budget: Decimal | None = None, expect: int | None = None) -> Change:  # fmt: skip
    """同意变更: in force at once. An amount (元) replaces the leader's standard for activities or gifts (A7b), None
    leaves it. Raises Refused; "stale" when the reception moved on since the change was submitted."""
    PROCEDURE.fresh(change, "approve", expect)
    change.reception = now = current(change.reception)
    PROCEDURE.check(change, "approve", by=by, at=at)
    _check_unmoved(change, now)
    for refused in gaps(change, now, at):
        raise refused
    budgets = {"activity_budget": activity_budget, "gift_budget": gift_budget}
    budgets = {name: amount for name, amount in budgets.items() if amount is not None}
    if any(amount < 0 for amount in budgets.values() if amount is not None):
        raise Refused("invalid", "活动、礼品标准不能小于 0 元，不改请留空。（A7b）", field="gift_budget")
    PROCEDURE.run(
        change, "approve", by=by, at=at, expect=expect, reason=opinion, version=now.version + 1,
        decided_at=at, decided_by=by, opinion=opinion.strip(), detail=dict(budgets),
    )  # fmt: skip
    put_in_force(change, now, by=by, at=at, budgets=budgets)
    return change


def _check_unmoved(change: Change, now: Reception) -> None:
    """The version that was to be replaced is still the one in force. Raises Refused("stale")."""
    content = content_of(now)
    if same(content, change.base):
        return
    labels = "、".join(row.label for row in changed(change.base, content)[:4]) or "内容"
    raise Refused(
        "stale",
        f"{now} 在这份变更提交以后又改过（{labels}），这份变更不能再生效。请不同意并写明原因，由经办人按现在的内容重新发起。",
    )


@action
def refuse(change: Change, *, by: User, at: datetime, opinion: str, expect: int | None = None) -> Change:
    """不同意变更, with its reason; what was in force stays in force."""
    PROCEDURE.run(
        change, "refuse", by=by, at=at, expect=expect, reason=opinion,
        decided_at=at, decided_by=by, opinion=opinion.strip(),
    )  # fmt: skip
    return change


@action
def withdraw(
    change: Change, *, by: User, at: datetime, reason: str = "", expect: int | None = None
) -> Change:
    """撤回变更 by the applicant while nobody decided; those it waited for are told."""
    PROCEDURE.run(change, "withdraw", by=by, at=at, expect=expect, reason=reason)
    return change
