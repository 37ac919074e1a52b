"""Who wrote a record down, frozen as text (D4.3.5): a person renamed later, or gone, still stands on the paper.

`class Matter(Signed, Subject)`, `signed_constraint("matter")`, and `recorder_name=str(by)` where the record is made.
"""

from django.db import models
from django.db.models import Q


class Signed(models.Model):
    """The recorder's name as it was."""

    recorder_name = models.CharField("记录人签名", max_length=64)

    class Meta:
        abstract = True


def signed_constraint(model: str) -> models.CheckConstraint:
    """Nothing is written by nobody."""
    return models.CheckConstraint(condition=~Q(recorder_name=""), name=f"{model}_is_signed")
