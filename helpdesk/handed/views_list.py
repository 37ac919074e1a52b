"""The list of reports: what is asked for, and one row as the page shows it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import HttpRequest

from helpdesk.cases.views_filter import Filter, FilterForm
from helpdesk.handed.choices import Status
from helpdesk.handed.hanging import TONES
from helpdesk.handed.models import Submission
from reception.core.sheets import DATE, TIME, WHOLE, WORD, Column

COLUMNS = (
    Column("编号", 20, WORD), Column("统计期", 26), Column("起始月份", 13, DATE), Column("月数", 8, WHOLE), Column("状态", 12, WORD),
    Column("制表", 14), Column("制表时间", 17, TIME), Column("审核", 14), Column("报送时间", 17, TIME), Column("接收", 14),
    Column("接收时间", 17, TIME),
)  # fmt: skip


class ReportFilter(FilterForm):
    """State, year, number."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Status.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "编号、年月，例如 2026-10"


def filtered(request: HttpRequest) -> Filter:
    """The reports that the address asks for."""
    form = ReportFilter(request.GET)
    rows: Any = Submission.objects.visible_to(request.user)
    if form.value("state"):
        rows = rows.filter(status=form.value("state"))
    for word in (form.value("q") or "").split()[:5]:
        rows = rows.filter(no__icontains=word)
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def row(one: Submission) -> dict[str, Any]:
    """One row of the table."""
    return {"one": one, "label": one.span.label, "tone": TONES[one.status]}


def cells(reports: Iterable[Submission]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in reports:
        yield (
            one.no, one.span.label, one.first, one.months, one.get_status_display(), one.signed_name, one.signed_at,
            one.reviewed_name, one.submitted_at, one.received_name, one.received_at,
        )  # fmt: skip
