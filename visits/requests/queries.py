"""Sentences about receptions: who sees what, what waits for whom."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.hosts.models import Absence
from visits.requests.choices import APPROVED, Status
from visits.tasks.models import Task


class ReceptionQuerySet(models.QuerySet):
    """`Reception.objects.visible_to(user).coming(at)`."""

    def visible_to(self, user: User) -> "ReceptionQuerySet":
        """What `user` may see: what they applied for or host, those with a task of theirs, and, for
        people who work on receptions (DO_TASK), their department's; all with VIEW_RECEPTIONS or
        DECIDE_RECEPTION. A draft that was never submitted is its applicant's alone."""
        shown = Q(submitted_at__isnull=False)
        if not (user.may(Can.VIEW_RECEPTIONS) or user.may(Can.DECIDE_RECEPTION)):
            tasks = Q(assignee=user)
            near = Q(host=user)
            if user.department_id and user.may(Can.DO_TASK):
                tasks |= Q(department_id=user.department_id)
                near |= Q(department_id=user.department_id)
            near |= Q(pk__in=Task.objects.filter(tasks).values("reception_id"))
            shown &= near
        return self.filter(Q(applicant=user) | shown)

    def naming(self, words: str) -> "ReceptionQuerySet":
        """Those that hold `words` in their number, organisation or contact."""
        found = Q(no__icontains=words) | Q(customer_name__icontains=words) | Q(contact_name__icontains=words)
        return self.filter(found)

    def pending_for(self, user: User) -> "ReceptionQuerySet":
        """What this leader may decide now: 待领导审批, proposed at a tier within their rank
        (A3.1b), and not applied for by themselves."""
        if not user.may(Can.DECIDE_RECEPTION):
            return self.none()
        return self.filter(status=Status.PENDING, proposed_tier__approver_rank__lte=user.rank).exclude(
            applicant=user
        )

    def review_for(self, head: User) -> "ReceptionQuerySet":
        """What waits for this department head's review; never their own requests."""
        if not head.may(Can.REVIEW_RECEPTION):
            return self.none()
        return self.filter(status=Status.REVIEW, department__head=head).exclude(applicant=head)

    def to_settle(self, user: User) -> "ReceptionQuerySet":
        """Lists that this applicant has to hand in."""
        return self.filter(status=Status.SETTLING, applicant=user)

    def to_confirm(self, user: User) -> "ReceptionQuerySet":
        """Lists that exceeded something and name this leader (A7a, A7b)."""
        return self.filter(status=Status.AUDITING, sheet__approver=user, sheet__confirmed_at__isnull=True)

    def to_audit(self, user: User) -> "ReceptionQuerySet":
        """Lists that this auditor can check now: not their own, and nothing left to confirm."""
        if not user.may(Can.AUDIT_COSTS):
            return self.none()
        unconfirmed = Q(sheet__approver__isnull=False, sheet__confirmed_at__isnull=True)
        return self.filter(status=Status.AUDITING).exclude(applicant=user).exclude(unconfirmed)

    def approved(self) -> "ReceptionQuerySet":
        """Receptions that a leader approved and nobody cancelled."""
        return self.filter(status__in=APPROVED)

    def coming(self, at: datetime) -> "ReceptionQuerySet":
        """Approved receptions whose guests have not left at `at`, next arrival first."""
        return self.approved().filter(leave_at__gte=at).order_by("arrive_at", "id")

    def for_list(self) -> "ReceptionQuerySet":
        """With all that a list row shows, in one query."""
        return self.select_related("tier", "proposed_tier", "host", "department", "applicant")

    def for_page(self) -> "ReceptionQuerySet":
        """With all that the detail page shows of the request itself, in one query; host_absent: its host will be away."""
        away = Absence.objects.standing().filter(
            user=OuterRef("host"), start__lt=OuterRef("leave_at"), end__gt=OuterRef("arrive_at")
        )
        return (
            self.for_list()
            .annotate(host_absent=Exists(away))
            .select_related(
                "customer",
                "host__position",
                "department__head",
                "decided_by",
                "submitted_by",
                "sheet__approver",
                "sheet__settled_by",
                "sheet__confirmed_by",
                "sheet__audited_by",
            )
        )
