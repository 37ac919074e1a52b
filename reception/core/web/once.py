"""A form sent twice has one effect and gets the same answer."""

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from reception.core.web.models import Once

FIELD = "_once"
BESIDE = frozenset({"csrfmiddlewaretoken", "revision"})
SENT_BEFORE = "这张表之前已经交过，这次没有再办。要办新的一件，请在新打开的页面上填写。"
View = Callable[..., HttpResponse]


def once_token() -> str:
    """A fresh token for one rendering of one form."""
    return uuid.uuid4().hex


def sent(request: HttpRequest) -> str:
    """What makes a form the same form: its token, its address and every word in it.

    Back to a form that was sent, something else typed: that is a new matter, and must not vanish as a repetition.
    The revision is left out, for a page may refresh it by itself between two presses.
    """
    words = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in BESIDE)
    files = sorted(
        (name, str(found.name), found.size) for name in request.FILES for found in request.FILES.getlist(name)
    )
    text = json.dumps([request.path, words, files], default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:36]


class _Undone(Exception):
    """Carries an answer that had no effect out of the transaction, so that the token stays unused."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def submit_once(view: View) -> View:
    """For POST views: what was sent (`sent`) and the view's effect commit together.

    A redirect is an effect: its address is kept, and the same token from the same person gets it again.
    Any other answer (a form with errors) rolls the token back, so that the corrected form can be sent.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD):
            return view(request, *args, **kwargs)
        token = sent(request)
        try:
            return _first(view, request, token, *args, **kwargs)
        except _Undone as undone:
            return undone.response
        except _Again:
            location = Once.objects.get(user=request.user, token=token).location
            messages.info(request, SENT_BEFORE, extra_tags="again", fail_silently=True)
            return HttpResponseRedirect(location)

    return wrapped


class _Again(Exception):
    """This token has been used."""


def _first(view: View, request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """Insert the token, run the view, keep where it led. The unique row makes the second sender wait, then _Again."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Once.objects.create(user=request.user, token=token, created_at=timezone.now())
        except IntegrityError:
            raise _Again from None
        response = view(request, *args, **kwargs)
        if response.status_code not in (302, 303):
            raise _Undone(response)
        Once.objects.filter(pk=row.pk).update(location=response["Location"][:300])
        return response
