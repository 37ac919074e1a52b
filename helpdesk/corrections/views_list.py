"""All corrections of the desk, for the manager and the auditor: filtered, and as a workbook (D4.3.3)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.views_filter import Filter, FilterForm
from helpdesk.corrections.chains import words
from helpdesk.corrections.models import Correction
from helpdesk.corrections.registry import KINDS
from reception.core.clock.periods import midnight
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.sheets import TIME, WORD, Column
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook

# The first and the last year of a calendar have instants that no other time zone can write.
YEARS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))
FIELDS = ("subject_no", "label", "old", "new", "reason", "signature")
COLUMNS = (
    Column("更正时间", 17, TIME), Column("单号", 16, WORD), Column("类别", 14, WORD), Column("栏目", 14, WORD),
    Column("原记", 32), Column("更正为", 32), Column("原因", 36), Column("更正人", 20),
)  # fmt: skip


def day(label: str) -> forms.DateField:
    """A day of the filter."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, validators=YEARS, widget=widget)


class CorrectionFilter(FilterForm):
    """Kind of record, the days from and to (both included), words."""

    q = forms.CharField(
        label="搜索",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "单号、栏目、内容、原因、姓名"}),
    )
    kind = forms.ChoiceField(label="类别", required=False)
    since, until = day("从"), day("到")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "全部"), *((kind.prefix, kind.label) for kind in KINDS.values())]  # type: ignore[attr-defined]


def filtered(request: HttpRequest) -> Filter:
    """The corrections that the address asks for."""
    form = CorrectionFilter(request.GET)
    rows: QuerySet[Correction] = Correction.objects.all()
    if form.value("kind"):
        keys = [kind.key for kind in KINDS.values() if kind.prefix == form.value("kind")]
        rows = rows.filter(subject_kind__in=keys)
    since, until = form.value("since"), form.value("until")
    if since:
        rows = rows.filter(corrected_at__gte=midnight(since))
    if until:
        rows = rows.filter(corrected_at__lt=midnight(until + timedelta(days=1)))
    if form.value("q"):
        rows = holding(rows, form.value("q"), request.user)
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def holding(rows: QuerySet[Correction], q: str, user: User) -> QuerySet[Correction]:
    """Rows in which every word of `q` stands; a telephone is found by its number only by who may read it."""
    if not user.may(Can.VIEW_DESK):
        rows = rows.filter(secret=False)
    for word in q.split()[:5]:
        match = Q()
        for name in FIELDS:
            match |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(match)
    return rows


def listed(rows: Iterable[Correction], user: User) -> Iterator[dict[str, Any]]:
    """Rows as the page and the workbook show them; telephones masked for whoever does not read the desk."""
    clear = user.may(Can.VIEW_DESK)
    for row in rows:
        old, new = words(row, clear)
        kind = KINDS.get(row.subject_kind)
        url = kind.model(no=row.subject_no).get_absolute_url() if kind else ""  # type: ignore[attr-defined]
        yield {
            "at": row.corrected_at, "no": row.subject_no, "kind": kind.label if kind else "", "label": row.label,
            "old": old, "new": new, "reason": row.reason, "who": row.signature, "url": url,
        }  # fmt: skip


@require_safe
@require(Can.CORRECT_RECORD, Can.VIEW_LEDGER)
@remembered("corrections", "q", "kind", "since", "until")
def correction_list(request: HttpRequest) -> HttpResponse:
    """Corrections, newest first; 50 a page."""
    found = filtered(request)
    page = keyset(found.rows, request.GET.get("before"), at_field="corrected_at")
    context = {"page": page, "rows": list(listed(page.rows, request.user)), "filter": found}
    return render(request, "helpdesk/corrections/list.html", context)


@require_safe
@require(Can.CORRECT_RECORD, Can.VIEW_LEDGER)
def correction_list_xlsx(request: HttpRequest) -> HttpResponse:
    """更正记录.xlsx: the list under its filters."""
    rows = filtered(request).rows.order_by("-corrected_at", "-pk").iterator(500)
    cells = (
        tuple(row[name] for name in ("at", "no", "kind", "label", "old", "new", "reason", "who"))
        for row in listed(rows, request.user)
    )
    return workbook(request, title="更正记录", columns=COLUMNS, rows=cells, at=timezone.now())
