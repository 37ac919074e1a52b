"""资源库: all resources by their sound, with what past receptions say of them (B4)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.sheets import DATE, WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import remembered, workbook
from visits.models import Resource
from visits.resources.choices import ResourceKind, Source
from visits.resources.policies import READERS, keeps
from visits.resources.queries import ResourceQuerySet

SIZE = 50
STATES = [("open", "在用"), ("price", "协议价过期"), ("closed", "已停用"), ("all", "全部")]
COLUMNS = (
    Column("种类", 12, WORD), Column("名称", 24), Column("内外部", 8, WORD), Column("地点", 24), Column("负责人", 12),
    Column("电话", 16, WORD), Column("容量", 8), Column("适用级别", 22), Column("协议价（元）", 12), Column("计价单位", 10),
    Column("有效期", 13, DATE), Column("停用日期", 13, DATE), Column("评价", 8), Column("评价数", 8), Column("说明", 30),
)  # fmt: skip


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    kinds, sources, states = ResourceKind.choices, Source.choices, STATES

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.kind = query.get("kind", "") if query.get("kind", "") in ResourceKind.values else ""
        self.source = query.get("source", "") if query.get("source", "") in Source.values else ""
        self.state = query.get("state", "") if query.get("state", "") in dict(STATES) else "open"

    @property
    def active(self) -> bool:
        """Whether more than the usual narrows the list."""
        return bool(self.q or self.kind or self.source) or self.state != "open"

    def rows(self, today: date) -> ResourceQuerySet:
        """The resources asked for."""
        rows = Resource.objects.matching(self.q).judged().prefetch_related("tiers")
        rows = rows.filter(kind=self.kind) if self.kind else rows
        rows = rows.filter(source=self.source) if self.source else rows
        if self.state == "open":
            return rows.open_on(today)
        if self.state == "closed":
            return rows.filter(closed_on__lte=today)
        return rows.filter(price_until__lt=today) if self.state == "price" else rows


@require_safe
@require(*READERS)
@remembered("resources", "q", "kind", "source", "state")
def resource_list(request: HttpRequest) -> HttpResponse:
    """By sound, fifty a page."""
    today, filters = local(timezone.now()).date(), Filters(request.GET)
    rows = filters.rows(today).order_by("sound", "pk")
    word, _, key = request.GET.get("after", "").replace("\x00", "").rpartition("~")
    if key.isascii() and key.isdecimal() and len(key) < 16:
        rows = rows.filter(Q(sound__gt=word) | Q(sound=word, pk__gt=int(key)))
    found = list(rows[: SIZE + 1])
    more = f"{found[SIZE - 1].sound}~{found[SIZE - 1].pk}" if len(found) > SIZE else ""
    lines = [
        {"resource": one, "over": one.price_is_over(today), "closed": one.is_closed(today)}
        for one in found[:SIZE]
    ]
    context = {"rows": lines, "more": more, "filters": filters, "keeps": keeps(request.user), "tab": "list"}
    return render(request, "visits/resources/list.html", context)


@require_safe
@require(*READERS)
def resource_list_xlsx(request: HttpRequest) -> HttpResponse:
    """接待资源.xlsx: the list under its filters."""
    at, filters = timezone.now(), Filters(request.GET)
    rows = filters.rows(local(at).date()).order_by("sound", "pk")
    return workbook(request, title="接待资源", columns=COLUMNS, rows=_cells(rows), at=at)


def _cells(rows: Any) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in rows.iterator(500):
        tiers = "、".join(str(tier) for tier in one.tiers.all()) or "全部"
        stars = round(one.stars, 1) if one.stars is not None else None
        yield (one.get_kind_display(), one.name, one.get_source_display(), one.place, one.keeper, one.phone, one.capacity,
               tiers, one.price, one.price_unit, one.price_until, one.closed_on, stars, one.votes, one.note)  # fmt: skip
