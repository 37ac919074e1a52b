"""Categories and time limits in the admin: kept by whoever may configure (D4.3.1, D4.4.1)."""

from django.contrib import admin

from helpdesk.cases.models import Category, ClockRule
from reception.core.admin import ConfiguredAdmin


@admin.register(Category)
class CategoryAdmin(ConfiguredAdmin):
    """The two-level tree, with the keywords that suggest a category and the trade that answers for it."""

    list_display = ["name", "kind", "parent", "trade", "keywords", "order"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "keywords"]


@admin.register(ClockRule)
class ClockRuleAdmin(ConfiguredAdmin):
    """Minutes that a promise has when nothing else was agreed; running clocks keep what they started with."""

    list_display = ["name", "code", "minutes"]
