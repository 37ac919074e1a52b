"""接待方案: what stands on the paper, section by section, for the printed page and the workbook alike (A3.2, A9)."""

from datetime import datetime
from typing import Any

from django.conf import settings

from reception.core.clock.periods import local
from reception.core.ledger import Event
from visits.arrangements.choices import Kind
from visits.arrangements.queries import rows_of
from visits.arrangements.words import booked, line
from visits.briefing.conduct import CONDUCT
from visits.briefing.views_page import care
from visits.itinerary.views_page import days_of, items_of
from visits.models import Reception, Task
from visits.requests.views_print import signatures
from visits.requests.views_side import side_of
from visits.requests.views_words import guests_line, host_line, span, when
from visits.tasks.choices import TaskStatus

TITLE = "接待方案"


def plan(reception: Reception, events: list[Event], at: datetime) -> dict[str, Any]:
    """Context of the paper; printed_at is Shanghai time."""
    tasks = list(reception.tasks.for_board().select_related("department__head"))
    guests = list(reception.guests.all())
    return {
        "reception": reception, "organisation": settings.ORGANISATION.split("·")[0], "basics": basics(reception),
        "guests": guests, "days": days_of(items_of(reception), at), "work": work(tasks), "stays": stays(reception),
        "side": side_of(reception, at), "notes": notes(reception, guests), "conduct": CONDUCT,
        "signs": signatures(reception, events), "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
    }  # fmt: skip


def basics(reception: Reception) -> list[tuple[str, str]]:
    """The head of the paper: label and words."""
    phone = f" {reception.applicant_phone}" if reception.applicant_phone else ""
    rows = [
        ("来访单位", reception.customer_name), ("来宾", guests_line(reception)),
        ("时间", span(reception.arrive_at, reception.leave_at)), ("交通", reception.transport),
        ("接待级别", str(reception.tier_now or "未定")), ("目的", f"{reception.get_purpose_display()}：{reception.subject}"),
        ("主陪", host_line(reception)), ("陪同", reception.companions),
        ("责任部门", str(reception.department or "")), ("经办人", f"{reception.applicant}{phone}"),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def work(tasks: list[Task]) -> list[dict[str, Any]]:
    """分工: each department, its head with the phone, and its duties with who and until when; nothing dropped."""
    lanes: dict[int, dict[str, Any]] = {}
    for task in tasks:
        if task.status == TaskStatus.DROPPED:
            continue
        head = task.department.head
        lane = lanes.setdefault(
            task.department_id, {"name": str(task.department), "head": _person(head), "rows": []}
        )
        lane["rows"].append((task.duty, _person(task.assignee), when(task.due_at)))
    return list(lanes.values())


def _person(user: Any) -> str:
    """吴江 13800000009."""
    return f"{user} {user.phone}".strip() if user else ""


def stays(reception: Reception) -> list[tuple[str, list[str]]]:
    """用餐、住宿、用车 and the rest of the form's rows, with what was booked; kinds without rows are left out."""
    found: dict[str, Any] = dict(rows_of(reception))
    return [
        (kind.label, ["　".join(filter(None, (line(row), booked(row)))) for row in found[kind]])
        for kind in Kind
        if found.get(kind)
    ]


def notes(reception: Reception, guests: list[Any]) -> list[str]:
    """注意事项: what guests need, what the form remarks."""
    return [*care(guests), *filter(None, [line.strip() for line in reception.note.splitlines()])]
