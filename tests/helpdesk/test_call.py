"""The call: what it must say, when it is due, what it leads to (C6, C7, D4.1, D4.3)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from helpdesk.log.actions import convert, record_call, reply_close
from helpdesk.log.models import Call
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.clock.reading import clocks_of
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import category, make_call, make_resident, make_unit

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HEARD = {
    "content": "问物业费怎么交", "kind": "enquiry", "caller_name": "周", "number": "13800138000", "handling": "转财务",
}  # fmt: skip


def refused(act, *args, **kwargs) -> tuple[str, str]:
    """(code, field) of the refusal."""
    with pytest.raises(Refused) as info:
        act(*args, **kwargs)
    assert "。" in info.value.message
    return info.value.code, info.value.field


def recorded(cast, at, **heard):
    return record_call(by=cast.clerk, at=at, **{**HEARD, **heard})


@pytest.mark.parametrize("rings", [1, 3])
def test_C6_three_rings_need_no_reason(cast, at, rings):
    assert recorded(cast, at, rings=rings).rings == rings


@pytest.mark.parametrize(
    ("rings", "reason", "expected"),
    [
        (4, "", ("missing", "rings_reason")),
        (4, "  ", ("missing", "rings_reason")),
        (0, "忙", ("invalid", "rings")),
        (21, "忙", ("invalid", "rings")),
    ],
)
def test_C6_above_three_says_why_and_the_count_is_possible(cast, at, rings, reason, expected):
    assert refused(recorded, cast, at, rings=rings, rings_reason=reason) == expected
    assert Call.objects.count() == 0


def test_C6_a_slow_answer_with_its_reason_is_kept(cast, at):
    call = recorded(cast, at, rings=7, rings_reason="正在接另一个电话")
    assert (call.rings, call.rings_reason) == (7, "正在接另一个电话")


@pytest.mark.parametrize("broken", [{"rings": 4}, {"rings": 21, "rings_reason": "忙"}, {"rings": 0}])
def test_C6_the_database_refuses_too(cast, at, broken):
    call = recorded(cast, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**broken)


@pytest.mark.parametrize("field", ["content", "caller_name"])
def test_C7_a_record_says_who_and_what(cast, at, field):
    assert refused(recorded, cast, at, **{field: "  "}) == ("missing", field)


def test_C7_a_record_leads_to_an_action_or_says_why_none(cast, at):
    assert refused(recorded, cast, at, handling="") == ("missing", "handling")
    assert recorded(cast, at, handling="", kind="repair").status == "open"
    assert recorded(cast, at, handling="", reply="每月十号前交").status == "closed"
    assert recorded(cast, at, handling="", reply_due_at=at + MINUTE).status == "open"


def test_C7_a_telephone_call_keeps_the_number_to_call_back(cast, at):
    assert refused(recorded, cast, at, number="") == ("missing", "number")
    assert recorded(cast, at, number="", channel="visit").number == ""
    assert recorded(cast, at, number="+86 138-0013 8000").number == "13800138000"


def test_C8_a_leader_who_calls_is_known(cast, at):
    leader = make_resident("高原", "13900000001", is_leader=True)
    assert recorded(cast, at, resident=leader).resident.is_leader


def test_D4_1_due_the_same_service_day_and_the_clock_stops_with_the_answer(cast, at):
    call = recorded(cast, at)
    (clock,) = clocks_of(call)
    assert clock.rule == "helpdesk.call"
    assert clock.due_at == datetime(2026, 10, 21, 20, 0, tzinfo=SHANGHAI)
    reply_close(call, by=cast.clerk2, at=at + 10 * MINUTE, reply="每月十号前交到财务室")
    call.refresh_from_db()
    assert (call.status, call.replied_by, call.closed_at) == ("closed", cast.clerk2, at + 10 * MINUTE)
    (clock,) = clocks_of(call)
    assert (clock.stopped_at, clock.breached_at) == (at + 10 * MINUTE, None)


def test_D4_1_a_promise_to_call_back_is_the_limit(cast, at):
    call = recorded(cast, at, reply_due_at=at + 60 * MINUTE)
    assert clocks_of(call)[0].due_at == at + 60 * MINUTE
    assert list(Call.objects.open().late(at + 61 * MINUTE)) == [call]
    reply_close(call, by=cast.clerk, at=at + 90 * MINUTE, reply="已回电")
    assert list(Call.objects.late(at + 100 * MINUTE)) == [call], "answered late stays late"


def test_D4_1_a_promise_lies_ahead(cast, at):
    assert refused(recorded, cast, at, reply_due_at=at) == ("invalid", "reply_due_at")


def test_D4_1_a_call_at_night_is_due_the_next_service_day(cast):
    night = datetime(2026, 10, 21, 22, 30, tzinfo=SHANGHAI)
    assert clocks_of(recorded(cast, night))[0].due_at == datetime(2026, 10, 22, 20, 0, tzinfo=SHANGHAI)


def test_D4_1_closing_needs_the_answer(cast, at):
    call = recorded(cast, at)
    assert refused(reply_close, call, by=cast.clerk, at=at, reply=" ") == ("missing", "reply")
    assert call.status == "open"


def test_D4_1_an_answer_on_the_line_closes_at_once_without_a_clock(cast, at):
    call = recorded(cast, at, reply="每月十号前交")
    call.refresh_from_db()
    assert (call.status, call.closed_at, call.replied_by, clocks_of(call)) == ("closed", at, cast.clerk, [])


def test_D4_3_1_a_category_belongs_to_its_kind(cast, at):
    assert refused(recorded, cast, at, category=category("漏水")) == ("invalid", "category")
    assert refused(recorded, cast, at, kind="gossip") == ("missing", "kind")
    assert recorded(cast, at, kind="repair", category=category("漏水")).category.root.name == "水"


def test_D4_3_2_the_server_writes_the_time(cast, at):
    call = recorded(cast, at)
    assert (call.created_at, call.recorded_at) == (at, at)
    assert refused(recorded, cast, at, recorded_at=at + MINUTE) == ("invalid", "recorded_at")


def test_D4_3_2_a_back_dated_entry_says_so_and_why(cast, at):
    earlier = at - timedelta(hours=2)
    assert refused(recorded, cast, at, recorded_at=earlier) == ("missing", "backdate_reason")
    call = recorded(cast, at, recorded_at=earlier, backdate_reason="停电，先记在纸上")
    event = events_of(call).get()
    assert (event.label, event.reason, event.at) == ("补记来电", "停电，先记在纸上", at)
    assert (call.recorded_at, call.created_at) == (earlier, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(backdate_reason="")


def test_D4_3_5_the_recorder_signs_and_the_signature_stays(cast, at):
    call = recorded(cast, at)
    cast.clerk.name = "林改名"
    cast.clerk.save()
    call.refresh_from_db()
    assert (call.recorder_name, call.recorder.pk) == ("林晓雯", cast.clerk.pk)


def test_D4_3_4_numbers_run_on_and_everything_is_on_the_record(cast, at):
    numbers = [make_call(cast, at, "closed").no, make_call(cast, at).no]
    assert numbers == ["DH-2026-0001", "DH-2026-0002"]
    verbs = [list(events_of(call).values_list("verb", flat=True)) for call in Call.objects.order_by("id")]
    assert verbs == [["record", "reply_close"], ["record"]]


def test_D4_4_1_a_call_becomes_a_linked_order_and_its_own_clock_stops(cast, at):
    unit = make_unit("3栋502")
    call = recorded(cast, at, kind="repair", content="卫生间漏水", place="3-502 卫生间", caller_title="女士")
    order = convert(call, by=cast.clerk, at=at + MINUTE)
    assert (call.status, order.call, order.unit) == ("converted", call, unit)
    assert (order.reporter, order.phone, order.place) == ("周女士", "13800138000", "3栋502 卫生间")
    assert (str(order.category), order.status, order.kind) == ("水·漏水", "waiting", "unit")
    assert clocks_of(call)[0].stopped_at == at + MINUTE
    assert refused(convert, call, by=cast.clerk, at=at)[0] == "state"


def test_D4_4_4_an_emergency_reaches_the_whole_ladder_at_once(cast, at):
    recorded(cast, at, kind="emergency", content="2栋1单元电梯困人，2人", handling="")
    told = Notice.objects.filter(level="urgent").values_list("to__username", flat=True)
    assert sorted(told) == ["director", "energy", "gm", "manager", "vgm", "vgm2"]


@pytest.mark.parametrize("who", ["repairer", "stranger", "auditor", "sales", "director"])
def test_only_the_desk_records(cast, at, who):
    assert refused(record_call, by=getattr(cast, who), at=at, **HEARD)[0] == "forbidden"


def test_a_stale_page_is_noticed(cast, at):
    call = recorded(cast, at)
    assert refused(reply_close, call, by=cast.clerk, at=at, reply="好", expect=7)[0] == "stale"


def test_who_sees_calls(cast, at):
    recorded(cast, at)
    seen = {
        name: Call.objects.visible_to(getattr(cast, name)).count()
        for name in ("clerk", "auditor", "repairer", "sales")
    }
    assert seen == {"clerk": 1, "auditor": 1, "repairer": 0, "sales": 0}


def test_the_desk_puts_the_nearest_promise_first(cast, at):
    plain = recorded(cast, at)
    soon = recorded(cast, at, reply_due_at=at + MINUTE)
    recorded(cast, at, kind="emergency")  # stands in the list as an emergency, not as its call
    recorded(cast, at, reply="好了")
    assert list(Call.objects.desk(at)) == [soon, plain]


@pytest.mark.parametrize("many", [1, 3])
def test_recording_costs_the_same_number_of_queries(cast, at, many, django_assert_num_queries):
    for _ in range(many):
        recorded(cast, at)
    assert cast.clerk.may  # roles are read once a request
    with django_assert_num_queries(12 + (connection.vendor == "postgresql")):  # the lock is a query there
        recorded(cast, at)
    assert Clock.objects.count() == many + 1


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        ("enquiry", "充电桩报装需要哪些材料", "停车"),
        ("enquiry", "问电梯年检什么时候", "电梯与设备"),
        ("complaint", "楼道垃圾两天没清", "环境"),
        ("advice", "建议在东门增加快递柜", "设施建议"),
        ("praise", "感谢陈师傅，晚上十点还来修水管", "维修"),
        ("help", "手机丢在大堂，找不到", "寻物"),
        ("transfer", "找营销部，问展会的事", "转部门"),
        ("advice", "说不清楚", None),
    ],
)
def test_D4_3_1_the_words_choose_the_second_level_when_the_clerk_does_not(cast, at, kind, content, name):
    call = recorded(cast, at, kind=kind, content=content)
    assert (call.category.name if call.category else None) == name
