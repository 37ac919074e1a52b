"""The Django app of the service desk wing."""

from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    """前台: one app and one migration history, a folder a noun."""

    name = "helpdesk"
    label = "helpdesk"
    verbose_name = "前台"
    default_auto_field = "django.db.models.BigAutoField"
