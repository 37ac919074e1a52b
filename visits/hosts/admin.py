"""Absences in the admin: read there, entered on their own page, by the same rule for everybody."""

from django.contrib import admin

from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can
from visits.models import Absence


@admin.register(Absence)
class AbsenceAdmin(ReadOnlyAdmin):
    """Who is away when."""

    can = (Can.CONFIGURE, Can.DECIDE_RECEPTION)
    list_display = ["user", "kind", "start", "end", "created_by", "withdrawn_at"]
    list_filter = ["kind"]
    list_select_related = ["user", "created_by"]
    search_fields = ["user__name"]
    show_full_result_count = False
