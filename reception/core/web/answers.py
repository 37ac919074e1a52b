"""What holds for every answer: nothing stays in the machine's cache, and no refusal is a blank page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reception.core.flow import Refused
from reception.core.web.refusals import frame

# Whoever comes back here after signing in again did so from the form that the session ended under.
ONLY_POSTED = (
    "这个地址只用来提交，不能直接打开。登录过期后回到这里的：请打开原来那一页再办一次，填过的内容还在本机。"
)


class AnswerMiddleware:
    """Pages of a shared machine are not kept by its browser: Back after signing out asks again, and a form met
    by Back has a fresh token. A 405 says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            response = wrong_way(request, response)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def wrong_way(request: HttpRequest, blank: HttpResponse) -> HttpResponse:
    """The 405 as a page, with the way to the record that the address belongs to."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    context = {"refused": Refused("state", ONLY_POSTED), "back": above, "layout": frame(request)}
    page = render(request, "errors/refused.html", context, status=405)
    page["Allow"] = blank["Allow"]
    return page
