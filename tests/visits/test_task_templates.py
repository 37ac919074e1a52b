"""A5 and A8.1: which tasks each tier gets, from records §1.3 written out here, not from the seed."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from reception.core.clock import calendar_for, clocks_of
from tests.conftest import SHANGHAI
from tests.factories.visits import approve, make_reception
from visits.requests.choices import Need
from visits.tasks.due import compress, due

pytestmark = pytest.mark.django_db

# dept, duty, 贵宾, 嘉宾, 商务, 业务; T arrival, E departure, d working days, h hours, — not created
TABLE = """
host         领导指挥接待工作：确认方案    T-3d  T-2d  T-1d  T-1d
host         介绍公司企业概况：备好简报    T-2d  T-1d  T-1d  T-2h
sales        组织安排接待：方案与日程      T-5d  T-3d  T-2d  T-1d
sales        报价、资质介绍说明            T-3d  T-2d  T-1d  T-1d
sales        样册、资质文件提供发放        T-2d  T-1d  T-1d  T-2h
sales        组织人员就餐                  T-2d  T-1d  T-1d  T-4h
sales        必要活动组织安排              T-3d  T-2d  T-1d  —
tech         引领客户参观                  T-2d  T-1d  T-1d  T-2h
tech         介绍产品种类、功能、工艺流程  T-2d  T-1d  T-1d  T-2h
tech         技术沟通交底                  T-2d  T-1d  T-1d  —
tech         方案确定                      E+1d  E+2d  E+3d  —
make         介绍生产排产及工期            T-2d  T-1d  T-1d  —
make         介绍发货、现场安装情况        T-2d  T-1d  T-1d  —
quality      介绍元器件品牌、质量          T-2d  T-1d  T-1d  —
quality      介绍产品认证及检验、试验      T-2d  T-1d  T-1d  —
quality      介绍售后服务                  T-2d  T-1d  T-1d  —
general      接站车辆                      T-3d  T-2d  T-1d  —
general      送站车辆                      E-2d  E-1d  E-1d  —
general      会议室或领导办公室            T-3d  T-2d  T-1d  T-1d
general      大屏幕欢迎词                  T-2d  T-1d  T-1d  —
general      公司外就餐                    T-3d  T-2d  T-1d  T-4h
general      礼品                          T-2d  T-1d  T-1d  —
general      来宾住宿                      T-3d  T-2d  T-2d  —
general      返程车船票购置                T-2d  T-1d  T-1d  —
general      协助营销部必要活动            T-3d  T-2d  T-1d  —
reception    预案与现场负责人              T-3d  T-2d  —     —
reception    展厅讲解词与讲解员            T-3d  T-2d  T-1d  —
sales        接待清单                      E+2d  E+2d  E+2d  E+2d
sales        回访                          E+3d  E+3d  E+3d  E+3d
sales        结算                          E+5d  E+5d  E+5d  E+5d
office       资源评价与归档                E+15d E+15d E+15d E+15d
"""
# A duty of ours beside the table of records §1.3: a ride inside the city, for a need of its own.
OURS = {"市内用车": "-2d"}
TIERS = ("vip", "guest", "business", "regular")
# Wednesday 2026-11-11 09:40 to Friday 2026-11-13 15:30: no holiday near, two weekends in between.
ARRIVE = datetime(2026, 11, 11, 9, 40, tzinfo=SHANGHAI)
LEAVE = datetime(2026, 11, 13, 15, 30, tzinfo=SHANGHAI)
# The same clock time, working days away, counted by hand from a wall calendar.
DAYS = {
    "T-1d": "11-10 09:40", "T-2d": "11-09 09:40", "T-3d": "11-06 09:40", "T-5d": "11-04 09:40",
    "T-2h": "11-11 07:40", "T-4h": "11-11 05:40", "E-1d": "11-12 15:30", "E-2d": "11-11 15:30",
    "E+1d": "11-16 15:30", "E+2d": "11-17 15:30", "E+3d": "11-18 15:30", "E+5d": "11-20 15:30", "E+15d": "12-04 15:30",
}  # fmt: skip


def rows_of(index):
    """(department, duty, due) that the column `index` of TABLE asks for."""
    found = []
    for line in TABLE.strip().splitlines():
        department, duty, *offsets = line.split()
        if offsets[index] != "—":
            found.append((department, duty, DAYS[offsets[index]]))
    return sorted(found)


def approved(cast, at, code="guest", **over):
    """A reception of that tier, asked for everything of the table, approved with an activity and a gift."""
    fields = {
        "tier": code,
        "host": cast.gm,
        "arrive_at": ARRIVE,
        "leave_at": LEAVE,
        "needs": [need for need in Need.values if need != Need.CAR],
        **over,
    }
    reception = make_reception(cast, "pending", at=at, **fields)
    return approve(reception, cast, at, activity_budget=Decimal(1), gift_budget=Decimal(1))


def made(reception):
    """(department, duty, due) of every task; the host's department is written host."""
    return sorted(
        (
            "host" if task.template.owner == "host" else task.department.code,
            task.duty,
            f"{task.due_at.astimezone(SHANGHAI):%m-%d %H:%M}",
        )
        for task in reception.tasks.select_related("template", "department")
    )


@pytest.mark.parametrize("code", TIERS)
def test_A8_1_each_tier_gets_exactly_its_column(cast, at, code):
    assert made(approved(cast, at, code)) == rows_of(TIERS.index(code))


