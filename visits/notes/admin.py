"""Notes in the admin, read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ReadOnlyAdmin
from visits.notes.models import Note


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """What was noted; of secret receptions only for who needs to know."""

    list_display = ["id", "reception", "text", "created_by", "created_at"]
    list_select_related = ["reception", "created_by"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without those of receptions that are kept from this reader."""
        receptions: Any = Note._meta.get_field("reception").related_model
        kept = receptions.objects.kept_from(request.user)
        return super().get_queryset(request).exclude(reception__in=kept.values("pk"))
