"""The list of visitors, those who are in the building, and those who are expected."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest

from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.visitors.choices import Status
from helpdesk.visitors.models import Visitor
from reception.core.clock.periods import day_bounds, local
from reception.core.expected import Expected, expected
from reception.core.people.models import User
from reception.core.sheets import TIME, WHOLE, WORD, Column

FIELDS = ("no", "name", "company", "purpose", "host__name", "plate", "badge")
TONES = {"inside": "brand", "left": "", "void": ""}
PLACE = "company"


COLUMNS = (
    Column("单号", 16, WORD), Column("到达", 17, TIME), Column("来访人", 16), Column("人数", 8, WHOLE), Column("单位", 22),
    Column("被访人", 14), Column("事由", 30), Column("有无预约", 10, WORD), Column("引见", 12), Column("访客证号", 12, WORD),
    Column("车牌", 12, WORD), Column("接待人", 12), Column("状态", 10, WORD), Column("离开", 17, TIME),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {
    "到达": "came_at",
    "来访人": "name",
    "人数": "people",
    "单位": "company",
    "被访人": "host",
    "事由": "purpose",
    "引见": "guide",
    "访客证号": "badge",
    "车牌": "plate",
    "离开": "left_at",
}


class VisitorFilter(FilterForm):
    """Where they are, and words."""

    q = forms.CharField(
        label="搜索",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名、单位、被访人、车牌、证号"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Status.choices])


def filtered(request: HttpRequest) -> Filter:
    """The visitors that the address asks for."""
    form = VisitorFilter(request.GET)
    rows: Any = Visitor.objects.visible_to(request.user).select_related("host", "department", "created_by")
    if form.value("state"):
        rows = rows.filter(status=form.value("state"))
    q = form.value("q")
    if q:
        rows = words(rows, q.replace("-", " "), FIELDS, "phone")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def today(user: User, at: datetime) -> list[tuple[Expected, bool]]:
    """Who is expected on the Shanghai day of `at`, and whether they are here already; one query beside the providers'."""
    start, end = day_bounds(local(at).date())
    found = expected(user, start, end)
    keys = [one.key for one in found]
    rows = Visitor.objects.exclude(status=Status.VOID).filter(
        guest__in=keys, created_at__gte=start - timedelta(days=1)
    )
    came = set(rows.values_list("guest", flat=True)) if keys else set()
    return [(one, one.key in came) for one in found]


def recognised(user: User, at: datetime, key: str) -> Expected | None:
    """The expected person of that key, as far as `user` may know."""
    return next((one for one, _ in today(user, at) if one.key == key), None) if key else None


def known_as(user: User, at: datetime, name: str) -> list[Expected]:
    """Those expected today whose name or company holds the words typed (two characters at least)."""
    typed = "".join(name.split())
    if len(typed) < 2:
        return []
    return [one for one, here in today(user, at) if not here and (typed in one.name or typed in one.company)][
        :3
    ]


def cells(visitors: Iterable[Visitor]) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook; neither telephone nor paper, as on the page."""
    for one in visitors:
        yield (
            one.no, one.came_at, f"{one.name}{one.title}", one.people, one.company, one.to_whom, one.purpose,
            "有" if one.booked else "没有", one.guide, one.badge, one.plate, str(one.created_by),
            one.get_status_display(), one.left_at,
        )  # fmt: skip
