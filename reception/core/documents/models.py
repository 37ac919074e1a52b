"""A document and its versions, and who has read which (records §1.4, B3b)."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from reception.core.documents.choices import Kind, Status, Step
from reception.core.documents.queries import DocumentQuerySet, VersionQuerySet
from reception.core.ledger.models import Subject
from reception.core.pairs import paired, when, who
from reception.core.people.models import Department


class Document(Subject):
    """A document; its text stands in its versions.

    readers: the roles that may see it, none for everybody. must_roles, must_departments: who is asked to read each
    new version. plain: the title as it is searched.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    title = models.CharField("标题", max_length=80)
    plain = models.CharField(max_length=400, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归口部门"
    )
    readers = models.ManyToManyField(Group, related_name="+", blank=True, verbose_name="谁能看")
    must_roles = models.ManyToManyField(Group, related_name="+", blank=True, verbose_name="须阅读的岗位")
    must_departments = models.ManyToManyField(
        Department, related_name="+", blank=True, verbose_name="须阅读的部门"
    )
    reminded_at, reminded_by = when("催阅时间"), who("催阅人")
    withdrawn_at, withdrawn_by = when("废止时间"), who("废止人")
    withdrawn_reason = models.CharField("废止原因", max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        default_permissions = ("view",)
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="document_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="document_status_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="document_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(plain=""), name="document_has_title"),
            models.CheckConstraint(
                condition=(Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""))
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_reason="")),
                name="document_withdrawn_says_why",
            ),
            paired("document", "reminded"),
            paired("document", "withdrawn"),
        ]

    def get_absolute_url(self) -> str:
        """The page of this document."""
        return f"/documents/{self.no}/"


class Use(models.Model):
    """A step of the work whose screens open this document with one click (B3b)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="uses", verbose_name="文件")
    step = models.CharField("用在", max_length=12, choices=Step.choices)

    class Meta:
        verbose_name = verbose_name_plural = "用在哪一步"
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "document"], name="use_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="use_step_known"),
        ]

    def __str__(self) -> str:
        return self.get_step_display()


class Version(models.Model):
    """One version of a document's text; without published_at it is the draft.

    It is in force on the Shanghai days [valid_from, valid_until); the newest published one has no end. plain: the
    text as it is searched.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name="文件")
    number = models.PositiveSmallIntegerField("版本")
    text = models.TextField("正文")
    plain = models.TextField(editable=False)
    changed = models.CharField("改了什么", max_length=200, blank=True)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人"
    )
    published_at, published_by = when("发布时间"), who("发布人")
    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件版本"
        default_permissions = ("view",)
        ordering = ["document_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(published_at__isnull=True), name="version_one_draft"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(published_at__isnull=False, valid_until__isnull=True),
                name="version_one_without_end",
            ),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(text=""), name="version_says_something"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, valid_from__isnull=True, valid_until__isnull=True)
                | Q(published_at__isnull=False, valid_from__isnull=False),
                name="version_valid_when_published",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="version_ends_after_it_began",
            ),
            paired("version", "published"),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"

    def in_force(self, day: date) -> bool:
        """Whether it is in force on the Shanghai day `day`."""
        if self.valid_from is None or self.valid_from > day:
            return False
        return self.valid_until is None or day < self.valid_until


class Reading(models.Model):
    """Somebody has read one version (B3b); never taken back."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings", verbose_name="版本")
    read_at = models.DateTimeField("阅读时间")
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="阅读人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "已阅记录"
        default_permissions = ("view",)
        ordering = ["read_at", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "read_by"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.read_by} {self.version}"
