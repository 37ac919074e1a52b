"""Sentences about receptions: who sees what, what waits for whom."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from reception.core.people.choices import Scope
from reception.core.people.delegation import Delegation, DelegationQuerySet
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.copies.models import Copy
from visits.hosts.models import Absence
from visits.requests.choices import APPROVED, Status
from visits.tasks.models import Task

if TYPE_CHECKING:
    from visits.requests.models import Reception

NEVER = Q(pk__in=[])
DECIDING = [code for code, role in ROLES.items() if Can.DECIDE_RECEPTION.value in role.cans]


def _principals(user: User, scope: str, at: datetime) -> DelegationQuerySet:
    """The 代理 in which `user` acts for somebody at `at`."""
    return Delegation.objects.in_force(at).covering(scope).filter(to_user=user, from_user__is_active=True)


def within_rank(user: User, at: datetime | None, rank: str, applicant: str) -> Q:
    """Whether the column `rank` lies within the rank of this leader, or with `at` of one whom they stand in for then
    and who is not the `applicant` (A3.1b)."""
    own = Q(**{f"{rank}__lte": user.rank}) if user.may(Can.DECIDE_RECEPTION) else NEVER
    if at is None:
        return own
    fit = _principals(user, Scope.DECIDE, at).filter(
        from_user__position__rank__gte=OuterRef(rank), from_user__groups__name__in=DECIDING
    )
    return own | Q(Exists(fit.exclude(from_user=OuterRef(applicant))))


class ReceptionQuerySet(models.QuerySet["Reception"]):
    """`Reception.objects.visible_to(user).coming(at)`."""

    def visible_to(self, user: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """What `user` may see: what they applied for, host or accompany or were sent (抄送), those with a task of
        theirs or an itinerary item that names them, and, for people who work on receptions (DO_TASK), their department's; all with VIEW_RECEPTIONS or
        DECIDE_RECEPTION. A draft that was never submitted is its applicant's alone; a secret one is for
        those who need to know of it (`kept_from`). `at`: also what waits then for those whom they stand in for
        (代理)."""
        shown = Q(submitted_at__isnull=False)
        if not (user.may(Can.VIEW_RECEPTIONS) or user.may(Can.DECIDE_RECEPTION)):
            tasks = Q(assignee=user)
            near = Q(host=user)
            if user.department_id and user.may(Can.DO_TASK):
                tasks |= Q(department_id=user.department_id)
                near |= Q(department_id=user.department_id)
            if at is not None:
                near |= Q(pk__in=self.model._default_manager.review_for(user, at).values("pk"))
            near |= Q(pk__in=user.accompanies.values("pk")) | Q(
                pk__in=user.itinerary_items.values("itinerary__reception_id")
            )
            near |= Q(pk__in=Copy.objects.filter(to=user).values("reception_id"))
            near |= Q(pk__in=Task.objects.filter(tasks).values("reception_id"))
            shown &= near
        return self.filter(Q(applicant=user) | shown).discreet_for(user, at)

    def kept_from(self, user: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """涉密 receptions of which `user` has no need to know (records §1.1): not their applicant, head of the
        responsible department, host, companion, nor whoever decides or decided on them; none for the reception
        manager and the office. Whoever only has a task in one sees the task, not the reception. `at`: whoever
        stands in then for the one in turn knows too."""
        if user.may(Can.VIEW_SECRET):
            return self.none()
        rows = self.model._default_manager.all()
        related: Any = self.model._meta.get_field("changes").related_model
        changes = related._default_manager
        turns = [
            turn(user, at).values("pk") for turn in (rows.pending_for, rows.review_for, rows.cancelling_for)
        ]
        knows = (
            Q(applicant=user) | Q(host=user) | Q(department__head=user) | Q(decided_by=user) | Q(holder=user)
        )
        knows |= Q(pk__in=Copy.objects.chosen().filter(to=user).values("reception_id"))
        knows |= Q(sheet__approver=user) | Q(pk__in=user.accompanies.values("pk"))
        knows |= Q(pk__in=turns[0]) | Q(pk__in=turns[1]) | Q(pk__in=turns[2])
        knows |= Q(pk__in=changes.pending_for(user, at).values("reception_id"))
        knows |= Q(pk__in=changes.filter(decided_by=user).values("reception_id"))
        rows = rows.filter(secret=True)
        return rows.exclude(pk__in=rows.filter(knows).values("pk"))

    def discreet_for(self, user: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """Without what is kept from `user`."""
        if user.may(Can.VIEW_SECRET):
            return self
        return self.exclude(pk__in=self.kept_from(user, at).values("pk"))

    def naming(self, words: str) -> "ReceptionQuerySet":
        """Those that hold `words` in their number, organisation or contact."""
        found = Q(no__icontains=words) | Q(customer_name__icontains=words) | Q(contact_name__icontains=words)
        return self.filter(found)

    def pending_for(self, user: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """What this leader may decide now: 待领导审批, handed on to them or to nobody and proposed at a tier within
        their rank (A3.1b), and not applied for by themselves. `at`: also for whom they stand in then (代理);
        `principal_name` says for whom, "" in their own name."""
        free, own = Q(holder__isnull=True), NEVER
        if user.may(Can.DECIDE_RECEPTION):
            own = Q(holder=user) | (free & Q(proposed_tier__approver_rank__lte=user.rank))
        rows = self.filter(status=Status.PENDING).exclude(applicant=user)
        if at is None:
            return rows.filter(own)
        others = _principals(user, Scope.DECIDE, at)
        fit = others.filter(
            from_user__position__rank__gte=OuterRef("proposed_tier__approver_rank"), from_user__groups__name__in=DECIDING
        ).exclude(from_user=OuterRef("applicant"))  # fmt: skip
        name = Coalesce(F("holder__name"), Subquery(fit.values("from_user__name")[:1]))
        return rows.filter(own | Q(holder__in=others.values("from_user")) | (free & Exists(fit))).annotate(
            principal_name=Case(When(own, then=Value("")), default=name, output_field=CharField())
        )

    def cancelling_for(self, user: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """Approved ones whose applicant asks to cancel them, of a tier this leader, or with `at` somebody they stand in
        for then, may decide; never their own."""
        asked = self.filter(status=Status.PREPARING, cancel_asked_at__isnull=False).exclude(applicant=user)
        return asked.filter(within_rank(user, at, "tier__approver_rank", "applicant"))

    def review_for(self, head: User, at: datetime | None = None) -> "ReceptionQuerySet":
        """What waits for this department head's review; never their own requests. `at` as above."""
        own = Q(department__head=head) if head.may(Can.REVIEW_RECEPTION) else NEVER
        rows = self.filter(status=Status.REVIEW).exclude(applicant=head)
        if at is None:
            return rows.filter(own)
        others = _principals(head, Scope.REVIEW, at).exclude(from_user=OuterRef("applicant"))
        stood = Exists(others.filter(from_user=OuterRef("department__head")))
        return rows.filter(own | stood).annotate(
            principal_name=Case(When(own, then=Value("")), default=F("department__head__name"), output_field=CharField())
        )  # fmt: skip

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
                "holder__position",
                "held_by",
                "submitted_by",
                "sheet__approver",
                "sheet__settled_by",
                "sheet__confirmed_by",
                "sheet__audited_by",
            )
        )
