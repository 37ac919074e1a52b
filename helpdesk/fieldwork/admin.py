"""Steps from the spot and issues of links in the admin, read-only: they are written by actions."""

from django.contrib import admin

from helpdesk.fieldwork.models import FieldLink, FieldStep
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(FieldStep)
class FieldStepAdmin(ReadOnlyAdmin):
    """现场步骤."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["repair", "verb", "created_by", "created_at", "site_time", "via_link", "accepted_by"]
    list_filter = ["verb", "via_link"]
    list_select_related = ["repair", "created_by", "accepted_by"]
    search_fields = ["repair__no"]
    show_full_result_count = False


@admin.register(FieldLink)
class FieldLinkAdmin(ReadOnlyAdmin):
    """现场链接的换发."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["repair", "created_by", "created_at"]
    list_select_related = ["repair", "created_by"]
    search_fields = ["repair__no"]
    show_full_result_count = False
