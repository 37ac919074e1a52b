"""The readiness light and the decision two hours before the arrival (issue 3 point 4, records §1.3)."""

from datetime import timedelta

import pytest

from reception.core.clock import clocks_of, sweep
from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.factories.visits import finish_task, make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.actions import acknowledge
from visits.models import GoDecision, Reception
from visits.readiness.actions import decide
from visits.readiness.facts import light_of, lights
from visits.readiness.light import Facts, TaskFact, light
from visits.tasks import actions, ticking

GUESTS = [{"name": f"来宾{n}"} for n in range(6)]


# --- the light, without a database -----------------------------------------------------------------------------


def facts(at, hours=48, **over):
    arrive = at + timedelta(hours=hours)
    return Facts(at=at, arrive_at=arrive, leave_at=arrive + timedelta(hours=30), **over)


def task(at, due=24, **over):
    values = {"duty": "会议室", "who": "吴江", "url": "/visits/tasks/1/", "due_at": at + timedelta(hours=due),
              "blocking": True, "open": True}  # fmt: skip
    return TaskFact(**{**values, **over})


# what stands there, hours to the arrival → colour, what blocks, what is nice
TABLE = [
    ("nothing", 48, {}, "green", 0, 0),
    ("open, in time", 48, {}, "amber", 1, 0),
    ("open, late", 48, {"due": -1}, "red", 1, 0),
    ("open in the last two hours", 2, {"due": 1}, "red", 1, 0),
    ("hurried", 48, {"due": -1, "hurried": True}, "amber", 1, 0),
    ("blocked", 48, {"blocked": "检修"}, "red", 1, 0),
    ("nice, in time", 48, {"blocking": False}, "green", 0, 1),
    ("nice, late", 48, {"blocking": False, "due": -1}, "amber", 0, 1),
    ("after the arrival", 48, {"due": 72}, "green", 0, 0),
    ("done", 48, {"open": False}, "green", 0, 0),
    ("done, to be checked", 48, {"open": False, "recheck": True}, "amber", 1, 0),
    ("not reconfirmed", 48, {"open": False, "again": -1}, "red", 1, 0),
    ("to be reconfirmed later", 48, {"open": False, "again": 1}, "green", 0, 0),
    ("a line not ticked in time", 48, {"open": False, "left": -1}, "red", 1, 0),
    ("a line whose hour comes", 48, {"open": False, "left": 1}, "green", 0, 0),
]


@pytest.mark.parametrize(
    ("name", "hours", "over", "colour", "blocks", "nice"), TABLE, ids=[row[0] for row in TABLE]
)
def test_A3_2_the_light(at, name, hours, over, colour, blocks, nice):
    over = dict(over)
    if "again" in over:
        over["again_at"] = at + timedelta(hours=over.pop("again"))
    if "left" in over:
        over["left"] = (("茶水", at + timedelta(hours=over["left"])),)
    tasks = () if name == "nothing" else (task(at, **over),)
    found = light(facts(at, hours, tasks=tasks))
    assert (found.colour, len(found.blocks), len(found.nice)) == (colour, blocks, nice)


@pytest.mark.parametrize(("hours", "over", "colour"), [
    (48, {"roster_due": True, "headcount": 6, "roster": 4}, "amber"),
    (24, {"roster_due": True, "headcount": 6, "roster": 4}, "red"),
    (24, {"roster_due": True, "headcount": 6, "roster": 6}, "green"),
    (24, {"roster_due": False, "headcount": 6, "roster": 0}, "green"),
    (48, {"host": "何志远", "host_read": False}, "green"),
    (24, {"host": "何志远", "host_read": False}, "amber"),
    (2, {"host": "何志远", "host_read": False}, "red"),
    (48, {"unbooked": ("住宿 2 项",)}, "amber"),
    (24, {"unbooked": ("住宿 2 项",)}, "red"),
    (48, {"change": "第 1 次"}, "amber"),
    (2, {"change": "第 1 次"}, "red"),
])  # fmt: skip
def test_A3_2_the_light_of_what_is_no_task(at, hours, over, colour):
    found = light(facts(at, hours, **over))
    assert (found.colour, len(found.blocks)) == (colour, 0 if colour == "green" else 1)
    assert all(line.text and line.url is not None for line in found.blocks)


