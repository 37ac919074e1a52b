"""What an enquiry chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where an enquiry stands (records §2.1 查询). 待回复: a call back was promised."""

    RECORDED = "recorded", "已登记"
    WAITING = "waiting", "待回复"
    SENT = "sent", "已转专业人员"
    ACCEPTED = "accepted", "专业人员已接"
    ANSWERED = "answered", "已答复"
    REPLIED = "replied", "已回复"
    CLOSED = "closed", "已关闭"
    VOID = "void", "已作废"


PROMISED = (Status.WAITING, Status.SENT, Status.ACCEPTED)
WITH_SPECIALIST = (Status.SENT, Status.ACCEPTED)
AT_DESK = (Status.RECORDED, Status.WAITING, Status.ANSWERED, Status.REPLIED)
OVER = (Status.CLOSED, Status.VOID)
OPEN = tuple(status for status in Status if status not in OVER)
SAID = (Status.ANSWERED, Status.REPLIED, Status.CLOSED)


VISIT, WECHAT = "来访", "微信"  # channels, as the record keeps them


class Way(models.TextChoices):
    """How the answer reached whoever asked."""

    PHONE = "phone", "电话"
    FACE = "face", "当面"
    WECHAT = "wechat", "微信"
    VISIT = "visit", "上门"


class Outcome(models.TextChoices):
    """What became of a promise: kept (in time or late, the times say which), or agreed anew."""

    OPEN = "open", "未回复"
    DONE = "done", "已回复"
    MOVED = "moved", "改约"
    DROPPED = "dropped", "作废"
