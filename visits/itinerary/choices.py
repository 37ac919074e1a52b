"""What an itinerary item is."""

from django.db.models import TextChoices


class ItemKind(TextChoices):
    """Kinds of items, in the order of a day."""

    PICK = "pick", "接站"
    WELCOME = "welcome", "欢迎"
    MEETING = "meeting", "会议洽谈"
    TOUR = "tour", "参观"
    MEAL = "meal", "用餐"
    REST = "rest", "入住休息"
    ACTIVITY = "activity", "活动"
    RETURN = "return", "送站返程"
    OTHER = "other", "其他"


# On the way to and from us: outside the visit's own hours by nature.
TRAVEL = (ItemKind.PICK, ItemKind.RETURN)
