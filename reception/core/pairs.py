"""Who and when: the two halves of what was done, and the constraint that they come together."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def who(label: str, name: str = "+", *, null: bool = True) -> models.ForeignKey:
    """The person half of an `_at`/`_by` pair; `name` is the way back from the person, "+" for none."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=null, blank=null, related_name=name
    )  # fmt: skip


def when(label: str) -> models.DateTimeField:
    """The time half of a pair, or a planned time (aware; shown in Asia/Shanghai)."""
    return models.DateTimeField(label, null=True, blank=True)


def paired(table: str, name: str) -> models.CheckConstraint:
    """`name`_at and `name`_by are set together or not at all."""
    at, by = f"{name}_at__isnull", f"{name}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=f"{table}_{name}_at_by"
    )
