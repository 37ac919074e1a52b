"""抄送 in the admin: read only."""

from django.contrib import admin

from reception.core.admin import ReadOnlyAdmin
from visits.copies.models import Copy


@admin.register(Copy)
class CopyAdmin(ReadOnlyAdmin):
    """Who was sent what, and who opened it."""

    list_display = ["reception", "to", "sent_at", "sent_by", "opened_at"]
    list_select_related = ["reception", "to", "sent_by"]
