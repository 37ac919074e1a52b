"""What a cost may be for (records §1.1: 5–13, §1.2 接待清单)."""

from django.db.models import TextChoices


class CostItem(TextChoices):
    """The first four have a standard per tier (A7a), 活动 and 礼品 one that the leader sets (A7b),
    the others cost what they cost."""

    MEAL = "meal", "用餐"
    WINE = "wine", "酒"
    TOBACCO = "tobacco", "烟"
    LODGING = "lodging", "住宿"
    CAR = "car", "用车"
    MATERIAL = "material", "资料"
    ACTIVITY = "activity", "活动"
    GIFT = "gift", "礼品"
    OTHER = "other", "其他"


# Items that multiply by heads: meals by diners, lodging by rooms.
BY_PEOPLE = frozenset({CostItem.MEAL, CostItem.LODGING})
# Only the approver says how much these may cost (A7b): no line of an application is for them.
BY_LEADER = (CostItem.ACTIVITY, CostItem.GIFT)
PLANNED = tuple(item for item in CostItem if item not in BY_LEADER)


class Meal(TextChoices):
    """餐次."""

    BREAKFAST = "breakfast", "早餐"
    LUNCH = "lunch", "午餐"
    DINNER = "dinner", "晚餐"
    TEA = "tea", "茶歇"


# States of a reception in which its list is written (records §1.2: from 接待中 on, until it is handed in; what a
# cancelled one cost all the same is entered after the cancellation).
SPENDING = ("receiving", "settling", "cancelled")
