"""What a cost line may be for (records §1.1: 5–13)."""

from django.db.models import TextChoices


class CostItem(TextChoices):
    """The first four have a standard per tier (A7a), the others are typed as they cost."""

    MEAL = "meal", "用餐"
    WINE = "wine", "酒"
    TOBACCO = "tobacco", "烟"
    LODGING = "lodging", "住宿"
    CAR = "car", "用车"
    MATERIAL = "material", "资料"
    OTHER = "other", "其他"


# Items that multiply by heads: meals by diners, lodging by rooms.
BY_PEOPLE = frozenset({CostItem.MEAL, CostItem.LODGING})
