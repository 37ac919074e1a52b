"""Customers and their contacts in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from reception.core.admin import ConfiguredAdmin
from reception.core.people.roles import Can
from visits.customers.actions import corrected
from visits.customers.models import Contact, Customer


class ContactInline(admin.TabularInline):
    """The people of a customer."""

    model = Contact
    extra = 0

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and request.user.may(Can.CONFIGURE)

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _may


@admin.register(Customer)
class CustomerAdmin(ConfiguredAdmin):
    """来访单位. One that ever came is not deleted: PROTECT keeps it, and the button is not offered."""

    list_display = ["name", "kind", "address"]
    list_filter = ["kind"]
    search_fields = ["name", "sought"]
    inlines = [ContactInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without customers that only ever came in secret."""
        return super().get_queryset(request) & Customer.objects.discreet_for(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a customer that no application names; in bulk none."""
        if obj is None or obj.receptions.exists():
            return False
        return super().has_delete_permission(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django's; then the customer is found under its new names, and the ledger knows."""
        super().save_related(request, form, formsets, change)
        corrected(form.instance, by=request.user, at=timezone.now(), fields=form.changed_data)
