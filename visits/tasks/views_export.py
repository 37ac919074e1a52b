"""部门任务.xlsx: the board as rows, under its filters."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.people.roles import Can
from reception.core.sheets import WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import workbook
from visits.tasks.views_board import asked, card, narrowed, scoped

READERS = (Can.DO_TASK, Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.DECIDE_RECEPTION)
COLUMNS = (
    Column("单号", 20, WORD), Column("工作", 30), Column("接待", 28), Column("承办部门", 14), Column("承办人", 10),
    Column("时限", 17, WORD), Column("状态", 10, WORD), Column("堵点", 8, WORD), Column("受阻原因", 30),
)  # fmt: skip


@require_safe
@require(*READERS)
def task_list_xlsx(request: HttpRequest) -> HttpResponse:
    """What the board shows, the soonest due first."""
    at, ask = timezone.now(), asked(request.user, request.GET)
    tasks = narrowed(scoped(request.user, ask.scope), ask, at).select_related(
        "department", "assignee", "reception"
    )
    return workbook(
        request, title="部门任务", columns=COLUMNS, rows=_cells(tasks.order_by("due_at", "pk"), at), at=at
    )


def _cells(tasks: Any, at: datetime) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for task in tasks.iterator(500):
        one = card(task, at)
        yield (
            task.no, task.duty, task.reception.title, str(task.department), one["who"],
            f"{local(task.due_at):%Y-%m-%d %H:%M}", one["state"], "是" if task.blocking else "", task.block_reason,
        )  # fmt: skip
