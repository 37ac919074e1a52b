"""What a meeting is arranged by (B2a, records §1.3)."""

from typing import Any

from django.db.models import TextChoices

from visits.profiles.choices import Nature

PURPOSE = "meeting"


class Side(TextChoices):
    """Whose people they are; the guests come first, as on every list."""

    THEIRS = "theirs", "客方"
    OURS = "ours", "我方"


class Layout(TextChoices):
    """How the room is set."""

    RING = "ring", "回形"
    U = "u", "U形"
    ROWS = "rows", "课桌"
    STAGE = "stage", "主席台"


class Honour(TextChoices):
    """Which hand of the first person the second sits at."""

    LEFT = "left", "以左为上（国内会议）"
    RIGHT = "right", "以右为上（外事、商务）"


def has_meeting(reception: Any) -> bool:
    """Whether it is a 政府会议, or anybody comes for a meeting: then there is a plan of it."""
    return bool(reception.nature == Nature.GOVERNMENT or reception.purpose == PURPOSE)
