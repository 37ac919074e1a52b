"""客服部工作日汇总: nothing is carried over silently, three people sign, locked is locked (D4.1, E5.3.7, records §2.3)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from helpdesk.daybook import actions
from helpdesk.daybook.actions import Why
from helpdesk.daybook.choices import Reason, Status
from helpdesk.daybook.flow import FLOW
from helpdesk.daybook.gathering import figures, left_open
from helpdesk.daybook.models import Day
from helpdesk.daybook.policies import PROCEDURE
from helpdesk.daybook.reminding import remind
from helpdesk.daybook.views_items import waiting_for
from helpdesk.log.actions import reply_close
from reception.core.clock.periods import local
from reception.core.clock.ticks import DAILY
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_call, make_repair, make_unit
from tests.helpdesk.test_grid import hands, table

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
GRID = """
         hand   take  review   give_back
open     handed .     .        .
handed   .      taken .        open
taken    .      .     reviewed open
reviewed .      .     .        .
"""
HANDS = """
hand      clerk clerk2 assistant manager
take      clerk2 assistant manager
review    manager director
give_back manager director
"""
INPUTS = {"review": {"opinion": "已阅"}, "give_back": {"reason": "漏写投诉进展"}}


@pytest.fixture
def evening(at):
    """Eleven at night of the tests' day: the desk has closed."""
    return local(at).replace(hour=23, minute=0)


def finish_day(cast, evening, status="handed"):
    """The day of `evening` with everything explained, walked to `status`."""
    on = evening.date()
    whys = {one.no: Why("forgotten" if one.slip else "hands", "明早办") for one in left_open(on, evening)}
    day, _ = actions.explain(on, by=cast.clerk, at=evening, whys=whys)
    for name, by in (("hand", cast.clerk), ("take", cast.clerk2), ("review", cast.manager)):
        if day.status == status:
            break
        given = INPUTS.get(name, {})
        day = (
            actions.hand(on, by=by, at=evening)
            if name == "hand"
            else getattr(actions, name)(day, by=by, at=evening, **given)
        )
    assert day.status == status
    return day


@pytest.fixture
def busy(cast, at):
    """A slip that is not back, an order that nobody went to, an open call, and one that was answered."""
    slip = make_repair(cast, at, "finished")
    waiting = make_repair(cast, at, unit=make_unit("5栋601"), content="灯不亮")
    call = make_call(cast, at, kind="help", handling="问保安")
    make_call(cast, at, "closed", kind="help", handling="问保安")
    return slip, waiting, call


def test_D4_1_what_is_open_is_gathered_the_missing_slip_first(cast, at, busy, evening):
    slip, waiting, call = busy
    rows = left_open(evening.date(), evening)
    assert [(one.no, one.kind, one.slip) for one in rows] == [
        (slip.no, "报修", True), (call.no, "来电", False), (waiting.no, "报修", False),
    ]  # fmt: skip
    assert rows[1].late, "the call was due the same day"
    lines = {line["label"]: tuple(line.values())[1:] for line in figures(evening.date(), evening, rows)}
    assert lines["报修"] == (2, 0, 2)
    assert lines["来电"] == (2, 1, 1)
    assert lines["到场"] == (1, 1, 0)
    assert left_open(evening.date() - timedelta(days=1), evening) == []


def test_E5_3_7_the_day_is_not_handed_over_while_a_reason_is_missing(cast, busy, evening):
    slip, waiting, call = busy
    on = evening.date()
    whys = {slip.no: Why("forgotten", "明早交"), call.no: Why("hands")}
    actions.explain(on, by=cast.clerk, at=evening, whys=whys)
    with pytest.raises(Refused) as refused:
        actions.hand(on, by=cast.clerk, at=evening)
    assert refused.value.message == f"还有 1 件没有写未完成原因：{waiting.no}。写齐才能交班。（D4.1、E5.3.7）"
    assert Day.objects.get().status == Status.OPEN
    actions.explain(on, by=cast.clerk, at=evening, whys={}, in_time=True)
    day = actions.hand(on, by=cast.clerk, at=evening, tomorrow="催底联")
    assert {row.no: row.reason for row in day.carried.all()} == {
        slip.no: Reason.FORGOTTEN, call.no: Reason.HANDS, waiting.no: Reason.IN_TIME,
    }  # fmt: skip
    assert (day.handed_name, day.tomorrow) == (str(cast.clerk), "催底联")


