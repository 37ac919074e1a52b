"""What is entered on a customer's page. Refused forms come back on the page with what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.customers import actions, gifts
from visits.customers.forms import CustomerForm
from visits.customers.history import visits_of
from visits.customers.models import Customer
from visits.customers.policies import check_registers, check_writes
from visits.customers.views_show import READERS, blank, mine, show
from visits.promises.actions import promise

# What each form of the page does with what it holds.
ENTRIES: dict[str, tuple[Callable[..., Any], str]] = {
    "contact": (actions.keep_contact, "联系人已登记"),
    "preference": (actions.note_preference, "喜好已登记"),
    "gift": (gifts.record_gift, "礼品已登记"),
    "promise": (promise, "承诺已登记，到期前会提醒责任人"),
}


@require_POST
@submit_once
@require(*READERS)
def customer_enter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """登记 a contact, a preference, a gift or a promise."""
    customer = mine(request.user, pk)
    at = timezone.now()
    form = blank(kind, customer, visits_of(customer, request.user, at), request.POST)
    act, said = ENTRIES[kind]
    if form.is_valid():
        attempt(form, act, customer, by=request.user, at=at, **inputs(form))
    if form.errors:
        return show(request, customer, kind, form)
    messages.success(request, said)
    return redirect(customer)


def inputs(form: Form) -> dict[str, Any]:
    """The action's keyword arguments."""
    return form.inputs() if hasattr(form, "inputs") else dict(form.cleaned_data)


@require_POST
@submit_once
@require(*READERS)
def preference_end(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """停用 a preference. Raises Refused."""
    customer = mine(request.user, pk)
    actions.end_preference(
        load(customer.preferences.select_related("customer"), pk=row), by=request.user, at=timezone.now()
    )
    messages.success(request, "这一条喜好已停用")
    return redirect(customer)


@require_POST
@submit_once
@require(*READERS)
def gift_void(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """作废 a gift that was entered by mistake, with its reason."""
    customer = mine(request.user, pk)
    gift = load(customer.gifts.select_related("customer"), pk=row)
    form = blank("void", customer, [], request.POST)
    if form.is_valid():
        attempt(form, gifts.void_gift, gift, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return show(request, customer, "void", form, row)
    messages.success(request, "礼品记录已作废")
    return redirect(customer)


@require(Can.RUN_RECEPTION)
@submit_once
def customer_new(request: HttpRequest) -> HttpResponse:
    """新增客户 by the reception manager or the office. Raises Refused for others."""
    check_registers(request.user)
    form = CustomerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.add_customer, by=request.user, at=timezone.now(), fields=form.columns())
        if made:
            messages.success(request, f"{made} 已登记")
            return redirect(made)
    return render(request, "visits/customers/form.html", {"form": form}, status=http_status(form))


@require(*READERS)
@submit_once
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改客户资料. Raises Refused for readers."""
    customer = mine(request.user, pk)
    check_writes(customer, request.user)
    first = {key: getattr(customer, key) for key in ("name", "kind", "address", "note", "revision")}
    form = CustomerForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        seen, at = form.cleaned_data["revision"], timezone.now()
        if attempt(
            form,
            actions.change_customer,
            customer,
            by=request.user,
            at=at,
            fields=form.columns(),
            expect=seen,
        ):
            messages.success(request, "客户资料已保存")
            return redirect(customer)
    context = {"form": form, "customer": load(Customer.objects.visible_to(request.user), pk=pk)}
    return render(request, "visits/customers/form.html", context, status=http_status(form))
