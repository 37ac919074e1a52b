"""Meetings in the admin, read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ReadOnlyAdmin
from visits.meetings.models import Meeting


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """The plans; of secret receptions only for who needs to know."""

    list_display = ["reception", "title", "start", "place", "layout", "created_by"]
    list_select_related = ["reception", "created_by"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without those of receptions that are kept from this reader."""
        receptions: Any = Meeting._meta.get_field("reception").related_model
        kept = receptions.objects.kept_from(request.user)
        return super().get_queryset(request).exclude(reception__in=kept.values("pk"))
