"""已订 and 已退: what 综合部 writes down about a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User
from visits.arrangements.choices import Kind
from visits.arrangements.policies import check_booking, check_books
from visits.arrangements.queries import all_rows, forget
from visits.arrangements.words import booked, line

DETAILS = ("confirmation", "booking_note")
CAR_DETAILS = (*DETAILS, "plate", "driver", "driver_phone")


@action
def book(row: Any, *, by: User, at: datetime, values: Mapping[str, str], seen: str | None = None) -> Any:
    """已订, or what is known of the booking changed. values: DETAILS, for a car CAR_DETAILS; seen: the row's
    `token` that the page showed. The applicant is told. Raises Refused (forbidden, state, missing, stale)."""
    check_books(row, by)
    kept = {name: values.get(name, "").strip() for name in _details(row)}
    check_booking(row, kept)
    again = bool(row.booked_at and not row.freed_at)
    _write(row, seen, {**kept, "booked_at": at, "booked_by": by, "freed_at": None, "freed_by": None})
    told = booked(row)
    _say(row, "book", "更正预订" if again else "已订", by, at, told)
    return row


@action
def free(row: Any, *, by: User, at: datetime, reason: str, seen: str | None = None) -> Any:
    """已退: let a booked row go. Raises Refused (forbidden, state, missing, stale)."""
    check_books(row, by)
    if not row.booked_at or row.freed_at:
        raise Refused("state", f"{row}没有订过，不用退订。")
    if not reason.strip():
        raise Refused("missing", "请写明为什么退订。", field="reason")
    _write(row, seen, {"freed_at": at, "freed_by": by})
    _say(row, "free", "已退", by, at, "", reason.strip())
    return row


@action
def unbook(row: Any, *, by: User, at: datetime, reason: str) -> None:
    """What it was booked with is gone (a resource let go or lost): part of the action that did so, which checked who
    may. A row that is not booked stays as it is."""
    if row.booked_at and not row.freed_at:
        nothing = dict.fromkeys(_details(row), "")
        _write(row, None, {**nothing, "booked_at": None, "booked_by": None})
        _say(row, "unbook", "要另订", by, at, "", reason)


@action
def free_all(reception: Any, *, by: User, at: datetime) -> list[Any]:
    """A cancelled visit needs nothing any more: every row is freed, and who booked one is told to call it off.
    Part of the cancellation, which checked who may. Returns what had been booked."""
    forget(reception)
    gone = [row for row in all_rows(reception) if not row.freed_at]
    for model in {type(row) for row in gone}:
        model._default_manager.filter(reception=reception, freed_at__isnull=True).update(
            freed_at=at, freed_by=by
        )
    firm = [row for row in gone if row.booked_at]
    for person in {row.booked_by_id for row in firm}:
        theirs = [row for row in firm if row.booked_by_id == person]
        tell(
            User.objects.filter(pk=person), title=f"{reception.no} 已取消，请退订 {len(theirs)} 项：{'、'.join(str(row) for row in theirs)}",
            url=_rows_page(reception), at=at, level="warn",
        )  # fmt: skip
    forget(reception)
    return firm


def _details(row: Any) -> tuple[str, ...]:
    return CAR_DETAILS if row.KIND == Kind.CAR else DETAILS


def _write(row: Any, seen: str | None, fields: dict[str, Any]) -> None:
    """Write the row as it was loaded, and as the page showed it; else somebody was faster."""
    found = type(row)._default_manager.filter(pk=row.pk, booked_at=row.booked_at, freed_at=row.freed_at)
    if seen not in (None, row.token) or not found.update(**fields):
        raise Refused("stale", f"{row}刚刚被别人改过，请刷新看最新内容，再决定。")
    for name, value in fields.items():
        setattr(row, name, value)


def _rows_page(reception: Any) -> str:
    """Where who booked a row is led: the page of a secret reception is not for all of them."""
    return "/notices/" if reception.secret else f"{reception.get_absolute_url()}#rows"


def _say(row: Any, verb: str, label: str, by: User, at: datetime, told: str, reason: str = "") -> None:
    """On the reception's trail, and to its applicant."""
    reception = row.reception
    detail = {"row": f"{row}：{line(row)}", "booking": told}
    record(reception, verb, f"{label} {row}", by=by, at=at, reason=reason or told, detail=detail)
    if reception.applicant_id != by.pk:
        tell(
            [reception.applicant], title=f"{reception.no} {row}{label}{'：' + (reason or told) if reason or told else ''}",
            url=f"{reception.get_absolute_url()}#rows", at=at,
        )  # fmt: skip
