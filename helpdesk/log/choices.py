"""What a call chooses from."""

from django.db import models

from helpdesk.cases.choices import Kind

__all__ = ["WAITING", "Channel", "Kind", "Status"]


class Status(models.TextChoices):
    """Where a call stands: it never ends without an answer or an order (D4.3.4, C7).

    已立案: a complaint or an emergency was opened from it; it is closed together with that one.
    """

    OPEN = "open", "待处理"
    CONVERTED = "converted", "已转单"
    LED_ON = "led_on", "已立案"
    CLOSED = "closed", "已关闭"
    VOID = "void", "已作废"


WAITING = (Status.OPEN, Status.LED_ON)


class Channel(models.TextChoices):
    """How it reached the desk."""

    PHONE = "phone", "电话"
    VISIT = "visit", "来访"
    WECHAT = "wechat", "微信"
    PATROL = "patrol", "巡检"
    OTHER = "other", "其他"
