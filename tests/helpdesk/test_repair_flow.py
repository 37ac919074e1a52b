"""What an order goes through beside the usual way: signature, 退单, clocks by category, pauses, slips, 返修 (C2, D4.4.1, E5.3)."""

from datetime import date, timedelta

import pytest

from helpdesk.repairs import actions
from helpdesk.repairs.limits import RepairLimit
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import rework
from helpdesk.repairs.queries import ACCEPT, ARRIVE, FINISH, REVISIT
from helpdesk.report.limits import limits
from helpdesk.report.states import state, why
from helpdesk.report.tables import leftovers
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import category, make_repair, make_unit, step
from tests.helpdesk.test_repair import refused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def clock(order, rule) -> Clock:
    """The newest round of a rule."""
    return Clock.objects.of(order).filter(rule=rule).latest("round")


def minutes(order, rule) -> int:
    """How long a clock was promised, in its own time."""
    one = clock(order, rule)
    return int(one.own_between(one.started_at, one.due_at).total_seconds() // 60)


# --- E5.3.3: handed over and signed for ----------------------------------------------------------------------


def test_E5_3_3_a_fellow_of_the_crew_signs_for_the_department_once(cast, at):
    for one in (cast.repairer, cast.repairer2):
        one.trade = "水电组"
        one.save(update_fields=["trade"])
    order = make_repair(cast, at, "handed")
    assert list(Repair.objects.visible_to(cast.repairer2)) == [order]
    actions.sign(order, by=cast.repairer2, at=at + 2 * MINUTE)
    assert (order.status, order.signed_by, order.signed_at) == ("handed", cast.repairer2, at + 2 * MINUTE)
    assert events_of(order).get(verb="sign").actor_name == "许志明（工程部）"
    assert list(Repair.objects.visible_to(cast.repairer2)) == [], "signed, it is the repairer's alone"
    assert refused(actions.sign, order, by=cast.repairer, at=at + 3 * MINUTE)[0] == "state"
    step(cast, order, "acknowledge", at + 4 * MINUTE)
    assert (order.signed_by, order.acknowledged_by) == (cast.repairer2, cast.repairer)


def test_E5_3_3_taking_the_order_signs_what_nobody_signed(cast, at):
    order = make_repair(cast, at, "acknowledged")
    assert (order.signed_by, order.signed_at) == (cast.repairer, order.acknowledged_at)
    assert refused(actions.sign, make_repair(cast, at, "handed"), by=cast.clerk, at=at)[0] == "forbidden"


# --- 退单 and 转派 --------------------------------------------------------------------------------------------


def test_D4_4_1_an_order_given_back_waits_again_and_its_clock_runs_on(cast, at):
    order = make_repair(cast, at, "acknowledged")
    first, due = order.dispatched_at, order.arrive_due_at
    step(cast, order, "give_back", at + 12 * MINUTE, reason="要高压电工证")
    assert (order.status, order.repairer, order.return_reason) == ("waiting", None, "要高压电工证")
    assert (order.signed_at, order.acknowledged_at) == (None, None)
    told = Notice.objects.filter(title__contains="退单").values_list("to__username", flat=True)
    assert set(told) == {"assistant", "clerk"}, "who sent it, and who wrote it down"
    assert (clock(order, ARRIVE).stopped_at, clock(order, ARRIVE).owner) == (None, None)
    step(cast, order, "dispatch", at + 20 * MINUTE, repairer=cast.repairer2)
    assert (order.dispatched_at, order.arrive_due_at, order.handed_at) == (first, due, at + 20 * MINUTE)
    rounds = Clock.objects.of(order).filter(rule=ARRIVE)
    assert [(one.due_at, one.owner) for one in rounds] == [(due, cast.repairer2)]
    assert (
        refused(actions.give_back, order, by=cast.repairer, at=at + 21 * MINUTE, reason="不去")[0]
        == "forbidden"
    )
    assert refused(actions.give_back, order, by=cast.repairer2, at=at, reason=" ") == ("missing", "reason")


def test_D4_4_1_the_first_arrival_stands_when_another_goes_on(cast, at):
    order = make_repair(cast, at, "paused")
    there = order.arrived_at
    actions.reassign(
        order, by=cast.assistant, at=order.last_at + MINUTE, repairer=cast.repairer2, reason="请假"
    )
    now = order.last_at + 9 * MINUTE
    assert (order.status, order.arrived_at, clock(order, FINISH).paused_at) == ("handed", there, None)
    for name in (actions.acknowledge, actions.arrive):
        name(order, by=cast.repairer2, at=now)
    assert (order.arrived_at, order.arrived_by, order.status) == (there, cast.repairer, "arrived")
    assert Clock.objects.of(order).filter(rule__in=(ARRIVE, FINISH)).count() == 2, "no new promise"
    assert clock(order, FINISH).owner == cast.repairer2


# --- 接单, 完工 and 回访 by category ---------------------------------------------------------------------------


def test_D4_4_1_limits_are_the_category_s_own(cast, at):
    RepairLimit.objects.all().delete()
    RepairLimit.objects.create(accept=7, finish=100, revisit=200)
    RepairLimit.objects.create(category=category("水"), accept=8, finish=110, revisit=210)
    RepairLimit.objects.create(category=category("漏水"), accept=9, finish=120, revisit=220)
    wanted = {"漏水": (9, 120, 220), "堵塞": (8, 110, 210), "门锁": (7, 100, 200)}
    found = {}
    for name in wanted:
        order = make_repair(cast, at, "slip_back", category=category(name))
        found[name] = tuple(minutes(order, rule) for rule in (ACCEPT, FINISH, REVISIT))
    assert found == wanted
    RepairLimit.objects.all().delete()
    assert minutes(make_repair(cast, at, "handed"), ACCEPT) == 10


def test_D4_4_1_each_clock_ends_with_what_it_waits_for(cast, at):
    order = make_repair(cast, at, "revisited")
    ended = {rule: clock(order, rule).stopped_at for rule in (ACCEPT, ARRIVE, FINISH, REVISIT)}
    assert ended == {
        ACCEPT: order.acknowledged_at, ARRIVE: order.arrived_at, FINISH: order.finished_at, REVISIT: order.revisited_at,
    }  # fmt: skip
    straight = make_repair(cast, at, "slip_back")
    step(cast, straight, "close", straight.last_at + MINUTE)
    assert not Clock.objects.open().exists()


def test_D4_4_1_nobody_takes_it_and_the_dispatcher_hears(cast, at):
    order = make_repair(cast, at, "handed")
    sweep(order.dispatched_at + 11 * MINUTE)
    climbs = [e.detail["percent"] for e in events_of(order).filter(verb="escalate")]
    assert climbs == [50, 100]
    late = Notice.objects.filter(title__contains="已超时").values_list("to__username", flat=True)
    assert set(late) == {"repairer", "assistant"}
    assert Repair.objects.late(order.dispatched_at + 11 * MINUTE).count() == 0, "late is the arrival alone"


def test_E5_3_5_a_pause_is_one_of_four_and_holds_the_work_s_clock(cast, at):
    order = make_repair(cast, at, "working")
    due, now = clock(order, FINISH).due_at, order.last_at
    for given in ({}, {"reason": "等等再说"}, {"hold": "lunch"}):
        assert refused(actions.pause, order, by=cast.repairer, at=now, **given)[0] == "missing"
    actions.pause(order, by=cast.repairer, at=now, hold="material", reason="等角阀")
    assert (order.hold, order.pause_reason) == ("material", "待料：等角阀")
    assert clock(order, FINISH).paused_at == now
    assert sweep(due + timedelta(days=3)) == 0, "what is held climbs nowhere"
    step(cast, order, "work", now + 90 * MINUTE)
    assert clock(order, FINISH).due_at == due + 90 * MINUTE
    actions.pause(order, by=cast.repairer, at=now + 95 * MINUTE, reason="天气：雨停再做")
    assert (order.hold, order.pause_reason) == ("weather", "天气：雨停再做")


def test_D4_4_1_no_pause_before_the_arrival(cast, at):
    order = make_repair(cast, at, "acknowledged")
    assert refused(actions.pause, order, by=cast.repairer, at=at + 9 * MINUTE, hold="owner")[0] == "state"
    assert clock(order, ARRIVE).paused_at is None


# --- C2, E5.3.7, 返修 -----------------------------------------------------------------------------------------


def test_C2_a_walk_in_is_led_to_an_assistant_who_receives_it(cast, at):
    order = make_repair(cast, at)
    assert refused(actions.receive, order, by=cast.assistant, at=at)[0] == "state"
    actions.introduce(order, by=cast.clerk, at=at + MINUTE)
    assert [(n.to, n.url) for n in Notice.objects.all()] == [(cast.assistant, order.get_absolute_url())]
    assert refused(actions.introduce, order, by=cast.clerk, at=at + MINUTE)[0] == "state"
    assert refused(actions.receive, order, by=cast.clerk, at=at + MINUTE)[0] == "forbidden"
    actions.receive(order, by=cast.assistant, at=at + 3 * MINUTE)
    assert (order.introduced_by, order.received_by, order.received_at) == (
        cast.clerk, cast.assistant, at + 3 * MINUTE,
    )  # fmt: skip
    assert refused(actions.receive, order, by=cast.assistant, at=at + 4 * MINUTE)[0] == "state"


def test_C2_an_assistant_who_sends_somebody_has_received_it(cast, at):
    order = make_repair(cast, at)
    actions.introduce(order, by=cast.clerk, at=at + MINUTE)
    step(cast, order, "dispatch", at + 2 * MINUTE)
    assert (order.received_by, order.received_at) == (cast.assistant, at + 2 * MINUTE)


def test_E5_3_7_why_the_slip_is_not_back_is_written_on_the_order(cast, at):
    order = make_repair(cast, at, "finished")
    said = {"by": cast.clerk, "at": order.last_at}
    day = date(2026, 10, 23)
    assert refused(actions.explain, order, **said, slip_reason="") == ("missing", "slip_reason")
    assert refused(actions.explain, order, **said, slip_reason="other") == ("missing", "slip_words")
    past = {"slip_reason": "owner", "slip_expected_on": date(2026, 10, 20)}
    assert refused(actions.explain, order, **said, **past) == ("invalid", "slip_expected_on")
    actions.explain(order, **said, slip_reason="other", slip_words="师傅休假", slip_expected_on=day)
    actions.explain(order, **said, slip_reason="forgotten", slip_expected_on=day)
    assert (order.get_slip_reason_display(), order.slip_words, order.slip_expected_on, order.explained_by) == (
        "忘交单", "", day, cast.clerk,
    )  # fmt: skip
    told = [event.detail["slip_reason"] for event in events_of(order).filter(verb="explain")]
    assert told == ["其他", "忘交单"], "the ledger keeps the earlier word"


def test_a_rework_is_a_child_with_clocks_of_its_own(cast, at):
    first = make_repair(cast, at, "handed")
    assert refused(rework, first, by=cast.clerk, at=at, content="又漏")[0] == "state"
    first = make_repair(cast, at, "closed")
    again = rework(first, by=cast.clerk, at=first.last_at + timedelta(days=2), content="又漏了")
    assert (again.origin, again.unit, again.category, again.status) == (
        first,
        first.unit,
        first.category,
        "waiting",
    )
    step(cast, again, "dispatch", again.created_at + MINUTE)
    assert clock(again, ARRIVE).due_at == again.created_at + 31 * MINUTE


def test_what_was_mended_here_within_thirty_days_is_proposed(cast, at):
    done = make_repair(cast, at, "finished")
    make_repair(cast, at, "finished", unit=make_unit("9栋9"))
    make_repair(cast, at, "finished", category=category("门锁"))

    def proposed(days: float, name: str = "漏水") -> list[Repair]:
        where = {"unit": make_unit(), "place": "3栋1202", "category": category(name)}
        return list(Repair.objects.mended(at=done.finished_at + timedelta(days=days), **where))

    assert [proposed(-0.01), proposed(0), proposed(30), proposed(30.01)] == [[], [done], [done], []]
    assert proposed(1, "堵塞") == [done], "the same field: 水"
    new = make_repair(cast, done.finished_at + timedelta(days=1))
    by = {"by": cast.clerk, "at": new.created_at}
    assert refused(actions.link, done, **by, origin=new) == ("invalid", "origin")
    actions.link(new, **by, origin=done)
    assert (new.origin, list(done.reworks.all())) == (done, [new])
    assert refused(actions.link, new, **by, origin=done)[0] == "state"


# --- what the report says of it -------------------------------------------------------------------------------


def test_D4_4_5_the_report_knows_what_was_given_back_and_why_a_slip_is_missing(cast, at):
    back = make_repair(cast, at, "acknowledged")
    step(cast, back, "give_back", at + 12 * MINUTE, reason="要高压电工证")
    done = make_repair(cast, at, "finished")
    actions.explain(done, by=cast.clerk, at=done.last_at + MINUTE, slip_reason="owner")
    rows = {row.no: row for row in leftovers(at + timedelta(days=1))}
    end = at + timedelta(days=1)
    assert (state(rows[back.no], end), why(rows[done.no], end)) == (
        ("待派工", "派工"),
        "底联未返回：业主不在",
    )
    assert state(rows[back.no], at + 11 * MINUTE)[0] == "已交工程", "the signature went back with the order"
    step(cast, back, "dispatch", at + 15 * MINUTE, repairer=cast.repairer2)
    again = next(row for row in leftovers(end) if row.no == back.no)
    assert state(again, end) == ("已交工程", "催接单签收")


def test_D4_4_1_what_went_back_and_out_again_is_one_promise_of_the_first_kind(cast, at):
    order = make_repair(cast, at, "handed")
    step(cast, order, "give_back", at + 12 * MINUTE, reason="没有材料")
    agreed = {"appoint_at": at + 90 * MINUTE, "agreed_reason": "等材料", "agreed_with": "周女士"}
    step(cast, order, "dispatch", at + 15 * MINUTE, **agreed)
    due = list(limits(at, at + timedelta(hours=3)))
    assert [(one.agreed, one.kept) for one in due] == [(True, False)], "the half hour was replaced in time"
