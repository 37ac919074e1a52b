"""Enquiries in the admin, read-only: they move by actions."""

from django.contrib import admin

from helpdesk.enquiries.models import Enquiry
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    """《信息接待记录》."""

    can = (Can.VIEW_LEDGER,)
    list_display = [
        "no",
        "created_at",
        "customer",
        "content",
        "specialist",
        "status",
        "reply_due_at",
        "replied_at",
    ]
    list_filter = ["status"]
    list_select_related = ["specialist"]
    search_fields = ["no", "customer", "place"]
    show_full_result_count = False
