"""Rule profiles in the admin: each 接待性质 has exactly one, its limits are the administrator's."""

from typing import Any

from django.contrib import admin
from django.forms import ChoiceField
from django.http import HttpRequest

from reception.core.admin import ConfiguredAdmin
from reception.core.people.models import Department
from visits.profiles.models import RuleProfile


@admin.register(RuleProfile)
class RuleProfileAdmin(ConfiguredAdmin):
    """Changed, never added or deleted: the form's list of 接待性质 is fixed."""

    list_display = ["nature", "diner_rule", "letter_required", "letter_file_required", "tobacco_wine_allowed", "pick_up_allowed", "department_code", "source"]  # fmt: skip
    readonly_fields = ["nature"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A department is chosen, not spelled."""
        if db_field.name != "department_code":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        known = Department.objects.values_list("code", "name")
        choices = [("", "由申请部门负责"), *known]
        return ChoiceField(choices=choices, required=False, label=db_field.verbose_name, help_text=db_field.help_text)  # fmt: skip

    @admin.display(description="陪餐")
    def diner_rule(self, profile: RuleProfile) -> str:
        """The rule about diners, or that there is none."""
        return profile.diner_rule or "不限"

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Every nature has its profile from the start."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A nature without a profile would have no rule at all."""
        return False
