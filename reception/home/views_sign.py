"""Signing in and out."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from reception.core.flow import Refused
from reception.core.people.demo import CARDS, PASSWORD
from reception.core.people.models import User
from reception.core.people.roles import ROLES
from reception.home.forms import SignIn

WEEK = 7 * 24 * 3600


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; who is signed in already goes on."""
    if request.user.is_authenticated:
        return redirect(onward(request, request.user))
    if settings.DEMO and request.POST.get("demo") in CARDS:
        user = authenticate(request, username=request.POST["demo"], password=PASSWORD)
        if isinstance(user, User):
            return enter(request, user, keep=False)
    form = SignIn(request.POST or None, request=request)
    if form.is_valid() and form.user:
        return enter(request, form.user, keep=form.cleaned_data["keep"])
    return gate(request, form, status=422 if form.is_bound else 200)


@login_not_required
def admin_door(request: HttpRequest) -> HttpResponse:
    """The stock admin has no sign-in of its own: one door, one limiter. Who is in but may not go on is told so."""
    if request.user.is_authenticated:
        raise Refused("forbidden", "管理后台只给公司领导和管理员用。需要的话，请管理员在“人员”里给您开通。")
    wanted = request.GET.get("next", "")
    query = "?" + urlencode({"next": wanted}) if is_local(wanted) else ""
    return redirect(resolve_url("home:login") + query)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("home:login")


def enter(request: HttpRequest, user: User, *, keep: bool) -> HttpResponse:
    """Begin a session: seven days on this machine, or until the browser closes."""
    login(request, user)
    request.session.set_expiry(WEEK if keep else 0)
    return redirect(onward(request, user))


def onward(request: HttpRequest, user: User) -> str:
    """Where to after sign-in: `next` when it is a path of this house, else the role's first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_local(wanted) else resolve_url(user.first_page)


def is_local(address: str) -> bool:
    """Whether an address stays in this house: a path, and nothing that a browser takes for another host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def gate(request: HttpRequest, form: SignIn, *, status: int = 200, locked: str = "") -> HttpResponse:
    """Draw the sign-in page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    context: dict[str, Any] = {
        "form": form, "locked": locked, "next": wanted if is_local(wanted) else "", "cards": cards(),
    }  # fmt: skip
    return render(request, "registration/login.html", context, status=status)


def cards() -> list[dict[str, str]]:
    """The demo's one-click logins; none when DEMO is off."""
    if not settings.DEMO:
        return []
    people = {
        user.username: user for user in User.objects.filter(username__in=CARDS).prefetch_related("groups")
    }
    return [
        {"code": code, "name": people[code].name, "job": _job(people[code])}
        for code in CARDS
        if code in people
    ]


def _job(user: User) -> str:
    codes = {group.name for group in user.groups.all()}
    return next((role.name for code, role in ROLES.items() if code in codes), "")


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    """Too many wrong passwords: the sign-in page says until when, and keeps the account typed."""
    form = SignIn(initial={"username": request.POST.get("username", "")[:150]}, request=request)
    sentence = "连续输错 5 次，这个账号在这里先锁 15 分钟。请稍后再试；着急请找管理员解锁，或换一台电脑登录。"
    return gate(request, form, status=429, locked=sentence)
