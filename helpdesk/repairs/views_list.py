"""The list of orders: what is asked for, and one row as the page shows it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from helpdesk.cases.models import Category
from helpdesk.cases.views_faces import REPAIR_TONES, day_hour
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.repairs.choices import Status
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from helpdesk.repairs.views_scope import sees_phone
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.sheets import TIME, WORD, Column
from reception.core.templatetags.core import masked, why_url

COLUMNS = (
    Column("单号", 16, WORD), Column("报修时间", 17, TIME), Column("地址", 22), Column("内容", 44), Column("类别", 16), Column("报修人", 12),
    Column("电话", 16), Column("维修员", 12, WORD), Column("状态", 14, WORD), Column("到场", 20),
)  # fmt: skip
FIELDS = ("no", "place", "content", "reporter")


class RepairFilter(FilterForm):
    """State, lateness, repairer, category, words."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未结"), *Status.choices]
    )
    late = forms.ChoiceField(label="到场", required=False, choices=[("", "不限"), ("1", "超时")])
    repairer = forms.ModelChoiceField(User.objects.none(), label="维修员", required=False, empty_label="不限")
    category = forms.ModelChoiceField(
        Category.objects.all(), label="类别", required=False, empty_label="不限"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["repairer"].queryset = User.objects.in_role("repairer")  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.filter(kind="repair").select_related("parent")  # type: ignore[attr-defined]


def broken(at: datetime) -> Exists:
    """Whether a limit of the order was ever missed (D4.4.1)."""
    return Exists(Clock.objects.late(at).filter(subject_kind=KIND, rule=ARRIVE, subject_id=OuterRef("pk")))


def filtered(request: HttpRequest, at: datetime) -> Filter:
    """The orders that the address asks for at `at`."""
    form = RepairFilter(request.GET)
    rows: Any = Repair.objects.select_related("category__parent", "repairer").annotate(broken=broken(at))
    state = form.value("state")
    if state:
        rows = rows.open() if state == "open" else rows.filter(status=state)
    if form.value("late"):
        rows = rows.filter(broken=True)
    for name in ("repairer", "category"):
        if form.value(name):
            rows = rows.filter(**{name: form.value(name)})
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "phone")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def arrival(order: Repair) -> str:
    """What the arrival column says: when they came, or until when they must."""
    if order.arrived_at:
        return f"{day_hour(order.arrived_at, order.created_at)} 到场"
    if order.arrive_due_at is None or not order.is_open:
        return "—"
    return f"{'约定 ' if order.agreed else ''}{day_hour(order.arrive_due_at, order.created_at)} 前"


def listed(orders: list[Repair], user: User) -> list[dict[str, Any]]:
    """Rows for the table."""
    return [row(order, user) for order in orders]


def cells(orders: Iterable[Repair], user: User) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook, telephones masked as on the page."""
    for order in orders:
        line = row(order, user)
        yield (line["no"], line["at"], line["place"], line["content"], str(line["category"]), line["reporter"], line["phone"],
               str(line["repairer"]), line["status"], line["arrival"])  # fmt: skip


def row(order: Repair, user: User) -> dict[str, Any]:
    """One row; `order.broken` says whether a limit of it was ever missed."""
    return {
        "no": order.no,
        "url": order.get_absolute_url(),
        "at": order.created_at,
        "place": order.place,
        "content": order.content,
        "category": order.category,
        "reporter": order.reporter,
        "phone": order.phone if sees_phone(order, user) else masked(order.phone),
        "repairer": order.repairer or "未派",
        "status": order.get_status_display(),
        "tone": REPAIR_TONES.get(order.status, ""),
        "important": order.important,
        "late": order.broken,  # type: ignore[attr-defined]
        "why": why_url(KIND, order.pk),
        "arrival": ("超时 " if order.broken else "") + arrival(order),  # type: ignore[attr-defined]
    }
