"""Repair orders in the admin, read-only: they move by actions."""

from django.contrib import admin

from helpdesk.repairs.models import Repair
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    """《维修单》."""

    can = (Can.VIEW_LEDGER,)
    list_display = [
        "no",
        "created_at",
        "place",
        "content",
        "repairer",
        "status",
        "arrive_due_at",
        "arrived_at",
    ]
    list_filter = ["status", "urgency"]
    list_select_related = ["repairer"]
    search_fields = ["no", "reporter", "place", "phone"]
    show_full_result_count = False
