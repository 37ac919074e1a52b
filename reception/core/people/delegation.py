"""代理: for some days somebody else gives a person's approvals (records §1.2; ADR 0010)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reception.core.people.choices import Scope
from reception.core.people.models import User


def _who(label: str, name: str = "+", *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, related_name=name, verbose_name=label
    )


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """`Delegation.objects.in_force(at).covering(Scope.DECIDE)`."""

    def standing(self) -> "DelegationQuerySet":
        """Those nobody revoked."""
        return self.filter(revoked_at__isnull=True)

    def in_force(self, at: datetime) -> "DelegationQuerySet":
        """Those that hold at `at`: from `starts_at` on, at `ends_at` no longer."""
        return self.standing().filter(starts_at__lte=at, ends_at__gt=at)

    def covering(self, scope: str) -> "DelegationQuerySet":
        """Those that cover `scope`."""
        return self.filter(scope__in=(scope, Scope.ALL))

    def meeting(self, starts_at: datetime, ends_at: datetime) -> "DelegationQuerySet":
        """Those that hold at some moment of [starts_at, ends_at)."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def of(self, user: User) -> "DelegationQuerySet":
        """Those in which `user` is one of the two."""
        return self.filter(Q(from_user=user) | Q(to_user=user))

    def for_list(self) -> "DelegationQuerySet":
        """With all that a row shows, newest first."""
        return self.select_related("from_user", "to_user", "created_by", "revoked_by").order_by("-created_at", "-id")  # fmt: skip


class Delegation(models.Model):
    """`to_user` acts for `from_user` in [starts_at, ends_at), a half-open span, unless it is revoked.

    Of the person it is, the delegate has the rank; what was done is signed “何志远 代 沈国栋”.
    """

    from_user, to_user = _who("委托人", "delegations_given"), _who("代理人", "delegations_held")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    scope = models.CharField("范围", max_length=8, choices=Scope.choices, default=Scope.ALL)
    reason = models.CharField("原因", max_length=200)
    created_at = models.DateTimeField("设置时间")
    created_by = _who("设置人")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = _who("收回人", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代理"
        ordering = ["-created_at", "-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["to_user", "ends_at"], condition=Q(revoked_at__isnull=True), name="delegation_held"),
            models.Index(fields=["from_user", "ends_at"], condition=Q(revoked_at__isnull=True), name="delegation_given"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=~Q(from_user=F("to_user")), name="delegation_never_to_oneself"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="delegation_starts_before_it_ends"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="delegation_scope_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="delegation_says_why"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="delegation_revoked_at_by",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.to_user} 代 {self.from_user}"

    def state(self, at: datetime) -> str:
        """已收回, 未开始, 代理中 or 已结束 at `at`."""
        if self.revoked_at:
            return "已收回"
        if at < self.starts_at:
            return "未开始"
        return "代理中" if at < self.ends_at else "已结束"


def principals_of(user: User, scope: str, at: datetime) -> list[User]:
    """Whom `user` stands in for at `at`; one query."""
    rows = Delegation.objects.in_force(at).covering(scope).filter(to_user=user, from_user__is_active=True)
    rows = rows.select_related("from_user__position", "from_user__department")
    return [row.from_user for row in rows.order_by("id")]


def stand_ins(people: Iterable[User | None], scope: str, at: datetime) -> list[tuple[User, User]]:
    """(delegate, principal) for each of `people` who is stood in for at `at`; one query."""
    keys = {person.pk for person in people if person}
    if not keys:
        return []
    rows = Delegation.objects.in_force(at).covering(scope).filter(from_user__in=keys, to_user__is_active=True)
    return [
        (row.to_user, row.from_user) for row in rows.select_related("to_user", "from_user").order_by("id")
    ]
