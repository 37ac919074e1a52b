"""Guests' answers in the admin, read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ReadOnlyAdmin
from visits.satisfaction.models import Answer


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    """What guests said; of secret receptions only for who needs to know."""

    list_display = ["id", "reception", "overall", "words", "name", "answered_at"]
    list_select_related = ["reception"]
    exclude = ["browser", "invitation"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without those of receptions that are kept from this reader."""
        receptions: Any = Answer._meta.get_field("reception").related_model
        kept = receptions.objects.kept_from(request.user)
        return super().get_queryset(request).exclude(reception__in=kept.values("pk"))
