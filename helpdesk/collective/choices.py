"""What a collective report chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where it stands. 待确认: the house proposes it, nobody has said yet what it is."""

    PROPOSED = "proposed", "待确认"
    ACCEPTED = "accepted", "回访中"
    DISMISSED = "dismissed", "不立案"
    FINISHED = "finished", "回访完毕"


OPEN = (Status.PROPOSED, Status.ACCEPTED)


class Result(models.TextChoices):
    """What a household says when it is called back."""

    SETTLED = "settled", "已解决"
    INFORMED = "informed", "已告知进展"
    UNSETTLED = "unsettled", "仍未解决"
    UNREACHABLE = "unreachable", "联系不上"
