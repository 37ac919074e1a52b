"""房号名册: the list, one unit with its people and what happened there (E5.2.1a, C8)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.directory.models import Resident, Unit
from helpdesk.register.finding import nowhere, page_of, units, with_people
from helpdesk.register.forms import DirectoryFilter, NewPersonForm
from helpdesk.register.history import history
from helpdesk.register.views_faces import Bound, Item, faces, sees_numbers
from reception.core.people.roles import Can
from reception.core.sheets import DATE, WORD, Column
from reception.core.templatetags.core import masked
from reception.core.web.access import require
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status

READERS = (Can.VIEW_DESK, Can.LOG_CALL, Can.KEEP_REGISTER)
COLUMNS = (
    Column("楼栋", 10, WORD), Column("单元", 8, WORD), Column("房号", 12, WORD), Column("用途", 10, WORD), Column("姓名", 12),
    Column("称呼", 8), Column("身份", 10, WORD), Column("公司名称", 26), Column("电话", 30), Column("公司领导", 10, WORD),
    Column("搬出日期", 14, DATE),
)  # fmt: skip


class Asked:
    """What the address asks for."""

    def __init__(self, request: HttpRequest) -> None:
        self.form, self.path = DirectoryFilter(request.GET), request.path
        self.asked = {name: self.form.value(name) for name in ("q", "building", "kind", "who")}
        self.q = str(self.asked.pop("q") or "").replace("\x00", "")
        self.used = bool(self.q) or any(self.asked.values())

    @property
    def rows(self) -> Any:
        """The units."""
        return units(self.q, **self.asked)

    @property
    def others(self) -> list[Resident]:
        """People without a unit, when words or leaders are asked for."""
        who = str(self.asked["who"] or "")
        elsewhere = self.asked["building"] or self.asked["kind"] or who in ("empty", "out")
        return list(nowhere(self.q, who)[:20]) if self.used and not elsewhere else []


@require_safe
@require(*READERS)
@remembered("directory", "building", "kind", "who")
def directory(request: HttpRequest) -> HttpResponse:
    """Units by building and room, each with who lives there."""
    asked = Asked(request)
    rows, following = page_of(with_people(asked.rows), request.GET.get("after", ""))
    context = {
        "filter": asked, "rows": rows, "next": following, "others": asked.others,
        "keeps": request.user.may(Can.KEEP_REGISTER),
    }  # fmt: skip
    return render(request, "helpdesk/register/list.html", context)


@require_safe
@require(*READERS)
def directory_xlsx(request: HttpRequest) -> HttpResponse:
    """房号名册.xlsx, a line a person under the same filter, with the headings of the import; numbers as on the pages."""
    rows = Asked(request).rows.prefetch_related("residents__phones")
    whole = sees_numbers(request.user)
    lines = (line for unit in rows.iterator(chunk_size=500) for line in _lines(unit, whole))
    return workbook(request, title="房号名册", columns=COLUMNS, rows=lines, at=timezone.now())


def _lines(unit: Unit, whole: bool) -> Any:
    """A line a person, one for an empty unit."""
    place = (unit.building.name, unit.unit_no, unit.room, unit.get_kind_display())
    for one in unit.residents.all():
        numbers = "/".join(phone.number if whole else masked(phone.digits) for phone in one.phones.all())
        leader = "是" if one.is_leader else ""
        yield (
            *place,
            one.name,
            one.title,
            one.get_kind_display(),
            one.company,
            numbers,
            leader,
            one.moved_out_on,
        )
    if not unit.residents.all():
        yield (*place, *[""] * 6, None)


@require_safe
@require(*READERS)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit."""
    return show_unit(request, load(Unit.objects.select_related("building"), pk=pk))


def show_unit(request: HttpRequest, found: Unit, bound: Bound | None = None) -> HttpResponse:
    """Its people and their numbers, its companies, what happened there; a refused form stands open."""
    user, at = request.user, timezone.now()
    people = list(found.residents.select_related("firm").prefetch_related("phones").order_by("pk"))
    for one in people:
        one.unit = found
    sees = user.may(Can.VIEW_DESK)
    context = {
        "unit": found, "people": faces([one for one in people if not one.moved_out_on], user, bound),
        "gone": faces([one for one in people if one.moved_out_on], user, bound),
        "leases": found.leases.select_related("company"), "lines": history(found) if sees else [], "now": at,
        "new": _new(user, found, bound), "form": bound.form if bound else None, "may_log": user.may(Can.LOG_CALL),
    }  # fmt: skip
    return render(
        request, "helpdesk/register/unit.html", context, status=http_status(bound.form) if bound else 200
    )


def _new(user: Any, found: Unit, bound: Bound | None) -> Item | None:
    """The form of one person more, for keepers."""
    if not user.may(Can.KEEP_REGISTER):
        return None
    again = bound is not None and bound.key == "new"
    form = bound.form if bound and again else NewPersonForm(auto_id="id_new_%s")
    return Item(form, f"{found.get_absolute_url()}people/", again)
