"""Complaints in the admin, read-only: they move by actions."""

from django.contrib import admin

from helpdesk.complaints.models import Complaint
from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Complaint)
class ComplaintAdmin(ReadOnlyAdmin):
    """《顾客投诉处理记录表》."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "created_at", "customer", "category", "department", "status", "opinion", "round"]
    list_filter = ["status", "opinion"]
    list_select_related = ["category__parent", "department"]
    search_fields = ["no", "customer", "place"]
    show_full_result_count = False