# --- with a database ------------------------------------------------------------------------------------------------


def ready_to_begin(cast, at, **over):
    """A reception of which nothing blocks two hours before its arrival; returns it and that moment."""
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS, **over)
    for one in reception.tasks.filter(due_at__lte=reception.arrive_at):
        finish_task(one, at=at)
        for check in one.checks.all():
            check.task = one
            ticking.tick(check, by=cast.general, at=at)
        if one.reconfirm_due_at:
            actions.reconfirm(one, by=cast.general, at=at)
    acknowledge(reception, by=reception.host, at=at)
    return reception, reception.arrive_at - timedelta(hours=2)


@pytest.mark.django_db
def test_A3_2_everything_done_is_green(cast, at):
    reception, when = ready_to_begin(cast, at)
    found = light_of(reception, when)
    assert (found.colour, found.blocks, found.nice) == ("green", (), ())


@pytest.mark.django_db
def test_A3_2_what_blocks_is_named_with_its_way(cast, at):
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    room = reception.tasks.get(template__code="room")
    actions.block(room, by=cast.general, at=at, reason="贵宾厅在检修")
    found = light_of(reception, at)
    assert found.colour == "red"
    line = next(line for line in found.blocks if line.bad)
    assert (line.text, line.url) == (
        "会议室或领导办公室（吴江）受阻：贵宾厅在检修",
        f"/visits/tasks/{room.pk}/",
    )


@pytest.mark.django_db
def test_A3_2_loaded_and_stored_tasks_give_the_same_light(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    actions.block(reception.tasks.get(template__code="room"), by=cast.general, at=at, reason="检修")
    finish_task(reception.tasks.get(template__code="pick_up"), at=at)
    loaded = list(reception.tasks.for_board())
    later = at + timedelta(days=8)
    assert (
        light_of(reception, later, loaded)
        == light_of(reception, later)
        == lights([reception.pk], later)[reception.pk]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 6])
def test_lights_of_few_and_many_ask_the_same(cast, at, count, django_assert_num_queries):
    found = [make_reception(cast, "preparing", at=at).pk for _ in range(count)]
    with django_assert_num_queries(4):
        assert len(lights(found, at)) == count


@pytest.mark.django_db
def test_A3_2_two_hours_before_the_list_of_what_blocks_goes_out_by_itself(cast, at):
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    when = reception.arrive_at - timedelta(hours=2)
    people = (cast.sales_head, cast.sales, cast.reception, cast.vgm)
    title = f"{reception.no} 远航重工集团考察：两小时后到达，还有"
    sweep(when - timedelta(minutes=1))
    assert [p.notices.filter(title__startswith=title).count() for p in people] == [0, 0, 0, 0]
    sweep(when)
    assert [p.notices.filter(title__startswith=title).count() for p in people] == [1, 1, 1, 1]
    notice = cast.vgm.notices.get(title__startswith=title)
    assert ("会议室或领导办公室" in notice.body, notice.level, notice.url) == (
        True,
        "urgent",
        reception.get_absolute_url(),
    )
    sweep(when)
    assert cast.vgm.notices.filter(title__startswith=title).count() == 1


@pytest.mark.django_db
def test_A3_2_two_hours_before_a_ready_one_is_told_to_be_ready(cast, at):
    reception, when = ready_to_begin(cast, at)
    sweep(when)
    title = f"{reception.no} 远航重工集团考察：两小时后到达，可以开始，请接待经理确认"
    assert [p.notices.filter(title=title).count() for p in (cast.vgm, cast.reception, cast.sales_head)] == [
        1,
        1,
        1,
    ]


@pytest.mark.django_db
def test_A3_2_a_missing_decision_climbs(cast, at):
    reception, when = ready_to_begin(cast, at)
    sweep(when + timedelta(hours=1))
    assert cast.reception.notices.filter(title__endswith="一小时后到达，还没有人决定能否开始").count() == 1
    sweep(when + timedelta(hours=2, minutes=1))
    late = "客人到达时间已到，还没有人决定能否开始"
    assert [p.notices.filter(title__endswith=late).count() for p in (cast.reception, cast.office)] == [1, 1]
    assert events_of(reception).filter(verb="escalate").count() == 3


