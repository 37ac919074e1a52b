"""The ground in the admin: people and reference data are edited, records are only read."""

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone

from reception.core.clock.config import QuietHours, RuleSetting
from reception.core.clock.forms import CalendarForm
from reception.core.clock.models import LadderStep, WorkCalendar
from reception.core.documents.actions import publish
from reception.core.documents.models import Document, Reading, Version
from reception.core.exports.models import Export
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger.models import Event
from reception.core.ledger.veils import unveiled
from reception.core.people.delegation import Delegation
from reception.core.people.models import Department, Position, User
from reception.core.people.roles import ROLES, Can


class ConfiguredAdmin(admin.ModelAdmin):
    """Reference data: whoever may CONFIGURE edits it; deleting what is in use is refused by the database."""

    def _may(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.may(Can.CONFIGURE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown to whoever may configure."""
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Read by whoever may configure."""
        return self._may(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Added by whoever may configure."""
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed by whoever may configure."""
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleted by whoever may configure; PROTECT keeps what is in use."""
        return self._may(request)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records: nobody adds, changes or deletes them here. Subclasses say who may read with `can`."""

    can: tuple[Can, ...] = (Can.VIEW_LEDGER,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown to its readers."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Read by holders of one of `can`."""
        return request.user.is_authenticated and any(request.user.may(can) for can in self.can)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Records are made by actions only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are changed by actions only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted (D4.3.4)."""
        return False


@admin.register(User)
class PersonAdmin(ConfiguredAdmin, UserAdmin):
    """People: name, department, position, roles. People are switched off, never deleted: their signature stays."""

    list_display = ["username", "name", "department", "position", "is_active"]
    list_filter = ["is_active", "department", "groups"]
    list_select_related = ["department", "position"]
    search_fields = ["username", "name", "phone", "job_no"]
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("人员", {"fields": ("name", "job_no", "phone", "email", "department", "position", "trade")}),
        ("权限", {"fields": ("is_active", "is_staff", "groups")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "usable_password", "password1", "password2")}),)
    ordering = ["id"]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles as boxes to tick, by the names people know them by."""
        field = super().formfield_for_manytomany(
            db_field, request, **kwargs | {"widget": CheckboxSelectMultiple}
        )
        if field and db_field.name == "groups":
            field.label = "岗位"
            field.label_from_instance = lambda group: ROLES[group.name].name  # type: ignore[method-assign,assignment]
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person who signed a record is switched off instead."""
        return False


@admin.register(Department)
class DepartmentAdmin(ConfiguredAdmin):
    """Departments and who answers for them."""

    list_display = ["name", "code", "head", "reviews"]
    list_select_related = ["head"]


@admin.register(Position)
class PositionAdmin(ConfiguredAdmin):
    """Positions and their rank (A4)."""

    list_display = ["name", "rank"]


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin):
    """Who stood in for whom, and when; made and revoked on the page 代理."""

    can = (Can.VIEW_LEDGER, Can.ARRANGE_DELEGATION)
    list_display = ["from_user", "to_user", "scope", "starts_at", "ends_at", "reason", "revoked_at"]
    list_select_related = ["from_user", "to_user"]
    search_fields = ["from_user__name", "to_user__name"]


@admin.register(LadderStep)
class LadderStepAdmin(ConfiguredAdmin):
    """Who hears of a clock, and when."""

    list_display = ["rule", "percent", "audience"]


@admin.register(RuleSetting)
class RuleSettingAdmin(ConfiguredAdmin):
    """What a rule is called, and whether it alarms: switched off only with a reason, signed by who did it."""

    list_display = ["name", "rule", "active", "off_reason", "off_by", "off_at", "loud"]
    list_select_related = ["off_by"]
    readonly_fields = ["off_by", "off_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The code ties a rule to its clocks: it is given once."""
        return [*self.readonly_fields, *(["rule"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: RuleSetting, form: Any, change: bool) -> None:
        """Sign the switching off; switched on again, the signature goes with the reason (the admin's log keeps both)."""
        if obj.active:
            obj.off_at, obj.off_by = None, None
        elif obj.off_at is None:
            obj.off_at, obj.off_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rule is switched off, not deleted."""
        return False


@admin.register(QuietHours)
class QuietHoursAdmin(ConfiguredAdmin):
    """The hours in which reminders wait."""

    list_display = ["name", "since", "until", "active"]


@admin.register(WorkCalendar)
class WorkCalendarAdmin(ConfiguredAdmin):
    """Working calendars. A version is added, not edited: what runs keeps the one it started with."""

    list_display = ["name", "code", "version"]
    form = CalendarForm

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version starts from the newest of its calendar (?code=office), the office's when nothing is said."""
        code = request.GET.get("code") or "office"
        last = WorkCalendar.objects.filter(code=code).order_by("-version").first()
        if last is None:
            return {"code": code}
        said = {name: json.loads(json.dumps(getattr(last, name))) for name in ("week", "days")}
        return {"code": last.code, "name": last.name, "version": last.version + 1, **said}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version never changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version never goes."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The ledger, read-only."""

    list_display = ["seq", "at", "subject_no", "label", "old", "new", "actor_name", "reason"]
    search_fields = ["subject_no", "actor_name"]
    show_full_result_count = False

    fields = ["seq", "at", "actor_name", "subject_kind", "subject_no", "verb", "label", "old", "new", "reason",
              "detail", "prev", "digest"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without records that are kept from this reader; the chain is verified whole all the same."""
        return unveiled(super().get_queryset(request), request.user)


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """The facts of files, read-only; the files themselves are only for who may see their record."""

    list_display = ["id", "name", "subject_kind", "subject_id", "size", "uploaded_by", "uploaded_at", "removed_at"]  # fmt: skip
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256"]
    show_full_result_count = False
    exclude = ["stored"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without files of records that are kept from this reader."""
        return unveiled(super().get_queryset(request), request.user)


class VersionLines(admin.TabularInline):
    """The versions of a document, read-only."""

    model = Version
    fields = ("number", "changed", "published_at", "published_by", "valid_from", "valid_until")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the document's page."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Made by actions only."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents; they are written and published on their own pages, by the same actions as everywhere."""

    can = (Can.KEEP_DOCUMENT, Can.VIEW_LEDGER)
    list_display = ["no", "kind", "title", "department", "status"]
    list_filter = ["kind", "status"]
    list_select_related = ["department"]
    search_fields = ["no", "title"]
    exclude = ["plain"]
    inlines = [VersionLines]
    actions = ["publish_drafts"]

    @admin.action(description="发布草稿，今天生效")
    def publish_drafts(self, request: HttpRequest, queryset: Any) -> None:
        """The second door to the same action; what is refused says why, the others are published."""
        for document in queryset:
            try:
                publish(document, by=request.user, at=timezone.now())
            except Refused as refused:
                self.message_user(request, f"《{document.title}》：{refused.message}", messages.WARNING)
            else:
                self.message_user(request, f"《{document.title}》已发布", messages.SUCCESS)


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    """Who has read which version, read-only."""

    list_display = ["version", "read_by", "read_at"]
    list_select_related = ["version__document", "read_by"]


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Who took out what, why, how many rows; read-only."""

    list_display = ["title", "created_by", "created_at", "reason", "personal", "rows", "failure"]
    list_select_related = ["created_by"]
    list_filter = ["personal"]
    search_fields = ["title", "reason"]
    exclude = ["stored"]


admin.site.unregister(Group)
