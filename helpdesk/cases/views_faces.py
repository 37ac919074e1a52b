"""How kinds and states look on a page: one character, one colour, one sentence. Shared by all lists of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from reception.core.clock.periods import local

# kind → (character on the tile, colour of the tile)
FACES = {
    "repair": ("修", ""),
    "enquiry": ("询", "q"),
    "complaint": ("诉", "t"),
    "advice": ("议", "q"),
    "praise": ("赞", "v"),
    "help": ("助", "q"),
    "emergency": ("急", "e"),
    "transfer": ("转", "q"),
    "other": ("其", "q"),
    "collective": ("群", "e"),
    "visitor": ("访", "v"),
}
CALL_TONES = {"open": "warn", "converted": "brand", "led_on": "brand", "closed": "ok", "void": ""}
REPAIR_TONES = {
    "waiting": "warn",
    "handed": "brand",
    "acknowledged": "brand",
    "arrived": "brand",
    "working": "brand",
    "paused": "warn",
    "finished": "ok",
    "slip_back": "ok",
    "revisited": "ok",
    "closed": "",
    "cancelled": "",
    "void": "",
}


@dataclass(frozen=True)
class Mark:
    """A chip beside a title; url: where a press on it leads (为什么超时), "" for nowhere."""

    text: str
    tone: str
    url: str = ""


def face(kind: str) -> tuple[str, str]:
    """(character, colour) of a kind of call; a repair's for the unknown."""
    return FACES.get(kind, FACES["repair"])


def day_hour(at: datetime, now: datetime) -> str:
    """14:32 today, 明天09:00, 3月19日 09:00 on another day (Asia/Shanghai)."""
    here = local(at)
    days = (here.date() - local(now).date()).days
    near = {0: "", 1: "明天", -1: "昨天"}.get(days, f"{here.month}月{here.day}日 ")
    return f"{near}{here:%H:%M}"


def company() -> str:
    """What the desk calls itself on the telephone and on paper."""
    name = str(settings.ORGANISATION).split("·")[-1]
    return f"{name}客户服务部"
