"""Bookings follow their reception (B4, records §1.2): tentative with 提交, firm with 批准, freed with 取消, moved with a
change of its date. Each runs inside the action that moves the reception; a reception without any costs one query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import apply
from reception.core.notices import tell
from reception.core.people.models import User
from visits.arrangements.models import MODELS
from visits.resources.booking import beat, lose, never_twice, put
from visits.resources.choices import BookingStatus
from visits.resources.clashes import advice, in_the_way, instead, sentence, span
from visits.resources.flow import FLOW
from visits.resources.models import ResourceBooking
from visits.resources.policies import check_open, closure

S = BookingStatus


def _live(reception: Any, *states: str) -> list[ResourceBooking]:
    rows = reception.bookings.live().filter(status__in=states) if states else reception.bookings.live()
    found = list(rows.for_page().order_by("start", "id"))
    for one in found:
        one.reception = reception
    return found


def _firm(near: list[ResourceBooking]) -> list[ResourceBooking]:
    return [one for one in near if one.status == S.FIRM]


def hold(reception: Any, *, by: User, at: datetime) -> None:
    """提交: planned ones become tentative. Raises Refused when one has been booked by somebody meanwhile, or lies in
    the past: a retroactive application keeps what it says."""
    for one in _live(reception, S.PLANNED):
        check_open(one.resource, one.end)
        firm = [] if one.overlaps else _firm(in_the_way(one.resource, one.start, one.end, one.pk))
        if firm:
            others = advice(instead(one.resource, one.start, one.end, people=one.people, exclude=one.pk))
            raise Refused(
                "state", f"{one.resource}没有空了：{sentence(firm[0])}。{others or '请另选时间'}，改好再提交。（B4）"
            )  # fmt: skip
        apply(one, FLOW.hold, by=by, at=at, target=S.TENTATIVE)


def unhold(reception: Any, *, by: User, at: datetime) -> None:
    """撤回, 退回: tentative ones keep nobody out any more."""
    for one in _live(reception, S.TENTATIVE):
        apply(one, FLOW.unhold, by=by, at=at, target=S.PLANNED)


def confirm(reception: Any, *, by: User, at: datetime) -> None:
    """批准: its bookings become firm, tentative ones of others give way, and their owners are told; one of its own that
    a firm one of somebody else (by order of the office) stands on is lost, and its owner told."""
    for one in _live(reception, S.PLANNED, S.TENTATIVE):
        near = in_the_way(one.resource, one.start, one.end, one.pk)
        taken = f"{one.resource}这段时间已被订下" if _firm(near) and not one.overlaps else ""
        if why := closure(one.resource, one.end) or taken:
            others = advice(instead(one.resource, one.start, one.end, people=one.people, exclude=one.pk))
            lose(one, why, others, by=by, at=at)
            continue
        weaker = [other for other in near if other.status == S.TENTATIVE]
        beat([other for other in weaker if other.reception_id != reception.pk], by=by, at=at)
        with never_twice(one.resource, one.start, one.end):
            apply(one, FLOW.confirm, by=by, at=at, target=S.FIRM)


def release(reception: Any, *, by: User, at: datetime, reason: str) -> None:
    """取消, 不批准: all are let go, and whoever booked for it hears so once."""
    gone = _live(reception)
    for one in gone:
        apply(
            one,
            FLOW.free,
            by=by,
            at=at,
            target=S.FREED,
            reason=reason,
            freed_at=at,
            freed_by=by,
            free_reason=reason[:200],
        )
    names = "、".join(dict.fromkeys(str(one.resource) for one in gone))
    people = {one.created_by for one in gone if one.created_by_id not in (by.pk, reception.applicant_id)}
    url = gone[0].get_absolute_url() if gone else ""
    tell(people, title=f"{reception.no} {reason}，已释放您预订的{names}", url=url, at=at)


@dataclass(frozen=True)
class Shift:
    """One booking and another date: its new time, and what is in its way there ("" for nothing)."""

    booking: ResourceBooking
    start: datetime
    end: datetime
    clash: str
    advice: str = ""

    @property
    def text(self) -> str:
        """一号会议室 10月31日 09:00–11:00 → 11月2日 09:00–11:00."""
        one = self.booking
        return f"{one.resource} {span(one.start, one.end)} → {span(self.start, self.end)}"


def shifts(reception: Any, days: int) -> list[Shift]:
    """What a visit so many calendar days later does to its bookings; nothing is written. Asks nothing for 0."""
    return [_shift(one, days) for one in _live(reception)] if days else []


def _shift(one: ResourceBooking, days: int) -> Shift:
    start, end = one.start + timedelta(days=days), one.end + timedelta(days=days)
    found = _firm(in_the_way(one.resource, start, end, one.pk))
    # Its own siblings move along.
    found = [other for other in found if other.reception_id != one.reception_id]
    clash = sentence(found[0]) if found else closure(one.resource, end)
    return Shift(
        one, start, end, clash, advice(instead(one.resource, start, end, exclude=one.pk)) if clash else ""
    )


def move_along(reception: Any, days: int, *, by: User, at: datetime) -> None:
    """A change came into force: bookings move with the arrival, in the order in which none meets its sibling; one that
    finds no place is lost. Whatever served a row that was called off goes with it."""
    _drop_with_rows(reception, by, at)
    found = shifts(reception, days)
    for one in sorted(found, key=lambda shift: shift.start, reverse=days > 0):
        if one.clash:
            lose(one.booking, f"改期后{one.clash}", one.advice, by=by, at=at)
            continue
        near = in_the_way(one.booking.resource, one.start, one.end, one.booking.pk)
        if one.booking.status == S.FIRM:
            beat([other for other in near if other.status == S.TENTATIVE], by=by, at=at)
        put(one.booking, one.start, one.end, by=by, at=at)


def _drop_with_rows(reception: Any, by: User, at: datetime) -> None:
    """Bookings of arrangements that stand no more."""
    for one in _live(reception):
        if one.row_kind in MODELS and one.row_id:
            rows = MODELS[one.row_kind]._default_manager.filter(pk=one.row_id, freed_at__isnull=True)
            if not rows.exists():
                lose(one, "变更后不需要了", "", by=by, at=at)
