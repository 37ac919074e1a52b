"""The board on a wall: large type, no names, asks again by itself and never for a password."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from helpdesk.board.service import as_of, for_wall, read
from helpdesk.report.spans import month_of, span_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require

SALT, DAYS = "board.wall", 180
GONE = "这块屏的地址不对或已到期。请能看报告的人登录后打开 /board/wall/，用新的地址。"


@require_safe
@never_cache
@require(Can.VIEW_REPORT)
def wall(request: HttpRequest) -> HttpResponse:
    """To an address of one's own that needs no session, so that a screen never falls back to the sign-in page."""
    return redirect("board:wall_link", token=signing.dumps(request.user.pk, salt=SALT))


@login_not_required
@require_safe
@never_cache
def wall_link(request: HttpRequest, token: str) -> HttpResponse:
    """This month in large type. The address ends after half a year, or with the rights of who opened it."""
    try:
        keeper = User.objects.filter(
            pk=signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600), is_active=True
        ).first()
    except signing.BadSignature as broken:
        raise Http404(GONE) from broken
    if keeper is None or not keeper.may(Can.VIEW_REPORT):
        raise Http404(GONE)
    at = timezone.now()
    span = span_of(f"{month_of(at):%Y-%m}", 1, at)
    more = {"span": span, "as_of": as_of(at), "organisation": settings.ORGANISATION.split("·")[0],
            "address": request.path, "dark": request.GET.get("dark") == "1"}  # fmt: skip
    page = "board/_wall.html" if request.headers.get("HX-Request") == "true" else "board/wall.html"
    return render(request, page, for_wall(read(span)) | more)
