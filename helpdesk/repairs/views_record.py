"""《维修记录》 of one order on A4 and as a workbook, and its two slips as a workbook (D4.4.1, E5.3.2, D6)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.repairs.models import Repair
from helpdesk.repairs.paper_form import NAMES, paper
from helpdesk.repairs.slip_form import halves
from helpdesk.repairs.slip_form_xlsx import workbook
from helpdesk.repairs.views_scope import mine_or_all
from reception.core.paper.views import filed, printed
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.lists import answer, taken
from reception.core.web.loaders import load


def found_by(request: HttpRequest, no: str) -> Repair:
    """The order with everybody who signed it, as far as this person may see it."""
    order: Repair = load(mine_or_all(request.user).select_related(*NAMES), no=no)
    return order


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_record(request: HttpRequest, no: str) -> HttpResponse:
    """《维修记录》 on A4."""
    return printed(request, paper(found_by(request, no), request.user, timezone.now()))


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_record_file(request: HttpRequest, no: str) -> HttpResponse:
    """《维修记录》 as a workbook."""
    at = timezone.now()
    return filed(request, paper(found_by(request, no), request.user, at), at)


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_form(request: HttpRequest, no: str) -> HttpResponse:
    """底联 and 回执 on one sheet, with their codes; who took it out goes into the ledger."""
    order, at = found_by(request, no), timezone.now()
    slip = request.build_absolute_uri(reverse("helpdesk:repair_slip", args=[order.no]))
    codes = (slip, request.build_absolute_uri(order.get_absolute_url()))
    both = halves(order, request.user, at)
    taken(both[0].title, 1, order.no, by=request.user, at=at)
    return answer(workbook(both, codes, at), f"{both[0].title}-{order.no}")
