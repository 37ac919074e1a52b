"""What kinds of customer there are (A1), and what is remembered of them (B1)."""

from django.db.models import TextChoices


class CustomerKind(TextChoices):
    """客户类别. `OTHER` guests are the office's to receive (A8.2)."""

    BUYER = "buyer", "采购方客户"
    PARTNER = "partner", "合作方"
    PUBLIC = "public", "政府及行业"
    OTHER = "other", "其他来宾"


class PreferenceKind(TextChoices):
    """What a preference is about."""

    DIET = "diet", "饮食"
    ROOM = "room", "房间"
    HABIT = "habit", "习惯"
    TABOO = "taboo", "忌讳"
    OTHER = "other", "其他"
