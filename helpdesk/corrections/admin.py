"""Corrections in the admin, read-only: they are made on the record's page, by the same action."""

from typing import Any

from django.contrib import admin

from helpdesk.corrections.models import Correction
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can
from reception.core.templatetags.core import masked


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """更正记录; telephones masked."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["subject_no", "label", "was", "now", "reason", "signature", "corrected_at"]
    list_filter = ["label"]
    search_fields = ["subject_no", "signature", "reason"]
    fields = ["subject_no", "label", "number", "was", "now", "reason", "signature", "corrected_at"]
    show_full_result_count = False

    @admin.display(description="原记")
    def was(self, row: Any) -> str:
        """The old words."""
        return masked(row.old) if row.secret else row.old

    @admin.display(description="更正为")
    def now(self, row: Any) -> str:
        """The new words."""
        return masked(row.new) if row.secret else row.new
