"""Refusals become answers: on the form they belong to, or as a page of their own."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reception.core.flow import Refused

P = ParamSpec("P")
R = TypeVar("R")


def attempt(form: BaseForm, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Run an action for a form. A refusal becomes the form's error and None is returned.

    `form.refused` is then the code and `form.http_status` what to answer with; the form keeps what was typed.
    """
    try:
        return function(*args, **kwargs)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.message)
        form.refused, form.http_status = refused.code, refused.http_status  # type: ignore[attr-defined]
        return None


def http_status(form: BaseForm) -> int:
    """What to answer with when a form is shown: 200 untouched, 422 invalid, or the refusal's own."""
    if not form.is_bound or form.is_valid():
        return getattr(form, "http_status", 200)
    return getattr(form, "http_status", 422)


def frame(request: HttpRequest) -> str:
    """The frame of a page that anybody may meet: the house's for people signed in, none for strangers."""
    user = getattr(request, "user", None)
    return "base.html" if user and user.is_authenticated else "errors/_alone.html"


class RefusedMiddleware:
    """Renders a refusal that no form took: the sentence, what to do, and the way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A Refused becomes its page; any other exception goes on."""
        if not isinstance(exception, Refused):
            return None
        context: dict[str, Any] = {"refused": exception, "back": request.META.get("HTTP_REFERER", "")}
        context["layout"] = frame(request)
        return render(request, "errors/refused.html", context, status=exception.http_status)