@pytest.mark.parametrize(
    ("which", "why", "sentence"),
    [
        (0, Why("in_time"), "底联还没有返回，不能记“时限内在办”，请查明原因。"),
        (2, Why("in_time"), "已经超时，不能记“时限内在办”，请查明原因。"),
        (1, Why("other"), "：选了“其他”，请写明原因。"),
        (1, Why("", "x"), "：请选未完成的原因。（D4.1）"),
    ],
)
def test_D4_1_a_reason_that_does_not_fit_is_refused(cast, busy, evening, which, why, sentence):
    no = busy[which].no
    with pytest.raises(Refused) as refused:
        actions.explain(evening.date(), by=cast.clerk, at=evening, whys={no: why})
    assert refused.value.message == no + sentence
    assert not Day.objects.exists()


def test_D4_1_what_became_late_meanwhile_is_not_in_time(cast, at, evening):
    order = make_repair(cast, at, "handed")
    on = evening.date()
    actions.explain(on, by=cast.clerk, at=at + timedelta(minutes=5), whys={}, in_time=True)
    with pytest.raises(Refused, match="已经超时"):
        actions.hand(on, by=cast.clerk, at=evening)
    actions.explain(on, by=cast.clerk, at=evening, whys={order.no: Why("hands")})
    assert actions.hand(on, by=cast.clerk, at=evening).status == Status.HANDED


def test_D4_1_what_ended_in_time_is_not_carried(cast, at, busy, evening):
    on, (slip, _, call) = evening.date(), busy
    actions.explain(on, by=cast.clerk, at=evening - HOUR, whys={call.no: Why("hands")})
    reply_close(call, by=cast.clerk, at=evening - HOUR / 2, reply="已告知")
    day = finish_day(cast, evening)
    assert [row.no for row in day.carried.filter(over=True)] == [call.no]
    assert slip.no in {row.no for row in day.carried.filter(over=False)}


def test_D4_1_signed_figures_stay_as_they_were(cast, busy, evening):
    day = finish_day(cast, evening, "reviewed")
    before = day.sheet
    make_call(cast, evening + HOUR, kind="help", handling="x")
    day.refresh_from_db()
    assert day.sheet == before
    for name, call in (("explain", {"whys": {}}), ("hand", {})):
        with pytest.raises(Refused, match="已经锁定"):
            getattr(actions, name)(day.on, by=cast.clerk, at=evening, **call)
    assert [e.label for e in events_of(day)] == [
        "开写汇总",
        "写未完成原因",
        "交班签字",
        "接班签字",
        "审阅签字",
    ]
    assert list(verify()) == []


def test_E5_3_7_the_manager_is_told_and_may_give_it_back(cast, busy, evening):
    day = finish_day(cast, evening, "taken")
    assert Notice.objects.filter(to=cast.manager, url=day.get_absolute_url()).count() == 1
    actions.give_back(day, by=cast.manager, at=evening, reason="漏写投诉进展")
    day.refresh_from_db()
    assert (day.status, day.handed_at, day.taken_name, day.sheet) == (Status.OPEN, None, "", [])
    assert list(events_of(day))[-1].detail == {"handed": str(cast.clerk), "taken": str(cast.clerk2)}


