"""集体反映: three households of one building with the same trouble within a day are proposed as one, once (D4.4.4)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from helpdesk.collective import actions
from helpdesk.collective.choices import Status
from helpdesk.collective.flow import FLOW
from helpdesk.collective.models import Collective, CollectiveRule, Household
from helpdesk.log import actions as calls
from helpdesk.log.actions import convert
from helpdesk.log.models import Call
from helpdesk.repairs import actions as repairs
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.engines.race import race
from tests.factories.helpdesk import make_call, make_unit
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_grid import hands, outcome, table
from tests.helpdesk.test_races import raced

AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
# Row: the state it is in. Column: the move. Cell: the state it ends in, "=" the same, "." refused.
GRID = """
          accept   dismiss   call_back finish
proposed  accepted dismissed .         .
accepted  .        .         =         finished
dismissed .        .         .         .
finished  .        .         .         .
"""
HANDS = """
accept    clerk clerk2 assistant manager
dismiss   clerk clerk2 assistant manager
call_back clerk clerk2 assistant manager
finish    clerk clerk2 assistant manager
"""


def report(cast, at, room, words="家里停水了", **heard):
    """A call from that flat of 3栋, turned into an order as the desk does."""
    call = make_call(
        cast,
        at,
        kind="repair",
        content=words,
        unit=make_unit(f"3栋{room}"),
        handling="",
        caller_name=f"周{room}",
        **heard,
    )
    convert(call, by=cast.clerk, at=at)
    return call


def make_collective(cast, at, status="proposed"):
    """One of three flats without water, walked to `status` by the real actions."""
    for room in (101, 201, 301):
        report(cast, at, room)
    one = Collective.objects.get(status="proposed")
    if status == "dismissed":
        actions.dismiss(one, by=cast.manager, at=at, reason="计划停水，已贴告示")
    if status in ("accepted", "finished"):
        actions.accept(one, by=cast.clerk, at=at)
    if status == "finished":
        call_all(cast, one, at)
        actions.finish(one, by=cast.clerk, at=at)
    return one


def call_all(cast, one, at):
    for house in one.households.filter(called_at__isnull=True):
        actions.call_back(one, by=cast.clerk2, at=at, household=house, result="informed")


@pytest.mark.django_db
@pytest.mark.engine
def test_D4_4_4_states_by_moves_and_hands(cast, at):
    found, may = {}, {}
    wanted = table(GRID)
    for state in wanted:
        one = make_collective(cast, at, state)
        if state == "accepted":
            call_all(cast, one, at)
            report(cast, at, 404)
        house = one.households.filter(called_at__isnull=True).first()
        given = {"dismiss": {"reason": "误会"}, "call_back": {"household": house, "result": "settled"}}
        for move, cell in wanted[state].items():
            if move == "finish" and state == "accepted":
                continue
            act, more = getattr(actions, move), given.get(move, {})
            found[state, move] = outcome(Collective, one.pk, act, by=cast.manager, at=at, **more)
            if cell != ".":
                may[move] = {
                    name for name, user in vars(cast).items()
                    if outcome(Collective, one.pk, act, by=user, at=at, **more) != "forbidden"
                }  # fmt: skip
        if state == "accepted":
            assert outcome(Collective, one.pk, actions.finish, by=cast.manager, at=at) == "state", (
                "one is left"
            )
            call_all(cast, one, at)
            found[state, "finish"] = outcome(Collective, one.pk, actions.finish, by=cast.manager, at=at)
            act = actions.finish
            may["finish"] = {
                n
                for n, u in vars(cast).items()
                if outcome(Collective, one.pk, act, by=u, at=at) != "forbidden"
            }
            actions.finish(one, by=cast.clerk, at=at)
        elif state == "proposed":
            actions.dismiss(one, by=cast.clerk, at=at, reason="误会")
        at += 30 * HOUR
    flat = {
        (s, m): {"=": s, ".": "state"}.get(cell, cell) for s, row in wanted.items() for m, cell in row.items()
    }
    assert found == flat
    assert may == hands(HANDS)
    assert set(wanted) == set(Status.values)
    assert set(hands(HANDS)) == set(FLOW.moves)


@pytest.mark.django_db
def test_D4_4_4_three_households_of_a_building_within_a_day_are_proposed_once(cast, at):
    report(cast, at, 101)
    report(cast, at + HOUR, 201)
    report(cast, at + HOUR, 201, "还是没水")  # the same household once more
    report(cast, at + HOUR, 301, "门锁坏了")  # something else
    report(cast, at + 23 * HOUR, 901, place="3栋901")
    one = Collective.objects.get()
    assert (one.no, one.title, str(one.category)) == ("JT-2026-0001", "3栋 停水 已有 3 户反映", "水")
    assert list(one.households.values_list("unit__label", flat=True)) == ["3栋101", "3栋201", "3栋901"]
    for who in (cast.manager, cast.clerk2):
        assert Notice.objects.filter(to=who, title__startswith="集体反映 3栋 停水").count() == 1
    report(cast, at + 24 * HOUR, 601, "水压小")
    one.refresh_from_db()
    assert (Collective.objects.count(), one.size) == (1, 4), "later callers join, nothing is proposed twice"


@pytest.mark.django_db
def test_D4_4_4_too_far_apart_or_another_building_is_nobody_s_matter(cast, at):
    report(cast, at, 101)
    report(cast, at + 13 * HOUR, 201)
    report(cast, at + 25 * HOUR, 301)
    for building in ("5栋", "6栋"):
        call = make_call(
            cast, at + 25 * HOUR, kind="repair", content="停水", unit=make_unit(f"{building}101")
        )
        convert(call, by=cast.clerk, at=at + 25 * HOUR)
    assert not Collective.objects.exists()
    CollectiveRule.objects.filter(kind="repair").update(households=2)
    report(cast, at + 26 * HOUR, 401)
    assert Collective.objects.get().size == 3, "the threshold is data"
    for room in (1, 2, 3):
        make_call(cast, at, kind="enquiry", content="问物业费", unit=make_unit(f"7栋{room}01"))
    assert Collective.objects.count() == 1, "a kind without a rule is never proposed"


@pytest.mark.django_db
def test_D4_4_4_accepted_it_is_an_important_matter_and_everybody_is_called_back(cast, at):
    one = make_collective(cast, at, "accepted")
    alarm = one.emergency
    assert (str(alarm.category), alarm.place, alarm.alerts.count() > 3) == ("停水停电", "3栋", True)
    assert alarm.content == "3栋 停水 已有 3 户反映：3栋101、3栋201、3栋301"
    report(cast, at + HOUR, 501)
    one.refresh_from_db()
    assert one.size == 4
    first, second, *_ = one.households.all()
    call = {"by": cast.clerk2, "at": at + HOUR}
    with pytest.raises(Refused, match="怎么说"):
        actions.call_back(one, household=first, result="unsettled", **call)
    actions.call_back(one, household=first, result="unsettled", words="还是没水", **call)
    with pytest.raises(Refused, match="已经回访过"):
        actions.call_back(one, household=first, result="settled", **call)
    first.refresh_from_db()
    assert (first.called_by, first.called_at, first.words) == (cast.clerk2, at + HOUR, "还是没水")
    for _ in range(3):
        actions.call_back(one, household=second, result="unreachable", **call)
    second.refresh_from_db()
    assert (second.attempts, second.result) == (2, "unreachable")
    report(cast, at + 2 * HOUR, 101, "又停水")  # called back already: once more on the list
    one.refresh_from_db()
    assert (one.called, one.size) == (2, 5)
    with pytest.raises(Refused, match="还有 3 户没有回访"):
        actions.finish(one, by=cast.clerk, at=at + HOUR)
    call_all(cast, one, at + HOUR)
    actions.finish(one, by=cast.clerk, at=at + HOUR)
    assert not Clock.objects.of(one).open().exists()


@pytest.mark.django_db
def test_D4_3_3_who_never_called_is_not_called_back(cast, at):
    """A call that is struck out takes its household off the list, unless they called about it once more."""
    one = make_collective(cast, at, "accepted")
    report(cast, at + HOUR, 101, "还是没水", number="13900001111")
    report(cast, at + HOUR, 201, "漏水")  # of another sort by its second level, of the same by its first
    first, second, third = one.households.all()
    actions.call_back(one, by=cast.clerk, at=at + HOUR, household=third, result="informed")
    for house in (first, third):
        strike_out(cast, house.call, at + HOUR)
    one.refresh_from_db()
    first.refresh_from_db()
    assert (one.size, first.phone, third.call.status) == (3, "13900001111", "void")
    strike_out(cast, first.call, at + HOUR)
    one.refresh_from_db()
    assert [house.unit.label for house in one.households.all()] == ["3栋201", "3栋301"]
    assert (one.size, one.called, events_of(one).last().label) == (2, 1, "移出名单")
    actions.call_back(one, by=cast.clerk, at=at + HOUR, household=second, result="informed")
    actions.finish(one, by=cast.clerk, at=at + HOUR)


def strike_out(cast, call, at):
    call.refresh_from_db()
    repairs.void(call.repairs.get(), by=cast.manager, at=at, reason="开错了")
    call.refresh_from_db()
    calls.void(call, by=cast.manager, at=at, reason="打错了")


@pytest.mark.django_db
def test_D4_4_4_dismissed_with_the_reason_the_same_calls_are_not_proposed_again(cast, at):
    one = make_collective(cast, at)
    with pytest.raises(Refused, match="为什么不立案"):
        actions.dismiss(one, by=cast.clerk, at=at, reason=" ")
    actions.dismiss(one, by=cast.clerk, at=at + HOUR, reason="计划停水")
    assert events_of(one).last().reason == "计划停水"
    for room in (401, 501):
        report(cast, at + 2 * HOUR, room)
    assert Collective.objects.count() == 1
    report(cast, at + 2 * HOUR, 601)
    assert Collective.objects.count() == 2, "three that called since are new"
    with pytest.raises(IntegrityError), transaction.atomic():
        Collective.objects.filter(pk=one.pk).update(status="proposed", ended_at=None, ended_by=None)


@pytest.mark.django_db
def test_D4_4_4_the_page_the_desk_and_the_five_answers(client, cast, at):
    with time_machine.travel(at + HOUR, tick=False):
        one = make_collective(cast, at)
        url = one.get_absolute_url()
        client.force_login(cast.clerk)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as queries:
            assert one.title in client.get("/desk/").content.decode()
        assert len(queries) <= 10
        assert one.no in client.get("/todo/").content.decode()
        client.force_login(cast.sales)
        assert client.get(url).status_code == 403
        for who, status in ((None, 302), (cast.auditor, 403)):
            client.logout()
            if who:
                client.force_login(who)
            assert client.post(f"{url}accept/", {"revision": 0}).status_code == status
        client.force_login(cast.manager)
        assert "为什么不立案" in client.post(f"{url}dismiss/", {"reason": ""}).content.decode()
        assert client.post(f"{url}accept/", {"revision": 9}).status_code == 409
        assert client.post(f"{url}accept/", {"revision": 0})["Location"] == url
        assert client.post(f"{url}accept/", {"revision": 0}).status_code == 409
        house = Household.objects.first()
        typed = {"household": house.pk, "result": "settled", "words": "来水了"}
        assert "回访结果" in client.post(f"{url}call_back/", {**typed, "result": ""}).content.decode()
        assert client.post(f"{url}call_back/", typed).status_code == 302
        again = client.post(f"{url}call_back/", typed)
        assert (again.status_code, "来水了" in again.content.decode()) == (422, True)
        assert client.post(f"{url}finish/", {}).status_code == 409
        with CaptureQueriesContext(connection) as queries:
            text = client.get(f"{url}?household={house.pk}").content.decode()
        assert len(queries) <= 9  # the list to choose from is one of them
        assert "来水了" in text
        assert one.no in client.get("/helpdesk/collective/").content.decode()
        with time_machine.travel(
            at + 72 * HOUR, tick=False
        ):  # its red clock leads to why, for its readers alone
            why = f"/clocks/helpdesk.collective/{one.pk}/"
            assert f'href="{why}' in client.get(url).content.decode()
            assert client.get(why).status_code == 200
            client.force_login(cast.sales)
            assert client.get(why).status_code == 404
            client.force_login(cast.manager)
        one.refresh_from_db()
        assert "逐户回访名单 1/3" in client.get(one.emergency.get_absolute_url()).content.decode()


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_D4_4_4_raced_one_proposal_one_matter_one_call_back():
    cast = make_cast()
    for room in (101, 201):
        report(cast, AT, room)
    calls = [
        make_call(cast, AT, kind="repair", content="停水", unit=make_unit(f"3栋{room}"))
        for room in (301, 401)
    ]
    copies = [Call.objects.get(pk=one.pk) for one in calls]
    ended = race(*[lambda c=c: convert(c, by=cast.clerk, at=AT) for c in copies])
    assert [one.error for one in ended] == [None, None]
    one = Collective.objects.get()
    assert (one.size, one.households.count()) == (4, 4)
    people = (cast.clerk, cast.manager)
    moves = [lambda o, p=p: actions.accept(o, by=p, at=AT) for p in people]
    assert sorted(raced(one.pk, *moves, model=Collective)) == ["", "stale"]
    house = one.households.first()
    moves = [
        lambda o, p=p: actions.call_back(o, by=p, at=AT, household=house, result="settled") for p in people
    ]
    assert sorted(raced(one.pk, *moves, model=Collective)) == ["", "state"]
    one.refresh_from_db()
    assert one.called == 1
