"""Why somebody is away."""

from django.db.models import TextChoices


class AbsenceKind(TextChoices):
    """外出事由. What exactly is in the note, for those who may read it."""

    TRIP = "trip", "出差"
    LEAVE = "leave", "休假"
    MEETING = "meeting", "会议"
    OTHER = "other", "其他"
