"""The inbox: what somebody has to know, kept until read."""

from django.conf import settings
from django.db import models


class Level(models.TextChoices):
    """How loud a notice is."""

    INFO = "info", "通知"
    WARN = "warn", "提醒"
    URGENT = "urgent", "紧急"


class Notice(models.Model):
    """One line in one person's inbox."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    title = models.CharField("标题", max_length=160)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=200)
    # A press that answers the notice from the inbox itself: the button's word and where it is sent.
    answer = models.CharField("回执", max_length=16, blank=True)
    answer_url = models.CharField("回执链接", max_length=200, blank=True)
    level = models.CharField("级别", max_length=8, choices=Level.choices, default=Level.INFO)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        default_permissions = ()
        indexes = [
            models.Index(fields=["to", "-created_at", "-id"], name="notice_inbox"),
            models.Index(fields=["to"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title
