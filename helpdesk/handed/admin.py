"""Reports in the admin: read-only, written by actions; the deadline is data."""

from django.contrib import admin

from helpdesk.handed.models import DeadlineRule, Snapshot, Submission
from reception.core.admin import ConfiguredAdmin, ReadOnlyAdmin
from reception.core.people.roles import Can


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """《客户反映情况报告》."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["no", "status", "signed_name", "reviewed_name", "submitted_name", "received_name"]
    list_filter = ["status"]
    search_fields = ["no"]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """What was handed in; its bytes are downloaded on the report's page."""

    can = (Can.VIEW_LEDGER,)
    list_display = ["submission", "version", "name", "digest", "made_at"]
    list_select_related = ["submission"]
    fields = ["submission", "version", "name", "digest", "made_at", "made_by"]
    show_full_result_count = False


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ConfiguredAdmin):
    """By which day a report is handed in; another rule is a new row with its first day."""

    list_display = ["months", "day", "valid_from"]
