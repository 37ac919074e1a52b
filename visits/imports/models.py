"""One upload of customers, staged row by row until its owner confirms it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from visits.imports.choices import Verdict


class ImportBatch(models.Model):
    """One workbook, read and judged. Its owner alone sees it; `done` counts the rows that are over.

    A new upload of the same person replaces an unfinished one: what was never confirmed is no record.
    """

    filename = models.CharField("文件", max_length=120)
    created_at = models.DateTimeField("上传时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )
    total = models.PositiveIntegerField("行数")
    done = models.PositiveIntegerField("已处理", default=0)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="完成人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "客户导入"
        ordering = ["-id"]
        indexes = [models.Index(fields=["created_by", "-id"], name="import_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="import_not_more_than_all"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False, done=models.F("total")),
                name="import_finished_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        """Its preview, later its result."""
        return f"/visits/customers/import/{self.pk}/"


class ImportRow(models.Model):
    """One row of the workbook: what it says (`cells`), the verdict, and the sentence for it."""

    batch = models.ForeignKey(ImportBatch, verbose_name="导入", on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("行号")
    cells = models.JSONField("内容", default=dict)
    verdict = models.CharField("结论", max_length=8, choices=Verdict.choices)
    told = models.CharField("说明", max_length=400, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="import_row_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="import_verdict_known"),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "line"], name="import_row_of_verdict")]

    def __str__(self) -> str:
        return f"第{self.line}行"
