"""A report from its beginning to the locked snapshot (D4.4.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ProtectedError

from helpdesk.corrections.registry import kind_named
from helpdesk.handed.choices import CONCLUSIONS, Progress
from helpdesk.handed.content import content, promised, shown
from helpdesk.handed.models import Case, HeldMonth, Measure, Outcome, Snapshot, Submission
from helpdesk.handed.policies import PROCEDURE, check_draft, check_free, check_same, months_of
from helpdesk.handed.snapshots import Frozen, freeze, keep
from helpdesk.report.build import build
from helpdesk.report.spans import Span
from reception.core.clock.periods import next_month
from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import Department, User
from reception.core.people.roles import Can

__all__ = [
    "Measured",
    "Told",
    "begin",
    "give_back",
    "receive",
    "review",
    "send_back",
    "sign",
    "submit",
    "write",
]
MOST = 500


@dataclass(frozen=True)
class Told:
    """A 典型案例 as it was typed."""

    title: str
    no: str = ""
    story: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class Measured:
    """A 改进建议 as it was typed; what is missing may follow until 制表签字."""

    problem: str
    basis: str = ""
    action: str = ""
    department: Department | None = None
    due_on: date | None = None
    metric: str = ""


@action
def begin(span: Span, *, by: User, at: datetime) -> Submission:
    """The draft of `span`, made on first use. Raises Refused."""
    if not by.may(Can.EDIT_REPORT):
        raise Refused("forbidden", "您的岗位不能编制客户反映情况报告，请联系客户服务部。")
    found = Submission.objects.of(span).first()
    if found is not None:
        return found
    check_free(span.first, span.months)
    last = next_month(span.first, span.months - 1)
    no = f"BG-{span.code}" + (f"-{last:%m}" if span.months == 2 else "")
    found = Submission(no=no, first=span.first, months=span.months, created_at=at, created_by=by)
    found.save(force_insert=True)
    record(found, "record", "开始编写", by=by, at=at)
    return found


@action
def write(
    found: Submission, *, by: User, at: datetime, conclusions: Mapping[str, str], basis: Mapping[str, str],
    outcomes: Mapping[int, tuple[str, str]], measures: Sequence[Measured], cases: Sequence[Told],
    expect: int | None = None,
) -> Submission:  # fmt: skip
    """Keep what was written, whole. basis: the generated sentences that stood beside; a conclusion that equals its
    own, or is empty, stays generated. outcomes: measure → (Progress or "", 效果). Raises Refused."""
    check_draft(found)
    if not by.may(Can.EDIT_REPORT):
        raise Refused("forbidden", "您的岗位不能编制客户反映情况报告，请联系客户服务部。")
    check_numbers(cases)
    own = {
        code: {"text": text.strip()[:MOST], "basis": basis[code]}
        for code, text in conclusions.items()
        if code in CONCLUSIONS and text.strip() and text.strip() != basis[code].strip()
    }
    for code, one in own.items():
        before = found.conclusions.get(code, {})
        # Unchanged words keep the figures they were written on, so that a later change is noticed.
        one["basis"] = (
            before.get("basis", one["basis"]) if before.get("text") == one["text"] else one["basis"]
        )
    touch(found, expect=expect, conclusions=own)
    _outcomes(found, outcomes)
    _rows(found, Measure, [vars(one) for one in measures if one.problem.strip()])
    _rows(found, Case, [vars(one) for one in cases if one.title.strip()])
    detail = {"conclusions": sorted(own), "measures": len(measures), "cases": len(cases)}
    record(found, "write", "编写", by=by, at=at, detail=detail)
    return found


def _outcomes(found: Submission, given: Mapping[int, tuple[str, str]]) -> None:
    """完成情况 and 效果 of the last report's measures, and of no others."""
    for number, one in enumerate(promised(found)):
        progress, effect = given.get(one.pk, ("", ""))
        if effect.strip() and progress not in Progress.values:
            raise Refused(
                "missing",
                f"上期措施“{one.problem}”：写了效果，请再选完成情况。",
                field=f"outcome_{number}_progress",
            )
        if progress in Progress.values:
            Outcome.objects.update_or_create(
                submission=found, measure=one, defaults={"progress": progress, "effect": effect.strip()[:200]}
            )
        else:
            Outcome.objects.filter(submission=found, measure=one).delete()


def _rows(found: Submission, model: type[Case] | type[Measure], rows: list[dict[str, Any]]) -> None:
    """Make the draft's rows equal to `rows`, in place: what a later report refers to stays the same row."""
    mine: Any = model._default_manager.filter(submission=found)
    for place, fields in enumerate(rows, 1):
        mine.update_or_create(submission=found, place=place, defaults=fields)
    try:
        mine.filter(place__gt=len(rows)).delete()
    except ProtectedError:
        raise Refused("state", "有一条改进建议已经在后一期报告里跟踪，不能去掉，请保留这一条。") from None