@pytest.mark.django_db
def test_A3_2_ready_is_recorded_with_name_and_time_and_ends_the_asking(cast, at):
    reception, when = ready_to_begin(cast, at)
    made = decide(reception, by=cast.reception, at=when, verdict="ready")
    assert (made.decided_by, made.decided_at, made.gaps) == (cast.reception, when, [])
    (clock,) = [one for one in clocks_of(reception) if one.rule == "visits.go"]
    assert (clock.stopped_at, clock.breached_at) == (when, None)
    assert cast.vgm.notices.order_by("-id")[0].title.endswith("许岚决定准备就绪，可以开始")
    sweep(when + timedelta(days=1))
    assert not cast.office.notices.filter(title__contains="还没有人决定").exists()


@pytest.mark.django_db
def test_A3_2_with_gaps_it_begins_only_with_a_reason_and_the_gaps_are_kept(cast, at):
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    when = reception.arrive_at - timedelta(hours=2)

    def code(**over):
        with pytest.raises(Refused) as no:
            decide(reception, by=cast.reception, at=when, **over)
        return no.value.code, no.value.field

    assert code(verdict="ready") == ("invalid", "verdict")
    assert code(verdict="gaps", reason=" ") == ("missing", "reason")
    assert code(verdict="bomb") == ("invalid", "verdict")
    made = decide(reception, by=cast.reception, at=when, verdict="gaps", reason="客人已在路上，边接边办")
    assert (len(made.gaps) > 3, made.reason) == (True, "客人已在路上，边接边办")
    assert events_of(reception).last().detail["gaps"] == made.gaps
    assert code(verdict="gaps", reason="再来") == ("state", "")


@pytest.mark.django_db
def test_A3_2_who_decides_and_when(cast, at):
    reception, when = ready_to_begin(cast, at)

    def code(who, moment, target=reception):
        with pytest.raises(Refused) as no:
            decide(target, by=who, at=moment, verdict="ready")
        return no.value.code

    assert [code(who, when) for who in (cast.sales, cast.general, cast.vgm, cast.auditor)] == [
        "forbidden"
    ] * 4
    assert code(cast.reception, reception.arrive_at - timedelta(hours=25)) == "state"
    assert code(cast.reception, at, make_reception(cast, "receiving", at=at)) == "state"
    assert decide(reception, by=cast.sales_head, at=when, verdict="ready").decided_by == cast.sales_head


@pytest.mark.django_db
def test_A3_2_a_cancelled_or_begun_reception_is_asked_nothing(cast, at):
    for status in ("cancelled", "receiving"):
        reception = make_reception(cast, status, at=at)
        assert [
            clock for clock in clocks_of(reception) if clock.rule == "visits.go" and not clock.stopped_at
        ] == []
        assert (light_of(reception, at) is None) == (status == "cancelled")


# --- pages ------------------------------------------------------------------------------------------------------------


def url(reception, tail=""):
    return f"/visits/requests/{reception.no}/ready/{tail}"


@pytest.mark.django_db
def test_A3_2_the_pages_say_what_blocks(cast, at):
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    actions.block(reception.tasks.get(template__code="room"), by=cast.general, at=at, reason="贵宾厅在检修")
    with frozen(at):
        for who in (cast.sales, cast.vgm, cast.reception, cast.general):
            page = html(browser(who).get(url(reception)))
            assert "受阻：贵宾厅在检修" in page
        assert "有堵点" in html(browser(cast.vgm).get(reception.get_absolute_url()))
        assert "筹备中·堵点" in html(browser(cast.reception).get("/visits/requests/"))
        assert browser(cast.clerk).get(url(reception)).status_code == 403


