"""Booking, moving, letting go and judging a resource (B4). Actions run one after the other under the ledger's lock, so
that what was free when it was looked at is free when it is written; the engine refuses a second firm one besides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import action, apply, next_no, record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.spelling import tidy
from visits.arrangements.actions import unbook
from visits.arrangements.models import MODELS
from visits.resources.choices import BookingStatus
from visits.resources.clashes import advice, doubts, held, in_the_way, instead, sentence, span
from visits.resources.flow import FLOW
from visits.resources.models import Resource, ResourceBooking
from visits.resources.policies import (
    BECOMES,
    PROCEDURE,
    check_books,
    check_judges,
    check_lets_go,
    check_open,
    check_overrides,
    check_times,
)


@action
def book(resource: Resource, *, by: User, at: datetime, start: datetime, end: datetime, purpose: str = "",
         people: int | None = None, reception: Any = None, task: Any = None, row: tuple[str, int] | None = None,
         anyway: bool = False, override: str = "") -> ResourceBooking:  # fmt: skip
    """预订 [start, end) (aware): firm at once, for a reception that is not approved yet planned or tentative. A firm
    one in the way refuses it, unless the office gives `override`, its reason; a tentative one asks once (`anyway`), is
    freed and its owner told. row: the arrangement of the application that it serves. Raises Refused."""
    check_times(start, end, at)
    check_books(by, reception, task)
    words = tidy(purpose) or (reception.title if reception else "")
    if not words:
        raise Refused("missing", "请写明预订做什么用。", field="purpose")
    status = BECOMES[reception.status] if reception else BookingStatus.FIRM
    overlaps, weaker = clear(resource, start, end, by=by, people=people, tier=reception and reception.tier_now,
                             anyway=anyway or status != BookingStatus.FIRM, override=override)  # fmt: skip
    kind, pk = row or ("", None)
    from_at, until = held(resource, start, end)
    if status == BookingStatus.FIRM:
        beat(weaker, by=by, at=at)
    with never_twice(resource, start, end):
        made = ResourceBooking.objects.create(
            no=next_no("YD", at), created_at=at, created_by=by, resource=resource, status=status, start=start, end=end,
            held_from=from_at, held_until=until, purpose=words[:80], people=people, reception=reception, task=task,
            row_kind=kind, row_id=pk, exclusive=resource.exclusive, overlaps=overlaps, override_reason=override.strip(),
        )  # fmt: skip
    detail = {"resource": str(resource), "start": start, "end": end, "override": override.strip()}
    record(made, "create", "预订", by=by, at=at, reason=words, detail=detail)
    if reception and reception.status not in ("draft", "returned"):
        record(reception, "resource", f"预订{resource}"[:32], by=by, at=at, reason=span(start, end))
    return made


def clear(resource: Resource, start: datetime, end: datetime, *, by: User, people: int | None = None, tier: Any = None,
          anyway: bool = False, override: str = "", exclude: int | None = None) -> tuple[bool, list[ResourceBooking]]:  # fmt: skip
    """Whether it will stand on a firm one (the office's will), and the tentative ones in its way. Raises Refused, with
    what could be had instead."""
    check_open(resource, end)
    near = in_the_way(resource, start, end, exclude)
    firm = [one for one in near if one.status == BookingStatus.FIRM]
    weaker = [one for one in near if one.status == BookingStatus.TENTATIVE]
    against = doubts(resource, start, end, people, tier)
    if override.strip():  # also where nothing is in the way: the reason would stand in the record
        check_overrides(by, override)
    elif firm:
        others = advice(instead(resource, start, end, people=people, tier=tier, exclude=exclude))
        hint = f"。{others}" if others else "。请另选时间"
        raise Refused("state", f"{resource}这段时间没有空：{sentence(firm[0])}{hint}。（B4）", field="start")
    elif against:
        raise Refused("invalid", f"{against[0]}，请另选一个。（B4）", field="people")
    if weaker and not anyway:
        raise Refused(
            "invalid", f"{sentence(weaker[0])}。仍要预订，请勾选“仍要预订”：对方的拟订让位，马上通知到人。", field="anyway"
        )  # fmt: skip
    return bool(firm), weaker


def beat(weaker: list[ResourceBooking], *, by: User, at: datetime) -> None:
    """A firm booking takes the place of tentative ones: they are freed, their owners read what they could have
    instead. Inside an action."""
    for one in weaker:
        others = advice(instead(one.resource, one.start, one.end, people=one.people, exclude=one.pk))
        lose(one, f"{one.resource}这段时间已被订下", others, by=by, at=at)


def lose(booking: ResourceBooking, why: str, others: str, *, by: User, at: datetime) -> None:
    """让位: freed by what somebody else did. Inside an action."""
    reason = why[:200]
    leave_row(booking, reason, by=by, at=at)
    apply(booking, FLOW.give_way, by=by, at=at, target=BookingStatus.FREED, reason=reason, freed_at=at, freed_by=by, free_reason=reason)  # fmt: skip
    people = [booking.created_by, *([booking.reception.applicant] if booking.reception else [])]
    advised = f"，{others}" if others else "，请另选"
    tell(
        [person for person in dict.fromkeys(people) if person.pk != by.pk],
        title=f"您预订的{booking.resource} {span(booking.start, booking.end)} 落空：{why}{advised}",
        url=booking.get_absolute_url(), at=at, level="urgent",
    )  # fmt: skip


def leave_row(booking: ResourceBooking, reason: str, *, by: User, at: datetime) -> None:
    """The arrangement that it served has to be booked anew. Inside an action."""
    if booking.row_kind not in MODELS or booking.status != BookingStatus.FIRM:
        return
    rows = MODELS[booking.row_kind]._default_manager.select_related("reception__applicant")
    row = rows.filter(pk=booking.row_id, reception=booking.reception_id).first()
    if row and booking.no in row.booking_note:
        unbook(row, by=by, at=at, reason=reason)


@contextmanager
def never_twice(resource: Resource, start: datetime, end: datetime) -> Iterator[None]:
    """What the engine refuses is a sentence too."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "booking_never_twice" not in str(error) and "已有预订" not in str(error):
            raise
        raise Refused(
            "state", f"{resource} {span(start, end)} 刚刚被别人订下，请另选。（B4）", field="start"
        ) from None


@action
def move(booking: ResourceBooking, *, by: User, at: datetime, start: datetime, end: datetime, anyway: bool = False,
         override: str = "", expect: int | None = None) -> ResourceBooking:  # fmt: skip
    """改时间: the same checks as a new one. Raises Refused."""
    PROCEDURE.fresh(booking, "free", expect)
    check_lets_go(booking, by, at)
    if booking.status not in FLOW.free.sources:
        raise Refused("state", f"{booking} 已经释放，不能改时间；请重新预订。")
    check_times(start, end, at)
    firm = booking.status == BookingStatus.FIRM
    tier = booking.reception and booking.reception.tier_now
    overlaps, weaker = clear(booking.resource, start, end, by=by, people=booking.people, tier=tier,
                             anyway=anyway or not firm, override=override, exclude=booking.pk)  # fmt: skip
    if firm:
        beat(weaker, by=by, at=at)
    put(booking, start, end, by=by, at=at, overlaps=overlaps, override=override.strip(), expect=expect)
    return booking


def put(booking: ResourceBooking, start: datetime, end: datetime, *, by: User, at: datetime, overlaps: bool = False,
        override: str = "", expect: int | None = None) -> None:  # fmt: skip
    """Write the new time and its event. Inside an action."""
    old = span(booking.start, booking.end)
    from_at, until = held(booking.resource, start, end)
    with never_twice(booking.resource, start, end):
        touch(
            booking, expect=expect, start=start, end=end, held_from=from_at, held_until=until, overlaps=overlaps,
            override_reason=override or booking.override_reason,
        )  # fmt: skip
    detail = {"old": old, "new": span(start, end), "override": override}
    record(booking, "move", "改时间", by=by, at=at, reason=f"{old} → {span(start, end)}", detail=detail)


@action
def free(
    booking: ResourceBooking, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> ResourceBooking:
    """释放 with its reason; the other one concerned is told. Raises Refused (forbidden, state, stale, missing)."""
    why = reason.strip()[:200]
    PROCEDURE.fresh(booking, "free", expect)
    PROCEDURE.check(booking, "free", by=by, at=at)
    if why:
        leave_row(booking, f"{booking.resource}已释放：{why}", by=by, at=at)
    fields: dict[str, Any] = {"freed_at": at, "freed_by": by, "free_reason": why}
    PROCEDURE.run(booking, "free", by=by, at=at, reason=why, expect=expect, **fields)
    return booking


@action
def judge(booking: ResourceBooking, *, by: User, at: datetime, score: int | None, note: str = "",
          expect: int | None = None) -> ResourceBooking:  # fmt: skip
    """资源评价: 1 to 5 and a word, written back to the resource. A low one says why. Raises Refused."""
    PROCEDURE.fresh(booking, "free", expect)
    check_judges(booking, by)
    if score is None or not 1 <= score <= 5:
        raise Refused("missing", "请打 1 到 5 分。", field="score")
    if score <= 2 and not note.strip():
        raise Refused("missing", "打 1、2 分请写明哪里不好，下次订的人看得到。", field="note")
    touch(booking, expect=expect, score=score, rating_note=note.strip()[:200], rated_at=at, rated_by=by)
    record(booking, "judge", "资源评价", by=by, at=at, reason=note.strip(), detail={"score": score})
    return booking
