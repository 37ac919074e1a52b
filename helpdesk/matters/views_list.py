"""The list of matters: what is asked for, one row as the page shows it, and as the workbook does."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from helpdesk.cases.views_faces import face
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.matters.choices import Kind, Status
from helpdesk.matters.models import Matter
from helpdesk.matters.queries import broken
from reception.core.people.models import Department
from reception.core.sheets import TIME, WORD, Column

FIELDS = ("no", "place", "content", "reporter")
TONES = {
    "received": "warn",
    "assigned": "brand",
    "signed": "brand",
    "done": "ok",
    "returned": "bad",
    "fed_back": "ok",
}
COLUMNS = (
    Column("单号", 16, WORD), Column("登记时间", 17, TIME), Column("类型", 8, WORD), Column("内容", 40),
    Column("反映人", 14), Column("房号或单位", 20), Column("承办", 20), Column("办理时限", 17, TIME),
    Column("办理结果", 36), Column("反映人意见", 12, WORD), Column("状态", 12, WORD), Column("是否超时", 10, WORD),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {"内容": "content", "反映人": "reporter", "房号或单位": "place", "办理结果": "result"}


class MatterFilter(FilterForm):
    """Kind, state, lateness, department, words."""

    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Kind.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未结"), *Status.choices]
    )
    late = forms.ChoiceField(label="时限", required=False, choices=[("", "不限"), ("1", "超时")])
    department = forms.ModelChoiceField(
        Department.objects.all(), label="承办部门", required=False, empty_label="不限"
    )


def filtered(request: HttpRequest, at: datetime) -> Filter:
    """The matters that the address asks for at `at`."""
    form = MatterFilter(request.GET)
    rows: Any = Matter.objects.visible_to(request.user).select_related("department", "worker")
    rows = rows.annotate(broken=broken(at))
    state = form.value("state")
    if state:
        rows = rows.open() if state == "open" else rows.filter(status=state)
    if form.value("late"):
        rows = rows.filter(broken=True)
    for name in ("kind", "department"):
        if form.value(name):
            rows = rows.filter(**{name: form.value(name)})
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "phone")
    used = any(form.value(name) for name in form.fields)
    return Filter(form, rows, used, f"{request.path}?clear=1")


def row(matter: Matter) -> dict[str, Any]:
    """One row of the table."""
    return {
        "no": matter.no,
        "url": matter.get_absolute_url(),
        "at": matter.created_at,
        "kind": matter.get_kind_display(),
        "face": face(matter.kind),
        "title": matter.title,
        "reporter": matter.reporter,
        "place": matter.place,
        "who": matter.in_charge or ("前台" if matter.done_at else "未交办"),
        "due_at": matter.due_at,
        "opinion": matter.get_opinion_display() or "—",
        "late": matter.broken,  # type: ignore[attr-defined]
        "status": matter.get_status_display(),
        "tone": TONES.get(matter.status, ""),
    }


def cells(matters: Iterable[Matter]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in matters:
        yield (
            one.no, one.created_at, one.get_kind_display(), one.content, one.reporter, one.place, one.in_charge,
            one.due_at, one.result, one.get_opinion_display(), one.get_status_display(),
            "超时" if one.broken else "",  # type: ignore[attr-defined]
        )  # fmt: skip
