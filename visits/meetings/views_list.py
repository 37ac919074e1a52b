"""The list of meetings: what is coming, the first first (B2a)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.sheets import TIME, WHOLE, WORD, Column
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from visits.meetings.models import AgendaRow, Meeting, Participant
from visits.meetings.policies import span
from visits.models import Reception
from visits.requests.views_door import READERS
from visits.requests.views_words import day

STATES = [("coming", "还没开的"), ("over", "开过的"), ("all", "全部")]
COLUMNS = (
    Column("单号", 16, WORD), Column("会议名称", 34), Column("来访单位", 26), Column("会议开始", 17, TIME), Column("会议结束", 17, TIME),
    Column("会议地点", 18), Column("会场布置", 10, WORD), Column("议程", 7, WHOLE), Column("参会人数", 9, WHOLE), Column("已排座", 8, WHOLE),
)  # fmt: skip


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.state = query.get("state", "") if query.get("state", "") in dict(STATES) else "coming"
        self.states = STATES

    @property
    def active(self) -> bool:
        """Whether more than the usual narrows the list."""
        return bool(self.q) or self.state != "coming"

    def rows(self, user: User, at: datetime) -> QuerySet[Meeting]:
        """The meetings asked for, of receptions that `user` may see, counted in the same query."""
        rows = Meeting.objects.filter(reception__in=Reception.objects.visible_to(user, at).values("pk"))
        if self.state != "all":
            rows = rows.filter(end__gt=at) if self.state == "coming" else rows.filter(end__lte=at)
        for word in self.q.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(reception__customer_name__icontains=word)
                | Q(reception__no__icontains=word)
            )
        return rows.select_related("reception").annotate(
            rows=_count(AgendaRow.objects), heads=_count(Participant.objects),
            sitting=_count(Participant.objects.filter(seat__isnull=False)),
        )  # fmt: skip


def _count(rows: Any) -> Coalesce:
    """How many of `rows` a meeting has."""
    counted = (
        rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


@require_safe
@require(*READERS)
@remembered("meetings", "q", "state")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings, the latest first."""
    filters = Filters(request.GET)
    page = keyset(filters.rows(request.user, timezone.now()), request.GET.get("before"), at_field="start")
    context = {"page": page, "rows": [_row(one) for one in page.rows], "filters": filters}
    return render(request, "visits/meetings/list.html", context)


@require_safe
@require(*READERS)
def meeting_list_xlsx(request: HttpRequest) -> HttpResponse:
    """会议.xlsx: the list under its filters."""
    at = timezone.now()
    rows = Filters(request.GET).rows(request.user, at).order_by("-start", "-pk")
    return workbook(request, title="会议", columns=COLUMNS, rows=_cells(rows), at=at)


def _row(one: Any) -> dict[str, Any]:
    """One line of the list."""
    meta = "·".join(filter(None, (one.reception.no, one.place, f"{one.heads} 人", f"议程 {one.rows} 项")))
    return {
        "meeting": one,
        "meta": meta,
        "day": day(one.start, week=False),
        "span": span(one),
        "standing": one.heads - one.sitting,
    }


def _cells(rows: QuerySet[Any]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in rows.iterator(500):
        yield (one.reception.no, one.title, one.reception.customer_name, local(one.start), local(one.end), one.place,
               one.get_layout_display(), one.rows, one.heads, one.sitting)  # fmt: skip
