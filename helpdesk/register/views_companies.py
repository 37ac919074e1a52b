"""Companies: the list, one with its units and its people."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.directory import actions
from helpdesk.directory.companies import Company, Lease
from helpdesk.register.forms import CompanyFilter, CompanyForm, EndForm, RentForm
from helpdesk.register.views_faces import Bound, Item, faces
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

READERS = (Can.VIEW_DESK, Can.LOG_CALL, Can.KEEP_REGISTER)
MOVES = {
    "change": (CompanyForm, actions.change_company, "已修改"),
    "rent": (RentForm, actions.rent, "已登记租用"),
}
SIZE = 50


@require_safe
@require(*READERS)
def company_list(request: HttpRequest) -> HttpResponse:
    """Companies by name, with how many units they rent and people they have here."""
    form = CompanyFilter(request.GET)
    q, after = form.value("q"), request.GET.get("after", "").replace("\x00", "")[:80]
    rows = Company.objects.matching(q.replace("\x00", "")).annotate(
        units=Count("leases", filter=Q(leases__until__isnull=True), distinct=True),
        persons=Count("people", filter=Q(people__moved_out_on__isnull=True), distinct=True),
    )
    found = list(rows.filter(name__gt=after).order_by("name")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    context = {
        "filter": {"form": form, "used": bool(q), "path": request.path}, "rows": found,
        "next": found[-1].name if more else "", "keeps": request.user.may(Can.KEEP_REGISTER),
    }  # fmt: skip
    return render(request, "helpdesk/register/companies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.KEEP_REGISTER)
def company_new(request: HttpRequest) -> HttpResponse:
    """登记公司."""
    form = CompanyForm(request.POST) if request.method == "POST" else CompanyForm()
    if form.is_bound and form.is_valid():
        found = attempt(form, actions.add_company, by=request.user, at=timezone.now(), **form.inputs())
        if found is not None:
            messages.success(request, f"已登记{found}，接着登记它租用的房号")
            return redirect(found)
    return render(request, "helpdesk/register/company_new.html", {"form": form}, status=http_status(form))


@require_safe
@require(*READERS)
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """One company."""
    return show_company(request, load(Company.objects.all(), pk=pk))


def show_company(request: HttpRequest, found: Company, bound: Bound | None = None) -> HttpResponse:
    """The units it rents and rented, its people with their numbers; a refused form stands open."""
    user = request.user
    people = found.people.select_related("unit__building", "firm").prefetch_related("phones").order_by("pk")
    keeps = user.may(Can.KEEP_REGISTER)
    leases = found.leases.select_related("unit__building").order_by("unit__building_id", "unit__room", "-pk")
    context = {
        "company": found, "people": faces([one for one in people if not one.moved_out_on], user, bound),
        "gone": faces([one for one in people if one.moved_out_on], user, bound),
        "leases": [(lease, _end(lease, found, bound) if keeps and not lease.until else None) for lease in leases],
        "items": _items(found, bound) if keeps else {}, "form": bound.form if bound else None,
    }  # fmt: skip
    return render(
        request, "helpdesk/register/company.html", context, status=http_status(bound.form) if bound else 200
    )


def _items(found: Company, bound: Bound | None) -> dict[str, Item]:
    """The forms of the company itself."""
    items = {}
    for name, (form, _, _) in MOVES.items():
        again = bound is not None and bound.key == f"c-{name}"
        start = {"revision": found.revision, "name": found.name, "note": found.note}
        made = bound.form if bound and again else form(initial=start, auto_id=f"id_c-{name}_%s")
        items[name] = Item(made, f"{found.get_absolute_url()}{name}/", again)
    return items


def _end(lease: Lease, found: Company, bound: Bound | None) -> Item:
    again = bound is not None and bound.key == f"l{lease.pk}"
    form = (
        bound.form
        if bound and again
        else EndForm(initial={"revision": found.revision}, auto_id=f"id_l{lease.pk}_%s")
    )
    return Item(form, f"/helpdesk/directory/leases/{lease.pk}/end/", again)


@require_POST
@submit_once
@require(*READERS)
def company_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Change it, or one unit more that it rents."""
    found = load(Company.objects.all(), pk=pk)
    if move not in MOVES:
        raise Http404("公司没有这个动作。")
    kind, run, said = MOVES[move]
    return _made(request, found, kind(request.POST, auto_id=f"id_c-{move}_%s"), f"c-{move}", run, found, said)


@require_POST
@submit_once
@require(*READERS)
def lease_end(request: HttpRequest, pk: int) -> HttpResponse:
    """登记退租."""
    lease = load(Lease.objects.select_related("company", "unit__building"), pk=pk)
    form = EndForm(request.POST, auto_id=f"id_l{pk}_%s")
    return _made(request, lease.company, form, f"l{pk}", actions.give_up, lease, f"已登记退租{lease.unit}")


def _made(
    request: HttpRequest, found: Company, form: Any, key: str, run: Any, subject: Any, said: str
) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed."""
    if form.is_valid():
        expect, at = form.cleaned_data["revision"], timezone.now()
        attempt(form, run, subject, by=request.user, at=at, expect=expect, **form.inputs())
    if form.errors:
        fresh = Company.objects.get(pk=found.pk)
        form.see(fresh.revision)
        return show_company(request, fresh, Bound(key, form))
    messages.success(request, f"{found}：{said}")
    return redirect(found)
