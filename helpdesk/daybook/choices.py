"""What the day's summary chooses from (records §2.3)."""

from django.db import models


class Status(models.TextChoices):
    """Where a day stands: written, signed by who leaves, by who comes, by the manager."""

    OPEN = "open", "记录中"
    HANDED = "handed", "已交班"
    TAKEN = "taken", "已接班"
    REVIEWED = "reviewed", "已审阅"


class Turn(models.TextChoices):
    """Where the shift of a day stands; the last one is signed with the day itself."""

    ON = "on", "值班"
    HANDED = "handed", "已交班"
    TAKEN = "taken", "已接班"


class Reason(models.TextChoices):
    """Why something is still open at the end of the day (E5.3.7, D4.1)."""

    MATERIAL = "material", "待料"
    OWNER = "owner", "业主不在"
    LATER = "later", "另约"
    CONTRACTOR = "contractor", "外委"
    SKILL = "skill", "技术难"
    HANDS = "hands", "人手不足"
    FORGOTTEN = "forgotten", "忘交单"
    IN_TIME = "in_time", "时限内在办"
    OTHER = "other", "其他"


LOCKED = (Status.HANDED, Status.TAKEN, Status.REVIEWED)
