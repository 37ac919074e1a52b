"""Images from strangers: only their pixels are kept. Place, camera, hidden bytes and whatever was behind the end are gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from PIL import Image, ImageOps

from reception.core.flow import Refused

SIDE, SMALL = 2400, 400
MOST_PIXELS = 50_000_000
# One open image takes up to 200 MB: no more than two at a time, however many people upload.
TURN = BoundedSemaphore(2)
FORMATS = {"JPEG": ("image/jpeg", {"quality": 86, "optimize": True}), "PNG": ("image/png", {}),
           "WEBP": ("image/webp", {"quality": 86})}  # fmt: skip
BROKEN = "不是完整的图片，打不开。请在手机或电脑上先打开看看，另存为 JPG 再传。"


@dataclass(frozen=True)
class Picture:
    """A rebuilt image: its bytes and type, the preview's bytes (JPEG), and its size in pixels."""

    data: bytes
    mime: str
    small: bytes
    width: int
    height: int


def rebuild(data: bytes, form: str, name: str) -> Picture:
    """The picture in `data`, drawn anew: upright, at most SIDE pixels a side, nothing beside the pixels.

    form: JPEG, PNG or WEBP, as its name claims; name: for the sentence. Raises Refused("invalid").
    """
    try:
        with TURN:
            return _rebuilt(data, form, name)
    except Refused:
        raise
    except Exception as error:  # a decoder that meets hostile bytes may fail in any way it likes
        raise Refused("invalid", f"“{name}”{BROKEN}", field="file") from error


def blank(data: bytes) -> bool:
    """Whether a rebuilt image shows nothing: no stroke on its see-through or one-coloured ground."""
    with Image.open(BytesIO(data)) as image:
        seen = image.getchannel("A") if image.mode == "RGBA" else image.convert("L")
        low, high = seen.getextrema()
        return low == high


def _rebuilt(data: bytes, form: str, name: str) -> Picture:
    with Image.open(BytesIO(data), formats=[form]) as source:
        if source.width * source.height > MOST_PIXELS:
            raise Refused(
                "invalid",
                f"“{name}”有 {source.width}×{source.height} 像素，太大了，请缩小到 5000 万像素以内再传。",
                field="file",
            )
        source.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than needed
        source.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(source)
        drawn = _pixels(upright, "RGBA" if _clear(upright) and form != "JPEG" else "RGB")
    small = _on_paper(drawn)
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    mime, options = FORMATS[form]
    return Picture(_saved(drawn, form, options), mime, _saved(small, "JPEG", {"quality": 80}), *drawn.size)


def _clear(image: Image.Image) -> bool:
    """Whether parts of it may be see-through."""
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _pixels(image: Image.Image, mode: str) -> Image.Image:
    """A new image with the same pixels and nothing else: no profile, comment or tag comes along."""
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    return bare


def _on_paper(image: Image.Image) -> Image.Image:
    """The same on white, for a preview has no see-through parts."""
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return paper


def _saved(image: Image.Image, form: str, options: Mapping[str, Any]) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
