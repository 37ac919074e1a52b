"""What a tier's standard sets an amount for (A7a)."""

from django.db.models import TextChoices


class StandardItem(TextChoices):
    """接待标准's four items; UNITS says what one amount is for."""

    MEAL = "meal", "用餐"
    WINE = "wine", "酒"
    TOBACCO = "tobacco", "烟"
    LODGING = "lodging", "住宿"


UNITS = {
    StandardItem.MEAL: "元/人",
    StandardItem.WINE: "元/瓶",
    StandardItem.TOBACCO: "元/盒",
    StandardItem.LODGING: "元/间·晚",
}
