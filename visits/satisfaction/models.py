"""来宾满意度: the link that a guest opens without signing in, and what they answered."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

SCORES = (MinValueValidator(1), MaxValueValidator(5))


def _score(label: str, *, null: bool = True) -> models.PositiveSmallIntegerField:
    """1 (bad) to 5 (good); empty for what did not take place or was not said."""
    return models.PositiveSmallIntegerField(label, null=null, blank=null, validators=SCORES)


class Invitation(models.Model):
    """One link of one reception. `nonce` and the house's key give the token; the table holds only its digest, so that
    whoever reads the table cannot open the page. most: answers it takes (people, from the headcount)."""

    reception = models.ForeignKey(
        "visits.Reception", models.PROTECT, related_name="invitations", verbose_name="接待"
    )
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    most = models.PositiveSmallIntegerField("最多份数")
    expires_at = models.DateTimeField("有效期至")
    created_at = models.DateTimeField("生成时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="生成人"
    )
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="停用人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "满意度链接"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reception"], condition=Q(revoked_at__isnull=True), name="invitation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_at_by",
            ),
            models.CheckConstraint(condition=Q(most__gte=1), name="invitation_takes_one"),
        ]

    def __str__(self) -> str:
        return f"{self.reception_id}"


class Answer(models.Model):
    """What one guest (one browser) said. `browser` is the digest of a cookie, not of a person."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="answers", verbose_name="链接")
    reception = models.ForeignKey(
        "visits.Reception", models.PROTECT, related_name="answers", verbose_name="接待"
    )
    browser = models.CharField(max_length=64)
    overall = _score("整体", null=False)
    agenda = _score("行程安排")
    guide = _score("讲解")
    meal = _score("用餐")
    stay = _score("住宿·用车")
    words = models.TextField("意见", blank=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    answered_at = models.DateTimeField("评价时间")
    corrected_at = models.DateTimeField("修改时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来宾评价"
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "browser"], name="answer_one_a_browser"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}__isnull": True}) | Q(**{f"{part}__gte": 1, f"{part}__lte": 5}),
                    name=f"answer_{part}_1_to_5",
                )
                for part in ("overall", "agenda", "guide", "meal", "stay")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.overall}"