def check_numbers(cases: Sequence[Told]) -> None:
    """A case names a record that exists, or none. Raises Refused with the field of its row."""
    for number, one in enumerate(cases):
        if not one.no:
            continue
        kind = kind_named(one.no)
        if kind is None or not kind.model._default_manager.filter(no=one.no).exists():
            raise Refused(
                "invalid", f"没有单号是“{one.no}”的记录，请核对，或把单号空着。", field=f"case_{number}_no"
            )


@action
def sign(found: Submission, *, by: User, at: datetime, expect: int | None = None) -> Submission:
    """制表签字: the conclusions are fixed as they read now, the figures taken down, the months held. Raises Refused."""
    PROCEDURE.fresh(found, "sign", expect)
    PROCEDURE.check(found, "sign", by=by, at=at)
    report = build(found.span)
    said = content(found, report)["conclusions"]
    fields: dict[str, Any] = {
        "conclusions": {one["code"]: {"text": one["text"], "basis": one["generated"]} for one in said},
        "figures": shown(report), "signed_at": at, "signed_by": by, "signed_name": str(by),
    }  # fmt: skip
    HeldMonth.objects.bulk_create(
        HeldMonth(month=month, submission=found) for month in months_of(found.first, found.months)
    )
    PROCEDURE.run(found, "sign", by=by, at=at, expect=expect, **fields)
    return found


@action
def review(found: Submission, *, by: User, at: datetime, expect: int | None = None) -> Submission:
    """审核签字, by another person, of figures that are still those that were signed for. Raises Refused."""
    PROCEDURE.fresh(found, "review", expect)
    PROCEDURE.check(found, "review", by=by, at=at)
    check_same(found.figures, shown(build(found.span)))
    fields: dict[str, Any] = {"reviewed_at": at, "reviewed_by": by, "reviewed_name": str(by)}
    PROCEDURE.run(found, "review", by=by, at=at, expect=expect, **fields)
    return found


def submit(found: Submission, *, by: User, at: datetime, expect: int | None = None) -> Submission:
    """报物管中心: from now on page, paper and workbook are the snapshot. Raises Refused.

    The workbook is made before the ledger's lock is taken, for it may take seconds; the revision guards it.
    """
    PROCEDURE.fresh(found, "submit", expect)
    PROCEDURE.check(found, "submit", by=by, at=at)
    report = build(found.span)
    check_same(found.figures, shown(report))
    found.submitted_at, found.submitted_by, found.submitted_name = at, by, str(by)
    return _submit(found, freeze(found, report), by=by, at=at, expect=expect)


@action
def _submit(found: Submission, frozen: Frozen, *, by: User, at: datetime, expect: int | None) -> Submission:
    """Store the snapshot and its digest with the move."""
    snapshot = keep(found, frozen, by=by, at=at)
    detail = {"version": snapshot.version, "sha256": snapshot.digest, "bytes": len(frozen.file)}
    fields: dict[str, Any] = {"submitted_at": at, "submitted_by": by, "submitted_name": str(by)}
    PROCEDURE.run(found, "submit", by=by, at=at, detail=detail, expect=expect, **fields)
    return found


@action
def receive(found: Submission, *, by: User, at: datetime, expect: int | None = None) -> Submission:
    """接收并锁定: final. Raises Refused."""
    PROCEDURE.fresh(found, "receive", expect)
    PROCEDURE.check(found, "receive", by=by, at=at)
    snapshot: Snapshot = found.snapshots.defer("file", "page").latest("version")
    fields: dict[str, Any] = {"received_at": at, "received_by": by, "received_name": str(by)}
    detail = {"version": snapshot.version, "sha256": snapshot.digest}
    PROCEDURE.run(found, "receive", by=by, at=at, detail=detail, expect=expect, **fields)
    return found


def _back(
    found: Submission, move: str, by: User, at: datetime, reason: str, expect: int | None
) -> Submission:
    """Open again: the signatures are taken off and the months are free; the ledger and the snapshots keep them."""
    fields: dict[str, Any] = {"figures": {}}
    detail = {step: getattr(found, f"{step}_name") for step in ("signed", "reviewed", "submitted")}
    for step in detail:
        fields |= {f"{step}_at": None, f"{step}_by": None, f"{step}_name": ""}
    PROCEDURE.run(found, move, by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    found.held.all().delete()
    return found


@action
def send_back(
    found: Submission, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Submission:
    """退回修改, inside the house. Raises Refused."""
    return _back(found, "send_back", by, at, reason, expect)


@action
def give_back(
    found: Submission, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Submission:
    """退回重报 by 物管中心: the next one is another version. Raises Refused."""
    return _back(found, "give_back", by, at, reason, expect)
