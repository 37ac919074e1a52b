"""The targets that the figures are held against: data, with the day from which each holds."""

from datetime import date

from django.db import models
from django.db.models import Q

from helpdesk.report.choices import targeted
from helpdesk.report.definitions import METRICS


class TargetQuerySet(models.QuerySet["Target"]):
    """Reads like: Target.objects.on(day)."""

    def on(self, day: date) -> dict[str, float]:
        """Code → target share in force on `day`: the newest row, else the default of the definition. One query."""
        found = {metric.code: metric.target for metric in METRICS if metric.target is not None}
        for code, percent in (
            self.filter(valid_from__lte=day).order_by("valid_from").values_list("metric", "percent")
        ):
            found[code] = float(percent) / 100
        return found


class Target(models.Model):
    """A target in per cent, from a day on; an earlier report keeps the one of its own time."""

    metric = models.CharField("指标", max_length=16, choices=targeted)
    percent = models.DecimalField("目标（%）", max_digits=4, decimal_places=1)
    valid_from = models.DateField("生效日期")

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "报告目标"
        verbose_name_plural = "报告目标"
        ordering = ["metric", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "valid_from"], name="target_once_a_day"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="target_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.percent}%"
