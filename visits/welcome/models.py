"""欢迎词 on the lobby screen: its versions, who proofread them, and the links of the screens (A5.6)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from reception.core.pairs import who


def _pair(name: str, label: str) -> models.CheckConstraint:
    """`name`_at and `name`_by are set together or not at all."""
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    none = Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
    return models.CheckConstraint(condition=both | none, name=label)


class Welcome(models.Model):
    """The welcome text of one reception. `number` is the version in force; off_at: somebody took it off the screen."""

    reception = models.OneToOneField(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="welcome"
    )
    revision = models.PositiveIntegerField("版本", default=0)
    number = models.PositiveSmallIntegerField("现行稿", default=0)
    off_at, off_by = models.DateTimeField("撤下时间", null=True, blank=True), who("撤下人")
    created_at, created_by = models.DateTimeField("拟稿时间"), who("拟稿人", null=False)

    class Meta:
        verbose_name = verbose_name_plural = "欢迎词"
        constraints = [_pair("off", "welcome_off_at_by")]

    def __str__(self) -> str:
        return "这份欢迎词"


class WelcomeText(models.Model):
    """One version: never changed but for being proofread, and never by who wrote it. `roster` is the digest of the
    guest list it was proofread against."""

    welcome = models.ForeignKey(
        Welcome, verbose_name="欢迎词", on_delete=models.PROTECT, related_name="texts"
    )
    number = models.PositiveSmallIntegerField("稿次")
    text = models.TextField("正文", max_length=400)
    roster = models.CharField("名单摘要", max_length=64)
    written_at, written_by = models.DateTimeField("定稿时间"), who("写稿人", null=False)
    proofread_at, proofread_by = models.DateTimeField("校对时间", null=True, blank=True), who("校对人")  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "欢迎词稿"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["welcome", "number"], name="welcome_text_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="welcome_text_says_something"),
            _pair("proofread", "welcome_text_proofread_at_by"),
            # A5.6: a second person proofreads.
            models.CheckConstraint(
                condition=Q(proofread_by__isnull=True) | ~Q(proofread_by=F("written_by")),
                name="welcome_text_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}稿"

    @property
    def lines(self) -> list[str]:
        """Its lines, empty ones left out."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class ScreenLinkQuerySet(models.QuerySet):
    """`ScreenLink.objects.live(at)`."""

    def live(self, at: datetime) -> "ScreenLinkQuerySet":
        """Neither revoked nor expired at `at`."""
        return self.filter(revoked_at__isnull=True, until__gt=at)


class ScreenLink(models.Model):
    """The address of one screen that nobody signs in at. Only the token's SHA-256 is kept; it ends at `until`."""

    name = models.CharField("屏幕", max_length=30)
    token_hash = models.CharField("密钥摘要", max_length=64, unique=True)
    until = models.DateTimeField("有效到")
    created_at, created_by = models.DateTimeField("生成时间"), who("生成人", null=False)
    revoked_at, revoked_by = models.DateTimeField("停用时间", null=True, blank=True), who("停用人")  # fmt: skip

    objects = ScreenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "大屏地址"
        ordering = ["-created_at", "-id"]
        constraints = [_pair("revoked", "screen_link_revoked_at_by")]

    def __str__(self) -> str:
        return self.name
