"""The Django app of the reception wing."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """接待: one app and one migration history, a folder a noun."""

    name = "visits"
    label = "visits"
    verbose_name = "接待"
    default_auto_field = "django.db.models.BigAutoField"
