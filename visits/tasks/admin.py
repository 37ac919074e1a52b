"""Task templates in the admin: the base (嘉宾) and how the tiers differ from it, edited without code (A8.1)."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reception.core.admin import ConfiguredAdmin
from reception.core.people.models import Department
from reception.core.people.roles import Can
from visits.tasks.choices import OWNERS
from visits.tasks.due import say
from visits.tasks.forms_template import DifferenceForm, TemplateForm
from visits.tasks.models_template import TaskTemplate, TierOffset
from visits.tasks.shaping import note_shape, picture


class DifferenceInline(admin.TabularInline):
    """Added, dropped or changed for a tier; no row means as the base."""

    model = TierOffset
    form = DifferenceForm
    extra = 0
    readonly_fields = ["says"]

    @admin.display(description="读作")
    def says(self, row: TierOffset) -> str:
        """到达前 2 个工作日."""
        return say(row.template.anchor, row.offset) if row.pk else ""

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and request.user.may(Can.CONFIGURE)

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _may


@admin.register(TaskTemplate)
class TaskTemplateAdmin(ConfiguredAdmin):
    """Duties of records §1.3. One that has been used is switched off, never deleted; a change holds for what is
    approved from then on, and stands in the ledger."""

    form = TemplateForm
    list_display = ["order", "owner_name", "duty", "says", "need", "asks", "blocking", "active"]
    list_display_links = ["duty"]
    list_filter = ["owner", "blocking", "active"]
    search_fields = ["duty"]
    inlines = [DifferenceInline]
    readonly_fields = ["says", "preview"]
    fieldsets = (
        ("工作", {"fields": ("order", "code", "duty", "owner", "active")}),
        ("时限（嘉宾级是基准）", {"fields": ("base", "anchor", "offset", "says", "reconfirm")}),
        ("什么时候有", {"fields": ("need", "natures")}),
        ("怎么算办完", {"fields": ("checklist", "evidence", "blocking")}),
        ("预览", {"fields": ("preview",)}),
    )

    @admin.display(description="承办", ordering="owner")
    def owner_name(self, template: TaskTemplate) -> str:
        """The owner by name."""
        return OWNERS.get(template.owner) or getattr(template, "department_name", "") or template.owner

    def get_queryset(self, request: HttpRequest) -> QuerySet[TaskTemplate]:
        """With the name of the department, in one query."""
        name = Department.objects.filter(code=OuterRef("owner")).values("name")[:1]
        return super().get_queryset(request).annotate(department_name=Subquery(name))

    @admin.display(description="读作")
    def says(self, template: TaskTemplate) -> str:
        """到达前 2 个工作日."""
        return template.due_words if template.pk else "存好以后显示"

    @admin.display(description="凭据、再确认")
    def asks(self, template: TaskTemplate) -> str:
        """What it asks for at the end, and when again."""
        again = say(template.anchor, template.reconfirm)
        return "；".join(filter(None, (template.evidence, f"{again}再确认" if again else "")))

    @admin.display(description="各级别会得到哪些任务")
    def preview(self, template: TaskTemplate) -> SafeString:
        """The way to the table of all tiers."""
        return format_html('<a href="{}">看预览表</a>', reverse("visits:task_templates"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The template and its differences are saved by now or here; then what changed goes into the ledger."""
        super().save_related(request, form, formsets, change)
        note_shape(form.instance, by=request.user, at=timezone.now(), before=getattr(form, "before", {}))

    def save_model(self, request: HttpRequest, obj: TaskTemplate, form: Any, change: bool) -> None:
        """Keep how it was before it is written."""
        form.before = picture(TaskTemplate.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a template that no task came from; in bulk none."""
        if obj is None or obj.tasks.exists():
            return False
        return super().has_delete_permission(request, obj)
