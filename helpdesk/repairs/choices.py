"""What a repair order chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where an order stands (records §2.1). 完工 is not closed: the slip must be back (E5.3.7)."""

    WAITING = "waiting", "待派工"
    HANDED = "handed", "已交工程"
    ACKNOWLEDGED = "acknowledged", "已接单"
    ARRIVED = "arrived", "已到场"
    WORKING = "working", "维修中"
    PAUSED = "paused", "暂停"
    FINISHED = "finished", "完工待验收"
    SLIP_BACK = "slip_back", "底联已返"
    REVISITED = "revisited", "已回访"
    CLOSED = "closed", "已关闭"
    CANCELLED = "cancelled", "已取消"
    VOID = "void", "已作废"


class Hold(models.TextChoices):
    """What a paused order waits for (records §2 维修单)."""

    MATERIAL = "material", "待料"
    OWNER = "owner", "待业主"
    WEATHER = "weather", "天气"
    CONTRACTOR = "contractor", "外委"


class SlipReason(models.TextChoices):
    """Why a slip is not back (E5.3.7, records §2.3)."""

    MATERIAL = "material", "待料"
    OWNER = "owner", "业主不在"
    LATER = "later", "另约"
    CONTRACTOR = "contractor", "外委"
    SKILL = "skill", "技术难"
    HANDS = "hands", "人手不足"
    FORGOTTEN = "forgotten", "忘交单"
    OTHER = "other", "其他"


OVER = (Status.CLOSED, Status.CANCELLED, Status.VOID)
OPEN = tuple(status for status in Status if status not in OVER)
NOT_THERE = (Status.WAITING, Status.HANDED, Status.ACKNOWLEDGED)
ON_SITE = (Status.ARRIVED, Status.WORKING, Status.PAUSED)
IN_HAND = (Status.HANDED, Status.ACKNOWLEDGED, *ON_SITE)
DONE = (Status.FINISHED, Status.SLIP_BACK, Status.REVISITED)


class OrderKind(models.TextChoices):
    """Which paper it is: inside a unit, or in the public area (E5.3.2)."""

    UNIT = "unit", "房屋维修单"
    PUBLIC = "public", "维修单"


class Urgency(models.TextChoices):
    """How pressing it is."""

    URGENT = "urgent", "紧急"
    NORMAL = "normal", "一般"
    PLANNED = "planned", "计划"
