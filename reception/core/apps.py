"""The ground both wings stand on."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Registers the checks and keeps Django's groups equal to the roles in code."""

    name = "reception.core"
    label = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """The one signal of the house: Django itself creates permissions after a migration, so do we."""
        from reception.core import checks  # noqa: F401
        from reception.core.clock.ticks import DAILY
        from reception.core.documents.models import Document
        from reception.core.exports.actions import drop_expired
        from reception.core.files.viewers import viewers
        from reception.core.people.roles import sync_groups

        viewers["core.document"] = lambda user, pk, at: (
            Document.objects.visible_to(user).filter(pk=pk).exists()
        )
        DAILY["exports"] = drop_expired
        post_migrate.connect(sync_groups, sender=self)
