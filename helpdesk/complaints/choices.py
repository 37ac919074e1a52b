"""What a complaint chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where a complaint stands (records §2.1). 再处理: the customer is not satisfied, it begins again one level up."""

    RECEIVED = "received", "已受理"
    VERIFIED = "verified", "已核实"
    CONFIRMED = "confirmed", "经理已确认"
    SENT = "sent", "已转责任部门"
    SIGNED = "signed", "部门已签收"
    WORKING = "working", "处理中"
    DONE = "done", "处理完毕"
    FED_BACK = "fed_back", "已反馈客户"
    AGAIN = "again", "再处理"
    CLOSED = "closed", "已关闭"
    VOID = "void", "已作废"


OVER = (Status.CLOSED, Status.VOID)
OPEN = tuple(status for status in Status if status not in OVER)
WITH_DEPARTMENT = (Status.SENT, Status.SIGNED, Status.WORKING)


class Courtesy(models.TextChoices):
    """What was said to the customer first (D4.4.2 致歉或感谢)."""

    APOLOGY = "apology", "已致歉"
    THANKS = "thanks", "已致谢"
    BOTH = "both", "已致歉并致谢"


class Nature(models.TextChoices):
    """What the facts say."""

    VALID = "valid", "有效"
    INVALID = "invalid", "无效"
    UNSOLVABLE = "unsolvable", "无法解决"


class Way(models.TextChoices):
    """How the result was fed back."""

    PHONE = "phone", "电话"
    VISIT = "visit", "上门"
    FACE = "face", "当面"
    WECHAT = "wechat", "微信"


class Opinion(models.TextChoices):
    """What the customer says to the result."""

    SATISFIED = "satisfied", "满意"
    BASIC = "basic", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"
    UNREACHABLE = "unreachable", "联系不上"


class Level(models.IntegerChoices):
    """Who has to sign: each dissatisfaction goes one up."""

    MANAGER = 1, "客服部经理"
    DIRECTOR = 2, "物管中心主任"
    LEADER = 3, "公司领导"


ROLE_LEVELS = {"manager": Level.MANAGER, "director": Level.DIRECTOR, "leader": Level.LEADER}
