"""The halves of an `_at`/`_by` pair, and the constraint that ties them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def when(label: str) -> models.DateTimeField:
    """The time half of a pair, or a planned time (aware; shown in Asia/Shanghai)."""
    return models.DateTimeField(label, null=True, blank=True)


def who(label: str, related_name: str = "+") -> models.ForeignKey:
    """The person half of a pair."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
    )


def paired(model: str, name: str) -> models.CheckConstraint:
    """`<name>_at` and `<name>_by` are both there or both not."""
    at, by = f"{name}_at__isnull", f"{name}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=f"{model}_{name}_at_by"
    )


def known(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The column holds one of the choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"{model}_{field}_known"
    )
