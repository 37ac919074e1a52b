"""Choices of tasks and of the templates they are made from."""

from django.db.models import TextChoices


class TaskStatus(TextChoices):
    """States of a department's task."""

    TODO = "todo", "待领"
    TAKEN = "taken", "进行中"
    BLOCKED = "blocked", "受阻"
    DONE = "done", "完成"
    DROPPED = "dropped", "不办"


OPEN = (TaskStatus.TODO, TaskStatus.TAKEN, TaskStatus.BLOCKED)


class Need(TextChoices):
    """接待需要: each ticked one brings its department's tasks at approval."""

    PICK = "pick", "接站送站"
    CAR = "car", "市内用车"
    ROOM = "room", "会议室"
    SIGN = "sign", "欢迎词"
    MEAL = "meal", "用餐"
    BED = "bed", "住宿"
    TOUR = "tour", "参观"
    DOCS = "docs", "资料样册"
    GIFT = "gift", "礼品"
    TICKET = "ticket", "返程票"
    ACTIVITY = "activity", "活动"


class Anchor(TextChoices):
    """What a due time counts from."""

    ARRIVAL = "T", "到达"
    DEPARTURE = "E", "离开"


class Difference(TextChoices):
    """How a tier differs from the base, which is 嘉宾 (A8.1)."""

    ADD = "add", "增设"
    DROP = "drop", "不设"
    CHANGE = "change", "改时限"


# Owners that are a role in the reception; every other owner is a department's code.
HOST, RESPONSIBLE, MANAGER, OFFICE = "host", "responsible", "manager", "office"
OWNERS = {HOST: "主陪领导", RESPONSIBLE: "责任部门", MANAGER: "接待经理", OFFICE: "办公室"}
# The clocks of this noun: a task, a timed line of its checklist, its reconfirmation, and the decision to begin.
TASK_RULE, CHECK_RULE, AGAIN_RULE, GO_RULE = "visits.task", "visits.check", "visits.again", "visits.go"
