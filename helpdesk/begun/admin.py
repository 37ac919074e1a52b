"""Calls that were begun, in the admin: read-only, and never their words."""

from django.contrib import admin

from helpdesk.begun.models import Begun
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Begun)
class BegunAdmin(ReadOnlyAdmin):
    """未登记的来电: who, when, and how it ended (E5.2.1d)."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["created_at", "created_by", "parked", "call", "dropped_at", "drop_reason"]
    list_select_related = ["created_by", "call"]
    exclude = ["key", "values", "focus", "caret", "caret_end", "turn"]
    show_full_result_count = False
