"""Pictures of the demo, drawn here: a pipe before and after, a closed door, a signature."""

from datetime import datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from helpdesk.fieldwork.choices import Role
from helpdesk.repairs.models import Repair
from reception.core.files.actions import attach
from reception.core.files.checking import Checked, check
from reception.core.people.models import User

SIZE = (640, 480)
WALL, PIPE, WATER, DOOR, INK = (214, 210, 200), (120, 128, 136), (86, 140, 190), (150, 110, 72), (20, 24, 32)


def photograph(order: Repair, role: str, *, by: User, at: datetime) -> None:
    """Keep a picture of the kind `role` with the order."""
    attach(order, picture(role), role=role, by=by, at=at, caption=Role(role).label)


@cache
def picture(role: str) -> Checked:
    """The picture of that kind, judged as any upload; drawn once."""
    image = _signature() if role == Role.SIGNATURE else _scene(role)
    out = BytesIO()
    form, name = ("PNG", "签字.png") if role == Role.SIGNATURE else ("JPEG", f"{Role(role).label}.jpg")
    image.save(out, form)
    out.seek(0)
    out.name, out.size = name, len(out.getvalue())  # type: ignore[attr-defined]
    return check(out)  # type: ignore[arg-type]


def _scene(role: str) -> Image.Image:
    """A pipe on a wall, with water below it before the repair; or a closed door."""
    image = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(image)
    if role == Role.ABSENT:
        pen.rectangle((200, 60, 440, 480), fill=DOOR)
        pen.ellipse((400, 260, 424, 284), fill=PIPE)
        return image
    pen.rectangle((290, 0, 350, 300), fill=PIPE)
    pen.rectangle((260, 200, 380, 250), fill=PIPE if role == Role.BEFORE else (190, 190, 180))
    if role == Role.BEFORE:
        pen.polygon([(300, 300), (340, 300), (420, 440), (220, 440)], fill=WATER)
    return image


def _signature() -> Image.Image:
    """Three strokes on a see-through ground."""
    image = Image.new("RGBA", (660, 280), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for stroke in (
        [(120, 60), (110, 150), (90, 210)],
        [(120, 62), (230, 58), (232, 200), (210, 190)],
        [(300, 80), (420, 70), (360, 90), (358, 210), (300, 150), (430, 140), (330, 215), (450, 205)],
    ):
        pen.line(stroke, fill=(*INK, 255), width=6, joint="curve")
    return image
