"""Targets of the report in the admin."""

from django.contrib import admin

from helpdesk.report.models import Target
from reception.core.admin import ConfiguredAdmin


@admin.register(Target)
class TargetAdmin(ConfiguredAdmin):
    """A new target is a new row with its first day; reports of earlier months keep the old one."""

    list_display = ["metric", "percent", "valid_from"]
    list_filter = ["metric"]
