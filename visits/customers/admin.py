"""Customers and their contacts in the admin."""

from django.contrib import admin

from visits.customers.models import Contact, Customer


class ContactInline(admin.TabularInline):
    """The people of a customer."""

    model = Contact
    extra = 0


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    """来访单位."""

    list_display = ["name", "kind", "address"]
    list_filter = ["kind"]
    search_fields = ["name"]
    inlines = [ContactInline]
