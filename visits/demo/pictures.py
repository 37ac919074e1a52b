"""The demo's pictures, drawn from shapes while it loads: a letter with its seal, and scenes of the day. No binary lies in
the repository, and no font is needed."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from reception.core.files.checking import Checked, check

INK, PAPER, RED = (70, 74, 82), (252, 251, 247), (190, 44, 32)
# Sky, floor, and what stands on it, scene by scene.
SCENES = {
    "hall": ((214, 224, 236), (176, 184, 196), (60, 92, 150)),
    "line": ((226, 228, 224), (150, 158, 160), (200, 120, 40)),
    "table": ((236, 230, 220), (150, 112, 78), (70, 100, 80)),
    "gate": ((190, 214, 238), (140, 148, 150), (150, 52, 44)),
}


class Drawn(BytesIO):
    """Bytes with a name, as an upload has."""

    def __init__(self, name: str, image: Image.Image) -> None:
        super().__init__()
        image.save(self, "JPEG", quality=82)
        self.name, self.size = name, self.tell()
        self.seek(0)


@cache
def letter() -> Checked:
    """A scanned letter: a red head, lines of writing, a round seal. Judged once, like any upload."""
    page = Image.new("RGB", (620, 877), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((150, 70, 470, 104), fill=RED)
    pen.rectangle((60, 128, 560, 132), fill=RED)
    pen.rectangle((210, 180, 410, 200), fill=INK)
    for row in range(9):
        pen.rectangle(
            (96 if row % 4 == 0 else 60, 250 + row * 44, 560 if row % 4 < 3 else 360, 260 + row * 44),
            fill=INK,
        )
    pen.rectangle((380, 700, 540, 712), fill=INK)
    pen.ellipse((400, 640, 540, 780), outline=RED, width=7)
    pen.polygon([(470, 676), (482, 712), (520, 712), (490, 734), (502, 770), (470, 748), (438, 770), (450, 734),
                 (420, 712), (458, 712)], fill=RED)  # fmt: skip
    return check(Drawn("公函.jpg", page))


@cache
def scene(kind: str, name: str) -> Checked:
    """A photograph of the day: a room or a yard, something in it, and a few people. kind: one of SCENES."""
    sky, floor, thing = SCENES[kind]
    shot = Image.new("RGB", (960, 640), sky)
    pen = ImageDraw.Draw(shot)
    pen.polygon([(0, 640), (0, 430), (320, 360), (960, 400), (960, 640)], fill=floor)
    pen.rectangle((90, 150, 470, 400), fill=thing)
    for column in range(4):
        pen.rectangle((120 + column * 88, 190, 180 + column * 88, 290), fill=sky)
    for index, height in enumerate((170, 190, 160, 182, 174)):
        left, coat = 500 + index * 84, (54 + index * 18, 60 + index * 9, 84 + index * 12)
        pen.ellipse((left + 16, 560 - height - 40, left + 52, 560 - height), fill=(226, 190, 160))
        pen.rounded_rectangle((left, 562 - height, left + 68, 590), 22, fill=coat)
    return check(Drawn(name, shot))
