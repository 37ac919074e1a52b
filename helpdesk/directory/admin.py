"""The register of buildings, units and people in the admin."""

from django.contrib import admin

from helpdesk.directory.companies import Company, Lease
from helpdesk.directory.models import Building, Phone, Resident, Unit
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin


@admin.register(Building)
class BuildingAdmin(ConfiguredAdmin):
    """Buildings."""

    list_display = ["name", "order"]


@admin.register(Unit)
class UnitAdmin(ConfiguredAdmin):
    """Units: what the desk's address field offers."""

    list_display = ["label", "building", "kind"]
    list_filter = ["building"]
    list_select_related = ["building"]
    search_fields = ["label", "room"]


class PhoneLines(admin.TabularInline):
    """The numbers by which a caller is recognised."""

    model = Phone
    extra = 1

    def has_view_permission(self, request: object, obj: object = None) -> bool:
        """As the resident's page."""
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Resident)
class ResidentAdmin(ConfiguredAdmin):
    """People of the estate and their numbers."""

    list_display = ["name", "title", "kind", "unit", "company", "is_leader"]
    list_filter = ["kind", "is_leader"]
    list_select_related = ["unit"]
    search_fields = ["name", "company", "unit__label", "phones__digits"]
    autocomplete_fields = ["unit", "firm"]
    inlines = [PhoneLines]

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """People move out, they are not deleted."""
        return False


@admin.register(Company)
class CompanyAdmin(ConfiguredAdmin):
    """Companies of the estate."""

    list_display = ["name", "note"]
    search_fields = ["name", "sought"]


@admin.register(Lease)
class LeaseAdmin(ReadOnlyAdmin):
    """Which company rents which unit; made on the page of the company."""

    list_display = ["company", "unit", "since", "until"]
    list_select_related = ["company", "unit"]
