"""Resources in the admin: the administrator corrects them by the same actions; bookings are only read there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can
from visits.models import Resource, ResourceBooking


@admin.register(Resource)
class ResourceAdmin(ReadOnlyAdmin):
    """接待资源: written on their own pages, where a booking that a closure hits is told."""

    can = (Can.CONFIGURE, Can.KEEP_RESOURCE)
    list_display = [
        "name",
        "kind",
        "source",
        "capacity",
        "keeper",
        "phone",
        "price",
        "price_until",
        "closed_on",
    ]
    list_filter = ["kind", "source"]
    search_fields = ["name", "sought"]


@admin.register(ResourceBooking)
class ResourceBookingAdmin(ReadOnlyAdmin):
    """Who has what when; of a secret reception only for those who may know of it."""

    can = (Can.KEEP_RESOURCE, Can.VIEW_LEDGER)
    list_display = ["no", "resource", "status", "start", "end", "purpose", "created_by"]
    list_filter = ["status", "resource__kind"]
    list_select_related = ["resource", "created_by"]
    search_fields = ["no", "purpose", "resource__name"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Within what this person may see."""
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=ResourceBooking.objects.visible_to(request.user).values("pk"))
        )
