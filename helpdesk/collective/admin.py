"""Collective reports in the admin, read-only; from how many households they are proposed is kept by whoever configures."""

from django.contrib import admin

from helpdesk.collective.models import Collective, CollectiveRule
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(CollectiveRule)
class CollectiveRuleAdmin(ConfiguredAdmin):
    """多少户、多少小时内算集体反映; a kind without a row is never proposed."""

    list_display = ["kind", "households", "hours"]


@admin.register(Collective)
class CollectiveAdmin(ReadOnlyAdmin):
    """集体反映 (D4.4.4)."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "created_at", "building", "word", "size", "called", "status", "emergency"]
    list_filter = ["status"]
    list_select_related = ["building", "emergency"]
    search_fields = ["no", "word"]
    show_full_result_count = False
