"""The repair order, clause by clause: the half hour (D4.4.1), and 报修处理 (E5.3)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from helpdesk.cases.models import ClockRule
from helpdesk.repairs import actions
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.reading import clocks_of
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import RESULT, category, make_repair, make_unit, step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AGREED = {"agreed_reason": "业主下班后才在家", "agreed_with": "周女士"}


def refused(act, *args, **kwargs) -> tuple[str, str]:
    """(code, field) of the refusal."""
    with pytest.raises(Refused) as info:
        act(*args, **kwargs)
    assert "。" in info.value.message
    return info.value.code, info.value.field


def arrivals(order) -> list[Clock]:
    """The rounds of the arrival clock; 接单, 完工 and 回访 have their own."""
    return [clock for clock in clocks_of(order) if clock.rule == ARRIVE]


def late(at) -> list[str]:
    return list(Repair.objects.late(at).order_by("id").values_list("no", flat=True))


# --- D4.4.1: half an hour, or what was agreed ---------------------------------------------------------------


def test_D4_4_1_half_an_hour_from_the_notice_day_and_night(cast, at):
    night = at + timedelta(hours=13)
    order = step(cast, make_repair(cast, night), "dispatch", night + MINUTE)
    (clock,) = arrivals(order)
    assert (clock.due_at, clock.owner, clock.calendar) == (night + 31 * MINUTE, cast.repairer, None)
    assert (order.arrive_due_at, order.dispatched_at, order.agreed) == (
        night + 31 * MINUTE,
        night + MINUTE,
        False,
    )


def test_D4_4_1_the_minutes_are_data(cast, at):
    ClockRule.objects.filter(code="repair.arrive").update(minutes=45)
    assert make_repair(cast, at, "handed").arrive_due_at == at + 46 * MINUTE


def test_D4_4_1_arriving_in_time_stops_the_clock(cast, at):
    order = make_repair(cast, at, "arrived")
    (clock,) = arrivals(order)
    assert (clock.stopped_at, clock.breached_at) == (order.arrived_at, None)
    assert not Clock.objects.due(at + timedelta(days=1)).filter(rule=ARRIVE).exists()
    assert late(at + timedelta(days=1)) == []


@pytest.mark.parametrize("missing", ["agreed_reason", "agreed_with"])
def test_D4_4_1_another_time_is_agreed_with_somebody_for_a_reason(cast, at, missing):
    order = make_repair(cast, at)
    given = {**AGREED, missing: " "}
    act = {"by": cast.assistant, "at": at, "repairer": cast.repairer, "appoint_at": at + 300 * MINUTE}
    assert refused(actions.dispatch, order, **act, **given) == ("missing", missing)
    assert refused(actions.dispatch, order, **{**act, "appoint_at": at}, **AGREED) == (
        "invalid",
        "appoint_at",
    )
    actions.dispatch(order, **act, **AGREED)
    assert (order.agreed, order.arrive_due_at) == (True, at + 300 * MINUTE)
    assert arrivals(order)[0].due_at == at + 300 * MINUTE


def test_D4_4_1_a_time_asked_for_in_the_call_holds_at_the_dispatch(cast, at):
    order = make_repair(cast, at, appoint_at=at + 120 * MINUTE, **AGREED)
    step(cast, order, "dispatch", at + 5 * MINUTE)
    assert arrivals(order)[0].due_at == at + 120 * MINUTE


def test_D4_4_1_an_agreed_time_that_passed_before_the_dispatch_is_agreed_anew(cast, at):
    order = make_repair(cast, at, appoint_at=at + 20 * MINUTE, **AGREED)
    act = {"by": cast.assistant, "at": at + 30 * MINUTE, "repairer": cast.repairer}
    assert refused(actions.dispatch, order, **act) == ("invalid", "appoint_at")


def test_D4_4_1_late_by_the_sweep_exactly_once_and_up_the_ladder(cast, at):
    order = make_repair(cast, at, "acknowledged")
    due = order.arrive_due_at
    assert sweep(due - 16 * MINUTE) == 0
    assert [sweep(moment) for moment in (due - 15 * MINUTE, due - 15 * MINUTE)] == [1, 0]
    assert [sweep(due - 6 * MINUTE), sweep(due), sweep(due + 15 * MINUTE), sweep(due + 99 * MINUTE)] == [
        1,
        1,
        1,
        0,
    ]
    climbs = events_of(order).filter(verb="escalate")
    assert [event.detail["percent"] for event in climbs] == [50, 80, 100, 150]
    told = Notice.objects.exclude(level="info").order_by("id").values_list("to__username", flat=True)
    assert list(told) == ["repairer", "assistant", "repairer", "manager", "director"]
    assert late(due + MINUTE) == [order.no]


def test_D4_4_1_late_is_for_ever(cast, at):
    order = make_repair(cast, at, "acknowledged")
    step(cast, order, "arrive", order.arrive_due_at + MINUTE)
    for name in ("finish", "slip", "close"):
        step(cast, order, name, order.last_at + MINUTE)
    assert order.status == "closed"
    assert late(order.last_at) == [order.no]
    assert arrivals(order)[0].breached_at == order.arrive_due_at


def test_D4_4_1_late_without_any_sweep_is_late_too(cast, at):
    order = make_repair(cast, at, "handed")
    assert late(order.arrive_due_at) == []
    assert late(order.arrive_due_at + MINUTE) == [order.no]


def test_D4_4_1_a_new_appointment_never_erases_an_earlier_breach(cast, at):
    order = make_repair(cast, at, "handed")
    first = order.arrive_due_at
    moment, new = first + 5 * MINUTE, first + 200 * MINUTE
    inputs = {"appoint_at": new, "agreed_with": "周女士", "reason": "师傅堵在路上"}
    step(cast, order, "rearrange", moment, **inputs)
    assert (order.status, order.arrive_due_at, order.agreed) == ("handed", new, True)
    step(cast, order, "acknowledge", moment + MINUTE)
    step(cast, order, "arrive", new - MINUTE)
    assert [(c.round, c.due_at, c.breached_at) for c in arrivals(order)] == [
        (1, first, first),
        (2, new, None),
    ]
    assert late(new) == [order.no]


def test_D4_4_1_a_new_appointment_in_time_is_clean(cast, at):
    order = make_repair(cast, at, "acknowledged")
    step(
        cast,
        order,
        "rearrange",
        at + 10 * MINUTE,
        appoint_at=at + 90 * MINUTE,
        agreed_with="周女士",
        reason="临时出门",
    )
    step(cast, order, "arrive", at + 80 * MINUTE)
    assert (order.acknowledged_by, late(at + 100 * MINUTE)) == (cast.repairer, [])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reason": " "}, ("missing", "reason")),
        ({"agreed_with": ""}, ("missing", "agreed_with")),
        ({"appoint_at": None}, ("invalid", "appoint_at")),
    ],
)
def test_D4_4_1_a_new_appointment_says_when_why_and_with_whom(cast, at, changed, expected):
    order = make_repair(cast, at, "handed")
    inputs = {"appoint_at": at + 90 * MINUTE, "agreed_with": "周女士", "reason": "临时出门", **changed}
    inputs["appoint_at"] = inputs["appoint_at"] or at
    assert refused(actions.rearrange, order, by=cast.assistant, at=at + MINUTE, **inputs) == expected


def test_D4_4_1_a_change_of_hands_buys_no_time(cast, at):
    order = make_repair(cast, at, "acknowledged")
    first = order.arrive_due_at
    step(cast, order, "reassign", at + 10 * MINUTE, repairer=cast.repairer2, reason="手上单子没完")
    assert (order.status, order.arrive_due_at, order.acknowledged_at) == ("handed", first, None)
    assert (order.dispatched_at, order.handed_at) == (at + MINUTE, at + 10 * MINUTE)
    (clock,) = arrivals(order)
    assert (clock.due_at, clock.owner) == (first, cast.repairer2)
    told = Notice.objects.filter(title__contains="转派").order_by("id").values_list("to__username", flat=True)
    assert list(told) == ["repairer2", "repairer"], "the new one and the one who need not go"


def test_D4_4_1_a_change_of_hands_with_an_agreed_time_begins_a_round(cast, at):
    order = make_repair(cast, at, "handed")
    inputs = {
        "repairer": cast.repairer2,
        "reason": "要换电工",
        "appoint_at": at + 240 * MINUTE,
        "agreed_with": "周女士",
    }
    step(cast, order, "reassign", at + 40 * MINUTE, **inputs)
    assert [clock.round for clock in arrivals(order)] == [1, 2]
    assert late(at + 41 * MINUTE) == [order.no]


def test_D4_4_1_a_cancelled_order_rings_no_more(cast, at):
    order = make_repair(cast, at, "handed")
    step(cast, order, "cancel", at + 5 * MINUTE, reason="客户自己修好了")
    assert (sweep(at + timedelta(days=1)), Clock.objects.open().count()) == (0, 0)


def test_D4_4_1_closing_needs_the_customers_word(cast, at):
    order = make_repair(cast, at, "slip_back")
    assert refused(actions.close, order, by=cast.clerk, at=order.last_at, close_word=" ") == (
        "missing",
        "close_word",
    )
    step(cast, order, "close", order.last_at)
    assert (order.status, order.close_word, order.closed_by) == ("closed", "修好了，谢谢", cast.clerk)


# --- E5.3: what is written down ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "field"),
    [({"content": " "}, "content"), ({"reporter": ""}, "reporter"), ({"unit": None, "place": " "}, "place")],
)
def test_E5_3_1_content_address_and_person_are_asked(cast, at, broken, field):
    given = {"content": "漏水", "reporter": "周敏", "unit": make_unit(), **broken}
    assert refused(actions.open_order, by=cast.clerk, at=at, **given) == ("missing", field)
    assert Repair.objects.count() == 0


def test_E5_3_1_the_words_choose_the_category(cast, at):
    assert str(make_repair(cast, at).category) == "水·漏水"
    assert str(make_repair(cast, at, content="奇怪的气味").category) == "其他"
    assert make_repair(cast, at, content="漏水", category=category("门锁")).trade == "综合组"


def test_E5_3_2_two_kinds_of_order_by_place(cast, at):
    inside, public = make_repair(cast, at), make_repair(cast, at, place="地下车库B1")
    assert [o.get_kind_display() for o in (inside, public)] == ["房屋维修单", "维修单"]
    given = {"content": "漏水", "reporter": "周敏", "place": "地下车库", "kind": "unit"}
    assert refused(actions.open_order, by=cast.clerk, at=at, **given) == ("missing", "place")


def test_E5_3_3_the_repairer_signs_in_person(cast, at):
    order = make_repair(cast, at, "handed")
    assert refused(actions.acknowledge, order, by=cast.repairer2, at=at + 2 * MINUTE)[0] == "forbidden"
    assert refused(actions.acknowledge, order, by=cast.assistant, at=at + 2 * MINUTE)[0] == "forbidden"
    step(cast, order, "acknowledge", at + 2 * MINUTE)
    event = events_of(order).get(verb="acknowledge")
    assert (event.actor_name, event.at) == ("陈建国（工程部）", at + 2 * MINUTE)
    assert (order.acknowledged_by, order.acknowledged_at) == (cast.repairer, at + 2 * MINUTE)


def test_E5_3_3_only_repairers_are_sent(cast, at):
    order = make_repair(cast, at)
    send = {"by": cast.assistant, "at": at}
    assert refused(actions.dispatch, order, **send, repairer=cast.sales) == ("invalid", "repairer")
    assert refused(actions.dispatch, order, **send, repairer=None) == ("missing", "repairer")
    step(cast, order, "dispatch", at)
    again = {"repairer": cast.repairer, "reason": "再派"}
    assert refused(actions.reassign, order, **send, **again) == ("invalid", "repairer")


def test_E5_3_4_what_matters_reaches_the_manager_at_once(cast, at):
    order = make_repair(cast, at, important=True, content="主管爆裂，大堂积水")
    notice = Notice.objects.get()
    assert (notice.to, notice.level, notice.url) == (cast.manager, "urgent", order.get_absolute_url())
    plain = make_repair(cast, at)
    actions.mark_important(plain, by=cast.clerk, at=at, reason="楼下也漏了")
    assert (plain.important, Notice.objects.filter(to=cast.manager).count()) == (True, 2)
    assert refused(actions.mark_important, plain, by=cast.clerk, at=at, reason="再报")[0] == "state"


def test_E5_3_5_the_result_is_followed_and_kept(cast, at):
    order = make_repair(cast, at, "revisited")
    step(cast, order, "close", order.last_at + MINUTE)
    verbs = list(events_of(order).values_list("verb", flat=True))
    assert verbs == [
        "record",
        "dispatch",
        "acknowledge",
        "arrive",
        "work",
        "finish",
        "slip",
        "revisit",
        "close",
    ]
    assert [e.actor for e in events_of(order)][1:4] == [cast.assistant, cast.repairer, cast.repairer]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"measures": " "}, ("missing", "measures")),
        ({"signed_name": ""}, ("missing", "signed_name")),
        ({"score": 6}, ("invalid", "score")),
        ({"materials": [{"name": "角阀", "quantity": 0}]}, ("invalid", "materials")),
        ({"materials": [{"name": "角阀", "quantity": 1, "unit_price": "-1"}]}, ("invalid", "materials")),
        ({"materials": [{"name": "", "quantity": 1}]}, ("missing", "materials")),
        ({"materials": [{"name": "角阀", "quantity": "一只"}]}, ("invalid", "materials")),
        ({"materials": [{"name": "角阀", "quantity": "NaN"}]}, ("invalid", "materials")),
    ],
)
def test_E5_3_5_what_a_finish_must_say(cast, at, changed, expected):
    order = make_repair(cast, at, "working")
    result = {**RESULT, **changed}
    assert refused(actions.finish, order, by=cast.repairer, at=order.last_at, **result) == expected
    assert Repair.objects.get(pk=order.pk).status == "working"


def test_E5_3_5_materials_are_summed(cast, at):
    order = make_repair(cast, at, "working")
    rows = [
        {"name": "角阀", "spec": "DN15", "quantity": Decimal(1), "unit_price": Decimal(28)},
        {"name": "软管", "spec": "50cm", "quantity": "1.5", "unit_price": "22.01"},
        {"name": "生料带", "quantity": 1, "unit_price": None},
        {"name": "", "quantity": None, "unit_price": None},
    ]
    step(cast, order, "finish", order.last_at, materials=rows)
    order.refresh_from_db()
    assert order.cost == Decimal("61.02")
    assert [line.amount for line in order.materials.all()] == [
        Decimal("28.00"),
        Decimal("33.02"),
        Decimal("0.00"),
    ]


def test_E5_3_6_nothing_is_deleted(cast, at):
    order = make_repair(cast, at, "cancelled")
    assert (Repair.objects.get().no, order.is_open) == (order.no, False)


def test_E5_3_7_finished_without_its_slip_counts_as_open(cast, at):
    order = make_repair(cast, at, "finished")
    assert list(Repair.objects.open().slip_missing()) == [order]
    assert refused(actions.close, order, by=cast.clerk, at=order.last_at, close_word="好了")[0] == "state"
    step(cast, order, "slip", order.last_at + MINUTE, slip_note="师傅交来")
    assert (order.slip_by, order.slip_at) == (cast.clerk, order.last_at)


def test_E5_3_7_the_database_closes_nothing_without_the_slip(cast, at):
    order = make_repair(cast, at, "revisited")
    step(cast, order, "close", order.last_at)
    for broken in (
        {"slip_at": None, "slip_by": None},
        {"close_word": ""},
        {"closed_at": None, "closed_by": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Repair.objects.filter(pk=order.pk).update(**broken)


@pytest.mark.parametrize("who", ["clerk", "assistant", "repairer"])
def test_E5_3_7_only_the_manager_closes_by_force_and_says_why(cast, at, who):
    order = make_repair(cast, at, "finished")
    force = {"at": order.last_at, "reason": "底联遗失，已查明"}
    assert refused(actions.force_close, order, by=getattr(cast, who), **force)[0] == "forbidden"
    assert refused(actions.force_close, order, by=cast.manager, at=at, reason=" ") == ("missing", "reason")
    actions.force_close(order, by=cast.manager, **force)
    assert (order.status, order.force_reason, order.slip_at) == ("closed", "底联遗失，已查明", None)


def test_a_rework_is_linked_to_its_first_order(cast, at):
    first = make_repair(cast, at, "closed")
    again = make_repair(cast, first.last_at + timedelta(days=3), origin=first)
    assert (again.origin, list(first.reworks.all())) == (first, [again])
    assert events_of(again).get().detail == {"origin": first.no}


def test_a_pause_keeps_its_reason_and_work_its_first_start(cast, at):
    order = make_repair(cast, at, "paused")
    began = order.started_at
    step(cast, order, "work", order.last_at + 60 * MINUTE)
    assert (order.status, order.pause_reason, order.started_at) == ("working", "待料", began)
