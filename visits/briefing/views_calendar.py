"""日历订阅: one's own page, and the feed that a calendar program reads without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from reception.core.web.once import submit_once
from visits.briefing.feed import entries
from visits.briefing.ical import calendar
from visits.briefing.links import create_link, link_of, revoke_link
from visits.models import CalendarLink

# Where the new token waits in the session for the one page that shows it.
NEW = "calendar_token"


@require_GET
@never_cache
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Whether one has a link, and a new one's address: once, for only its digest is kept."""
    token = request.session.pop(NEW, "")
    link = CalendarLink.objects.live().filter(created_by=request.user).first()
    address = request.build_absolute_uri(f"/visits/calendar/{token}.ics") if token and link else ""
    return render(request, "visits/briefing/calendar.html", {"link": link, "address": address})


@require_POST
@submit_once
def calendar_create(request: HttpRequest) -> HttpResponse:
    """生成 or 重新生成."""
    request.session[NEW] = create_link(by=request.user, at=timezone.now())
    return redirect("visits:calendar")


@require_POST
@submit_once
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """停用."""
    revoke_link(by=request.user, at=timezone.now())
    messages.success(request, "日历订阅已停用，原来的地址打不开了")
    return redirect("visits:calendar")


@login_not_required
@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of whoever made the link. A wrong, revoked or former address does not exist."""
    link = link_of(token)
    if link is None:
        raise Http404("没有这个日历。地址可能已停用，请重新生成。")
    at, user = timezone.now(), link.created_by
    text = calendar(f"迎候·{user}", entries(user, at, request.build_absolute_uri("/").rstrip("/")), at)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
