"""What an emergency chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where an emergency stands (records §2.1). 接报: everybody was told, nobody has confirmed yet."""

    RECEIVED = "received", "接报"
    REPORTED = "reported", "已报告"
    HANDLING = "handling", "处置中"
    CONTROLLED = "controlled", "已控制"
    WRITTEN = "written", "书面报告"
    PREVENTED = "prevented", "总结防范"
    REVIEWED = "reviewed", "经理已审核"
    CLOSED = "closed", "已关闭"
    VOID = "void", "已作废"


OVER = (Status.CLOSED, Status.VOID)
OPEN = tuple(status for status in Status if status not in OVER)
LIVE = (Status.RECEIVED, Status.REPORTED, Status.HANDLING)
PAPERS = (Status.CONTROLLED, Status.WRITTEN, Status.PREVENTED, Status.REVIEWED)


class Grade(models.TextChoices):
    """How grave it is."""

    MINOR = "minor", "一般"
    LARGER = "larger", "较大"
    MAJOR = "major", "重大"
    EXTREME = "extreme", "特别重大"


class How(models.TextChoices):
    """How somebody confirmed that the report reached them."""

    PAGE = "page", "系统确认"
    PHONE = "phone", "电话"
    FACE = "face", "当面"


class Service(models.TextChoices):
    """Who outside was called."""

    FIRE = "119", "119 火警"
    POLICE = "110", "110 报警"
    MEDICAL = "120", "120 急救"
    LIFT = "lift", "电梯维保"
    OTHER = "other", "其他单位"
