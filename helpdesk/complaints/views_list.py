"""The list of complaints: what is asked for, and one row as the page shows it."""

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
    return Filter(form, rows, any(form.value(name) for name in form.fields), request.path)


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
