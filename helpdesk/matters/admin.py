"""Matters in the admin, read-only: they move by actions."""

from django.contrib import admin

from helpdesk.matters.models import Matter
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Matter)
class MatterAdmin(ReadOnlyAdmin):
    """其他问题 (D4.4.3)."""

    can = (Can.VIEW_LEDGER,)
    list_display = [
        "no",
        "created_at",
        "kind",
        "reporter",
        "department",
        "worker",
        "status",
        "opinion",
        "round",
    ]
    list_filter = ["kind", "status"]
    list_select_related = ["department", "worker"]
    search_fields = ["no", "reporter", "place"]
    show_full_result_count = False
