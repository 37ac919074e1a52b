"""Ranks of the organisation, in order, and what somebody may stand in for."""

from django.db import models


class Rank(models.IntegerChoices):
    """How senior a position is; a larger number is more senior. A4 compares these."""

    STAFF = 20, "员工"
    SUPERVISOR = 40, "主管"
    HEAD = 60, "部门负责人"
    VICE = 80, "副总经理"
    GENERAL = 100, "总经理"


class Scope(models.TextChoices):
    """What a 代理 covers (records §1.2)."""

    DECIDE = "decide", "审批"
    REVIEW = "review", "审核"
    ALL = "all", "全部"
