"""The lobby screen itself, and the addresses of screens that nobody signs in at (A5.6)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import ScreenLink
from visits.welcome.actions import make_link, revoke_link, token_hash
from visits.welcome.forms import ScreenForm
from visits.welcome.policies import keeps_screens
from visits.welcome.showing import on_screen, turn
from visits.welcome.words import size

# Where a new token waits in the session for the one page that shows it.
NEW = "screen_token"
# htmx swaps the answer in and asks no more.
STOP = 286


@require_safe
@never_cache
def screen(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in."""
    return _screen(request, timezone.now(), "")


@login_not_required
@require_safe
@never_cache
def screen_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a screen with its address; one that ended or was revoked goes dark and says so, an unknown one is not there."""
    at = timezone.now()
    link = ScreenLink.objects.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise Http404("没有这块大屏。地址可能填错了，请找综合部要新的。")
    if link.revoked_at or link.until <= at:
        context = {"lines": [], "ended": True, "organisation": _ours()}
        status = STOP if _asks_again(request) else 410
        return render(request, _page(request), context, status=status)
    return _screen(request, at, token)


def _screen(request: HttpRequest, at: datetime, token: str) -> HttpResponse:
    """The whole page, or only what is on it when the page asks again by itself."""
    text = turn(on_screen(at), at)
    lines = text.lines if text else []
    context = {"lines": lines, "size": size(lines), "organisation": _ours(), "address": request.path,
               "dark": request.GET.get("dark") == "1", "token": token, "at": at}  # fmt: skip
    return render(request, _page(request), context)


def _page(request: HttpRequest) -> str:
    return "visits/welcome/_screen.html" if _asks_again(request) else "visits/welcome/screen.html"


def _asks_again(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _ours() -> str:
    return settings.ORGANISATION.split("·")[0]


@submit_once
def screens(request: HttpRequest) -> HttpResponse:
    """Addresses that live; POST makes one."""
    check(request.user)
    form = ScreenForm(request.POST) if request.method == "POST" else ScreenForm(initial={"days": 90})
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        token = attempt(form, make_link, got["name"], got["days"] or 0, by=request.user, at=timezone.now())
        if token:
            request.session[NEW] = token
            messages.success(request, "大屏地址已生成，请马上复制到那块屏幕的浏览器里")
            return redirect("visits:screens")
    return show(request, form)


def check(user: User) -> None:
    """Raises Refused("forbidden")."""
    if not keeps_screens(user):
        raise Refused("forbidden", "大屏地址由综合部、办公室或接待经理管理，请联系他们。（A5.6）")


def show(request: HttpRequest, form: Any) -> HttpResponse:
    """The list with the form; a new address stands there once."""
    token, at = request.session.pop(NEW, "") if request.method == "GET" else "", timezone.now()
    address = request.build_absolute_uri(f"/visits/screen/{token}/") if token else ""
    rows = list(ScreenLink.objects.live(at).select_related("created_by")[:50])
    context = {"form": form, "rows": rows, "address": address}
    return render(request, "visits/welcome/screens.html", context, status=http_status(form))


@require_POST
@submit_once
def screen_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """停用. A refusal is a page of its own."""
    check(request.user)
    revoke_link(load(ScreenLink.objects.all(), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "大屏地址已停用，那块屏 15 秒内变暗")
    return redirect("visits:screens")
