"""Changes in the admin: a second door to the same answers; and the table of what needs approval (A3.1b)."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.changes.choices import Status
from visits.changes.forms import AnswerForm
from visits.changes.models import Change, ChangeRule
from visits.changes.views import run, said
from visits.changes.views_page import show
from visits.requests.models import Reception
from visits.requests.views_words import when


@admin.register(ChangeRule)
class ChangeRuleAdmin(ConfiguredAdmin):
    """What of a change needs approval. The kinds are the procedure's: none is added or deleted."""

    list_display = ["kind", "approval", "more_people", "more_percent"]
    list_display_links = ["kind"]
    readonly_fields = ["kind"]
    fields = ["kind", "approval", "more_people", "more_percent"]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Every kind has its line."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every kind keeps it."""
        return False


class WaitingFilter(admin.SimpleListFilter):
    """待我审批 unless all are asked for."""

    title, parameter_name = "状态", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All, then every state but the drafts of others."""
        return [("all", "全部"), *[row for row in Status.choices if row[0] != Status.DRAFT]]

    def choices(self, changelist: Any) -> Any:
        """The empty choice is called what it means."""
        plain = changelist.get_query_string(remove=[self.parameter_name])
        for choice in super().choices(changelist):
            yield {**choice, "display": "待我审批"} if choice["query_string"] == plain else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What waits for this leader; or the state asked for."""
        if self.value() == "all":
            return queryset
        if self.value() in Status.values:
            return queryset.filter(status=self.value())
        mine = Change.objects.pending_for(request.user, timezone.now())
        return queryset.filter(pk__in=mine.values("pk"))


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """The leader's list and the page with both versions."""

    can = (Can.DECIDE_RECEPTION, Can.VIEW_RECEPTIONS)
    change_form_template = "admin/visits/change/change_form.html"
    list_display = ["number_link", "customer", "reason", "arrive", "state"]
    list_display_links = None
    list_filter = [WaitingFilter]
    search_fields = ["no", "reception__customer_name", "reason"]
    ordering = ["-id"]
    list_per_page = 50
    show_full_result_count = False
    fields = [
        "no",
        "status",
        "reason",
        "version",
        "submitted_at",
        "submitted_by",
        "decided_at",
        "decided_by",
        "opinion",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Of receptions this person may see."""
        seen = Reception.objects.visible_to(request.user, timezone.now()).values("pk")
        return Change.objects.seen_by(request.user).for_page().filter(reception__in=seen)

    @admin.display(description="单号", ordering="no")
    def number_link(self, change: Change) -> str:
        """The number; while it waits it leads straight to both versions."""
        page = "decide" if change.status == Status.PENDING else "change"
        return format_html(
            '<a href="{}">{}</a>', reverse(f"admin:visits_change_{page}", args=[change.pk]), change.no
        )

    @admin.display(description="来访单位")
    def customer(self, change: Change) -> str:
        """Who comes."""
        return change.reception.customer_name

    @admin.display(description="现行到达")
    def arrive(self, change: Change) -> str:
        """When, as it stands."""
        return when(change.reception.arrive_at)

    @admin.display(description="状态", ordering="status")
    def state(self, change: Change) -> str:
        """已生效·第 2 版."""
        return change.get_status_display() + (f"·第 {change.version} 版" if change.version else "")

    def get_urls(self) -> list[Any]:
        """The page with both versions stands before the stock ones."""
        view = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", view, name="visits_change_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: both versions; POST: the same answer as the other door."""
        door = require(Can.DECIDE_RECEPTION)(submit_once(self._answer))
        return door(request, pk)

    def _answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = get_object_or_404(self.get_queryset(request), pk=pk)
        more = {
            **self.admin_site.each_context(request),
            "title": "审批变更",
            "opts": Change._meta,
            "action": request.path,
        }
        template = "admin/visits/change/decide.html"
        if request.method != "POST":
            return show(request, change, template=template, **more)
        form, what = AnswerForm(request.POST), request.POST.get("do", "")
        if what not in ("approve", "refuse"):
            form.add_error(None, "请点“同意变更”或“不同意”。")
        elif form.is_valid():
            attempt(form, run, form, change, what, by=request.user, at=timezone.now())
        if form.errors:
            fresh = get_object_or_404(self.get_queryset(request), pk=pk)
            return show(request, fresh, form, template=template, **more)
        messages.success(request, said(change, what))
        return HttpResponseRedirect(reverse("admin:visits_change_changelist"))
