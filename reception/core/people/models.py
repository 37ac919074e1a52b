"""People, their departments and positions."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from reception.core.people.choices import Rank
from reception.core.people.roles import ROLES, Can


class Department(models.Model):
    """A department; `head` answers for it, `reviews` says that its requests pass the head first (A3.1b)."""

    code = models.SlugField("编码", unique=True, max_length=32)
    name = models.CharField("部门", unique=True, max_length=32)
    head = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="heads", verbose_name="部门负责人"
    )
    reviews = models.BooleanField("申请须经本部门负责人审核", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A position with its rank; the host rule of A4 compares ranks, never names."""

    name = models.CharField("职务", unique=True, max_length=32)
    rank = models.PositiveSmallIntegerField("职级", choices=Rank.choices)

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        ordering = ["-rank", "id"]

    def __str__(self) -> str:
        return self.name


class Listed(models.Func):
    """The values of a column in one text, comma between; in a subquery of its own it needs no GROUP BY."""

    function = "GROUP_CONCAT"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has another name for it, and wants the comma said."""
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


class People(UserManager["User"]):
    """Finds people by what they do."""

    def for_request(self) -> models.QuerySet["User"]:
        """With all that a request asks of whoever is signed in: department, position, codes of the roles, and whether
        anybody ever made them stand in (代理)."""
        held = User.groups.through.objects.filter(user=models.OuterRef("pk"))
        codes = held.values(codes=Listed("group__name"))
        return self.select_related("department", "position").annotate(
            role_codes=models.Subquery(codes),
            was_trusted=models.Exists(
                User.objects.filter(
                    pk=models.OuterRef("pk"),
                    delegations_held__isnull=False,
                    delegations_held__revoked_at__isnull=True,
                )
            ),
        )

    def in_role(self, *codes: str) -> models.QuerySet["User"]:
        """Active people who hold one of the roles."""
        return self.filter(is_active=True, groups__name__in=codes).distinct()

    def hosts(self) -> models.QuerySet["User"]:
        """People senior enough to host anybody (department heads and above), most senior first."""
        return (
            self.filter(is_active=True, position__rank__gte=Rank.HEAD)
            .select_related("position", "department")
            .order_by("-position__rank", "id")
        )


class User(AbstractUser):
    """A person who signs in; `name` is what stands on records as the signature."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=32)
    job_no = models.CharField("工号", max_length=16, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    trade = models.CharField("班组", max_length=16, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="部门"
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="职务"
    )

    objects = People()  # type: ignore[misc]
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name on records."""
        return str(self)

    def get_short_name(self) -> str:
        """The name on records."""
        return str(self)

    @property
    def rank(self) -> int:
        """The rank of the position held, 0 without one."""
        return self.position.rank if self.position_id and self.position else 0

    @property
    def signature(self) -> str:
        """Name and department, as frozen into the ledger (D4.3.5)."""
        return f"{self}（{self.department}）" if self.department_id else str(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held, then kept for this request; one query, none after `for_request`."""
        if "role_codes" in self.__dict__:
            names = (self.__dict__["role_codes"] or "").split(",")
        else:
            names = list(self.groups.values_list("name", flat=True))
        return frozenset(names) & ROLES.keys()

    @property
    def may_stand_in(self) -> bool:
        """Whether somebody's 代理 may be theirs, now or another day: False spares every page four subqueries. True for
        whoever was loaded otherwise than by `for_request`."""
        return bool(self.__dict__.get("was_trusted", True))

    def may(self, can: Can) -> bool:
        """Whether one of this person's roles carries `can`."""
        return self.is_active and any(can.value in ROLES[code].cans for code in self.roles)

    @property
    def first_page(self) -> str:
        """URL name of the page that opens after sign-in."""
        return next((role.first_page for code, role in ROLES.items() if code in self.roles), "home:todo")
