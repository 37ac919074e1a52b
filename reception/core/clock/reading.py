"""Reading clocks for a page: one query for any number of records."""

from collections.abc import Iterable

from django.db import models

from reception.core.clock.models import Clock


def clocks_of(subject: models.Model) -> list[Clock]:
    """All clocks of one record, oldest round first."""
    return list(Clock.objects.of(subject).order_by("rule", "round"))


def latest(kind: str, ids: Iterable[int], rule: str) -> dict[int, Clock]:
    """The newest round of `rule` for each of the records (`kind` is the model's lower label); one query."""
    rows = Clock.objects.filter(subject_kind=kind, subject_id__in=list(ids), rule=rule).order_by("round")
    return {clock.subject_id: clock for clock in rows}
