"""Choices of a roster row."""

from django.db.models import TextChoices


class Gender(TextChoices):
    """性别; nothing written is the empty string."""

    MALE = "m", "男"
    FEMALE = "f", "女"
