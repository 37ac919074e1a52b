"""Who keeps the resources, who books them for what, and who lets a booking go (B4)."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure
from visits.resources.choices import BookingStatus
from visits.resources.flow import FLOW
from visits.resources.models import Resource, ResourceBooking

BOOKERS = (Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK)
READERS = (*BOOKERS, Can.VIEW_RECEPTIONS, Can.KEEP_RESOURCE)
LONGEST = timedelta(days=31)
# What a booking becomes in each state of its reception; in the others none is made.
BECOMES: dict[str, str] = {
    "draft": BookingStatus.PLANNED,
    "returned": BookingStatus.PLANNED,
    "review": BookingStatus.TENTATIVE,
    "pending": BookingStatus.TENTATIVE,
    "preparing": BookingStatus.FIRM,
    "receiving": BookingStatus.FIRM,
}
# States of a reception in which its resources are judged.
JUDGED = ("receiving", "settling", "auditing", "closing")


def keeps(user: User) -> bool:
    """Whether `user` keeps all resources and bookings: the office and the reception manager."""
    return user.may(Can.KEEP_RESOURCE)


def check_keeps(user: User | None) -> None:
    """Raises Refused("forbidden")."""
    if user and not keeps(user):
        raise Refused("forbidden", "接待资源由办公室和接待经理维护，要增加或修改请联系他们。（B4）")


def check_books(user: User, reception: Any, task: Any) -> None:
    """Whoever works on receptions books for themselves; for a reception its applicant, who runs it, and whose
    department has a task in it. Raises Refused (forbidden, state)."""
    if not any(user.may(can) for can in BOOKERS):
        raise Refused("forbidden", "您的岗位不能预订接待资源，请联系办公室。")
    if reception is None:
        return
    if reception.status not in BECOMES:
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，不再预订资源。")
    if keeps(user) or reception.applicant_id == user.pk:
        return
    if reception.status in ("draft", "returned"):
        raise Refused("forbidden", f"{reception} 还没有提交，由经办人{reception.applicant}预订。")
    if task is not None and user.pk == task.assignee_id:
        return
    if user.department_id and (
        user.department_id == reception.department_id
        or reception.tasks.filter(department=user.department_id).exists()
    ):
        return
    raise Refused(
        "forbidden", f"{reception} 的资源由责任部门和承办部门预订，请联系经办人{reception.applicant}。"
    )


def check_times(start: datetime | None, end: datetime | None, at: datetime) -> None:
    """A booking lies ahead, ends after it began, and is no rent. Raises Refused (missing, invalid)."""
    if start is None or end is None:
        missing = "start" if start is None else "end"
        raise Refused("missing", "请填写预订的开始和结束时间。", field=missing)
    if end <= start:
        raise Refused("invalid", "结束时间要晚于开始时间。", field="end")
    if end <= at:
        raise Refused("invalid", "这段时间已经过去，请改一个时间。", field="start")
    if end - start > LONGEST:
        raise Refused("invalid", "一次最多预订 31 天，更长的请分几次。", field="end")


def check_overrides(user: User, reason: str) -> None:
    """强制预订 is the office's, with its reason. Raises Refused (forbidden, missing)."""
    if not user.may(Can.OVERRIDE_BOOKING):
        raise Refused("forbidden", "只有办公室可以强制预订，请另选资源或时间。", field="override")
    if not reason.strip():
        raise Refused("missing", "强制预订要写明原因。", field="override")


def check_lets_go(booking: ResourceBooking, user: User | None, at: datetime) -> None:
    """Whoever booked, applied for the reception, or keeps the resources; while it is not over."""
    if booking.over(at):
        raise Refused("state", f"{booking.resource}的这次使用已经结束，留作记录，不能再改。")
    if user is None or keeps(user) or user.pk == booking.created_by_id:
        return
    if booking.reception and booking.reception.applicant_id == user.pk:
        return
    if booking.task and user.department_id == booking.task.department_id and user.may(Can.DO_TASK):
        return
    raise Refused("forbidden", f"这次预订由{booking.created_by}办理，请联系本人或办公室。")


def check_follows(booking: ResourceBooking, user: User | None, at: datetime) -> None:
    """These moves come with the reception's own, and nobody makes them by hand."""
    raise Refused("forbidden", "预订随接待的提交、批准自动变化，不用单独办。")


def check_judges(booking: ResourceBooking, user: User) -> None:
    """A resource that was really used is judged by whoever may let it go, or who files the reception, until that is
    filed. Raises Refused (forbidden, state)."""
    reception = booking.reception
    if booking.status != BookingStatus.FIRM or reception is None or reception.status not in JUDGED:
        raise Refused("state", "接待开始以后、归档以前，才评价用过的资源。（B4）")
    if keeps(user) or user.pk in (booking.created_by_id, reception.applicant_id):
        return
    raise Refused("forbidden", f"资源由经办人{reception.applicant}、预订人或办公室评价。")


def closure(resource: Resource, end: datetime) -> str:
    """Why it cannot serve until `end`: its 停用日期 comes first; "" when it can."""
    closed = resource.is_closed(local(end - timedelta(microseconds=1)).date())
    return f"{resource}从 {resource.closed_on} 起停用" if closed else ""


def check_open(resource: Resource, end: datetime) -> None:
    """Raises Refused("state") from its 停用日期 on; nobody overrides that."""
    if closed := closure(resource, end):
        raise Refused("state", f"{closed}，请另选一个。", field="end")


def concerned(booking: ResourceBooking) -> list[User]:
    """Who hears of its end."""
    return [booking.created_by, *([booking.reception.applicant] if booking.reception else [])]


PROCEDURE = Procedure(
    FLOW,
    rules={
        **dict.fromkeys(("hold", "unhold", "confirm", "give_way"), (check_follows,)),
        "free": (check_lets_go,),
    },
    audiences={"concerned": concerned},
)
