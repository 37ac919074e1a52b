"""The list of complaints: what is asked for, and one row as the page shows it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from helpdesk.cases.models import Category
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.complaints.choices import Status
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.queries import KIND, broken
from reception.core.people.models import Department
from reception.core.sheets import TIME, WHOLE, WORD, Column
from reception.core.templatetags.core import why_url

FIELDS = ("no", "place", "content", "customer")
TONES = {
    "received": "warn",
    "verified": "warn",
    "confirmed": "brand",
    "sent": "brand",
    "signed": "brand",
    "working": "brand",
    "done": "ok",
    "fed_back": "ok",
    "again": "bad",
}


COLUMNS = (
    Column("单号", 16, WORD), Column("受理时间", 17, TIME), Column("内容", 40), Column("投诉人", 14), Column("房号或单位", 20),
    Column("类别", 14, WORD), Column("责任部门", 14), Column("处理时限", 17, TIME), Column("措施", 36),
    Column("顾客意见", 12, WORD), Column("第几次处理", 10, WHOLE), Column("状态", 14, WORD), Column("是否超时", 10, WORD),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {
    "内容": "content",
    "投诉人": "customer",
    "房号或单位": "place",
    "类别": "category",
    "措施": "measures",
}


class ComplaintFilter(FilterForm):
    """State, lateness, responsible department, category, words."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未结"), *Status.choices]
    )
    late = forms.ChoiceField(label="时限", required=False, choices=[("", "不限"), ("1", "超时")])
    department = forms.ModelChoiceField(
        Department.objects.all(), label="责任部门", required=False, empty_label="不限"
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(kind="complaint"), label="类别", required=False, empty_label="不限"
    )


def filtered(request: HttpRequest, at: datetime) -> Filter:
    """The complaints that the address asks for at `at`."""
    form = ComplaintFilter(request.GET)
    rows: Any = Complaint.objects.visible_to(request.user).select_related("category__parent", "department")
    rows = rows.annotate(broken=broken(at))
    state = form.value("state")
    if state:
        rows = rows.open() if state == "open" else rows.filter(status=state)
    if form.value("late"):
        rows = rows.filter(broken=True)
    for name in ("department", "category"):
        if form.value(name):
            rows = rows.filter(**{name: form.value(name)})
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "phone")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def row(complaint: Complaint) -> dict[str, Any]:
    """One row of the table."""
    return {
        "no": complaint.no,
        "url": complaint.get_absolute_url(),
        "at": complaint.created_at,
        "title": complaint.title,
        "customer": complaint.customer,
        "place": complaint.place,
        "category": complaint.category or "未分类",
        "department": complaint.department or "未定",
        "opinion": complaint.get_opinion_display() or "—",
        "round": complaint.round,
        "late": complaint.broken,  # type: ignore[attr-defined]
        "why": why_url(KIND, complaint.pk),
        "status": complaint.get_status_display(),
        "tone": TONES.get(complaint.status, ""),
    }


def cells(complaints: Iterable[Complaint]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in complaints:
        yield (
            one.no, one.created_at, one.content, one.customer, one.place, str(one.category or "未分类"),
            str(one.department or ""), one.handle_due_at, one.measures, one.get_opinion_display(), one.round,
            one.get_status_display(), "超时" if one.broken else "",  # type: ignore[attr-defined]
        )  # fmt: skip