@pytest.mark.django_db
def test_A3_2_the_manager_decides_on_the_page(cast, at):
    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    when = reception.arrive_at - timedelta(hours=2)
    with frozen(when):
        path = url(reception, "decide/")
        assert browser().post(path, {"verdict": "gaps"})["Location"].startswith("/login/")
        assert browser(cast.auditor).post(path, {"verdict": "gaps"}).status_code == 403
        assert browser(cast.sales).post(path, {"verdict": "gaps", "reason": "x"}).status_code == 403
        response = browser(cast.reception).post(path, {"verdict": "gaps", "reason": ""})
        assert (response.status_code, "请写明为什么带缺项开始" in html(response)) == (422, True)
        response = browser(cast.reception).post(path, {"verdict": "ready", "reason": "都好了"})
        assert (response.status_code, "都好了" in html(response)) == (422, True)
        assert (
            browser(cast.reception).post(path, {"verdict": "gaps", "reason": "边接边办"}).status_code == 302
        )
        assert "边接边办" in html(browser(cast.vgm).get(url(reception)))
        assert browser(cast.office).post(path, {"verdict": "gaps", "reason": "y"}).status_code == 409
    assert GoDecision.objects.get().reason == "边接边办"


@pytest.mark.django_db
def test_A3_2_from_another_state_the_page_refuses(cast, at):
    reception = make_reception(cast, "draft", at=at)
    with frozen(at):
        response = browser(cast.sales).get(url(reception))
        assert (response.status_code, "现在没有要准备的" in html(response)) == (200, True)
    receiving = make_reception(cast, "receiving", at=at)
    with frozen(at):
        path = url(receiving, "decide/")
        assert browser(cast.reception).post(path, {"verdict": "ready"}).status_code == 409


# --- races ------------------------------------------------------------------------------------------------------------


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_2_two_workers_say_it_once(cast, at):
    from tests.engines.race import race

    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    when = reception.arrive_at - timedelta(hours=2)
    outcomes = race(lambda: sweep(when), lambda: sweep(when))
    assert all(outcome.won for outcome in outcomes)
    assert cast.vgm.notices.filter(title__contains="两小时后到达").count() == 1
    assert events_of(reception).filter(verb="escalate").count() == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_2_two_managers_decide_once(cast, at):
    from tests.engines.race import race

    reception = make_reception(cast, "preparing", at=at, guests=GUESTS)
    when = reception.arrive_at - timedelta(hours=2)
    copies = [(Reception.objects.get(pk=reception.pk), who) for who in (cast.reception, cast.office)]
    outcomes = race(*[
        lambda one=one, who=who: decide(one, by=who, at=when, verdict="gaps", reason="边接边办") for one, who in copies
    ])  # fmt: skip
    assert sorted(outcome.won for outcome in outcomes) == [False, True]
    assert [outcome.error.code for outcome in outcomes if outcome.error] == ["state"]
    assert GoDecision.objects.count() == 1


@pytest.mark.django_db
def test_A5_6_rows_that_nobody_booked_block_and_the_guests_own_do_not(cast, at):
    from visits.arrangements.models import CarRow, LodgingRow

    reception, when = ready_to_begin(cast, at)
    LodgingRow.objects.create(reception=reception, order=1, hotel="湖景楼", rooms=6, payer="theirs")
    assert light_of(reception, when).colour == "green"
    car = CarRow.objects.create(reception=reception, order=1, ride="pick_up", people=6)
    found = light_of(reception, when)
    assert ([line.text for line in found.blocks], found.colour) == (["还没有订好：车辆 1 项"], "red")
    CarRow.objects.filter(pk=car.pk).update(booked_at=at, booked_by=cast.general)
    assert light_of(reception, when).colour == "green"


@pytest.mark.django_db
def test_A3_2_the_decision_waits_in_the_managers_list(cast, at):
    reception, when = ready_to_begin(cast, at)
    with frozen(when - timedelta(minutes=1)):
        assert "等你决定能否开始" not in html(browser(cast.reception).get("/todo/"))
    with frozen(when):
        assert "等你决定能否开始" in html(browser(cast.reception).get("/todo/"))
        assert "等你决定能否开始" not in html(browser(cast.sales).get("/todo/"))
        decide(reception, by=cast.reception, at=when, verdict="ready")
        assert "等你决定能否开始" not in html(browser(cast.office).get("/todo/"))
