"""One upload of units and residents, staged row by row until its owner confirms it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.imports.choices import Verdict


class UnitImport(models.Model):
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
    finished_at, finished_by = when("完成时间"), who("完成人")

    class Meta:
        verbose_name = verbose_name_plural = "房号导入"
        default_permissions = ("view",)
        ordering = ["-id"]
        indexes = [models.Index(fields=["created_by", "-id"], name="unit_import_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="unit_import_not_more_than_all"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(done=F("total")), name="unit_import_finished_is_all"
            ),
            paired("unit_import", "finished"),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        """Its preview, later its result."""
        return f"/helpdesk/directory/import/{self.pk}/"


class UnitImportRow(models.Model):
    """One row of the workbook: what it says (`cells`), the verdict, and the sentence for it."""

    batch = models.ForeignKey(UnitImport, verbose_name="导入", on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("行号")
    cells = models.JSONField("内容", default=dict)
    verdict = models.CharField("结论", max_length=8, choices=Verdict.choices)
    told = models.CharField("说明", max_length=400, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "房号导入行"
        default_permissions = ()
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="unit_import_row_once"),
            known("unit_import_row", "verdict", Verdict),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "line"], name="unit_import_row_of_verdict")]

    def __str__(self) -> str:
        return f"第{self.line}行"
