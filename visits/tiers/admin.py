"""Tiers and standards in the admin: renameable, dated, never deletable while used (A2, A7a)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ConfiguredAdmin
from reception.core.flow import Refused
from visits.tiers.models import Standard, Tier
from visits.tiers.policies import check_deletable


@admin.register(Tier)
class TierAdmin(ConfiguredAdmin):
    """The code and the order stay: other data hang on them."""

    list_display = ["order", "name", "glyph", "host_rule", "host_rank", "approver_rank"]
    list_display_links = ["name"]
    readonly_fields = ["code", "order", "css"]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """A2 knows four tiers."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a tier that nothing uses; in bulk none."""
        if obj is None:
            return False
        try:
            check_deletable(obj)
        except Refused:
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Standard)
class StandardAdmin(ConfiguredAdmin):
    """A new amount is a new row with its date; the old one stays for what was received then."""

    list_display = ["tier", "item", "amount", "unit", "valid_from"]
    list_filter = ["tier", "item"]
    list_select_related = ["tier"]
    date_hierarchy = "valid_from"
