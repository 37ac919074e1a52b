"""What a meeting has on paper: 会议指南, 座位图, 桌牌, 席卡 (B2a)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reception.core.clock.periods import local
from visits.briefing.place_cards import card
from visits.itinerary.views_page import days_of, items_of
from visits.meetings.models import Meeting
from visits.meetings.policies import span
from visits.meetings.views_page import agenda_of, agenda_rows, meeting_of, mine, ours, plan, sides
from visits.requests.views_words import day

PER = {"4": "four", "8": "eight"}


def printed(request: HttpRequest, no: str, template: str, more: Any) -> HttpResponse:
    """The paper; without a meeting, the page where one is begun. `more`: (meeting, people) → the rest of the context."""
    reception = mine(request.user, no)
    found = meeting_of(reception)
    if found is None:
        return redirect("visits:meeting", no=no)
    people = list(found.people.all())
    context = {
        "reception": reception, "meeting": found, "organisation": ours(), "when": f"{day(found.start)} {span(found)}",
        "printed_at": f"{local(timezone.now()):%Y-%m-%d %H:%M}", **more(found, people),
    }  # fmt: skip
    return render(request, f"visits/meetings/{template}.html", context)


@require_GET
def meeting_guide(request: HttpRequest, no: str) -> HttpResponse:
    """会议指南: one booklet from the cover to the seats."""
    return printed(request, no, "guide", _guide)


def _guide(found: Meeting, people: list[Any]) -> dict[str, Any]:
    rows = agenda_rows(agenda_of(found, people))
    texts = (
        ("会议须知", found.conduct),
        ("就餐安排", found.meals),
        ("乘车安排", found.rides),
        ("工作人员", found.staff),
    )
    return {
        "agenda": rows, "speakers": [row for row in rows if row["number"]], "sides": sides(people),
        "days": days_of(items_of(found.reception), timezone.now()), "handouts": list(found.handouts.all()),
        "texts": {name: [one.strip() for one in text.splitlines() if one.strip()] for name, text in texts},
        **plan(found, people),
    }  # fmt: skip


@require_GET
def meeting_plan(request: HttpRequest, no: str) -> HttpResponse:
    """座位图 on one lying A4."""
    return printed(request, no, "plan", plan)


@require_GET
def meeting_tents(request: HttpRequest, no: str) -> HttpResponse:
    """桌牌: one A4 a person, folded in three so that it stands by itself."""
    return printed(
        request, no, "tents", lambda found, people: {"cards": [_card(one) for one in _seated(people)]}
    )


@require_GET
def meeting_cards(request: HttpRequest, no: str) -> HttpResponse:
    """席卡 by the number of the seat, four or eight a page (`per`)."""
    per = request.GET.get("per") if request.GET.get("per") in PER else "8"

    def cards(found: Meeting, people: list[Any]) -> dict[str, Any]:
        made = [_card(one) for one in _seated(people)]
        count = int(per or 8)
        return {"per": per, "css": PER[per or "8"], "cards": made, "pages": [made[n : n + count] for n in range(0, len(made), count)]}  # fmt: skip

    return printed(request, no, "cards", cards)


def _seated(people: list[Any]) -> list[Any]:
    """In the order in which they are put out; who has no seat comes last."""
    return sorted(people, key=lambda one: (one.seat is None, one.seat or 0))


def _card(one: Any) -> dict[str, Any]:
    """A name set apart by its length, and what stands small below."""
    return {"card": card(one.name, one.organisation), "person": one}
