"""What a repairer does on the spot, and what the pictures taken there are."""

from django.db import models

from helpdesk.repairs.flow import FLOW
from reception.core.people.roles import Can

# Whatever the table of the order gives to the repairer and leads on is done on the spot as well.
MOVES = tuple(move.name for move in FLOW if move.permission == Can.DO_REPAIR and move.target)
NOTE = "note"
MOST_PHOTOS = 9  # in one step
MOST_NOTES = 10  # of one repairer on one order
LINK_DAYS = 7
LATE_NOTE_DAYS = 30  # so long after its end a link still takes what was written under it, as a note


class Role(models.TextChoices):
    """What a picture is to its order."""

    BEFORE = "before", "修前"
    AFTER = "after", "修后"
    SCENE = "scene", "现场"
    ABSENT = "absent", "无人在场"
    SIGNATURE = "signature", "客户签字"


# Which pictures go with which step; the form's fields are called photo_<role>.
PICTURES: dict[str, tuple[Role, ...]] = {
    "arrive": (Role.BEFORE,),
    "finish": (Role.BEFORE, Role.AFTER, Role.ABSENT, Role.SIGNATURE),
}
ANY_PICTURES = (Role.SCENE,)


def pictures_of(step: str) -> tuple[Role, ...]:
    """The pictures that `step` (a move's name, or NOTE) may bring."""
    return tuple(Role) if step == NOTE else PICTURES.get(step, ANY_PICTURES)
