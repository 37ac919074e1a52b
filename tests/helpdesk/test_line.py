"""One typed line as a draft (E5.3.1; goals: `3-502 张 漏水 下午4点 急` + Enter)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.directory.places import Place
from helpdesk.log.line import Draft, parse_line, parse_when
from reception.core.clock.periods import SHANGHAI

AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def hour(h: int, m: int = 0, days: int = 0) -> datetime:
    return datetime(2026, 10, 21 + days, h, m, tzinfo=SHANGHAI)


def test_E5_3_1_a_whole_line():
    assert parse_line("3-502 张 漏水 下午4点 急", AT) == Draft(
        place=Place("3", "", "502"), caller_name="张", content="漏水", appoint_at=hour(16), urgent=True
    )


LINES = [
    ("漏水 3-502", Draft(place=Place("3", "", "502"), content="漏水")),
    ("A座1806 李先生 13800138000 空调不制冷", Draft(
        place=Place("A", "", "1806"), caller_name="李", caller_title="先生", number="13800138000", content="空调不制冷")),
    ("地下车库B1 照明不亮", Draft(content="地下车库B1 照明不亮")),
    ("3栋502　王女士　灯 坏了　重大", Draft(
        place=Place("3", "", "502"), caller_name="王", caller_title="女士", content="灯 坏了", important=True)),
    ("水管爆了 紧急", Draft(content="水管爆了", urgent=True)),
    ("马桶 堵了", Draft(content="马桶 堵了")),
    ("白墙 掉皮 白女士", Draft(caller_name="白", caller_title="女士", content="白墙 掉皮")),
    ("", Draft()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "draft"), LINES)
def test_E5_3_1_lines(text, draft):
    assert parse_line(text, AT) == draft


TIMES = [
    ("下午4点", hour(16)),
    ("16:30", hour(16, 30)),
    ("16点30分", hour(16, 30)),
    ("4点半", hour(16, 30)),
    ("四点", hour(16)),
    ("9点", hour(21)),
    ("上午9点", hour(9, days=1)),
    ("明天上午9点", hour(9, days=1)),
    ("后天9:15", hour(9, 15, days=2)),
    ("晚上8点", hour(20)),
    ("中午12点", hour(12)),
    ("今天9点", None),
    ("半小时后", AT + timedelta(minutes=30)),
    ("两小时后", AT + timedelta(hours=2)),
    ("20分钟后", AT + timedelta(minutes=20)),
    ("25点", None),
    ("3", None),
    ("漏水", None),
]


@pytest.mark.parametrize(("word", "when"), TIMES)
def test_E5_3_1_times_as_people_say_them(word, when):
    assert parse_when(word, AT) == when


@given(
    st.text(
        alphabet=st.sampled_from("3-502张女士下午4点半急重大 漏水明天:13800138000\u3000十两小时后A座"),
        max_size=60,
    )
)
def test_no_line_raises_and_a_time_lies_ahead(text):
    draft = parse_line(text, AT)
    assert draft.appoint_at is None or draft.appoint_at > AT


@given(st.text(max_size=80))
def test_no_text_raises(text):
    assert isinstance(parse_line(text, AT), Draft)
