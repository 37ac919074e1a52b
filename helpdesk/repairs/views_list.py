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
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.sheets import DATE, TIME, WORD, Column
from reception.core.templatetags.core import masked, why_url

COLUMNS = (
    Column("单号", 16, WORD), Column("报修时间", 17, TIME), Column("地址", 22), Column("内容", 44), Column("类别", 16), Column("报修人", 12),
    Column("电话", 16), Column("维修员", 12, WORD), Column("状态", 14, WORD), Column("到场", 20), Column("底联未返（天）", 12), Column("未返回原因", 24), Column("预计返回", 12, DATE),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {"地址": "place", "内容": "content", "类别": "category", "报修人": "reporter", "电话": "phone"}
FIELDS = ("no", "place", "content", "reporter")


class RepairFilter(FilterForm):
    """State, lateness, the slip, repairer, category, words."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未结"), *Status.choices]
    )
    late = forms.ChoiceField(label="到场", required=False, choices=[("", "不限"), ("1", "超时")])
    slip = forms.ChoiceField(
        label="底联", required=False, choices=[("", "不限"), ("1", "底联未返"), ("why", "未返，原因未查")]
    )
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
    if form.value("slip"):
        rows = rows.slip_missing()
        rows = rows.filter(slip_reason="") if form.value("slip") == "why" else rows
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


def listed(orders: list[Repair], user: User, at: datetime) -> list[dict[str, Any]]:
    """Rows for the table."""
    return [row(order, user, at) for order in orders]


def slip_days(order: Repair, at: datetime) -> int | None:
    """Whole days since the work was done and the slip has not come back (E5.3.7); None when none is missing."""
    if order.status != Status.FINISHED or order.finished_at is None:
        return None
    return (local(at).date() - local(order.finished_at).date()).days


def slip_words(order: Repair, at: datetime) -> str:
    """底联未返3天：忘交单，预计3月19日; "" when it is back or not due."""
    days = slip_days(order, at)
    if days is None:
        return ""
    day = order.slip_expected_on
    why = order.get_slip_reason_display() or "原因未查"
    since = f"底联未返{days}天" if days else "底联今天未返"
    return f"{since}：{why}" + (f"，预计{day.month}月{day.day}日" if day else "")


def cells(orders: Iterable[Repair], user: User, at: datetime) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook, telephones masked as on the page."""
    for order in orders:
        line, days = row(order, user, at), slip_days(order, at)
        why = (
            "：".join(filter(None, [order.get_slip_reason_display(), order.slip_words]))
            if days is not None
            else ""
        )
        yield (line["no"], line["at"], line["place"], line["content"], str(line["category"]), line["reporter"], line["phone"],
               str(line["repairer"]), line["status"], line["arrival"], days, why,
               order.slip_expected_on if days is not None else None)  # fmt: skip


def row(order: Repair, user: User, at: datetime) -> dict[str, Any]:
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
        "slip": slip_words(order, at),
        "late": order.broken,  # type: ignore[attr-defined]
        "why": why_url(KIND, order.pk),
        "arrival": ("超时 " if order.broken else "") + arrival(order),  # type: ignore[attr-defined]
    }
