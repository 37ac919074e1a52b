"""The decide page: the whole request, what the system checked, and one answer (A3.1b, A4, A7b)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.hosts.asking import hosting_of
from visits.models import Reception, Tier
from visits.requests import actions
from visits.requests.choices import Status
from visits.requests.findings import findings
from visits.requests.flow import FLOW
from visits.requests.forms_decide import DecideForm
from visits.requests.views_decide_page import show
from visits.requests.views_door import deciders_only

ANSWERS = ("approve", "agree", "return_back", "reject", "hand_on", "hand_back")


@deciders_only
@submit_once
def decide(request: HttpRequest, no: str) -> HttpResponse:
    """GET shows the page, whatever the state; POST is one of the answers, named by the button."""
    if request.method == "POST":
        return answer(request, no, request.POST.get("do", ""))
    reception = whole(request.user, no, timezone.now())
    return show(request, reception, DecideForm(reception=reception, tiers=list(Tier.objects.all())))


@require_GET
@deciders_only
def checks(request: HttpRequest, no: str) -> HttpResponse:
    """The rule checks again, for the tier and host that are chosen right now."""
    reception = whole(request.user, no, timezone.now())
    tier = _pick(Tier.objects.all(), request.GET.get("tier"))
    host = _pick(User.objects.hosts(), request.GET.get("host"))
    found = findings(reception, timezone.now(), tier=tier, host=host)
    context = {"findings": found, "tier": tier or reception.proposed_tier, "reception": reception,
               "deciding": reception.status == Status.PENDING, "hosting": hosting_of(reception, tier, host)}  # fmt: skip
    return render(request, "visits/requests/_checks.html", context)


def answer(request: HttpRequest, no: str, what: str) -> HttpResponse:
    """Carry out one answer; a refusal shows the page again with what was typed."""
    if what not in ANSWERS:
        raise Http404("审批没有这个动作。")
    reception = whole(request.user, no, timezone.now())
    tiers = list(Tier.objects.all())
    form = DecideForm(request.POST, reception=reception, tiers=tiers)
    if form.is_valid():
        attempt(form, run, form, reception, what, by=request.user, at=timezone.now())
    if form.errors:
        return show(
            request, whole(request.user, no, timezone.now()), form, action=reverse("visits:decide", args=[no])
        )
    messages.success(request, done_sentence(reception, what))
    return redirect("home:todo")


def run(form: DecideForm, reception: Reception, what: str, *, by: User, at: datetime) -> Any:
    """The action behind an answer. The admin's page calls the same. Raises Refused."""
    common: dict[str, Any] = {"by": by, "at": at, "expect": form.seen}
    words = form.cleaned_data.get("reason", "")
    if what == "approve":
        return actions.approve(reception, **common, **form.approval())
    if what == "agree":
        return actions.agree(reception, comment=words, **common)
    if what == "hand_on":
        return actions.hand_on(reception, to=form.cleaned_data.get("to"), reason=words, **common)
    if what == "hand_back":
        return actions.hand_back(reception, reason=words, **common)
    act = actions.return_back if what == "return_back" else actions.reject
    return act(reception, reason=words, **common)


def done_sentence(reception: Reception, what: str) -> str:
    """What was done and who has been told."""
    told = reception.holder if what == "hand_on" else reception.applicant
    return f"{reception.no} 已{FLOW.moves[what].label}，已告知{told}"


def whole(user: User, no: str, at: datetime) -> Reception:
    """The request with its lines and roster, as far as `user` may see it at `at`; else 404."""
    rows = Reception.objects.visible_to(user, at).for_page().prefetch_related("lines", "guests")
    return load(rows, no=no)


def _pick(rows: Any, value: str | None) -> Any:
    """The row with that key, or None."""
    return rows.filter(pk=value).first() if value and value.isdecimal() and len(value) < 10 else None
