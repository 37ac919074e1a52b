"""What a visitor's record chooses from."""

from django.db import models


class Status(models.TextChoices):
    """Where a visitor is."""

    INSIDE = "inside", "在访"
    LEFT = "left", "已离开"
    VOID = "void", "已作废"
