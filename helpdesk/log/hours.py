"""A time as people say it: 下午4点, 约4点半, 明早, 周五上午, 下周一9点, 25号下午, 半小时后. Pure: it reads nothing, it never raises."""

import re
from datetime import date, datetime, timedelta

from reception.core.clock.periods import local

DAYS = {"今天": 0, "今日": 0, "今": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3}
# 早上 → the hour meant when none is said.
HALVES = {"早上": 8, "早": 8, "上午": 9, "中午": 12, "下午": 14, "傍晚": 18, "晚上": 19, "晚": 19}
EVENING = {"下午", "傍晚", "晚上", "晚"}
OPENS = 9  # a day without an hour: when the desk's day begins
WEEK = "一二三四五六日天"
HOURS = {char: n for n, char in enumerate("零一二三四五六七八九十", 0)} | {"十一": 11, "十二": 12, "两": 2}
ABOUT = r"(?:大约|大概|约在|约好|预约|约)?"
DAY = (
    r"(?:(?P<day>大后天|今天|今日|明天|明日|后天|今(?=[早晚])|明(?=[早晚]))"
    rf"|(?P<next>下|本|这)?(?:个)?(?:周|星期|礼拜)(?P<week>[{WEEK}])"
    r"|(?:(?P<month>\d{1,2})月)?(?P<date>\d{1,2})[日号])"
)
HALF = r"(?P<half>上午|早上|中午|下午|晚上|傍晚|早|晚)"
HOUR = r"(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])(?:[:点时](?P<minute>\d{1,2}|半|一刻|三刻)?分?)"
SAID = re.compile(rf"{ABOUT}{DAY}?{HALF}?(?:{HOUR})?(?:之前|以前|左右|以后|之后|前|后|来)?")
LATER = re.compile(
    rf"{ABOUT}(?:过)?(?P<count>\d{{1,3}}|半|[一二两三四五六七八九十])(?:个)?(?P<unit>小时|钟头|分钟|天)(?P<half>半)?(?:以后|之后|后)"
)
QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}


def parse_when(word: str, at: datetime) -> datetime | None:
    """The instant after `at` that `word` means; None when it means none, or one that has passed.

    An hour that has passed today without a day said means the afternoon, else tomorrow. A day without an hour means
    the beginning of that part of the day.
    """
    later = LATER.fullmatch(word)
    if later:
        return _after(later, at)
    found = SAID.fullmatch(word)
    if not found or not (found["day"] or found["week"] or found["date"] or found["half"] or found["hour"]):
        return None
    if found["day"] in ("今", "明") and not found["half"]:
        return None
    on = _day(found, local(at).date())
    clock = _clock(found)
    if on is None or clock is None:
        return None
    here = local(at).replace(year=on.year, month=on.month, day=on.day, hour=clock[0], minute=clock[1])
    return _ahead(here.replace(second=0, microsecond=0), found, at)


def _after(later: re.Match[str], at: datetime) -> datetime:
    """半小时后, 20分钟后, 两天后."""
    count = 0.5 if later["count"] == "半" else float(_number(later["count"]))
    count += 0.5 if later["half"] else 0
    unit = {"分钟": timedelta(minutes=1), "天": timedelta(days=1)}.get(later["unit"], timedelta(hours=1))
    return at + count * unit


def _day(found: re.Match[str], today: date) -> date | None:
    """The day that was said, today when none was; None for a day that no calendar has."""
    if found["day"]:
        return today + timedelta(days=DAYS[found["day"]])
    if found["week"]:
        weekday = min(WEEK.index(found["week"]), 6)
        gap = weekday - today.weekday()
        # 周三 said on a Thursday is the next one; 下周 always the week after this one.
        return today + timedelta(
            days=gap + (7 if found["next"] == "下" or (gap < 0 and not found["next"]) else 0)
        )
    if found["date"]:
        return _date(found, today)
    return today


def _date(found: re.Match[str], today: date) -> date | None:
    """25号 in this month, or in the next when it has passed; 3月2日 likewise by the year."""
    day, month = int(found["date"]), int(found["month"] or today.month)
    try:
        on = date(today.year, month, day)
        if on >= today:
            return on
        if found["month"]:
            return date(today.year + 1, month, day)
        return date(today.year + month // 12, month % 12 + 1, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> tuple[int, int] | None:
    """(hour, minute); None for 25点."""
    half = found["half"] or ""
    if not found["hour"]:
        return HALVES.get(half, OPENS), 0
    hour, said = _number(found["hour"]), found["minute"] or "0"
    minute = QUARTERS[said] if said in QUARTERS else int(said)
    if (half in EVENING and hour < 12) or (half == "中午" and hour < 11):
        hour += 12
    return (hour, minute) if hour <= 23 and minute <= 59 else None


def _ahead(here: datetime, found: re.Match[str], at: datetime) -> datetime | None:
    """`here` when it lies ahead; an hour of today that has passed is the evening's, else tomorrow's."""
    if here <= at and not (found["day"] or found["week"] or found["date"]) and found["hour"]:
        evening = here + timedelta(hours=12)
        here = evening if evening > at and here.hour < 12 and not found["half"] else here + timedelta(days=1)
    return here if here > at else None


def _number(word: str) -> int:
    """4, 四, 十一 as a number."""
    return int(word) if word.isdecimal() else HOURS[word]
