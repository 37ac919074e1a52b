"""Materials and their movements in the admin: read there, written on their own pages by the same actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reception.core.admin import ReadOnlyAdmin
from reception.core.people.roles import Can
from visits.models import Material, StockMove


@admin.register(Material)
class MaterialAdmin(ReadOnlyAdmin):
    """样册、资质文件."""

    can = (Can.CONFIGURE, Can.KEEP_RESOURCE, Can.VIEW_LEDGER)
    list_display = [
        "no",
        "name",
        "edition",
        "kind",
        "language",
        "department",
        "stock",
        "minimum",
        "valid_until",
    ]
    list_filter = ["kind", "department"]
    list_select_related = ["department"]
    search_fields = ["no", "name", "cert_no"]


@admin.register(StockMove)
class StockMoveAdmin(ReadOnlyAdmin):
    """What came in and went out; of a secret reception only for those who may know of it."""

    can = (Can.KEEP_RESOURCE, Can.VIEW_LEDGER)
    list_display = ["material", "number", "kind", "change", "balance", "moved_at", "moved_by"]
    list_filter = ["kind"]
    list_select_related = ["material", "moved_by"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Within what this person may see."""
        return (
            super().get_queryset(request).filter(pk__in=StockMove.objects.seen_by(request.user).values("pk"))
        )
