"""Receptions in the admin: a second door to the same actions, never a back door (A3.1b).

The list opens on what waits for the leader; the decide page calls `views_decide.run`, as the other
door does. Nothing can be added, edited or deleted here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from reception.core.admin import ReadOnlyAdmin
from reception.core.clock.periods import local
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.costs.estimate import estimate
from visits.models import Reception, Standard, Tier
from visits.requests.choices import Status
from visits.requests.forms_decide import DecideForm
from visits.requests.views_decide import ANSWERS, done_sentence, run
from visits.requests.views_decide_page import show
from visits.requests.views_words import when, yuan
from visits.tiers.choices import StandardItem


class Estimating(ChangeList):
    """Reads the standards once for the whole page."""

    def get_results(self, request: HttpRequest) -> None:
        """The page's rows, each with its `estimated` total."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        standards = list(Standard.objects.order_by("valid_from", "id"))
        for reception in self.result_list:
            reception.estimated = _total(reception, standards)


def _total(reception: Reception, standards: list[Standard]) -> Decimal | None:
    """The known sum of its lines at its tier by the standards of its arrival; None without any amount."""
    tier, day = reception.tier_now, local(reception.arrive_at or reception.created_at).date()
    amounts: dict[str, Decimal | None] = dict.fromkeys(StandardItem.values)
    for row in standards:
        if tier and row.tier_id == tier.pk and row.valid_from <= day:
            amounts[row.item] = row.amount
    made = estimate(reception.lines.all(), amounts, tier, reception.headcount)
    return made.total if any(row.amount is not None for row in made.rows) else None


class WaitingFilter(admin.SimpleListFilter):
    """待我审批 unless another state is asked for."""

    title, parameter_name = "状态", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All, then every state."""
        return [("all", "全部"), *Status.choices]

    def choices(self, changelist: Any) -> Any:
        """The empty choice is called what it means."""
        for choice in super().choices(changelist):
            yield (
                {**choice, "display": "待我审批"}
                if choice["query_string"] == changelist.get_query_string(remove=[self.parameter_name])
                else choice
            )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What waits for this leader; or the state asked for."""
        if self.value() == "all":
            return queryset
        if self.value() in Status.values:
            return queryset.filter(status=self.value())
        if request.user.may(Can.DECIDE_RECEPTION):
            waiting = Reception.objects.pending_for(request.user, timezone.now())
            return queryset.filter(pk__in=waiting.values("pk"))
        return queryset.filter(status=Status.PENDING)


@admin.register(Reception)
class ReceptionAdmin(ReadOnlyAdmin):
    """The leader's list and decide page."""

    can = (Can.DECIDE_RECEPTION, Can.VIEW_RECEPTIONS)
    change_form_template = "admin/visits/reception/change_form.html"
    list_display = ["number", "customer_name", "tier_mark", "arrive", "estimated", "applicant", "state"]
    list_display_links = None
    list_filter = [WaitingFilter]
    search_fields = ["no", "customer_name"]
    ordering = ["arrive_at", "id"]
    list_per_page = 50
    show_full_result_count = False
    fields = ["no", "status", "nature", "letter_no", "customer_name", "contact_name", "headcount", "purpose", "subject", "arrive_at", "leave_at",
              "department", "applicant", "proposed_tier", "tier", "tier_reason", "host", "companions", "accompany", "overspend_reason",
              "note", "submitted_at", "decided_at", "decided_by"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person may see, with what a row shows."""
        return Reception.objects.visible_to(request.user).for_list().prefetch_related("lines")

    @admin.display(description="单号", ordering="no")
    def number(self, reception: Reception) -> str:
        """The number; while it waits for an answer it leads straight to the decide page."""
        page = "decide" if reception.status == Status.PENDING else "change"
        url = reverse(f"admin:visits_reception_{page}", args=[reception.pk])
        return format_html('<a href="{}">{}</a>', url, reception.no)

    @admin.display(description="级别", ordering="proposed_tier__order")
    def tier_mark(self, reception: Reception) -> str:
        """The tier in force, by name."""
        return str(reception.tier_now or "")

    @admin.display(description="到达", ordering="arrive_at")
    def arrive(self, reception: Reception) -> str:
        """12月1日 周二 09:00."""
        return when(reception.arrive_at)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that estimates all its rows with one look at the standards."""
        return Estimating

    @admin.display(description="估算")
    def estimated(self, reception: Reception) -> str:
        """The sum of what is known, in 元."""
        return yuan(getattr(reception, "estimated", None), unset="—")

    @admin.display(description="状态", ordering="status")
    def state(self, reception: Reception) -> str:
        """The state, and whether it is 补办."""
        return reception.get_status_display() + ("·补办" if reception.retroactive else "")

    def get_urls(self) -> list[Any]:
        """The decide page stands before the stock ones."""
        view = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", view, name="visits_reception_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: the whole request and the rule checks; POST: the same action as the other door."""
        return _door(request, pk, self.admin_site.each_context(request))


def _door(request: HttpRequest, pk: int, site: dict[str, Any]) -> HttpResponse:
    """The decide page inside the admin's frame."""
    view: Callable[..., HttpResponse] = require(Can.DECIDE_RECEPTION)(submit_once(_decide))
    return view(request, pk, site)


def _decide(request: HttpRequest, pk: int, site: dict[str, Any]) -> HttpResponse:
    reception, tiers = _whole(request, pk), list(Tier.objects.all())
    more = {**site, "title": "审批接待", "opts": Reception._meta}
    template = "admin/visits/reception/decide.html"
    if request.method != "POST":
        return show(request, reception, DecideForm(reception=reception, tiers=tiers), template, **more)
    form, what = DecideForm(request.POST, reception=reception, tiers=tiers), request.POST.get("do", "")
    if what not in ANSWERS:
        form.add_error(None, "请点“同意”“退回”“不批准”或“转交”。")
    elif form.is_valid():
        attempt(form, run, form, reception, what, by=request.user, at=timezone.now())
    if form.errors:
        return show(request, _whole(request, pk), form, template, **more)
    messages.success(request, done_sentence(reception, what))
    return HttpResponseRedirect(reverse("admin:visits_reception_changelist"))


def _whole(request: HttpRequest, pk: int) -> Reception:
    """The request as far as this leader may see it; else 404."""
    rows = Reception.objects.visible_to(request.user).for_page().prefetch_related("lines", "guests")
    return get_object_or_404(rows, pk=pk)
