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
        from reception.core.expected import providers
        from reception.core.files.viewers import by_visibility, viewers
        from reception.core.ledger.veils import veils
        from reception.core.people.delegating import followers
        from visits.hosts.actions import delegated
        from visits.models import Change, Promise, Reception, Task
        from visits.readiness import voices  # noqa: F401
        from visits.requests.expecting import guests

        providers["visits"] = guests

        followers.append(delegated)
        viewers["visits.reception"] = lambda user, pk, at: (
            Reception.objects.visible_to(user, at).filter(pk=pk).exists()
        )
        viewers["visits.task"] = lambda user, pk, at: Task.objects.visible_to(user).filter(pk=pk).exists()
        viewers["visits.taskcheck"] = lambda user, pk, at: (
            Task.objects.visible_to(user).filter(checks=pk).exists()
        )
        viewers["visits.promise"] = by_visibility(Promise)
        veils["visits.reception"] = lambda user: Reception.objects.kept_from(user).values("pk")
        veils["visits.change"] = lambda user: Change.objects.filter(
            reception__in=Reception.objects.kept_from(user)
        ).values("pk")
        veils["visits.task"] = lambda user: Task.objects.filter(
            reception__in=Reception.objects.kept_from(user)
        ).values("pk")
