"""Choices of tasks and of the templates they are made from."""

from django.db.models import TextChoices


class TaskStatus(TextChoices):
    """States of a department's task."""

    TODO = "todo", "待领"
    TAKEN = "taken", "进行中"
    DONE = "done", "完成"
    DROPPED = "dropped", "不办"


OPEN = (TaskStatus.TODO, TaskStatus.TAKEN)


class Anchor(TextChoices):
    """What a due time counts from."""

    ARRIVAL = "T", "到达"
    DEPARTURE = "E", "离开"


class Difference(TextChoices):
    """How a tier differs from the base, which is 嘉宾 (A8.1)."""

    DROP = "drop", "不设"
    CHANGE = "change", "改时限"


# Owners that are a role in the reception; every other owner is a department's code.
HOST, RESPONSIBLE, MANAGER, OFFICE = "host", "responsible", "manager", "office"
