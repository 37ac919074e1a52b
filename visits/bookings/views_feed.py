"""The calendar of a resource for its keeper's or driver's phone, which reads it without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from visits.bookings.feed import entries, resource_of
from visits.briefing.ical import calendar
from visits.models import Resource
from visits.resources import actions


@login_not_required
@require_safe
@never_cache
def resource_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A wrong or former address does not exist."""
    resource = resource_of(token)
    if resource is None:
        raise Http404("没有这个日历。地址可能已更换，请向办公室要新的。")
    at = timezone.now()
    text = calendar(f"迎候·{resource}", entries(resource, at), at)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_POST
@require(Can.KEEP_RESOURCE)
@submit_once
def feed_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """更换地址: the old one stops."""
    resource = actions.renew_feed(load(Resource.objects.all(), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, f"{resource}的日历地址已更换，原来的打不开了")
    return redirect(resource)
