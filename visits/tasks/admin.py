"""Task templates in the admin: the base (嘉宾) and how the tiers differ from it (A8.1)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ConfiguredAdmin
from reception.core.people.roles import Can
from visits.tasks.models_template import TaskTemplate, TierOffset


class DifferenceInline(admin.TabularInline):
    """Dropped or changed for a tier; no row means as the base."""

    model = TierOffset
    extra = 0

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and request.user.may(Can.CONFIGURE)

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _may


@admin.register(TaskTemplate)
class TaskTemplateAdmin(ConfiguredAdmin):
    """Duties of records §1.3. One that has been used is switched off, never deleted."""

    list_display = ["order", "owner", "duty", "anchor", "offset", "need", "active"]
    list_display_links = ["duty"]
    list_filter = ["owner", "active"]
    search_fields = ["duty"]
    inlines = [DifferenceInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a template that no task came from; in bulk none."""
        if obj is None or obj.tasks.exists():
            return False
        return super().has_delete_permission(request, obj)
