"""《顾客接待记录》 of a visitor: who came, to whom, since when, and when they left (C4, C5, D4.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.cases.signing import Signed, signed_constraint
from helpdesk.cases.voiding import Voidable, void_constraints
from helpdesk.visitors.choices import Status
from helpdesk.visitors.queries import VisitorQuerySet
from reception.core.ledger.models import Subject


class Visitor(Signed, Voidable, Subject):
    """One visitor, or a party of `people` (records §2 访客记录). created_by received them.

    created_at is the server's time of writing; came_at when they came: earlier only as 补记, with a reason (D4.3.2).


    paper: the identity paper, kept masked only; source: the number of the reception that expected them.
    """

    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.INSIDE)
    came_at = models.DateTimeField("到达时间")
    backdate_reason = models.CharField("补记原因", max_length=200, blank=True)
    name = models.CharField("来访人", max_length=40)
    title = models.CharField("职务", max_length=40, blank=True)
    people = models.PositiveSmallIntegerField("人数", default=1)
    company = models.CharField("单位", max_length=80, blank=True)
    phone = models.CharField("电话", max_length=32, blank=True)
    paper = models.CharField("证件", max_length=32, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="被访人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="visitors",
    )  # fmt: skip
    department = models.ForeignKey(
        "core.Department",
        verbose_name="被访部门",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    purpose = models.CharField("事由", max_length=200)
    booked = models.BooleanField("有预约", default=False)
    source = models.CharField("预约单号", max_length=20, blank=True)
    guest = models.CharField("预约来宾", max_length=40, blank=True)
    guide = models.CharField("引见", max_length=40, blank=True)
    plate = models.CharField("车牌", max_length=12, blank=True)
    badge = models.CharField("访客证号", max_length=16, blank=True)
    left_at, left_by = when("离开时间"), who("登记离开")

    objects = VisitorQuerySet.as_manager()

    class Meta:
        verbose_name = "访客记录"
        verbose_name_plural = "访客记录"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="visitor_newest"),
            models.Index(fields=["host", "-created_at", "-id"], name="visitor_of_host"),
            models.Index(fields=["created_at"], condition=Q(status="inside"), name="visitor_inside"),
        ]
        constraints = [
            known("visitor", "status", Status),
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="visitor_says_who_and_why"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=500), name="visitor_1_to_500"),
            models.CheckConstraint(
                condition=Q(host__isnull=False) | Q(department__isnull=False), name="visitor_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.LEFT, left_at__isnull=False)
                | Q(status=Status.INSIDE, left_at__isnull=True)
                | Q(status=Status.VOID),
                name="visitor_left_when_left",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="visitor_left_after"
            ),
            # One badge is worn by one visitor, one guest comes in once.
            models.UniqueConstraint(
                fields=["badge"], condition=Q(status="inside") & ~Q(badge=""), name="visitor_one_a_badge"
            ),
            models.UniqueConstraint(
                fields=["guest"],
                condition=Q(status="inside") & ~Q(guest=""),
                name="visitor_guest_once_inside",
            ),
            paired("visitor", "left"),
            *void_constraints("visitor"),
            signed_constraint("visitor"),
            # D4.3.2: server time; who is written down afterwards came earlier, and it says why.
            models.CheckConstraint(
                condition=Q(came_at=F("created_at"))
                | (Q(came_at__lt=F("created_at")) & ~Q(backdate_reason="")),
                name="visitor_backdated_says_why",
            ),
        ]

    @property
    def label(self) -> str:
        """The visitor, by the company too."""
        return f"{self.name}{self.title}" + (f"（{self.company}）" if self.company else "")

    @property
    def to_whom(self) -> str:
        """被访人 or 被访部门."""
        return str(self.host or self.department or "")

    def get_absolute_url(self) -> str:
        """The page of this record."""
        return f"/helpdesk/visitors/{self.no}/"
