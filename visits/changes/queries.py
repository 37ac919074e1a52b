"""Sentences about changes."""

from datetime import datetime

from django.db import models

from reception.core.people.models import User
from visits.changes.choices import OPEN, Status
from visits.requests.queries import within_rank


class ChangeQuerySet(models.QuerySet):
    """`reception.changes.open()`."""

    def open(self) -> "ChangeQuerySet":
        """Being written or waiting for an answer; at most one a reception."""
        return self.filter(status__in=OPEN)

    def seen_by(self, user: User) -> "ChangeQuerySet":
        """Of a reception that `user` may see, all but what another person is still writing."""
        return self.exclude(models.Q(status=Status.DRAFT) & ~models.Q(created_by=user))

    def pending_for(self, user: User, at: datetime | None = None) -> "ChangeQuerySet":
        """What this leader may decide now: the higher of the two tiers lies within their rank (A3.1b), or with `at`
        within that of somebody they stand in for then; never their own."""
        waiting = self.filter(status=Status.PENDING).exclude(reception__applicant=user)
        return waiting.filter(within_rank(user, at, "tier__approver_rank", "reception__applicant"))

    def for_page(self) -> "ChangeQuerySet":
        """With all that its page shows of its reception, in one query."""
        return self.select_related(
            "tier", "submitted_by", "decided_by", "created_by", "reception__tier", "reception__proposed_tier",
            "reception__host__position", "reception__applicant", "reception__department__head", "reception__customer",
            "reception__sheet",
        )  # fmt: skip
