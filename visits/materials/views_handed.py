"""发放记录: what was handed to whom at which reception, by customer too (A5.2)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.people.models import User
from reception.core.sheets import MOMENT, WHOLE, WORD, Column
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from visits.materials.choices import MaterialKind
from visits.materials.models import StockMove
from visits.materials.policies import READERS
from visits.models import Customer

COLUMNS = (
    Column("时间", 18, MOMENT), Column("资料", 30), Column("种类", 10, WORD), Column("发放（件）", 11, WHOLE), Column("退回（件）", 11, WHOLE),
    Column("发给谁", 20), Column("来访单位", 26), Column("接待", 16, WORD), Column("经手人", 10), Column("说明", 30),
)  # fmt: skip


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    kinds = MaterialKind.choices

    def __init__(self, query: QueryDict, user: User) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.kind = query.get("kind", "") if query.get("kind", "") in MaterialKind.values else ""
        key = query.get("customer", "")
        self.customer = None
        if key.isascii() and key.isdecimal() and len(key) < 16:
            self.customer = Customer.objects.visible_to(user).filter(pk=int(key)).first()
        self.user = user

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q or self.kind or self.customer)

    def rows(self) -> Any:
        """What was handed out, as far as this person may see the receptions."""
        rows = StockMove.objects.handed_out().seen_by(self.user).for_list()
        rows = rows.filter(material__kind=self.kind) if self.kind else rows
        rows = rows.filter(reception__customer=self.customer) if self.customer else rows
        for word in self.q.split():
            rows = rows.filter(
                Q(recipient__icontains=word) | Q(material__name__icontains=word) | Q(reception__customer_name__icontains=word)
                | Q(reception__no__icontains=word)
            )  # fmt: skip
        return rows


@require_safe
@require(*READERS)
@remembered("handed_out", "q", "kind", "customer")
def material_handed(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    filters = Filters(request.GET, request.user)
    page = keyset(filters.rows(), request.GET.get("before"), at_field="moved_at")
    return render(
        request, "visits/materials/handed.html", {"page": page, "rows": page.rows, "filters": filters}
    )


@require_safe
@require(*READERS)
def material_handed_xlsx(request: HttpRequest) -> HttpResponse:
    """资料发放记录.xlsx: the list under its filters."""
    rows = Filters(request.GET, request.user).rows().order_by("-moved_at", "-pk")
    return workbook(request, title="资料发放记录", columns=COLUMNS, rows=_cells(rows), at=timezone.now())


def _cells(rows: Any) -> Iterator[tuple[object, ...]]:
    for one in rows.iterator(500):
        yield (one.moved_at, str(one.material), one.material.get_kind_display(), -one.change, one.returned, one.recipient,
               one.reception.customer_name, one.reception.no, str(one.moved_by), one.note)  # fmt: skip
