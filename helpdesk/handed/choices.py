"""What the life of a report chooses from (records §2.4)."""

from django.db import models


class Status(models.TextChoices):
    """Where a report stands on its way to 物管中心."""

    DRAFT = "draft", "草稿"
    SIGNED = "signed", "待审核"
    REVIEWED = "reviewed", "待报送"
    SUBMITTED = "submitted", "已报送"
    LOCKED = "locked", "已锁定"


class Progress(models.TextChoices):
    """完成情况 of what the last report promised."""

    DONE = "done", "已完成"
    UNDER_WAY = "under_way", "进行中"
    LATE = "late", "逾期未完成"
    DROPPED = "dropped", "不再进行"


# Whose months nobody else's report may cover; what is out of the house's hands.
HOLDING = (Status.SIGNED, Status.REVIEWED, Status.SUBMITTED, Status.LOCKED)
HANDED = (Status.SUBMITTED, Status.LOCKED)
# The five conclusions of the cover, in order: code → heading.
CONCLUSIONS = {
    "volume": "受理与办结",
    "topics": "反映最多的事",
    "speed": "响应与到场",
    "voices": "投诉与满意",
    "left": "遗留与风险",
}
EVERY = ((1, "每月一份"), (2, "每两个月一份"))
