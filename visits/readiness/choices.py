"""Choices of the decision to begin, and the colours of the light."""

from django.db.models import TextChoices


class Verdict(TextChoices):
    """What the reception manager decides two hours before the arrival."""

    READY = "ready", "准备就绪，可以开始"
    GAPS = "gaps", "带缺项开始"


class Colour(TextChoices):
    """The light: nothing blocks; what blocks is still in time; what blocks is late or stuck."""

    GREEN = "green", "可以开始"
    AMBER = "amber", "还有事没办完"
    RED = "red", "有堵点"
