"""B4: the resources, and bookings that never meet — alone, with a reception, and raced."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from tests.engines.race import errors, race, winners
from tests.factories.resources import booked, day, make_resource
from tests.factories.visits import approve, inside, make_draft, make_reception, make_task, stale
from visits.changes import actions as changes
from visits.models import Resource, ResourceBooking
from visits.requests import actions as requests
from visits.resources import actions, booking, following, guards
from visits.resources.policies import PROCEDURE
from visits.resources.rows import book_for

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field, no.value.message


def told(user) -> list[str]:
    return list(User.objects.get(pk=user.pk).notices.order_by("pk").values_list("title", flat=True))


def test_B4_a_resource_has_its_facts_and_one_name(cast, at):
    made = make_resource(cast, at, "一号会议室", capacity=12, setup_before=30)
    assert (made.exclusive, made.sound, events_of(made).get().verb) == (True, "yihaohuiyishi", "create")
    tries = [
        refusal(make_resource, cast, at, "一号会议室")[:2],
        refusal(make_resource, cast, at, " ")[:2],
        refusal(make_resource, cast, at, "二号会议室", price_until=at.date())[:2],
        refusal(make_resource, cast, at, "二号会议室", by=cast.sales)[:2],
    ]
    assert tries == [("invalid", "name"), ("missing", "name"), ("missing", "price"), ("forbidden", "")]
    assert make_resource(cast, at, "一号会议室", kind="office").exclusive is True
    assert make_resource(cast, at, "湖景楼", kind="hotel").exclusive is False


def test_B4_a_firm_booking_keeps_every_other_out_with_its_preparation(cast, at):
    room = make_resource(cast, at, "一号会议室", capacity=12, setup_before=30, setup_after=15)
    make_resource(cast, at, "二号会议室", capacity=20)
    make_resource(cast, at, "小会议室", capacity=4)
    first = booked(room, cast, at, hours=(9, 11))
    code, field, said = refusal(booked, room, cast, at, hours=(11, 12), by=cast.tech, people=8)
    assert (code, field) == ("state", "start")
    assert said == (
        "一号会议室这段时间没有空：10月22日 09:00–11:00 已订，营销部顾清。可改用二号会议室，或一号会议室 11:45 起。（B4）"
    )
    after = booked(room, cast, at, hours=(11.75, 13), by=cast.tech)
    booking.free(first, by=cast.sales, at=at, reason="会议取消")
    assert booked(room, cast, at, hours=(9, 11), by=cast.tech).status == "firm"
    assert [stale(first).status, stale(after).status] == ["freed", "firm"]


def test_B4_what_is_shared_is_never_in_the_way(cast, at):
    hotel = make_resource(cast, at, "湖景楼", kind="hotel", source="outside")
    assert [booked(hotel, cast, at, by=who).status for who in (cast.sales, cast.tech)] == ["firm", "firm"]


def test_B4_bad_wishes_get_a_sentence(cast, at):
    room = make_resource(cast, at, "一号会议室", capacity=6, closed_on=(at + timedelta(days=3)).date())
    tries = [
        refusal(booked, room, cast, at, hours=(11, 9))[:2],
        refusal(booked, room, cast, at, days=-1)[:2],
        refusal(booked, room, cast, at, purpose=" ")[:2],
        refusal(booked, room, cast, at, people=7)[:2],
        refusal(booked, room, cast, at, days=3)[:2],
        refusal(booked, room, cast, at, by=cast.clerk)[:2],
        refusal(booked, room, cast, at, hours=(9, 9 + 24 * 40))[:2],
    ]
    assert tries == [
        ("invalid", "end"), ("invalid", "start"), ("missing", "purpose"), ("invalid", "people"), ("state", "end"),
        ("forbidden", ""), ("invalid", "end"),
    ]  # fmt: skip


def test_B4_only_the_office_overrides_and_says_why(cast, at):
    room = make_resource(cast, at, "一号会议室", capacity=6)
    booked(room, cast, at)
    assert refusal(booked, room, cast, at, by=cast.reception, override="领导指定")[:2] == (
        "forbidden",
        "override",
    )
    made = booked(room, cast, at, by=cast.office, override="领导指定用这间", people=9)
    assert (made.status, made.overlaps, made.override_reason) == ("firm", True, "领导指定用这间")
    assert events_of(made).first().detail["override"] == "领导指定用这间"
    assert refusal(booked, room, cast, at, by=cast.tech)[0] == "state"


def test_B4_bookings_follow_the_application(cast, at):
    room = make_resource(cast, at, "一号会议室")
    draft = make_draft(cast, at=at)
    made = booked(room, cast, at, reception=draft, days=10)
    states = [made.status]
    for step in (
        lambda r: requests.submit(r, by=cast.sales, at=at),
        lambda r: requests.return_back(r, by=cast.sales_head, at=at, reason="请补行程"),
        lambda r: requests.submit(r, by=cast.sales, at=at),
        lambda r: requests.agree(r, by=cast.sales_head, at=at),
        lambda r: approve(r, cast, at),
    ):
        draft = stale(draft)
        step(draft)
        states.append(stale(made).status)
    assert states == ["planned", "tentative", "planned", "tentative", "tentative", "firm"]
    requests.cancel(stale(draft), by=cast.gm, at=at, reason="客户改期")
    assert (stale(made).status, stale(made).free_reason) == ("freed", "接待已取消")


def test_B4_the_first_approved_has_it_and_the_other_reads_what_else_there_is(cast, at):
    room = make_resource(cast, at, "一号会议室", capacity=12)
    make_resource(cast, at, "二号会议室", capacity=12)
    one, other = make_draft(cast, at=at), make_draft(cast, at=at, by=cast.sales2)
    first, second = booked(room, cast, at, reception=one, days=10), booked(
        room, cast, at, reception=other, days=10, by=cast.sales2
    )  # fmt: skip
    for draft in (one, other):
        requests.submit(draft, by=draft.applicant, at=at)
        requests.agree(draft, by=cast.sales_head, at=at)
    assert (stale(first).status, stale(second).status) == ("tentative", "tentative")
    approve(other, cast, at)
    assert (stale(first).status, stale(second).status) == ("freed", "firm")
    assert (
        "您预订的一号会议室 10月31日 09:00–11:00 落空：一号会议室这段时间已被订下，可改用二号会议室"
        in told(cast.sales)
    )
    third = make_draft(cast, at=at)
    assert refusal(booked, room, cast, at, reception=third, days=10)[0] == "state"


def test_B4_a_planned_one_that_was_taken_meanwhile_stops_the_submission(cast, at):
    room = make_resource(cast, at, "一号会议室")
    draft = make_draft(cast, at=at)
    made = booked(room, cast, at, reception=draft, days=10)
    booked(room, cast, at, by=cast.tech, days=10)
    code, _, said = refusal(requests.submit, draft, by=cast.sales, at=at)
    assert (code, stale(draft).status, stale(made).status) == ("state", "draft", "planned")
    assert said.startswith("一号会议室没有空了：10月31日 09:00–11:00 已订，技术品质部方可。")


def test_B4_a_task_books_and_a_tentative_one_is_asked_about(cast, at):
    room, task = make_resource(cast, at, "一号会议室"), make_task(cast, at=at)
    waiting = booked(
        room, cast, at, reception=make_reception(cast, "pending", at=at, by=cast.sales2), by=cast.sales2
    )
    wish = {"reception": task.reception, "task": task, "by": cast.general}
    assert refusal(booked, room, cast, at, **wish)[:2] == ("invalid", "anyway")
    assert booked(room, cast, at, anyway=True, **wish).status == "firm"
    assert stale(waiting).status == "freed"
    draft = make_draft(cast, at=at)
    assert refusal(booked, room, cast, at, days=5, reception=draft, by=cast.tech)[0] == "forbidden"


def test_B4_a_new_date_moves_the_bookings_and_shows_it_before(cast, at):
    room, other = make_resource(cast, at, "一号会议室", capacity=8), make_resource(cast, at, "二号会议室")
    it = make_reception(cast, "preparing", at=at)
    ours = [booked(one, cast, at, reception=it, days=10) for one in (room, other)]
    theirs = booked(other, cast, at, by=cast.tech, days=12, hours=(10, 12))
    found = following.shifts(it, 2)
    assert [(one.text, one.clash) for one in found] == [
        ("一号会议室 10月31日 09:00–11:00 → 11月2日 09:00–11:00", ""),
        ("二号会议室 10月31日 09:00–11:00 → 11月2日 09:00–11:00", "11月2日 10:00–12:00 已订，技术品质部方可"),
    ]
    with inside():
        following.move_along(it, 2, by=cast.sales, at=at)
    assert [stale(one).status for one in (*ours, theirs)] == ["firm", "freed", "firm"]
    assert stale(ours[0]).start == day(at, 12, 9)
    with inside():
        following.move_along(it, 1, by=cast.sales, at=at)
    assert stale(ours[0]).start == day(at, 13, 9)


def test_B4_an_approved_change_takes_the_booking_along_and_a_cancelled_row_lets_it_go(cast, at):
    room, car = (
        make_resource(cast, at, "一号会议室"),
        make_resource(cast, at, "浙E·7K208", kind="car", phone="8100"),
    )
    rides = {"cars": [{"ride": "pick_up", "starts": at + timedelta(days=10), "place": "湖滨站", "people": 6}]}
    it = make_reception(cast, "preparing", at=at, rows=rides)
    ours = booked(room, cast, at, reception=it, days=10)
    start, end = day(at, 10, 9), day(at, 10, 11)
    row = it.cars.get()
    ride = book_for(car, row, by=cast.general, at=at, start=start, end=end, reception=it)
    change = changes.start(stale(it), by=cast.sales, at=at)
    later = {"arrive_at": at + timedelta(days=13), "leave_at": at + timedelta(days=14)}
    changes.save(change, by=cast.sales, at=at, fields=later, reason="客户推迟", rows={"cars": []})
    changes.submit(change, by=cast.sales, at=at)
    changes.approve(change, by=cast.gm, at=at, opinion="同意")
    assert (stale(ours).start, stale(ours).status) == (day(at, 13, 9), "firm")
    assert (stale(ride).status, stale(ride).free_reason) == ("freed", "变更后不需要了")


def test_B4_moved_by_hand_within_the_rules(cast, at):
    room = make_resource(cast, at, "一号会议室")
    made, other = booked(room, cast, at), booked(room, cast, at, hours=(14, 16), by=cast.tech)
    wish = {"at": at, "start": day(at, 1, 13), "end": day(at, 1, 15)}
    assert refusal(booking.move, made, by=cast.sales, **wish)[0] == "state"
    assert refusal(booking.move, other, by=cast.sales, **wish)[0] == "forbidden"
    booking.move(made, by=cast.sales, at=at, start=day(at, 1, 10), end=day(at, 1, 12))
    assert stale(made).start == day(at, 1, 10)
    assert refusal(booking.move, made, by=cast.sales, expect=0, **wish)[0] == "stale"


def test_B4_used_resources_are_judged_and_the_judgement_stands_at_the_resource(cast, at):
    room = make_resource(cast, at, "一号会议室")
    it = make_reception(cast, "preparing", at=at)
    made = booked(room, cast, at, reception=it, days=10)
    assert refusal(booking.judge, made, by=cast.sales, at=at, score=5)[0] == "state"
    later = at + timedelta(days=12)
    requests.start(stale(it), by=cast.sales, at=at + timedelta(days=10))
    requests.finish(stale(it), by=cast.sales, at=later)
    made = stale(made)
    assert refusal(booking.judge, made, by=cast.tech, at=later, score=5)[0] == "forbidden"
    assert refusal(booking.judge, made, by=cast.sales, at=later, score=None)[:2] == ("missing", "score")
    assert refusal(booking.judge, made, by=cast.sales, at=later, score=2)[:2] == ("missing", "note")
    booking.judge(made, by=cast.sales, at=later, score=4, note="投影清楚")
    one = Resource.objects.judged().get(pk=room.pk)
    assert (one.stars, one.votes) == (4.0, 1)


def test_B4_a_closure_tells_those_who_booked(cast, at):
    room = make_resource(cast, at, "一号会议室")
    booked(room, cast, at, days=5)
    booked(room, cast, at, days=2, by=cast.tech)
    fields = {"kind": "room", "name": "一号会议室", "closed_on": (at + timedelta(days=4)).date()}
    actions.change_resource(stale(room), by=cast.office, at=at, fields=fields, expect=0)
    said = "一号会议室从 2026-10-25 起停用，您 10月26日 09:00–11:00 的预订请改用别的"
    assert (told(cast.sales)[-1:], told(cast.tech)) == ([said], [])
    assert (
        refusal(actions.change_resource, room, by=cast.office, at=at, fields=fields, expect=0)[0] == "stale"
    )


def test_B4_the_grid_of_a_booking(cast, at):
    """Nobody makes the moves of the reception by hand; whoever booked, its applicant and the keepers let it go."""
    room, it = make_resource(cast, at, "一号会议室"), make_reception(cast, "preparing", at=at)
    made = booked(room, cast, at, reception=it, by=cast.general)
    names = ("general", "sales", "office", "reception", "sales2", "tech", "clerk", "auditor")
    could = {
        move: [name for name in names if allowed(made, move, getattr(cast, name), at)]
        for move in ("hold", "unhold", "confirm", "give_way", "free")
    }
    nobody: list[str] = []
    assert could == {**dict.fromkeys(("hold", "unhold", "confirm", "give_way"), nobody),
                     "free": ["general", "sales", "office", "reception"]}  # fmt: skip
    booking.free(made, by=cast.sales, at=at, reason="改在大厅")
    assert refusal(booking.free, made, by=cast.sales, at=at, reason="再来")[0] == "state"
    assert told(cast.general)[-1] == "YD-2026-0001 一号会议室 项目洽谈：顾清已释放"


def allowed(made, move, who, at) -> bool:
    try:
        PROCEDURE.check(made, move, by=who, at=at)
    except Refused as no:
        assert no.code in ("forbidden", "state")
        return False
    return True


def test_B4_the_engine_itself_refuses_a_second_one(cast, at):
    room = make_resource(cast, at, "一号会议室")
    made = booked(room, cast, at)
    assert guards.standing(connection) is True
    made.pk, made.no = None, "YD-2026-0999"
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def both(cast, at, room):
    return race(*(lambda who=who: booked(room, cast, at, by=who) for who in (cast.sales, cast.tech)))


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B4_two_people_in_the_same_second(cast, at):
    room = make_resource(cast, at, "一号会议室")
    outcomes = both(cast, at, room)
    assert (len(winners(outcomes)), [no.code for no in errors(outcomes)]) == (1, ["state"])
    assert ResourceBooking.objects.firm().count() == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B4_without_the_look_the_engine_still_says_no_in_a_sentence(cast, at, monkeypatch):
    room = make_resource(cast, at, "一号会议室")
    monkeypatch.setattr(booking, "clear", lambda *args, **kwargs: (False, []))
    outcomes = both(cast, at, room)
    assert (len(winners(outcomes)), [no.code for no in errors(outcomes)]) == (1, ["state"])


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B4_negative_control_without_look_and_guard_both_have_it(cast, at, monkeypatch):
    room = make_resource(cast, at, "一号会议室")
    monkeypatch.setattr(booking, "clear", lambda *args, **kwargs: (False, []))
    guards.lift(connection)
    try:
        assert len(winners(both(cast, at, room))) == 2
    finally:
        ResourceBooking.objects.all().delete()
        guards.install(connection)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B4_an_approval_against_a_booking_leaves_one_firm(cast, at):
    room, it = make_resource(cast, at, "一号会议室"), make_reception(cast, "pending", at=at)
    booked(room, cast, at, reception=it, days=10)
    outcomes = race(
        lambda: approve(stale(it), cast, at),
        lambda: booked(room, cast, at, by=cast.tech, days=10, anyway=True),
    )
    assert all(no.code == "state" for no in errors(outcomes))
    assert ResourceBooking.objects.firm().count() == 1
    assert stale(it).status == "preparing"
