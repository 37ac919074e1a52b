"""How the report on receptions is arranged, and which figures lead to the receptions behind them."""

from django.db.models import TextChoices


class Way(TextChoices):
    """Groupings, in the order of the page."""

    TIER = "tier", "按级别"
    DEPARTMENT = "department", "按部门"
    CUSTOMER = "customer", "按客户"
    PURPOSE = "purpose", "按目的"


class Shown(TextChoices):
    """The figures one can open."""

    TIMES = "times", "接待"
    SPENT = "spent", "有费用的接待"
    OVER = "over", "超标准的接待"
    BUDGET = "budget", "有预算的接待"
    SCORED = "scored", "有来宾评价的接待"
    TASKS = "tasks", "有到期任务的接待"
    LATE = "late", "有任务超时的接待"
    CANCELLED = "cancelled", "取消而仍有费用的接待"
    UNSETTLED = "unsettled", "费用还没有审核的接待"
