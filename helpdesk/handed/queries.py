"""Sentences about reports that are written and handed in."""

from datetime import date
from typing import Any

from django.db import models

from helpdesk.handed.choices import HANDED
from helpdesk.report.spans import Span
from reception.core.people.models import User
from reception.core.people.roles import Can


class SubmissionQuerySet(models.QuerySet):
    """`Submission.objects.handed().of(span)`."""

    def visible_to(self, user: User) -> "SubmissionQuerySet":
        """The report's readers see all, nobody else any."""
        return self if user.may(Can.VIEW_REPORT) else self.none()

    def handed(self) -> "SubmissionQuerySet":
        """What is out of the house's hands: its figures are the snapshot's."""
        return self.filter(status__in=HANDED)

    def of(self, span: Span) -> "SubmissionQuerySet":
        """The report of exactly these months; of a month that is not over as well."""
        return self.filter(first=span.first, months=span.months)

    def before(self, first: date) -> "SubmissionQuerySet":
        """Handed in for earlier months, the latest first."""
        return self.handed().filter(first__lt=first).order_by("-first")


class RuleQuerySet(models.QuerySet):
    """`DeadlineRule.objects.on(day)`."""

    def on(self, day: date) -> Any:
        """The rule in force on `day`; None before the first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()
