"""What kinds of customer there are (A1)."""

from django.db.models import TextChoices


class CustomerKind(TextChoices):
    """客户类别. `OTHER` guests are the office's to receive (A8.2)."""

    BUYER = "buyer", "采购方客户"
    PARTNER = "partner", "合作方"
    PUBLIC = "public", "政府及行业"
    OTHER = "other", "其他来宾"
