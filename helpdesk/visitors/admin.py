"""Visitors in the admin, read-only: they come and go by actions."""

from django.contrib import admin

from helpdesk.visitors.models import Visitor
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Visitor)
class VisitorAdmin(ReadOnlyAdmin):
    """《顾客接待记录》 of visitors."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "created_at", "name", "company", "host", "status", "left_at"]
    list_filter = ["status"]
    list_select_related = ["host"]
    search_fields = ["no", "name", "company"]
    show_full_result_count = False
