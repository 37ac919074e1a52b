"""One workbook that somebody asked for and the worker makes."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from reception.core.pairs import paired, when, who


class ExportQuerySet(models.QuerySet["Export"]):
    """`Export.objects.of(user).open()`."""

    def of(self, user: object) -> "ExportQuerySet":
        """Those that this person asked for: nobody else sees them."""
        return self.filter(created_by=user)

    def open(self) -> "ExportQuerySet":
        """Waiting or being made."""
        return self.filter(ended_at__isnull=True, cancelled_at__isnull=True)


class Export(models.Model):
    """A list under its filter (`path`, `query`), to be written as a workbook with the rights of whoever asked.

    `beat_at` is the worker's last sign of life, `tries` how often a worker took it up; `rows` are written so far of
    `total` (None: not counted). It ends made (`stored`, `size` in bytes, `expires_at`) or with the sentence `failure`.
    """

    title = models.CharField("清单", max_length=60)
    path = models.CharField("页面", max_length=200)
    query = models.TextField("筛选", blank=True)
    personal = models.BooleanField("含个人信息", default=False)
    reason = models.CharField("导出原因", max_length=200, blank=True)
    created_at = models.DateTimeField("提出时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    rows = models.PositiveIntegerField("已写行数", default=0)
    total = models.PositiveIntegerField("总行数", null=True)
    beat_at = models.DateTimeField("办理中", null=True)
    tries = models.PositiveSmallIntegerField("办理次数", default=0)
    ended_at = models.DateTimeField("办结时间", null=True)
    failure = models.CharField("没有办成", max_length=300, blank=True)
    cancelled_at, cancelled_by = when("取消时间"), who("取消人")
    stored = models.CharField("存放名", max_length=40, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    expires_at = models.DateTimeField("保留到", null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台导出"
        default_permissions = ("view",)
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["created_by", "-id"], name="export_of_person"),
            models.Index(
                fields=["id"],
                condition=Q(ended_at__isnull=True, cancelled_at__isnull=True),
                name="export_open",
            ),
        ]
        constraints = [
            paired("export", "cancelled"),
            models.CheckConstraint(
                condition=Q(personal=False) | ~Q(reason=""), name="export_personal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(cancelled_at__isnull=True), name="export_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, stored="", failure="")
                | (Q(ended_at__isnull=False, failure="", expires_at__isnull=False) & ~Q(stored=""))
                | (Q(ended_at__isnull=False, stored="") & ~Q(failure="")),
                name="export_made_or_failed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its progress, later its result."""
        return f"/exports/{self.pk}/"

    @property
    def is_open(self) -> bool:
        """Waiting or being made."""
        return self.ended_at is None and self.cancelled_at is None

    @property
    def size_text(self) -> str:
        """312 KB, 4.1 MB."""
        return f"{self.size / 1048576:.1f} MB" if self.size >= 1048576 else f"{max(1, self.size // 1024)} KB"

    def state(self, at: datetime) -> tuple[str, str]:
        """(word, tone) of where it stands at `at`."""
        if self.cancelled_at:
            return "已取消", ""
        if self.failure:
            return "没有办成", "red"
        if self.stored:
            return ("已过期", "") if self.expires_at and at >= self.expires_at else ("可以下载", "green")
        return ("正在准备", "brand") if self.beat_at else ("等待准备", "")
