"""Answers that are no page of their own: errors, the refused token, the locked account."""

import logging
import secrets
import sys
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from reception.core.templatetags.core import path_of
from reception.home.views_sign import locked_out

__all__ = ["bad_request", "csrf_failure", "forbidden", "locked_out", "not_found", "server_error"]
log = logging.getLogger("reception")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what no page of ours sends: too much at once, or an address of another house."""
    return _page(request, "400", {}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the sentence of the refusal, or a general one."""
    sentence = _sentence(exception) or "您的岗位不能打开这一页。需要的话，请管理员在“人员”里给您加上岗位。"
    return _page(request, "403", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the loader's sentence, or a general one."""
    said = _sentence(exception) if type(exception) is Http404 else ""
    return _page(request, "404", {"sentence": said or "地址可能填错，或者这一页已经不在了。"}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is gone: what to do, and that the text typed is kept on this machine."""
    back = path_of(request.META.get("HTTP_REFERER", ""), request) or "/"
    return _page(request, "csrf", {"back": back}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a number to quote, the same in the log. Uses no database and no context processor."""
    code = f"E-{secrets.token_hex(2).upper()}"
    log.error("%s %s %s", code, request.method, request.path, exc_info=sys.exc_info())
    again = (
        request.path if request.method == "GET" else path_of(request.META.get("HTTP_REFERER", ""), request)
    )
    page = render_to_string("errors/500.html", {"code": code, "again": again or "/"})
    return HttpResponse(page, status=500)


def _sentence(exception: Exception) -> str:
    """The exception's own words, when it was raised with words."""
    return exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """An error page: within the frame for people signed in, alone for strangers."""
    user = getattr(request, "user", None)
    layout = "base.html" if user and user.is_authenticated else "errors/_alone.html"
    return render(request, f"errors/{name}.html", context | {"layout": layout}, status=status)
