"""Calls in the admin, read-only: they are made and closed by actions."""

from django.contrib import admin

from helpdesk.log.models import Call
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    """《电话记录》."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "recorded_at", "kind", "caller_name", "place", "content", "status", "recorder_name"]
    list_filter = ["kind", "status"]
    search_fields = ["no", "caller_name", "place", "number"]
    show_full_result_count = False
