"""One typed line as a draft: `3-502 张 漏水 下午4点 急` fills the whole form. Pure: it reads nothing, it never raises."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk.directory.numbers import MOBILE, normalize
from helpdesk.directory.places import Place, parse_place
from reception.core.clock.periods import local

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳"
    "史唐费廉岑薛雷贺倪汤滕罗毕郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童郭梅林钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包石崔龚程嵇邢裴陆翁侯曾关叶白岳"
)
TITLES = ("女士", "先生", "老师", "师傅", "小姐", "总", "工")
NAME = re.compile(rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?)(?P<title>{'|'.join(TITLES)})?")
# 马桶, 管道, 白墙 begin like names; a word with one of these is a thing.
THINGS = set("桶道管灯墙水电门窗锁梯漏堵坏停热冷线路板砖器柜床")
URGENT = {"急", "紧急", "加急", "很急", "马上"}
IMPORTANT = {"重大", "重要"}
DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
AFTERNOON = {"下午", "晚上", "傍晚"}
HOURS = {char: n for n, char in enumerate("零一二三四五六七八九十", 0)} | {"十一": 11, "十二": 12, "两": 2}
HOUR = re.compile(
    r"(?P<day>今天|今日|明天|明日|后天)?(?P<half>上午|早上|中午|下午|晚上|傍晚)?"
    r"(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])(?:[:点时](?P<minute>\d{1,2}|半)?分?)(?:前|后|左右|来)?"
)
LATER = re.compile(r"(?P<count>\d{1,3}|半|[一二两三])(?:个)?(?P<unit>小时|分钟)后")


@dataclass(frozen=True)
class Draft:
    """What the line said; what it did not say is empty. appoint_at is the time asked for, None for at once."""

    place: Place | None = None
    number: str = ""
    caller_name: str = ""
    caller_title: str = ""
    content: str = ""
    appoint_at: datetime | None = None
    urgent: bool = False
    important: bool = False


def parse_line(text: str, at: datetime) -> Draft:
    """The draft that a line means at `at`: words between spaces, in any order; the rest is the content."""
    found: dict[str, object] = {}
    rest: list[str] = []
    for word in unicodedata.normalize("NFKC", text).split():
        if not _read(word, at, found):
            rest.append(word)
    return Draft(content=" ".join(rest), **found)  # type: ignore[arg-type]


def _read(word: str, at: datetime, found: dict[str, object]) -> bool:
    """Whether `word` is one of the known parts and is the first of its sort; puts it into `found`."""
    if word in URGENT or word in IMPORTANT:
        found["urgent" if word in URGENT else "important"] = True
        return True
    place = parse_place(word)
    if place and "place" not in found:
        found["place"] = place
        return True
    digits = normalize(word)
    if (MOBILE.fullmatch(digits) or re.fullmatch(r"0?\d[\d-]{6,12}", word)) and "number" not in found:
        found["number"] = digits
        return True
    when = parse_when(word, at)
    if when and "appoint_at" not in found:
        found["appoint_at"] = when
        return True
    name = NAME.fullmatch(word)
    if name and "caller_name" not in found and (name["title"] or not set(word) & THINGS):
        found |= {"caller_name": name["name"], "caller_title": name["title"] or ""}
        return True
    return False


def parse_when(word: str, at: datetime) -> datetime | None:
    """下午4点, 4点半, 明天9:30, 半小时后 as an instant after `at`; None when the word is none of these.

    An hour that has passed today without a day said means the afternoon, else tomorrow.
    """
    later = LATER.fullmatch(word)
    if later:
        count = 0.5 if later["count"] == "半" else _number(later["count"])
        return at + (timedelta(hours=count) if later["unit"] == "小时" else timedelta(minutes=count))
    found = HOUR.fullmatch(word)
    if not found:
        return None
    hour, minute = _number(found["hour"]), 30 if found["minute"] == "半" else int(found["minute"] or 0)
    if (found["half"] in AFTERNOON and hour < 12) or (found["half"] == "中午" and hour < 11):
        hour += 12
    if hour > 23 or minute > 59:
        return None
    here = local(at).replace(hour=hour, minute=minute, second=0, microsecond=0)
    here += timedelta(days=DAYS.get(found["day"] or "", 0))
    if here <= at and not found["day"]:
        evening = here + timedelta(hours=12)
        here = evening if evening > at and hour < 12 and not found["half"] else here + timedelta(days=1)
    return here if here > at else None


def _number(word: str) -> int:
    """4, 四, 十一 as a number."""
    return int(word) if word.isdecimal() else HOURS[word]
