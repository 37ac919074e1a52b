"""The days' summaries in the admin: read-only, written by actions."""

from django.contrib import admin

from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.shifts import Shift, Turn
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Day)
class DayAdmin(ReadOnlyAdmin):
    """《客服部工作日汇总》."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["on", "status", "handed_name", "taken_name", "reviewed_name"]
    list_filter = ["status"]


@admin.register(Carried)
class CarriedAdmin(ReadOnlyAdmin):
    """What was open at the end of a day, and why."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["day", "no", "kind", "what", "reason", "words", "expected_on"]
    list_filter = ["reason"]
    list_select_related = ["day"]
    search_fields = ["no"]
    show_full_result_count = False


@admin.register(Shift)
class ShiftAdmin(ConfiguredAdmin):
    """班次: a day keeps the ones it began with, so a change holds from the next day on."""

    list_display = ["name", "begins", "ends", "retired"]


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """Who handed over to whom."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["day", "name", "duty", "left", "handed_name", "taken_name"]
    list_select_related = ["day"]
