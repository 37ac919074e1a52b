"""满意度: the link for the one who shows it, and the page for the guest, who does not sign in."""

import secrets
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reception.core.flow import Refused
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import Invitation, Reception
from visits.requests.views_files import READERS
from visits.satisfaction import actions
from visits.satisfaction.forms import AnswerForm, parts_of
from visits.satisfaction.links import digest, invitation_of, token_of, why_closed
from visits.satisfaction.page import panel
from visits.satisfaction.policies import check_invites

COOKIE, YEAR = "guest", 365 * 24 * 3600
# So many attempts of one address on one link in so many seconds, in each process of the house; a whole delegation on
# our wireless shares one address, so that each guest of a large one has EACH.
TRIES, EACH, WINDOW = 20, 3, 600
SLOW = "提交太频繁了，请十分钟后再试。Too many attempts, please try again in ten minutes."


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The guest's page. An unknown link does not exist; a closed one says so (410)."""
    invitation, at = invitation_of(token), timezone.now()
    if invitation is None:
        raise Http404("没有找到这个链接。请核对地址，或向接待您的人索取。")
    if closed := why_closed(invitation, at):
        return render(request, "visits/satisfaction/closed.html", {"why": closed}, status=410)
    known = invitation.answers.filter(browser=digest(request.COOKIES.get(COOKIE, ""))).first()
    return (
        _post(request, invitation, known) if request.method == "POST" else _page(request, invitation, known)
    )


def _page(
    request: HttpRequest, invitation: Invitation, known: Any, form: AnswerForm | None = None
) -> HttpResponse:
    """The form, filled with what this browser said before."""
    parts = parts_of(invitation.reception)
    initial = {name: getattr(known, name) for name in (*parts, "words", "name")} if known else None
    form = form or AnswerForm(parts=parts, initial=initial)
    context = {
        "form": form,
        "reception": invitation.reception,
        "known": known,
        "done": "done" in request.GET and known,
    }
    return render(request, "visits/satisfaction/guest.html", context, status=http_status(form))


def _post(request: HttpRequest, invitation: Invitation, known: Any) -> HttpResponse:
    """Keep the answer, remember the browser, say thanks."""
    form = AnswerForm(request.POST, parts=parts_of(invitation.reception))
    browser = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)
    if _too_often(request, invitation):
        form.add_error(None, SLOW)
        form.http_status = 429
    elif form.is_valid():
        attempt(form, actions.answer, invitation, browser=browser, at=timezone.now(), said=form.cleaned_data)
    if form.errors:
        return _page(request, invitation, known, form)
    response = redirect(f"{request.path}?done")
    response.set_cookie(
        COOKIE,
        browser,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path=request.path,
    )
    return response


def _too_often(request: HttpRequest, invitation: Invitation) -> bool:
    key = f"satisfaction:{invitation.pk}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key) > max(TRIES, EACH * invitation.most)


@require_GET
@require(*READERS)
def satisfaction_link(request: HttpRequest, no: str) -> HttpResponse:
    """The link as a QR code to show, send or print; answers so far."""
    reception = mine(request, no)
    check_invites(reception, request.user)
    link = reception.invitations.filter(revoked_at__isnull=True).first()
    address = request.build_absolute_uri(f"/visits/thanks/{token_of(link)}/") if link else ""
    qr = code_of(address) if link else ""
    context = {"reception": reception, "link": link, "address": address, "qr": qr, "at": timezone.now(),
               "satisfaction": panel(reception, request.user)}  # fmt: skip
    return render(request, "visits/satisfaction/link.html", context)


def code_of(address: str) -> str:
    """The address as a QR code, an SVG of our own making."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))


@require_POST
@require(*READERS)
@submit_once
def satisfaction_move(request: HttpRequest, no: str, what: str) -> HttpResponse:
    """生成 (the old link stops working) or 停用."""
    if what not in ("invite", "revoke"):
        raise Http404("满意度链接没有这个动作。")
    reception = mine(request, no)
    check_invites(reception, request.user)
    getattr(actions, what)(reception, by=request.user, at=timezone.now())
    messages.success(
        request,
        "满意度链接已生成，可以给来宾扫码" if what == "invite" else "满意度链接已停用，原来的地址打不开了",
    )
    return redirect("visits:satisfaction_link", no=no)


def mine(request: HttpRequest, no: str) -> Reception:
    """The reception as far as this person may see it, else 404; before its end there is nothing to ask about."""
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    if reception.ended_at is None:
        raise Refused("state", f"{reception} 还没有结束接待，结束以后再请来宾评价。")
    return reception
