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
    # Telephones as people write them, with gaps, country and extension; what stands before them belongs to them.
    ("3-502 张 138 0013 8000 漏水", Draft(place=Place("3", "", "502"), caller_name="张", number="13800138000", content="漏水")),
    ("+86-138-0013-8000 灯不亮", Draft(number="13800138000", content="灯不亮")),
    ("手机：138.0013.8000，马桶堵了", Draft(number="13800138000", content="马桶堵了")),
    ("电话 (021) 6543 2100 转 801 空调 不凉", Draft(number="02165432100", content="空调 不凉")),
    ("65432100 周老师 投影仪坏了", Draft(number="65432100", caller_name="周", caller_title="老师", content="投影仪坏了")),
    # Names: double surnames, 小张, titles; a company; the kind as a word of its own.
    ("欧阳女士 门禁卡 失灵", Draft(caller_name="欧阳", caller_title="女士", content="门禁卡 失灵")),
    ("小张 说灯坏了", Draft(caller_name="小张", content="说灯坏了")),
    ("张经理 知行科技有限公司 咨询 会议室怎么订", Draft(
        caller_name="张", caller_title="经理", company="知行科技有限公司", kind="enquiry", content="会议室怎么订")),
    ("投诉 7-1503 李先生 楼上太吵", Draft(
        kind="complaint", place=Place("7", "", "1503"), caller_name="李", caller_title="先生", content="楼上太吵")),
    # The address may run on into the room, or into the trouble; commas are as good as spaces.
    ("3-502厨房 漏水", Draft(place=Place("3", "", "502"), spot="厨房", content="漏水")),
    ("3栋502漏水，王女士，约明天上午，急", Draft(
        place=Place("3", "", "502"), caller_name="王", caller_title="女士", content="漏水", appoint_at=hour(9, days=1), urgent=True)),
    ("漏水 约 下午4点", Draft(content="漏水", appoint_at=hour(16))),
    ("约 人来看看", Draft(content="约 人来看看")),
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
    # AT is a Wednesday at 10.
    ("约4点", hour(16)),
    ("约下午4点半左右", hour(16, 30)),
    ("下午", hour(14)),
    ("上午", None),
    ("明早", hour(8, days=1)),
    ("明早9点一刻", hour(9, 15, days=1)),
    ("今晚", hour(19)),
    ("今晚8点", hour(20)),
    ("明天", hour(9, days=1)),
    ("明", None),
    ("大后天下午3点", hour(15, days=3)),
    ("周五上午10点", hour(10, days=2)),
    ("星期三下午2点", hour(14)),
    ("周一", hour(9, days=5)),
    ("下周三9点", hour(9, days=7)),
    ("本周一", None),
    ("礼拜天下午", hour(14, days=4)),
    ("25号下午", hour(14, days=4)),
    ("10月23日9点", hour(9, days=2)),
    ("20号", datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI)),
    ("3月2日", datetime(2027, 3, 2, 9, 0, tzinfo=SHANGHAI)),
    ("2月30日", None),
    ("31号", hour(9, days=10)),
    ("4点前", hour(16)),
    ("一个半小时后", None),
    ("两天后", AT + timedelta(days=2)),
    ("3", None),
    ("漏水", None),
]


@pytest.mark.parametrize(("word", "when"), TIMES)
def test_E5_3_1_times_as_people_say_them(word, when):
    assert parse_when(word, AT) == when


@given(
    st.text(
        alphabet=st.sampled_from(
            "3-502张女士周五号月约大明早晚投诉公司,+.转下午4点半急重大 漏水明天:13800138000\u3000十两小时后A座"
        ),
        max_size=60,
    )
)
def test_no_line_raises_and_a_time_lies_ahead(text):
    draft = parse_line(text, AT)
    assert draft.appoint_at is None or draft.appoint_at > AT


@given(st.text(max_size=80))
def test_no_text_raises(text):
    assert isinstance(parse_line(text, AT), Draft)
