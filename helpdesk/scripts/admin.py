"""话术 in the admin: the words are edited, the spots belong to the desk's page (C1, C3, C7, C8)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from helpdesk.scripts.models import Script
from reception.core.admin import ConfiguredAdmin


@admin.register(Script)
class ScriptAdmin(ConfiguredAdmin):
    """What is said where; shown at the desk from the next page on."""

    list_display = ["spot", "step", "words", "seconds", "clause"]
    ordering = ["step", "id"]
    readonly_fields = ["spot", "clause"]
    fields = ["spot", "clause", "step", "words", "seconds"]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """A spot is a place on the page; none is added here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor taken away: the desk would fall silent there."""
        return False
