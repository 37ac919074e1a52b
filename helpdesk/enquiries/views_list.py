"""The list of enquiries: what is asked for, and one row as the page and the workbook show it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from helpdesk.cases.models import Category
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.enquiries.choices import PROMISED, Status
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.queries import KIND, broken
from reception.core.sheets import TIME, WORD, Column
from reception.core.templatetags.core import why_url

FIELDS = ("no", "place", "content", "customer", "company", "answer")
TONES = {
    "recorded": "warn",
    "waiting": "warn",
    "sent": "brand",
    "accepted": "brand",
    "answered": "ok",
    "replied": "ok",
}
COLUMNS = (
    Column("单号", 16, WORD), Column("登记时间", 17, TIME), Column("渠道", 8, WORD), Column("查询人", 14), Column("联络方式", 16),
    Column("房号或单位", 20), Column("查询内容", 40), Column("类别", 12), Column("咨询对象", 12), Column("答复时限", 17, TIME),
    Column("答复内容", 44), Column("答复人", 12), Column("答复时间", 17, TIME), Column("状态", 12, WORD), Column("超时", 8, WORD),
    Column("记录人", 12),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {
    "渠道": "channel",
    "查询人": "customer",
    "房号或单位": "place",
    "查询内容": "content",
    "类别": "category",
    "答复内容": "answer",
}


class EnquiryFilter(FilterForm):
    """State, lateness, category, words."""

    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "未结"), ("promised", "答应回电的"), *Status.choices],
    )
    late = forms.ChoiceField(label="时限", required=False, choices=[("", "不限"), ("1", "超时")])
    category = forms.ModelChoiceField(
        Category.objects.filter(kind="enquiry"), label="类别", required=False, empty_label="不限"
    )


def filtered(request: HttpRequest, at: datetime) -> Filter:
    """The enquiries that the address asks for at `at`."""
    form = EnquiryFilter(request.GET)
    rows: Any = Enquiry.objects.visible_to(request.user).annotate(broken=broken(at))
    rows = rows.select_related("category__parent", "specialist", "replied_by", "created_by")
    state = form.value("state")
    if state == "promised":
        rows = rows.filter(status__in=PROMISED)
    elif state:
        rows = rows.open() if state == "open" else rows.filter(status=state)
    if form.value("late"):
        rows = rows.filter(broken=True)
    if form.value("category"):
        rows = rows.filter(category=form.value("category"))
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "phone")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def row(one: Enquiry) -> dict[str, Any]:
    """One row of the table."""
    return {
        "no": one.no,
        "url": one.get_absolute_url(),
        "at": one.created_at,
        "title": one.title,
        "customer": one.customer,
        "place": one.place or one.company,
        "channel": one.channel,
        "category": one.category or "未分类",
        "specialist": one.specialist or "—",
        "due_at": one.reply_due_at,
        "attempts": one.attempts,
        "why": why_url(KIND, one.pk),
        "late": one.broken,  # type: ignore[attr-defined]
        "status": one.get_status_display(),
        "tone": TONES.get(one.status, ""),
    }


def cells(enquiries: Iterable[Enquiry]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in enquiries:
        yield (
            one.no, one.created_at, one.channel, one.customer, one.contact or one.phone, one.place or one.company, one.content,
            str(one.category or "未分类"), str(one.specialist or ""), one.reply_due_at, one.answer, str(one.replied_by or ""),
            one.replied_at, one.get_status_display(), "超时" if one.broken else "", one.recorder_name,  # type: ignore[attr-defined]
        )  # fmt: skip
