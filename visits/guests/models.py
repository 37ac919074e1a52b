"""来宾名单: who comes with a reception."""

from django.db import models

from visits.guests.choices import Gender


class Guest(models.Model):
    """One roster row. Rows are replaced as a whole while the request can be edited."""

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.CASCADE, related_name="guests"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=1, choices=Gender.choices, blank=True)
    organisation = models.CharField("单位", max_length=80, blank=True)
    title = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("手机", max_length=30, blank=True)
    is_leader = models.BooleanField("带队", default=False)
    diet = models.CharField("饮食禁忌", max_length=60, blank=True)
    care = models.CharField("特殊照顾", max_length=60, blank=True)

    class Meta:
        verbose_name = "来宾"
        verbose_name_plural = "来宾名单"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="guest_has_name"),
            models.UniqueConstraint(
                fields=["reception"], condition=models.Q(is_leader=True), name="guest_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()