def test_A8_1_the_base_is_guest_and_the_others_are_its_differences():
    from visits.models import TaskTemplate, TierOffset

    assert not TierOffset.objects.filter(tier__code="guest").exists()
    bases = dict(TaskTemplate.objects.filter(natures="").values_list("duty", "offset"))
    column = {line.split()[1]: line.split()[3][1:] for line in TABLE.strip().splitlines()}
    assert bases == {duty: offset for duty, offset in column.items() if duty != "预案与现场负责人"} | OURS


def test_A5_6_the_room_task_carries_its_checklist_with_times_of_its_own_and_the_vips_is_earlier(cast, at):
    """records §1.3: 茶水 T-1h · 桌椅 T-4h · 投影 T-4h · 环境卫生 T-2h, 贵宾 a day earlier for 桌椅 and 投影."""

    def checks(code):
        rows = approved(cast, at, code).tasks.get(template__code="room").checks.all()
        return [(row.words, f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}") for row in rows]

    assert checks("guest") == [
        ("茶水", "11-11 08:40"), ("桌椅摆放", "11-11 05:40"), ("投影播放", "11-11 05:40"), ("环境卫生", "11-11 07:40"),
    ]  # fmt: skip
    assert checks("vip") == [
        ("茶水", "11-11 08:40"), ("桌椅摆放", "11-10 09:40"), ("投影播放", "11-10 09:40"), ("环境卫生", "11-11 07:40"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("need", "codes"),
    [
        ("pick", {"pick_up", "see_off"}),
        ("car", {"city_car"}),
        ("room", {"room"}),
        ("sign", {"sign"}),
        ("meal", {"meal", "meal_out"}),
        ("bed", {"bed"}),
        ("tour", {"tour", "hall"}),
        ("docs", {"docs"}),
        ("ticket", {"ticket"}),
    ],
)
def test_A5_a_need_that_is_ticked_brings_its_tasks_and_only_those(cast, at, need, codes):
    def codes_of(needs):
        reception = make_reception(cast, "preparing", at=at, needs=needs)
        return set(reception.tasks.values_list("template__code", flat=True))

    assert codes_of([need]) - codes_of([]) == codes


def test_A8_1_the_hosts_tasks_are_the_hosts_own(cast, at):
    reception = approved(cast, at)
    rows = reception.tasks.filter(template__owner="host").values_list(
        "assignee__username", "department__code"
    )
    assert list(rows) == [("gm", "leaders"), ("gm", "leaders")]


def test_A8_2_the_office_takes_over_the_responsible_departments_duties(cast, at):
    reception = make_reception(
        cast, "draft", at=at, nature="other", department=cast.office.department, by=cast.sales_head
    )
    from visits.requests import actions

    actions.submit(reception, by=cast.sales_head, at=at)
    approve(reception, cast, at)
    owners = set(
        reception.tasks.filter(template__owner="responsible").values_list("department__code", flat=True)
    )
    assert owners == {"office"}


def test_A8_1_a_government_meeting_has_its_own_duties_and_always_a_contingency(cast, at):
    reception = approved(cast, at, "regular", nature="government")
    extra = set(made(reception)) - set(rows_of(3))
    assert sorted(duty for _, duty, _ in extra) == [
        "会场布置",
        "会议指南",
        "会议方案",
        "席卡、桌牌",
        "座位表",
        "预案与现场负责人",
    ]
    assert ("reception", "预案与现场负责人", DAYS["T-3d"]) in extra


def test_A5_short_notice_is_due_now_and_says_so(cast, at):
    """Nothing is born late in silence: due at the moment of approval, flagged, told louder."""
    reception = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(hours=26))
    hurried = reception.tasks.filter(compressed=True)
    assert {task.due_at for task in hurried} == {at}
    assert set(hurried.values_list("template__code", flat=True)) == {
        "host_command", "plan", "quote", "pick_up", "room", "meal_out", "contingency",
    }  # fmt: skip
    assert not reception.tasks.filter(due_at__lt=at).exists()
    notice = cast.general.notices.get()
    assert (notice.level, notice.title) == (
        "warn", "JD-2026-0001 远航重工集团考察：有 4 项任务待办，其中有时间紧、要立即办的",
    )  # fmt: skip


def test_A5_a_compressed_task_alarms_when_the_guests_arrive_not_at_birth(cast, at):
    reception = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(hours=26))
    clock = clocks_of(reception.tasks.get(template__code="room"))[0]
    assert (clock.due_at, clock.owner) == (reception.arrive_at, cast.general)


def test_A3_1a_a_visit_that_is_over_gets_only_what_follows_it(cast, at):
    why = {
        "retroactive": True,
        "retro_reason": "临时",
        "retro_agreed_by": "何志远",
        "retro_agreed_at": at - timedelta(days=4),
    }
    reception = make_reception(
        cast, "preparing", at=at, arrive_at=at - timedelta(days=3), leave_at=at - timedelta(days=2), **why
    )
    assert set(reception.tasks.values_list("template__code", flat=True)) == {
        "solution",
        "bill",
        "revisit",
        "settle",
        "archive",
    }


def test_due_counts_working_days_and_plain_hours():
    hours = calendar_for("office").hours
    monday = datetime(2026, 11, 9, 8, 0, tzinfo=SHANGHAI)
    assert due(monday, "-1d", hours) == datetime(2026, 11, 6, 8, 0, tzinfo=SHANGHAI)
    assert due(monday, "-2h", hours) == datetime(2026, 11, 9, 6, 0, tzinfo=SHANGHAI)
    for wrong in ("3d", "-3", "-3w", "", "--3d", "-3d\n"):
        with pytest.raises(ValueError, match="时限写法不对"):
            due(monday, wrong, hours)


def test_compress_only_what_is_past(at):
    assert compress(at - timedelta(seconds=1), at) == (at, True)
    assert compress(at, at) == (at, False)
