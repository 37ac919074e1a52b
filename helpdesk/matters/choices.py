"""What a matter chooses from."""

from django.db import models

from helpdesk.cases.choices import Kind as CallKind


class Kind(models.TextChoices):
    """What it is (D4.4.3): what a caller wants beside enquiries, repairs, complaints and emergencies."""

    ADVICE = CallKind.ADVICE.value, "建议"
    PRAISE = CallKind.PRAISE.value, "表扬"
    HELP = CallKind.HELP.value, "求助"
    TRANSFER = CallKind.TRANSFER.value, "转接"
    OTHER = "other", "其他"


class Status(models.TextChoices):
    """Where a matter stands. 待重办: sent back by who had it, or the one who reported it does not accept the result."""

    RECEIVED = "received", "待交办"
    ASSIGNED = "assigned", "已交办"
    SIGNED = "signed", "办理中"
    DONE = "done", "已办结"
    RETURNED = "returned", "待重办"
    FED_BACK = "fed_back", "已反馈"
    CLOSED = "closed", "已关闭"
    VOID = "void", "已作废"


OVER = (Status.CLOSED, Status.VOID)
OPEN = tuple(status for status in Status if status not in OVER)
NEW = (Status.RECEIVED, Status.RETURNED)
CHARGED = (Status.ASSIGNED, Status.SIGNED)


class Verdict(models.TextChoices):
    """The answer to a suggestion."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "未采纳"


class Way(models.TextChoices):
    """How the result was fed back."""

    PHONE = "phone", "电话"
    FACE = "face", "当面"
    WECHAT = "wechat", "微信"
    VISIT = "visit", "上门"


class Opinion(models.TextChoices):
    """What the one who reported it says to the result."""

    ACCEPTED = "accepted", "认可"
    REJECTED = "rejected", "不认可"
    UNREACHABLE = "unreachable", "联系不上"
