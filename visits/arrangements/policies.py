"""Who books a row, and when (A5.6)."""

from collections.abc import Iterable
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.arrangements.choices import Kind

# The duties (task templates) whose department books a kind of row.
DUTIES: dict[str, tuple[str, ...]] = {
    Kind.MEAL: ("meal", "meal_out"),
    Kind.LODGING: ("bed",),
    Kind.CAR: ("pick_up", "see_off", "city_car"),
    Kind.MEETING: ("room", "meeting_venue"),
    Kind.TOUR: ("tour", "hall"),
    Kind.TICKET: ("ticket",),
}
BOOKABLE = ("preparing", "receiving")


def check_books(row: Any, user: User, tasks: Iterable[Any] | None = None) -> None:
    """The department with the duty, whoever holds the task, or who runs all receptions; after the approval.

    tasks: those of the reception with their templates, when the caller has them. Raises Refused.
    """
    reception = row.reception
    if reception.status not in BOOKABLE:
        raise Refused(
            "state", f"{reception} 现在是“{reception.get_status_display()}”，批准以后、结束以前才登记预订。"
        )
    if user.may(Can.RUN_RECEPTION) and user.may(Can.VIEW_RECEPTIONS):
        return
    if tasks is None:
        tasks = reception.tasks.select_related("template", "department")
    ours = [task for task in tasks if task.template_id and task.template.code in DUTIES[row.KIND]]
    if any(task.assignee_id == user.pk for task in ours):
        return
    if user.may(Can.DO_TASK) and user.department_id in {task.department_id for task in ours}:
        return
    names = "、".join(dict.fromkeys(str(task.department) for task in ours)) or "综合部"
    raise Refused("forbidden", f"{row.KIND.label}由{names}预订和登记，请联系该部门。（A5.6）")


def may_book(row: Any, user: User, tasks: Iterable[Any]) -> bool:
    """Whether the link is worth showing."""
    try:
        check_books(row, user, tasks)
    except Refused:
        return False
    return True


def check_booking(row: Any, values: dict[str, str]) -> None:
    """What makes a booking one that others can use. Raises Refused."""
    if row.KIND == Kind.CAR and not (values["plate"] and values["driver_phone"]):
        missing = "plate" if not values["plate"] else "driver_phone"
        raise Refused("missing", "用车要写车牌和司机电话，接站的人才找得到车。（A5.6）", field=missing)
    if row.KIND in (Kind.LODGING, Kind.TICKET) and not (values["confirmation"] or values["booking_note"]):
        raise Refused("missing", f"{row.KIND.label}请写确认号；没有确认号的，在备注里写明怎么订的。（A5.6）", field="confirmation")  # fmt: skip