def test_D4_1_nobody_signs_twice_and_no_day_ahead(cast, busy, evening):
    day = finish_day(cast, evening)
    with pytest.raises(Refused, match="要由两个人签字"):
        actions.take(day, by=cast.clerk, at=evening)
    actions.take(day, by=cast.manager, at=evening)
    with pytest.raises(Refused, match="请由别的经理或主任审阅"):
        actions.review(day, by=cast.manager, at=evening, opinion="已阅")
    for days, words in ((1, "还没有到"), (-40, "一个多月")):
        with pytest.raises(Refused, match=words):
            actions.hand(evening.date() + timedelta(days=days), by=cast.clerk, at=evening)
    with pytest.raises(IntegrityError), transaction.atomic():
        Day.objects.filter(pk=day.pk).update(taken_by=cast.clerk)


@pytest.mark.parametrize("state", [s.value for s in Status])
def test_D4_1_the_grid(cast, busy, evening, state):
    day = (
        finish_day(cast, evening, state)
        if state != "open"
        else actions.explain(evening.date(), by=cast.clerk, at=evening, whys={}, in_time=True)[0]
    )
    grid, allowed = table(GRID), hands(HANDS)
    for move in FLOW:
        people = ("clerk", "clerk2", "assistant", "manager", "director", "repairer", "auditor")
        for who in people:
            day.refresh_from_db()
            target = grid[state][move.name]
            refusal = ""
            try:
                PROCEDURE.check(day, move.name, by=getattr(cast, who), at=evening)
            except Refused as refused:
                refusal = refused.code
            expected = "" if target != "." and who in allowed[move.name] else "refused"
            assert bool(refusal) == bool(expected), (state, move.name, who, refusal)


def test_D4_1_a_day_that_nobody_signed_is_told_at_eight(cast, busy, evening):
    morning = evening + 9 * HOUR
    remind(morning)
    told = Notice.objects.get(to=cast.manager, url=f"/helpdesk/daybook/{evening.date()}/")
    assert told.title == "10月21日的工作日汇总还没有交班，有 3 件没有了结"
    finish_day(cast, evening)
    remind(morning)
    assert Notice.objects.filter(to=cast.manager, url=told.url).count() == 1
    assert "daybook" in DAILY


def test_E5_3_7_what_waits_for_the_manager_stands_in_todo(cast, busy, evening):
    day = finish_day(cast, evening, "taken")
    assert [list(waiting_for(who)) for who in (cast.manager, cast.director, cast.clerk)] == [[day], [day], []]
    actions.review(day, by=cast.director, at=evening, opinion="已阅")
    assert list(waiting_for(cast.manager)) == []


# --- pages ----------------------------------------------------------------------------------------------------


def url(evening, tail=""):
    return f"/helpdesk/daybook/{evening.date()}/{tail}"


def test_D4_1_a_clerk_writes_the_reasons_and_signs(client, cast, busy, evening, login):
    slip, _, call = busy
    with time_machine.travel(evening, tick=False):
        login(client, cast.clerk)
        page = client.get(url(evening)).content.decode()
        assert "3 件没写原因" in page and f'name="reason_{slip.no}"' in page
        refused = client.post(url(evening, "hand/"), {"tomorrow": "催底联"})
        assert refused.status_code == 422 and "催底联" in refused.content.decode()
        data = {
            f"reason_{slip.no}": "forgotten",
            f"words_{slip.no}": "明早交",
            f"reason_{call.no}": "hands",
            "in_time": "on",
        }
        assert client.post(url(evening, "explain/"), data).status_code == 302
        assert "原因已写齐" in client.get(url(evening)).content.decode()
        assert client.post(url(evening, "hand/"), {"tomorrow": "催底联"}).status_code == 302
        again = client.post(url(evening, "hand/"), {})
        assert again.status_code == 409 and "已经锁定" in again.content.decode()
        paper = client.get(url(evening, "print/")).content.decode()
        assert "客服部工作日汇总" in paper and "忘交单：明早交" in paper
        assert client.get(url(evening, "day.xlsx"))["Content-Type"].startswith("application/vnd")
    day = Day.objects.get()
    login(client, cast.clerk2)
    with time_machine.travel(evening, tick=False):
        assert client.post(url(evening, "take/"), {"revision": day.revision}).status_code == 302
        assert client.post(url(evening, "take/"), {"revision": day.revision}).status_code == 409
    day.refresh_from_db()
    assert (day.status, day.taken_by) == (Status.TAKEN, cast.clerk2)


