"""The register of customers, one of them, and what we know of an organisation while its name is being typed."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.lists import remembered, workbook
from visits.customers.known import known_of
from visits.customers.models import Customer, tidy
from visits.customers.policies import may_register
from visits.customers.register_xlsx import COLUMNS, cells
from visits.customers.views_list import Filters, lines, page_of, table
from visits.customers.views_show import READERS, mine, show

YEARS = timedelta(days=730)
GUEST = ("name", "gender", "organisation", "title", "phone", "is_leader", "diet", "care")


@require_GET
@require(*READERS)
@remembered("customers", "q", "kind", "owed")
def customer_list(request: HttpRequest) -> HttpResponse:
    """Customers this person may see, in the order of their sound."""
    at, filters = timezone.now(), Filters(request.GET)
    page = page_of(filters.rows(request.user, local(at).date()), request.GET.get("after"))
    context = {
        "page": page,
        "rows": lines(page, at),
        "filters": filters,
        "may_register": may_register(request.user),
    }
    return render(request, "visits/customers/list.html", context)


@require_GET
@require(*READERS)
def customer_list_xlsx(request: HttpRequest) -> HttpResponse:
    """客户.xlsx: all rows of the list under its filters, within what this person may see."""
    at, filters = timezone.now(), Filters(request.GET)
    rows = filters.rows(request.user, local(at).date())
    return workbook(request, title="客户", columns=COLUMNS, rows=map(cells, table(rows)), at=at)


@require_GET
@require(*READERS)
def customer_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer."""
    return show(request, mine(request.user, pk))


@require_GET
@require(Can.APPLY_RECEPTION)
def customer_hint(request: HttpRequest) -> HttpResponse:
    """Names that match, and what the last two years say about the one that is typed out."""
    words = tidy(request.GET.get("q", ""))[:80].replace("\x00", "")
    names = list(Customer.objects.matching(words).values_list("name", flat=True)[:8])
    hint = hint_for(words, request.user) if words in names else None
    # The browser's own list only completes what is written alike; what was found by sound is offered as buttons.
    sounded = [] if any(words in name for name in names) else names[:3]
    return render(request, "visits/customers/hints.html", {"names": names, "hint": hint, "sounded": sounded})


def hint_for(name: str, user: User | None = None) -> dict[str, Any] | None:
    """Visits of the last two years (dates, tiers), the contact and roster of the last one, what was promised,
    given and liked (B1); None for a stranger.

    Only what a colleague needs to write the next application; drafts of others stay theirs.
    """
    customer = Customer.objects.filter(name=tidy(name)).first()
    if customer is None:
        return None
    since = timezone.now() - YEARS
    receptions = customer.receptions.discreet_for(user) if user else customer.receptions
    visits = list(
        receptions.filter(submitted_at__isnull=False, tier__isnull=False, arrive_at__gte=since)
        .select_related("tier")
        .order_by("-arrive_at")[:6]
    )
    contact = customer.contacts.order_by("-id").first()
    return {
        "text": _text(visits),
        "contact_name": contact.name if contact else "",
        "contact_title": contact.title if contact else "",
        "contact_phone": contact.phone if contact else "",
        "guests": list(visits[0].guests.values(*GUEST)) if visits else [],
        "known": known_of(customer, user),
    }


def _text(visits: list[Any]) -> str:
    """过去两年来访 2 次：2026-03-25，嘉宾级；…"""
    if not visits:
        return "登记过的客户，过去两年没有来访"
    told = "；".join(f"{local(visit.arrive_at):%Y-%m-%d}，{visit.tier}" for visit in visits[:3])
    more = "次以上" if len(visits) == 6 else "次"
    return f"过去两年来访 {len(visits)} {more}：{told}"
