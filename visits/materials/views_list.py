"""样册资料: what lies where, what is short, which certificate runs out; the list of certificates on paper (A5.2)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.sheets import DATE, WHOLE, WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import remembered, workbook
from visits.materials.choices import MaterialKind
from visits.materials.models import Material
from visits.materials.policies import KEEPERS, READERS
from visits.materials.queries import MaterialQuerySet

SIZE = 50
STATES = [("open", "在用"), ("low", "库存不足"), ("soon", "证书 60 天内到期"), ("over", "证书已到期"), ("stopped", "已停用"), ("all", "全部")]  # fmt: skip
COLUMNS = (
    Column("编号", 16, WORD), Column("种类", 10, WORD), Column("名称", 28), Column("版次", 12), Column("语言", 9, WORD),
    Column("存放地点", 20), Column("保管部门", 14), Column("库存（件）", 11, WHOLE), Column("最低库存（件）", 13, WHOLE),
    Column("证书编号", 20, WORD), Column("发证机构", 20), Column("有效期至", 13, DATE), Column("状态", 12, WORD), Column("说明", 30),
)  # fmt: skip


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    kinds, states = MaterialKind.choices, STATES

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.kind = query.get("kind", "") if query.get("kind", "") in MaterialKind.values else ""
        self.state = query.get("state", "") if query.get("state", "") in dict(STATES) else "open"

    @property
    def active(self) -> bool:
        """Whether more than the usual narrows the list."""
        return bool(self.q or self.kind) or self.state != "open"

    def rows(self, today: date) -> MaterialQuerySet:
        """The materials asked for."""
        rows = Material.objects.matching(self.q).select_related("department")
        rows = rows.filter(kind=self.kind) if self.kind else rows
        states: dict[str, Any] = {
            "open": rows.in_use, "low": rows.low, "soon": lambda: rows.running_out(today, 60).exclude(valid_until__lt=today),
            "over": lambda: rows.expired(today), "stopped": lambda: rows.filter(stopped_at__isnull=False), "all": rows.all,
        }  # fmt: skip
        return states[self.state]()


def state_of(one: Material, today: date) -> tuple[str, str]:
    """(word, tone) of what presses most; "" for nothing."""
    if one.stopped_at:
        return "已停用", ""
    if one.expired(today):
        return "证书已到期", "bad"
    if one.low:
        return "库存不足", "warn"
    return ("证书快到期", "warn") if one.expiring(today) else ("", "")


@require_safe
@require(*READERS)
@remembered("materials", "q", "kind", "state")
def material_list(request: HttpRequest) -> HttpResponse:
    """By sound, fifty a page."""
    today, filters = local(timezone.now()).date(), Filters(request.GET)
    rows = filters.rows(today).order_by("sound", "pk")
    word, _, key = request.GET.get("after", "").replace("\x00", "").rpartition("~")
    if key.isascii() and key.isdecimal() and len(key) < 16:
        rows = rows.filter(Q(sound__gt=word) | Q(sound=word, pk__gt=int(key)))
    found = list(rows[: SIZE + 1])
    more = f"{found[SIZE - 1].sound}~{found[SIZE - 1].pk}" if len(found) > SIZE else ""
    lines = [{"material": one, "state": state_of(one, today)} for one in found[:SIZE]]
    context = {
        "rows": lines,
        "more": more,
        "filters": filters,
        "keeps": any(request.user.may(can) for can in KEEPERS),
    }
    return render(request, "visits/materials/list.html", context)


@require_safe
@require(*READERS)
def material_list_xlsx(request: HttpRequest) -> HttpResponse:
    """样册资料.xlsx: the list under its filters."""
    at = timezone.now()
    today = local(at).date()
    rows = Filters(request.GET).rows(today).order_by("sound", "pk")
    return workbook(request, title="样册资料", columns=COLUMNS, rows=_cells(rows, today), at=at)


def _cells(rows: Any, today: date) -> Iterator[tuple[object, ...]]:
    for one in rows.iterator(500):
        state = state_of(one, today)[0] or "在用"
        yield (one.no, one.get_kind_display(), one.name, one.edition, one.get_language_display(), one.place, str(one.department),
               one.stock, one.minimum, one.cert_no, one.issuer, one.valid_until, state, one.note)  # fmt: skip


@require_safe
@require(*READERS)
def material_certificates(request: HttpRequest) -> HttpResponse:
    """资质文件清单 on A4: every certificate in use, with number, body and last day."""
    at = timezone.now()
    today = local(at).date()
    rows = (
        Material.objects.in_use()
        .filter(kind=MaterialKind.CREDENTIAL)
        .select_related("department")
        .order_by("sound", "pk")
    )
    context = {"rows": [{"material": one, "state": state_of(one, today)} for one in rows], "now": at}
    return render(request, "visits/materials/certificates.html", context)
