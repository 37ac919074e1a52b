"""Where in a conversation a script belongs (C1, C3, C7, C8)."""

from django.db import models


class Spot(models.TextChoices):
    """The place at the desk where the words stand beside the hand; the codes are the page's."""

    START = "start", "电话接起"
    WELCOME = "welcome", "来访起身"
    CALLER = "caller", "问来电人"
    LEADER = "leader", "公司领导"
    REPAIR = "repair", "报修内容"
    ENQUIRY = "enquiry", "查询内容"
    COMPLAINT = "complaint", "投诉内容"
    ADVICE = "advice", "建议内容"
    EMERGENCY = "emergency", "突发内容"
    OTHER = "other", "其他内容"
    WAIT = "wait", "请稍等"
    BACK = "back", "让您久等了"
    CHECK = "check", "复述核对"
    END = "end", "电话致谢"
    FAREWELL = "farewell", "来访送别"


class Step(models.IntegerChoices):
    """The four steps of a conversation."""

    GREET = 0, "问候"
    ASK = 1, "问明"
    REPEAT = 2, "复述"
    THANK = 3, "致谢"
