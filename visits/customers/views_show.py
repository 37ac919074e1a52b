"""One customer's page: who they are, what was promised, given and liked, and when they came (B1)."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.core.clock.periods import local
from reception.core.ledger import Event, events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status
from visits.customers.forms import ContactForm, GiftForm, PreferenceForm, VoidForm
from visits.customers.history import Visit, visits_of
from visits.customers.models import Customer
from visits.promises.forms import PromiseForm

READERS = (
    Can.APPLY_RECEPTION, Can.REVIEW_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK,
    Can.ARCHIVE_RECEPTION, Can.VIEW_RECEPTIONS,
)  # fmt: skip
EVENTS = 20


def mine(user: User, pk: int) -> Customer:
    """The customer as far as `user` may see it, else 404."""
    return load(Customer.objects.visible_to(user), pk=pk)


def staff() -> list[tuple[int, str]]:
    """Who may give and owe a promise: (id, 姓名（部门）)."""
    people = (
        User.objects.filter(is_active=True).select_related("department").order_by("department__order", "id")
    )
    return [(person.pk, person.signature) for person in people]


def blank(kind: str, customer: Customer, visits: list[Visit], data: Any = None) -> Form:
    """The form of that kind, bound to `data` when there is any; ids are its own, as all stand on one page."""
    words: dict[str, Any] = {"data": data, "auto_id": f"{kind}_%s"}
    if kind == "contact":
        return ContactForm(**words)
    if kind == "preference":
        return PreferenceForm(**words)
    if kind == "void":
        return VoidForm(**words)
    words |= {"customer": customer, "visits": visits}
    if kind == "gift":
        return GiftForm(**words, initial={"given_on": local(timezone.now()).date(), "quantity": 1})
    return PromiseForm(**words, people=staff())


def show(
    request: HttpRequest, customer: Customer, kind: str = "", form: Form | None = None, row: int = 0
) -> HttpResponse:
    """The page; with a refused `form` of `kind` it says why (403, 409, 422) and keeps what was typed."""
    at = timezone.now()
    visits = visits_of(customer, request.user, at)
    writes = Customer.objects.kept_by(request.user).filter(pk=customer.pk).exists()
    kinds = ("contact", "preference", "gift", "promise") if writes else ()
    forms = {name: form if name == kind else blank(name, customer, visits) for name in kinds}
    promises = list(
        customer.promises.select_related("owner", "promiser", "reception").order_by("-status", "due_on", "id")
    )
    context = {
        "customer": customer, "writes": writes, "forms": forms, "form": form, "opened": kind, "row": row,
        "visits": visits, "contacts": list(customer.contacts.all()), "today": local(at).date(),
        "preferences": list(customer.preferences.in_force()), "promises": promises,
        "gifts": list(customer.gifts.select_related("reception", "voided_by")),
        "events": [(event, said(event)) for event in events_of(customer).order_by("-seq")[:EVENTS]],
        "came": [visit for visit in visits if visit.came],
        "coming": next((visit for visit in reversed(visits) if visit.ahead), None),
    }  # fmt: skip
    return render(request, "visits/customers/show.html", context, status=http_status(form) if form else 200)


def said(event: Event) -> str:
    """What an entry of the timeline was about: the gift, the preference, the person."""
    return next(
        (
            str(event.detail[key])
            for key in ("item", "text", "name")
            if isinstance(event.detail.get(key), str)
        ),
        "",
    )
