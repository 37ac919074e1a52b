"""欢迎词 of one reception: written, proofread by somebody else, put on and taken off the screen (A5.6)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import Reception, Welcome
from visits.requests.forms_decide import MoveForm
from visits.welcome import actions
from visits.welcome.forms import ProofForm, WelcomeForm
from visits.welcome.policies import LIVE, keeps_screens, state_of, writes
from visits.welcome.words import LONGEST, MOST_LINES, digest, draft_text, size


@require_GET
def welcome(request: HttpRequest, no: str) -> HttpResponse:
    """The page. No role is asked: who may not see the reception finds nothing."""
    return show(request, mine(request.user, no))


def mine(user: User, no: str) -> Reception:
    """The reception as far as `user` may see it, else 404."""
    return load(Reception.objects.visible_to(user).for_page(), no=no)


def show(request: HttpRequest, reception: Reception, form: Any = None) -> HttpResponse:
    """The page; a refused form says why and keeps the text (403, 409, 422)."""
    at, user = timezone.now(), request.user
    found = Welcome.objects.filter(reception=reception).first()
    texts = list(found.texts.select_related("written_by", "proofread_by")) if found else []
    guests, now = list(reception.guests.all()), texts[0] if texts else None
    state = state_of(reception, found, now, guests, at)
    ours = settings.ORGANISATION.split("·")[0]
    typed = form if isinstance(form, WelcomeForm) else None
    first = now.text if now else draft_text(reception, guests, ours)
    edit = typed or WelcomeForm(initial={"text": first})
    context = {
        "reception": reception, "welcome": found, "texts": texts, "now": now, "state": state, "form": form, "edit": edit,
        "writes": writes(reception, user) and reception.status in LIVE and not reception.secret,
        "proofs": now is not None and now.written_by_id != user.pk and state.code in ("draft", "changed"),
        "screens": keeps_screens(user), "size": size(now.lines) if now else "", "lines": MOST_LINES, "longest": LONGEST,
        "newer": draft_text(reception, guests, ours) if now and now.roster != digest(reception, guests) else "",
    }  # fmt: skip
    return render(request, "visits/welcome/show.html", context, status=http_status(form) if form else 200)


@require_POST
@submit_once
def welcome_write(request: HttpRequest, no: str) -> HttpResponse:
    """存为新的一稿."""
    reception, form = mine(request.user, no), WelcomeForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        attempt(form, actions.write, reception, got["text"], by=request.user, at=timezone.now(), expect=got["revision"])  # fmt: skip
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, "欢迎词已存，等第二个人校对后上屏")
    return redirect("visits:welcome", no=no)


@require_POST
@submit_once
def welcome_proofread(request: HttpRequest, no: str) -> HttpResponse:
    """校对无误."""
    reception, form = mine(request.user, no), ProofForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        attempt(form, actions.proofread, reception, got["number"], by=request.user, at=timezone.now(), expect=got["revision"])  # fmt: skip
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, "已校对，到时间自动上屏")
    return redirect("visits:welcome", no=no)


@require_POST
@submit_once
def welcome_off(request: HttpRequest, no: str) -> HttpResponse:
    """从大屏撤下."""
    return _switch(request, no, actions.take_off, "已从大屏撤下，15 秒内生效")


@require_POST
@submit_once
def welcome_on(request: HttpRequest, no: str) -> HttpResponse:
    """重新上屏."""
    return _switch(request, no, actions.put_back, "已重新上屏，15 秒内生效")


def _switch(request: HttpRequest, no: str, act: Any, said: str) -> HttpResponse:
    reception, form = mine(request.user, no), MoveForm(request.POST)
    if form.is_valid():
        attempt(form, act, reception, by=request.user, at=timezone.now(), expect=form.seen)
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, said)
    return redirect("visits:welcome", no=no)
