"""Pages of repair orders: the list, one order, its paper."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import REPAIR_TONES, company
from helpdesk.cases.views_moves import MoveItem
from helpdesk.corrections.sheets import corrected
from helpdesk.repairs.aside import beside
from helpdesk.repairs.models import Repair
from helpdesk.repairs.slip_form import boxes, times
from helpdesk.repairs.views_again import again
from helpdesk.repairs.views_line import lines
from helpdesk.repairs.views_list import COLUMNS, PLACES, cells, filtered, listed
from helpdesk.repairs.views_moves import DOORS, move_items
from helpdesk.repairs.views_scope import mine_or_all, sees_phone
from helpdesk.repairs.views_show import Household, facts, household
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status


@require_safe
@require(Can.VIEW_DESK)
@remembered("repairs", "q", "state", "late", "slip", "repairer", "category")
def repair_list(request: HttpRequest) -> HttpResponse:
    """Orders, newest first, filtered by state, lateness, repairer, category and words; 50 a page."""
    at = timezone.now()
    found = filtered(request, at)
    page = keyset(found.rows, request.GET.get("before"))
    rows = listed(page.rows, request.user, at)
    context = {"page": page, "rows": rows, "filter": found, "desk_url": reverse("desk:desk")}
    return render(request, "helpdesk/repairs/list.html", context)


@require_safe
@require(Can.VIEW_DESK)
def repair_list_xlsx(request: HttpRequest) -> HttpResponse:
    """报修.xlsx: the list under its filters."""
    at = timezone.now()
    found = filtered(request, at).rows
    orders = found.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(orders, lambda rows: cells(rows, request.user, at), COLUMNS, PLACES, request.user)
    return workbook(request, title="报修", **sheet, at=at, total=found.count)


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair(request: HttpRequest, no: str) -> HttpResponse:
    """One order with everything that happened to it and what may be done next."""
    return show(request, load(mine_or_all(request.user), no=no))


def show(request: HttpRequest, order: Repair, form: MoveForm | None = None, move: str = "") -> HttpResponse:
    """The order's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(order.revision)
    moved = form if move in DOORS else None
    items = move_items(order, user, at, moved, move)
    own = order.repairer_id == user.pk
    back = (
        ("helpdesk:repair_list", "报修") if user.may(Can.VIEW_DESK) else ("helpdesk:my_repairs", "我的维修单")
    )
    context = {
        "repair": order,
        "form": form,
        "moves": items,
        "primary": main_move(items, own),
        "lines": lines(order, events_of(order), at),
        "own": own,
        "phone_open": sees_phone(order, user),
        "sees_desk": user.may(Can.VIEW_DESK),
        "state_tone": REPAIR_TONES.get(order.status, ""),
        "back_url": reverse(back[0]),
        "back_label": back[1],
        "household": past(order, user),
        "again": again(order, user, at, None if moved else form),
        "now": at,
        **bill(order),
        **facts(order, at),
        **beside(order, user, at),
    }
    return render(request, "helpdesk/repairs/detail.html", context, status=http_status(form) if form else 200)


def past(order: Repair, user: User) -> Household:
    """The household's earlier records: for the desk's readers, a repairer does not see others' orders."""
    if not user.may(Can.VIEW_DESK):
        return Household()
    return household(order, f"{reverse('helpdesk:repair_list')}?q={order.unit or ''}")


def main_move(items: list[MoveItem], own: bool) -> MoveItem | None:
    """The move for the big button: the one the table calls primary, for the repairer else the first."""
    free = [item for item in items if not item.refusal]
    main = [item for item in free if item.move.tone == "primary"]
    return next(iter(main or (free if own else [])), None)


def bill(order: Repair) -> dict[str, Any]:
    """The material lines and their sum in 元; none before the work is finished."""
    return {"materials": list(order.materials.all()) if order.finished_at else [], "total": order.cost}


def code_of(address: str) -> SafeString:
    """The QR code of a whole address, as an SVG."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_print(request: HttpRequest, no: str) -> HttpResponse:
    """A4 cut into two A5: 底联, whose code receives it (E5.3.7), and 回执, whose code is the order's page (E5.3.2)."""
    order, at = load(mine_or_all(request.user), no=no), timezone.now()
    slip_address = request.build_absolute_uri(reverse("helpdesk:repair_slip", args=[order.no]))
    context = {
        "repair": order,
        "now": at,
        "phone_open": sees_phone(order, request.user),
        "boxes": boxes(order.score),
        "qr": code_of(request.build_absolute_uri(order.get_absolute_url())),
        "slip_qr": code_of(slip_address),
        "slip_address": slip_address,
        "company": company(),
        **times(order),
        **bill(order),
        **beside(order, request.user, at),
    }
    return render(request, "helpdesk/repairs/print.html", context)
