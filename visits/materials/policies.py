"""Who keeps the materials, who hands them out, what may go (A5.2)."""

from datetime import date
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.materials.choices import GIVING, MOST
from visits.materials.models import Material, StockMove
from visits.tasks.choices import TaskStatus

READERS = (Can.DO_TASK, Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.KEEP_RESOURCE)
KEEPERS = (Can.DO_TASK, Can.KEEP_RESOURCE)
STEWARDS = [code for code, role in ROLES.items() if Can.KEEP_RESOURCE.value in role.cans]


def keeps(user: User, department: int | None) -> bool:
    """Whether `user` keeps what that department holds: its own people, the office and the reception manager."""
    return user.may(Can.KEEP_RESOURCE) or (
        user.may(Can.DO_TASK) and department is not None and user.department_id == department
    )


def check_keeps(user: User, department: int | None) -> None:
    """Raises Refused("forbidden")."""
    if not keeps(user, department):
        raise Refused("forbidden", "样册资料由保管部门、办公室和接待经理登记，请联系他们。（A5.2）")


def check_gives(reception: Any, user: User) -> None:
    """Who works on the reception hands out: its applicant, host, responsible department, the departments with a task
    in it, and who keeps the resources; while it is prepared, under way or settled. Raises Refused."""
    if reception.status not in GIVING:
        raise Refused(
            "state",
            f"{reception} 现在是“{reception.get_status_display()}”，批准以后、归档以前才登记发放。（A5.2）",
        )
    if user.may(Can.KEEP_RESOURCE) or user.pk in (reception.applicant_id, reception.host_id):
        return
    if user.may(Can.DO_TASK) and user.department_id:
        tasks = reception.tasks.exclude(status=TaskStatus.DROPPED)
        if (
            user.department_id == reception.department_id
            or tasks.filter(department=user.department_id).exists()
        ):
            return
    raise Refused("forbidden", f"资料由经办人{reception.applicant}和承办部门发放，请联系他们。（A5.2）")


def check_count(count: int | None, field: str = "count") -> None:
    """Raises Refused for what is no number of 件."""
    if count is None or not 1 <= count <= MOST:
        raise Refused("invalid", f"件数要填 1 到 {MOST} 的整数。", field=field)


def check_in_use(material: Material) -> None:
    """Raises Refused("state") for what was taken out of use."""
    if material.stopped_at:
        raise Refused("state", f"{material}已停用：{material.stop_reason}。请用别的版次。")


def check_good(material: Material, on: date) -> None:
    """An expired certificate is handed to nobody. Raises Refused("state")."""
    if material.expired(on):
        raise Refused(
            "state",
            f"{material} {material.valid_until} 已到期，不能再发放或领用，请先换新证并修改有效期。（A5.2）",
        )


def check_enough(material: Material, count: int, field: str = "count") -> None:
    """Raises Refused("state") for more than lies there."""
    if count > material.stock:
        raise Refused(
            "state", f"{material}只剩 {material.stock} 件，不够 {count} 件，请少填或先入库。", field=field
        )


def check_back(origin: StockMove, returned: int, count: int) -> None:
    """No more comes back than went. Raises Refused (state, invalid)."""
    if origin.kind not in ("give", "take"):
        raise Refused("state", "只有领用和发放的可以退回。")
    left = -origin.change - returned
    if count > left:
        said = f"最多还能退 {left} 件" if left else "已经全部退回"
        raise Refused(
            "invalid", f"这一笔{origin.get_kind_display()}了 {-origin.change} 件，{said}。", field="count"
        )


def stewards(material: Material) -> list[User]:
    """Who is told of it: the head of its department, the office, the reception manager."""
    people = [material.department.head, *User.objects.in_role(*STEWARDS).order_by("pk")]
    return [person for person in people if person]
