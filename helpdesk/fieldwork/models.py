"""What came from the spot: each step once, with the phone's time beside the house's; and the issues of a link."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from reception.core.pairs import paired, when, who


class FieldStep(models.Model):
    """One step that a repairer's phone sent (D4.4.1): `client_id` is the phone's own, so that it has one effect.

    created_at: when the house received it, which is the record; site_time: what the phone's clock said when the
    button was pressed; drift: seconds that the phone's clock was behind the house's when it was sent (negative:
    ahead). words: of a note. accepted_*: the manager's word that the time on the spot is believed.
    """

    client_id = models.UUIDField("手机编号", unique=True)
    repair = models.ForeignKey(
        "helpdesk.Repair", verbose_name="维修单", on_delete=models.PROTECT, related_name="field_steps"
    )
    verb = models.CharField("步骤", max_length=32)
    created_at, created_by = models.DateTimeField("收到时间"), who("维修员", null=False)
    site_time = models.DateTimeField("现场时间（手机）")
    drift = models.BigIntegerField("手机慢（秒）", default=0)
    via_link = models.BooleanField("经链接", default=False)
    words = models.TextField("说明", blank=True)
    accepted_at, accepted_by = when("认可时间"), who("认可人")
    accepted_reason = models.CharField("认可原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "现场步骤"
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            paired("field_step", "accepted"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_reason="")
                | (Q(accepted_at__isnull=False) & ~Q(accepted_reason="")),
                name="field_step_accepted_says_why",
            ),
            models.CheckConstraint(condition=~Q(verb=""), name="field_step_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.verb}"

    @property
    def on_site(self) -> datetime:
        """The time on the spot by the house's clock: the phone's, set right by what it was behind."""
        return self.site_time + timedelta(seconds=self.drift)

    @property
    def waited(self) -> timedelta:
        """How long it lay on the phone; nought when a clock was turned meanwhile."""
        return max(self.created_at - self.on_site, timedelta())


class FieldLink(models.Model):
    """A new issue of an order's link: those given out before stop working (a lost phone, an expired one)."""

    repair = models.ForeignKey(
        "helpdesk.Repair", verbose_name="维修单", on_delete=models.PROTECT, related_name="field_links"
    )
    created_at, created_by = models.DateTimeField("换发时间"), who("换发人", null=False)

    class Meta:
        verbose_name = verbose_name_plural = "现场链接"
        default_permissions = ("view",)
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.repair_id}"