@pytest.mark.parametrize("tail", ["explain/", "hand/", "take/", "review/", "give_back/"])
def test_D4_1_anonymous_and_wrong_role(client, cast, busy, evening, login, tail):
    finish_day(cast, evening, "taken" if tail in ("review/", "give_back/") else "handed")
    before = Day.objects.get()
    data = {"revision": before.revision, "opinion": "x", "reason": "x"}
    with time_machine.travel(evening, tick=False):
        assert client.post(url(evening, tail), data).status_code == 302
        login(client, cast.repairer)
        assert client.post(url(evening, tail), data).status_code in (403, 404)
        login(client, cast.auditor)
        assert client.post(url(evening, tail), data).status_code == 403
    assert Day.objects.get().revision == before.revision


def test_E5_3_7_what_was_signed_is_there_to_be_completed_when_it_comes_back(client, cast, evening, login):
    on = evening.date()
    actions.hand(on, by=cast.clerk, at=evening, summary="3栋水泵停机", tomorrow="催水泵配件")
    actions.give_back(Day.objects.get(), by=cast.manager, at=evening, reason="漏写投诉进展")
    with time_machine.travel(evening, tick=False):
        login(client, cast.clerk)
        html = client.get(url(evening)).content.decode()
        assert ("3栋水泵停机</textarea>" in html, "催水泵配件</textarea>" in html) == (True, True)
        for edge in ("2000-01-01", "2099-12-31"):
            for tail in ("", "print/", "day.xlsx"):
                assert client.get(f"/helpdesk/daybook/{edge}/{tail}").status_code == 200, edge + tail


def test_D4_1_an_odd_row_keeps_what_was_typed(client, cast, busy, evening, login):
    slip = busy[0]
    with time_machine.travel(evening, tick=False):
        login(client, cast.clerk)
        for data in (
            {f"reason_{slip.no}": "other", f"words_{slip.no}": ""},
            {f"reason_{slip.no}": "nonsense", f"words_{slip.no}": "留着"},
            {f"reason_{slip.no}": "hands", f"expected_{slip.no}": "2020-01-01"},
        ):
            answer = client.post(url(evening, "explain/"), data)
            assert answer.status_code == 422, data
        assert client.get("/helpdesk/daybook/2026-13-40/").status_code == 404
        assert client.get("/helpdesk/daybook/today/").status_code == 302
    assert not Day.objects.exists()


def test_D4_1_yesterdays_words_are_offered_and_count_only_when_sent(client, cast, busy, evening, login):
    finish_day(cast, evening)
    slip, on = busy[0], evening.date() + timedelta(days=1)
    with time_machine.travel(evening + 20 * HOUR, tick=False):
        login(client, cast.clerk)
        page = client.get(f"/helpdesk/daybook/{on}/").content.decode()
        row = page.split(f'name="words_{slip.no}"')[1].split(">")[0]
        assert 'value="明早办"' in row and "3 件没写原因" in page
    with pytest.raises(Refused, match="还有 3 件"):
        actions.hand(on, by=cast.clerk, at=evening + 20 * HOUR)


@pytest.mark.parametrize("count", [1, 30])
def test_D4_1_the_page_costs_the_same_for_1_and_30(client, cast, at, evening, login, count):
    for number in range(count):
        make_call(cast, at, kind="help", handling="x", content=f"第{number}件")
    login(client, cast.clerk)
    with time_machine.travel(evening, tick=False):
        client.get(url(evening))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(evening)).status_code == 200
    # session, person, counts; the day; what is open and late, what was said before; received; limits in two;
    # complaints with emergencies, who came late; the shifts
    assert len(asked) == 12
