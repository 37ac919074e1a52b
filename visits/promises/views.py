"""One promise: what it is, what was said, kept or taken back (B1)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.customers.models import Customer
from visits.promises import actions
from visits.promises.flow import FLOW
from visits.promises.forms import PromiseMoveForm
from visits.promises.models import Promise
from visits.promises.policies import PROCEDURE

# Moves and the words that go with them.
WORDS = {"keep": "note", "withdraw": "reason"}


@require_GET
def promise_show(request: HttpRequest, no: str) -> HttpResponse:
    """The page of one promise. Anybody may owe one, so no role is asked: who may not see it finds nothing."""
    return show(request, mine(request.user, no))


def mine(user: User, no: str) -> Promise:
    """The promise as far as `user` may see it, else 404."""
    rows = Promise.objects.visible_to(user).select_related(
        "customer", "reception", "owner", "promiser", "created_by"
    )
    return load(rows, no=no)


def show(
    request: HttpRequest, one: Promise, form: PromiseMoveForm | None = None, move: str = ""
) -> HttpResponse:
    """The page; a refused form says why and keeps what was typed (403, 409, 422)."""
    at, user = timezone.now(), request.user
    context = {
        "promise": one, "form": form, "open_move": move, "late": one.is_late(at), "events": list(events_of(one)),
        "choices": [choice for choice in PROCEDURE.choices(one, user, at) if not choice.refusal],
        "opens": Customer.objects.visible_to(user).filter(pk=one.customer_id).exists(),
        "reception_opens": bool(one.reception and type(one.reception).objects.visible_to(user).filter(pk=one.reception.pk).exists()),
    }  # fmt: skip
    return render(request, "visits/promises/show.html", context, status=http_status(form) if form else 200)


@require_POST
@submit_once
def promise_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """兑现 or 撤销."""
    if move not in FLOW.moves:
        raise Http404("承诺没有这个动作。")
    one, form = mine(request.user, no), PromiseMoveForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        words = {WORDS[move]: got[WORDS[move]]}
        attempt(
            form,
            getattr(actions, move),
            one,
            by=request.user,
            at=timezone.now(),
            expect=got["revision"],
            **words,
        )
    if form.errors:
        return show(request, mine(request.user, no), form, move)
    messages.success(request, f"“{one.what}”已{FLOW.moves[move].label}")
    return redirect(one)
