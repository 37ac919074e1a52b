"""The list of emergencies: what is asked for, and one row as the page shows it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest

from helpdesk.cases.models import Category
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.emergencies.choices import Grade, Status
from helpdesk.emergencies.models import Emergency
from reception.core.sheets import TIME, WORD, Column

FIELDS = ("no", "place", "content", "reporter")
TONES = {
    "received": "bad",
    "reported": "bad",
    "handling": "bad",
    "controlled": "warn",
    "written": "brand",
    "prevented": "brand",
    "reviewed": "ok",
}


COLUMNS = (
    Column("单号", 16, WORD), Column("接报时间", 17, TIME), Column("情况", 40), Column("地点", 22), Column("类别", 12, WORD),
    Column("等级", 10, WORD), Column("报告人", 14), Column("回执", 10, WORD), Column("首次回执", 17, TIME),
    Column("控制时间", 17, TIME), Column("处理结果", 36), Column("状态", 12, WORD),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {
    "情况": "content",
    "地点": "place",
    "类别": "category",
    "等级": "grade",
    "报告人": "reporter",
    "处理结果": "result",
}


class EmergencyFilter(FilterForm):
    """State, kind, grade, words."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未结"), *Status.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(kind="emergency"), label="类别", required=False, empty_label="不限"
    )
    grade = forms.ChoiceField(label="等级", required=False, choices=[("", "不限"), *Grade.choices])


def filtered(request: HttpRequest) -> Filter:
    """The emergencies that the address asks for, with how many were told and how many confirmed."""
    form = EmergencyFilter(request.GET)
    rows: Any = Emergency.objects.visible_to(request.user).select_related("category__parent")
    rows = rows.annotate(
        told=Count("alerts"), confirmed=Count("alerts", filter=Q(alerts__acknowledged_at__isnull=False))
    )
    state = form.value("state")
    if state:
        rows = rows.open() if state == "open" else rows.filter(status=state)
    for name in ("category", "grade"):
        if form.value(name):
            rows = rows.filter(**{name: form.value(name)})
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "phone")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def row(emergency: Emergency) -> dict[str, Any]:
    """One row of the table."""
    return {
        "no": emergency.no,
        "url": emergency.get_absolute_url(),
        "at": emergency.created_at,
        "title": emergency.title,
        "place": emergency.place or "待补",
        "category": emergency.category or "未定",
        "grade": emergency.get_grade_display() or "未定",
        "reporter": emergency.reporter,
        "told": f"{emergency.confirmed}/{emergency.told}",  # type: ignore[attr-defined]
        "status": emergency.get_status_display(),
        "tone": TONES.get(emergency.status, ""),
    }


def cells(emergencies: Iterable[Emergency]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in emergencies:
        seen = row(one)
        yield (
            one.no, one.created_at, one.content, seen["place"], str(seen["category"]), seen["grade"], one.reporter,
            seen["told"], one.reported_at, one.controlled_at, one.result, seen["status"],
        )  # fmt: skip
