"""日程: drafted, edited with its checks, shifted on the day with undo, moved with the visit (A3.2, A5.1, A5.2)."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.models import Clock, Notice
from tests.engines.race import errors, race, winners
from tests.factories.day import H, item, make_day, plan_of, times
from tests.factories.visits import make_reception
from visits.itinerary import actions
from visits.itinerary.policies import check_rows
from visits.models import Reception

pytestmark = pytest.mark.django_db
M = timedelta(minutes=1)


def shift(reception, minutes, by, at, **over):
    return actions.shift(plan_of(reception), minutes, by=by, at=at, **over)


def test_A5_2_the_approval_drafts_the_itinerary_from_dates_and_needs(cast, at):
    arrive = at.replace(hour=9) + timedelta(days=10)
    one = make_reception(cast, "preparing", at=at, arrive_at=arrive, leave_at=arrive + 8 * H,
                         needs=["pick", "room", "tour", "meal"])  # fmt: skip
    assert times(one) == {"接站": "08:15–09:00", "欢迎，介绍公司概况": "09:00–09:15", "会议洽谈": "09:15–10:45",
                          "午餐": "12:00–13:00", "参观车间与展厅": "13:00–14:30", "送站": "17:00–17:45"}  # fmt: skip
    row = plan_of(one).items.get(kind="welcome")
    assert (row.person, row.department.code) == (cast.vgm, "sales")


def test_A5_2_a_stay_overnight_has_dinner_bed_and_a_second_day(cast, at):
    arrive = at.replace(hour=14) + timedelta(days=10)
    one = make_reception(
        cast, "preparing", at=at, arrive_at=arrive, leave_at=arrive + 24 * H, needs=["room", "meal", "bed"]
    )
    rows = [(row.what, row.start.astimezone(at.tzinfo).day) for row in plan_of(one).items.all()]
    assert rows == [
        ("欢迎，介绍公司概况", 31),
        ("会议洽谈", 31),
        ("晚餐", 31),
        ("入住酒店", 31),
        ("会议洽谈", 1),
        ("午餐", 1),
    ]


@pytest.mark.parametrize("hours", [1, 5, 30, 100])
def test_A5_2_every_draft_passes_the_checks_of_an_edit(cast, at, hours):
    one = make_reception(cast, "preparing", at=at, leave_at=at + timedelta(days=10, hours=hours),
                         needs=["pick", "room", "tour", "meal", "bed"])  # fmt: skip
    rows = [{name: getattr(row, name) for name in actions.COLUMNS} for row in plan_of(one).items.all()]
    assert rows
    check_rows(one, rows)


def test_A5_2_the_forms_own_rows_come_before_what_is_supposed(cast, at):
    from visits.arrangements.models import CarRow, MeetingRow, TicketRow

    one = make_reception(cast, "preparing", at=at, needs=["pick", "room"])
    CarRow.objects.create(reception=one, ride="pick_up", starts=one.arrive_at - H, place="湖州站")
    MeetingRow.objects.create(
        reception=one, starts=one.arrive_at + H, ends=one.arrive_at + 2 * H, place="一号会议室"
    )
    TicketRow.objects.create(reception=one, number="G7182", departs=one.leave_at + H)
    actions.redraft(plan_of(one), by=cast.sales, at=at)
    rows = {row.what: (row.place, row.fixed) for row in plan_of(one).items.all()}
    assert rows == {"接站": ("湖州站", False), "欢迎，介绍公司概况": ("大厅", False), "会议洽谈": ("一号会议室", False),
                    "送站": ("", False), "G7182 发车": ("", True)}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [([("参观", 1, 2), ("会议", 2, 1)], "“参观”10月21日 10:00–12:00 与“会议”10月21日 11:00–12:00 重叠"),
     ([("会议", 11, 1)], "不在来访时间"), ([("会议", -2, 1)], "不在来访时间"), ([("", 1, 1)], "没有写事项"), ([("会议", 1, -1)], "结束时间要晚于开始时间")],
)  # fmt: skip
def test_A5_2_what_cannot_be_is_refused_with_a_sentence(cast, at, rows, sentence):
    one = make_day(cast, at)
    nine = one.arrive_at
    before = times(one)
    with pytest.raises(Refused, match=sentence):
        actions.save(
            plan_of(one),
            [item(what, nine + start * H, hours) for what, start, hours in rows],
            by=cast.sales,
            at=at,
        )
    assert times(one) == before


def test_A5_2_side_by_side_and_journeys_outside_are_fine(cast, at):
    one = make_day(cast, at)
    nine = one.arrive_at
    rows = [
        item("会议", nine, 2),
        item("夫人参观", nine + H, 1, parallel=True),
        item("接站", nine - H, 1, kind="pick"),
    ]
    actions.save(plan_of(one), rows, by=cast.sales, at=at)
    assert len(times(one)) == 3


@pytest.mark.parametrize(("name", "refused"), [("sales", ""), ("sales_head", ""), ("reception", ""), ("office", ""),
                                               ("tech", "forbidden"), ("vgm", "forbidden"), ("auditor", "forbidden")])  # fmt: skip
def test_A3_2_the_responsible_side_edits(cast, at, name, refused):
    one, code = make_day(cast, at), ""
    try:
        actions.save(plan_of(one), [], by=getattr(cast, name), at=at)
    except Refused as found:
        code = found.code
    assert code == refused


@pytest.mark.parametrize("status", ["settling", "archived"])
def test_A3_2_what_is_over_is_not_edited(cast, at, status):
    one = make_day(cast, at)
    other = make_reception(cast, status, at=at)
    assert one
    with pytest.raises(Refused, match="日程不能再改"):
        actions.save(plan_of(other), [], by=cast.sales, at=at)


def test_A5_1_twenty_minutes_late_shifts_the_rest_and_leaves_the_train(cast, at):
    one = make_day(cast, at, "receiving")
    found = shift(one, 20, cast.sales, at)
    assert times(one) == {"欢迎": "09:00–09:30", "会议": "09:30–11:20", "参观": "11:20–12:20", "午餐": "12:20–13:20",
                          "技术交流": "14:20–16:20", "动车": "17:00–17:30"}  # fmt: skip
    assert (found.label, found.squeezes) == ("晚 20 分钟", [])
    assert {row.what for row in plan_of(one).items.all() if row.start != row.planned_start} == {
        "参观",
        "午餐",
        "技术交流",
    }


def test_A5_1_a_squeeze_is_said_before_and_recorded(cast, at):
    one = make_day(cast, at, "receiving")
    found = shift(one, 90, cast.sales, at)
    assert found.squeezes == ["“技术交流”15:30–17:30 与“动车”17:00（不动）碰上"]
    event = events_of(one).get(verb="shift")
    assert (event.label, event.detail["minutes"]) == ("日程顺延", 90)
    assert (
        event.reason
        == "晚 90 分钟：参观 12:30、午餐 13:30、技术交流 15:30；“技术交流”15:30–17:30 与“动车”17:00（不动）碰上"
    )


def test_A5_1_earlier_is_a_negative_number(cast, at):
    one = make_day(cast, at, "receiving")
    assert shift(one, -10, cast.sales, at).label == "早 10 分钟"
    assert times(one)["参观"] == "10:50–11:50"


def test_A5_1_those_concerned_are_told_once(cast, at):
    one = make_day(cast, at, "receiving")
    one.colleagues.add(cast.tech)
    Notice.objects.all().delete()
    shift(one, 20, cast.sales_head, at)
    told = [str(row.to) for row in Notice.objects.filter(title__contains="日程晚 20 分钟")]
    assert sorted(told) == sorted(["何志远", "顾清", "方可", "林晓雯", "周宁"])
    # The front desk may not open the reception: its line says all, and leads nowhere it would be refused.
    ways = dict(Notice.objects.filter(title__contains="日程晚 20 分钟").values_list("to__username", "url"))
    assert (ways["clerk"], ways["sales"]) == ("/notices/", f"{one.get_absolute_url()}itinerary/")


def test_A5_1_the_front_desk_hears_nothing_of_a_secret_one(cast, at):
    one = make_day(cast, at, "receiving")
    Reception.objects.filter(pk=one.pk).update(secret=True)
    shift(one, 20, cast.sales_head, at)
    assert list(Notice.objects.filter(title__contains="日程晚", to__username__startswith="clerk")) == []


def test_A5_1_due_times_before_the_arrival_follow_and_their_clocks(cast, at):
    """Two hours before the guests come: what is due at T-1h is due twenty minutes later."""
    early = at.replace(hour=7)
    one = make_reception(
        cast,
        "preparing",
        at=at - timedelta(days=9),
        arrive_at=at.replace(hour=9),
        leave_at=at.replace(hour=19),
        tier="business",
        needs=["room"],
    )
    task = one.tasks.open().get(duty__startswith="会议室")
    type(task).objects.filter(pk=task.pk).update(due_at=at.replace(hour=8))
    shift(one, 20, cast.sales, early)
    task.refresh_from_db()
    clock = Clock.objects.of(task).open().get()
    assert (task.due_at, clock.due_at) == (at.replace(hour=8) + 20 * M,) * 2


def test_A5_1_it_is_taken_back_within_minutes(cast, at):
    one = make_day(cast, at, "receiving")
    before = times(one)
    shift(one, 20, cast.sales, at)
    actions.unshift(plan_of(one), by=cast.sales, at=at + 10 * M)
    assert times(one) == before
    assert [event.label for event in events_of(one).filter(verb__in=("shift", "unshift"))] == [
        "日程顺延",
        "撤回顺延",
    ]


@pytest.mark.parametrize("late", [True, False])
def test_A5_1_later_or_twice_it_is_not_taken_back(cast, at, late):
    one = make_day(cast, at, "receiving")
    shift(one, 20, cast.sales, at)
    if not late:
        actions.unshift(plan_of(one), by=cast.sales, at=at + M)
    with pytest.raises(Refused, match="15 分钟以内"):
        actions.unshift(plan_of(one), by=cast.sales, at=at + (20 if late else 2) * M)


@pytest.mark.parametrize("minutes", [0, 721, -721])
def test_A5_1_an_impossible_shift_is_refused(cast, at, minutes):
    with pytest.raises(Refused, match="1 到 720"):
        shift(make_day(cast, at, "receiving"), minutes, cast.sales, at)


def test_A5_1_when_nothing_is_left_today_nothing_shifts(cast, at):
    with pytest.raises(Refused, match="没有还没开始"):
        shift(make_day(cast, at, "receiving"), 20, cast.sales, at + timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "refused"),
    [("sales", ""), ("vgm", ""), ("reception", ""), ("tech", "forbidden"), ("auditor", "forbidden")],
)
def test_A5_1_the_host_may_call_it_too(cast, at, name, refused):
    one, code = make_day(cast, at, "receiving"), ""
    try:
        shift(one, 10, getattr(cast, name), at)
    except Refused as found:
        code = found.code
    assert code == refused


def test_a_moved_visit_takes_its_itinerary_along(cast, at):
    one = make_day(cast, at)
    assert actions.move_days(one, timedelta(days=2), by=cast.sales, at=at) == 6
    row = plan_of(one).items.get(what="动车")
    assert (row.start, row.planned_start) == (at.replace(hour=17) + timedelta(days=2),) * 2


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_1_two_who_press_at_once_shift_once(cast, at):
    one = make_day(cast, at, "receiving")
    first, second = plan_of(one), plan_of(one)
    outcomes = race(
        lambda: actions.shift(first, 20, by=cast.sales, at=at),
        lambda: actions.shift(second, 20, by=cast.vgm, at=at),
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)], times(one)["参观"]) == (
        1,
        ["stale"],
        "11:20–12:20",
    )
    assert Reception.objects.count() == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_2_an_edit_and_a_shift_at_once_never_mix(cast, at):
    one = make_day(cast, at, "receiving")
    first, second, nine = plan_of(one), plan_of(one), one.arrive_at
    outcomes = race(
        lambda: actions.shift(first, 20, by=cast.sales, at=at),
        lambda: actions.save(second, [item("会议", nine + 3 * H)], by=cast.sales_head, at=at),
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert len(times(one)) == (6 if outcomes[0].won else 1)


def test_A5_1_an_evening_past_midnight_is_the_same_day_the_next_morning_is_not(cast, at):
    late = at.replace(hour=22, minute=0)
    one = make_reception(
        cast, "receiving", at=at - timedelta(days=9), arrive_at=at.replace(hour=9), leave_at=late + 24 * H
    )
    rows = [item("晚宴", late + H, 1.5), item("送到酒店", late + 3 * H), item("早餐", late + 10 * H)]
    actions.save(plan_of(one), rows, by=cast.sales, at=at)
    found = shift(one, 20, cast.sales, late)
    assert [str(row.item) for row in found.moved] == ["晚宴", "送到酒店"]
