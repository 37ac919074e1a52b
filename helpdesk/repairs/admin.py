"""Repair orders in the admin, read-only: they move by actions; their time limits by category are kept here."""

from django.contrib import admin

from helpdesk.repairs.limits import RepairLimit
from helpdesk.repairs.models import Repair
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
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


@admin.register(RepairLimit)
class RepairLimitAdmin(ConfiguredAdmin):
    """Minutes for 接单, 完工 and 回访 by category; running clocks keep what they started with (records §2.1)."""

    list_display = ["category", "accept", "finish", "revisit"]
    list_select_related = ["category__parent"]
