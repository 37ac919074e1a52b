"""One resource: its facts, what lies ahead, what past receptions say; written by who keeps them (B4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reception.core.clock.periods import local
from reception.core.files import actions as files
from reception.core.files.models import Attachment
from reception.core.files.uploads import files_of, judged
from reception.core.ledger import events_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.bookings.feed import token_of
from visits.bookings.forms import FileForm, ResourceForm
from visits.models import Resource, ResourceBooking
from visits.resources import actions
from visits.resources.clashes import sentence
from visits.resources.policies import BOOKERS, READERS, keeps

AHEAD, PAST = 30, 10


@require_safe
@require(*READERS)
def resource_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return show(request, load(Resource.objects.judged().prefetch_related("tiers"), pk=pk))


def show(request: HttpRequest, resource: Any, form: Any = None) -> HttpResponse:
    """The page; a refused file says why."""
    at, user = timezone.now(), request.user
    today = local(at).date()
    rows = resource.bookings.for_page()
    ahead = list(rows.holding().filter(end__gt=at).order_by("start", "pk")[:AHEAD])
    seen = set(
        ResourceBooking.objects.visible_to(user)
        .filter(pk__in=[one.pk for one in ahead])
        .values_list("pk", flat=True)
    )
    judged_rows = (
        rows.filter(score__isnull=False).select_related("rated_by").order_by("-rated_at", "-pk")[:PAST]
    )
    address = request.build_absolute_uri(f"/visits/resources/feed/{token_of(resource)}.ics")
    context = {
        "resource": resource, "form": form, "keeps": keeps(user), "books": any(user.may(can) for can in BOOKERS),
        "over": resource.price_is_over(today), "closed": resource.is_closed(today), "address": address,
        "ahead": [{"booking": one, "text": sentence(one), "opens": one.pk in seen} for one in ahead],
        "judged": list(judged_rows), "events": list(events_of(resource)),
        "files": list(Attachment.objects.of(resource).live().for_page()),
    }  # fmt: skip
    return render(request, "visits/resources/show.html", context, status=http_status(form) if form else 200)


@require(Can.KEEP_RESOURCE)
@submit_once
def resource_new(request: HttpRequest) -> HttpResponse:
    """登记资源."""
    form = ResourceForm(request.POST or None, initial={"kind": "room", "source": "inside"})
    if request.method == "POST" and form.is_valid():
        got = _split(form)
        made = attempt(form, actions.add_resource, by=request.user, at=timezone.now(), **got)
        if made:
            messages.success(request, f"已登记{made}")
            return redirect(made)
    return render(request, "visits/resources/form.html", {"form": form}, status=http_status(form))


@require(Can.KEEP_RESOURCE)
@submit_once
def resource_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改资源."""
    resource = load(Resource.objects.prefetch_related("tiers"), pk=pk)
    first = {name: getattr(resource, name) for name in (*actions.OWN, "revision")}
    form = ResourceForm(
        request.POST or None, initial={**first, "tiers": [tier.pk for tier in resource.tiers.all()]}
    )
    if request.method == "POST" and form.is_valid():
        expect = form.cleaned_data["revision"]
        if attempt(
            form,
            actions.change_resource,
            resource,
            by=request.user,
            at=timezone.now(),
            expect=expect,
            **_split(form),
        ):
            messages.success(request, f"{resource}已保存")
            return redirect(resource)
    return render(
        request, "visits/resources/form.html", {"form": form, "resource": resource}, status=http_status(form)
    )


def _split(form: ResourceForm) -> dict[str, Any]:
    """The columns, and the levels apart."""
    got = form.cleaned_data
    return {"fields": {name: got[name] for name in actions.OWN}, "tiers": [int(key) for key in got["tiers"]]}


@require_POST
@require(Can.KEEP_RESOURCE)
@judged
@submit_once
def resource_files(request: HttpRequest, pk: int) -> HttpResponse:
    """附件: contracts, photographs, plans of the room. A refusal keeps none of them."""
    resource = load(Resource.objects.judged().prefetch_related("tiers"), pk=pk)
    form = FileForm(files_of(request))
    for one in form.judged if form.is_valid() else ():
        attempt(form, files.attach, resource, one.found, role="other", by=request.user, at=timezone.now())
    if form.errors:
        return show(request, resource, form)
    messages.success(request, f"已添加{'、'.join(one.found.name for one in form.judged)}")
    return redirect(resource)
