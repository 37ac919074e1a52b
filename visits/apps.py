"""The Django app of the reception wing."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """接待: one app and one migration history, a folder a noun."""

    name = "visits"
    label = "visits"
    verbose_name = "接待"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says who may see the files of this wing's records, what of the ledger is kept from whom, who is expected; its clocks get their voices."""
        from django.db.models.signals import post_migrate

        from reception.core.documents.filling import sources
        from reception.core.expected import providers
        from reception.core.files.viewers import by_visibility, viewers
        from reception.core.people.delegating import followers
        from visits.hosts.actions import delegated
        from visits.models import Promise, Reception, Task
        from visits.readiness import voices  # noqa: F401
        from visits.requests.expecting import guests
        from visits.requests.filling import SOURCE
        from visits.resources.guards import after_migration
        from visits.resources.policies import READERS

        post_migrate.connect(after_migration, sender=self)
        providers["visits"] = guests
        sources["reception"] = SOURCE

        followers.append(delegated)
        viewers["visits.reception"] = lambda user, pk, at: (
            Reception.objects.visible_to(user, at).filter(pk=pk).exists()
        )
        viewers["visits.task"] = lambda user, pk, at: Task.objects.visible_to(user).filter(pk=pk).exists()
        viewers["visits.taskcheck"] = lambda user, pk, at: (
            Task.objects.visible_to(user).filter(checks=pk).exists()
        )
        viewers["visits.resource"] = lambda user, pk, at: any(user.may(can) for can in READERS)
        viewers["visits.promise"] = by_visibility(Promise)
        keep()
        hide()


def keep() -> None:
    """The movements of materials are written once; their certificates are watched once a day; who reads them sees
    their files (A5.2)."""
    from reception.core.clock.ticks import DAILY
    from reception.core.files.viewers import viewers
    from reception.core.ledger.guards import GUARDED
    from visits.materials.policies import READERS
    from visits.materials.reminding import remind_expiring

    GUARDED["visits_stockmove"] = "stockmove"
    DAILY["materials"] = remind_expiring
    viewers["visits.material"] = lambda user, pk, at: any(user.may(can) for can in READERS)


def hide() -> None:
    """What the ledger tells of a 涉密 reception is kept from whom the reception is."""
    from reception.core.ledger.veils import veils
    from visits.models import Change, Reception, ResourceBooking, Task

    veils["visits.reception"] = lambda user: Reception.objects.kept_from(user).values("pk")
    veils["visits.change"] = lambda user: Change.objects.filter(
        reception__in=Reception.objects.kept_from(user)
    ).values("pk")
    veils["visits.resourcebooking"] = lambda user: ResourceBooking.objects.filter(
        reception__in=Reception.objects.kept_from(user)
    ).values("pk")
    veils["visits.task"] = lambda user: Task.objects.filter(
        reception__in=Reception.objects.kept_from(user)
    ).values("pk")
