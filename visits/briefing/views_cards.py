"""席卡、桌牌 to print, fold and put up."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reception.core.web.loaders import load
from visits.briefing.place_cards import cards_for
from visits.models import Reception


@require_GET
def place_cards(request: HttpRequest, no: str) -> HttpResponse:
    """Two folded cards a page, each with its name on both sides."""
    reception = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    cards = cards_for(
        reception.guests.values_list("name", "organisation"), str(reception.host or ""), reception.companions,
        customer=reception.customer_name, ours=settings.ORGANISATION.split("·")[0],
    )  # fmt: skip
    pages = [cards[number : number + 2] for number in range(0, len(cards), 2)]
    return render(
        request, "visits/briefing/cards.html", {"reception": reception, "pages": pages, "cards": cards}
    )
