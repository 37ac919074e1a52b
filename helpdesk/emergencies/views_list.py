"""The list of emergencies: what is asked for, and one row as the page shows it."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest

from helpdesk.cases.models import Category
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.emergencies.choices import Grade, Status
from helpdesk.emergencies.models import Emergency

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
    return Filter(form, rows, any(form.value(name) for name in form.fields), request.path)


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
