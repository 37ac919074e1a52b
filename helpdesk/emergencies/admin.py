"""Emergencies in the admin, read-only; what has to be done at once is kept by whoever configures (D4.4.4)."""

from django.contrib import admin

from helpdesk.emergencies.models import ChecklistItem, Emergency
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Emergency)
class EmergencyAdmin(ReadOnlyAdmin):
    """《突发事件、重要问题记录》."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "created_at", "category", "grade", "place", "status", "closed_at"]
    list_filter = ["status", "grade"]
    list_select_related = ["category__parent"]
    search_fields = ["no", "place", "reporter"]
    show_full_result_count = False


@admin.register(ChecklistItem)
class ChecklistItemAdmin(ConfiguredAdmin):
    """What has to be done at once, by kind; running emergencies keep the list they started with."""

    list_display = ["text", "category", "order"]
    list_select_related = ["category__parent"]
