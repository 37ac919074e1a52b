"""Sentences about corrections."""

from typing import Any

from django.db import models


class CorrectionQuerySet(models.QuerySet):
    """`Correction.objects.of(call)`."""

    def of(self, record: Any) -> "CorrectionQuerySet":
        """Of one record, in the order in which they were made."""
        return self.filter(subject_kind=record._meta.label_lower, subject_id=record.pk).order_by("id")

    def of_many(self, kind: str, ids: list[int]) -> "CorrectionQuerySet":
        """Of several records of one kind, in order; one query."""
        return self.filter(subject_kind=kind, subject_id__in=ids).order_by("id")
