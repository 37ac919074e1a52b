"""我的日程 and 外出: who enters it, who is told, who is proposed instead (A4)."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.models import Notice
from reception.core.people.delegating import delegate
from tests.engines.race import errors, race, winners
from tests.factories.visits import make_reception
from tests.visits.pages import LOCAL, browser, frozen, html
from visits.hosts import actions
from visits.hosts.actions import instead_of
from visits.hosts.free import clashes
from visits.models import Absence, Reception

URL = "/visits/absences/"
H = timedelta(hours=1)


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def data(user, at, **over):
    start = at + timedelta(days=10)
    values = {"user": user.pk, "kind": "trip", "start": start.strftime(LOCAL), "end": (start + 8 * H).strftime(LOCAL),
              "note": "上海年会"}  # fmt: skip
    return {**values, **over}


def away(cast, at, **over):
    start = at + timedelta(days=10)
    return actions.enter(cast.vgm, **{"by": cast.vgm, "at": at, "kind": "trip", "start": start, "end": start + 8 * H, **over})  # fmt: skip


def test_A4_one_enters_ones_own_absence(cast, at):
    response = browser(cast.vgm).post(URL, data(cast.vgm, at))
    row = Absence.objects.get()
    assert (response.status_code, row.user, row.created_by, row.note) == (302, cast.vgm, cast.vgm, "上海年会")
    assert list(events_of(row).values_list("verb", flat=True)) == ["create"]


def test_A4_a_stranger_is_sent_to_sign_in(cast, at):
    response = browser().post(URL, data(cast.vgm, at))
    assert (response["Location"].split("?")[0], Absence.objects.count()) == ("/login/", 0)


@pytest.mark.parametrize(("name", "status"), [("office", 302), ("reception", 302), ("admin", 302), ("gm", 302),
                                              ("sales_head", 403), ("sales", 403), ("clerk", 403)])  # fmt: skip
def test_A4_for_somebody_else_only_the_keepers_and_the_head(cast, at, name, status):
    response = browser(getattr(cast, name)).post(URL, data(cast.vgm, at))
    assert (response.status_code, Absence.objects.count()) == (status, int(status == 302))


def test_A4_the_rule_holds_below_the_form(cast, at):
    with pytest.raises(Refused, match="由本人、部门负责人或办公室登记"):
        away(cast, at, by=cast.sales)


@pytest.mark.parametrize(
    ("over", "sentence"),
    [({"end": "2026-10-30T09:00"}, "结束时间要晚于开始时间"),
     ({"start": "2026-10-20T09:00", "end": "2026-10-20T10:00"}, "已经过去"),
     ({"start": ""}, "请填写开始时间"), ({"kind": "x"}, "请选择事由")],
)  # fmt: skip
def test_A4_what_makes_no_sense_is_refused_and_nothing_typed_is_lost(cast, at, over, sentence):
    response = browser(cast.vgm).post(URL, data(cast.vgm, at, **over))
    assert (response.status_code, Absence.objects.count()) == (422, 0)
    assert sentence in html(response) and "上海年会" in html(response)


def test_A4_twice_the_same_time_is_refused_with_the_first(cast, at):
    away(cast, at)
    response = browser(cast.vgm).post(URL, data(cast.vgm, at))
    assert (response.status_code, Absence.objects.count()) == (422, 1)
    assert "与已登记的" in html(response)


def test_A4_the_owners_are_told_with_a_substitute(cast, at):
    one = make_reception(cast, "preparing", at=at)
    Notice.objects.all().delete()
    away(cast, at)
    told = {str(row.to): (row.level, row.body) for row in Notice.objects.all()}
    text = "主陪何志远那段时间出差，建议改请秦岚（副总经理，那段时间有空，本周主陪 0 场）"
    assert told == {"顾清": ("warn", text), "邱实": ("warn", text)}
    event = events_of(one).filter(verb="host_absent").get()
    assert (event.label, event.reason) == ("主陪外出", text)


def test_A4_companions_who_are_away_are_told_of_too(cast, at):
    one = make_reception(cast, "preparing", at=at)
    one.colleagues.add(cast.tech)
    Notice.objects.all().delete()
    away(cast, at, by=cast.office) if False else actions.enter(
        cast.tech,
        by=cast.tech,
        at=at,
        kind="leave",
        start=at + timedelta(days=10),
        end=at + timedelta(days=11),
    )
    assert set(Notice.objects.values_list("body", flat=True)) == {"陪同人员方可那段时间休假，请核对陪同名单"}


def test_A4_another_time_concerns_nobody(cast, at):
    make_reception(cast, "preparing", at=at)
    Notice.objects.all().delete()
    away(cast, at, start=at + timedelta(days=2), end=at + timedelta(days=3))
    assert Notice.objects.count() == 0


def test_A4_when_nobody_is_free_that_is_said(cast, at):
    one = make_reception(cast, "preparing", at=at)
    for person in (cast.gm, cast.vgm2):
        actions.enter(person, by=person, at=at, kind="meeting", start=one.arrive_at, end=one.leave_at)
    away(cast, at)
    assert instead_of(one) is None
    assert "没有空闲的合格主陪" in Notice.objects.filter(level="warn").latest("pk").body


def test_withdrawing_works_once_and_says_so(cast, at):
    row = away(cast, at)
    client, url = browser(cast.vgm), f"{URL}{row.pk}/withdraw/"
    answers = [client.post(url).status_code for _ in range(2)]
    row.refresh_from_db()
    assert (answers, row.withdrawn_by, list(events_of(row).values_list("verb", flat=True))) == (
        [302, 409], cast.vgm, ["create", "withdraw"],
    )  # fmt: skip


def test_withdrawing_is_for_those_who_may(cast, at):
    url = f"{URL}{away(cast, at).pk}/withdraw/"
    answers = {
        name: browser(getattr(cast, name)).post(url).status_code
        for name in ("sales", "tech", "clerk", "auditor")
    }
    assert answers == {"sales": 404, "tech": 404, "clerk": 403, "auditor": 403}
    assert browser().post(url)["Location"].startswith("/login/")
    assert Absence.objects.standing().count() == 1


def test_what_is_over_stays(cast, at):
    row = away(cast, at)
    with pytest.raises(Refused, match="已经结束"):
        actions.withdraw(row, by=cast.vgm, at=at + timedelta(days=12))


def test_a_host_sees_what_is_ahead(cast, at):
    make_reception(cast, "preparing", at=at)
    page = html(browser(cast.vgm).get(URL))
    assert "主陪远航重工集团（JD-2026-0001）" in page and "10月31日 10:00–11月1日 16:00" in page


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A4_the_same_absence_entered_by_two_at_once_is_one(cast, at):
    outcomes = race(lambda: away(cast, at), lambda: away(cast, at, by=cast.office))
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)], Absence.objects.count()) == (1, ["invalid"], 1)  # fmt: skip
    assert Reception.objects.count() == 0


def test_A4_a_host_who_hands_approvals_over_is_asked_about(cast, at):
    """A delegation is a sign of absence: the owners are asked, the host is perhaps busy."""
    one = make_reception(cast, "preparing", at=at)
    Notice.objects.all().delete()
    delegate(by=cast.vgm, at=at, from_user=cast.vgm, to_user=cast.vgm2, starts_at=one.arrive_at, ends_at=one.leave_at,
             scope="decide", reason="出差")  # fmt: skip
    text = "主陪何志远那段时间由秦岚代理审批（出差），请确认能否主陪。不能的话，建议改请秦岚（副总经理，那段时间有空，本周主陪 0 场）"
    assert {row.body for row in Notice.objects.filter(to__in=(cast.sales, cast.sales_head))} == {text}
    (found,) = clashes(cast.vgm, one.arrive_at, one.leave_at, one)
    assert (found.perhaps, found.sentence) == (True, "10月31日 10:00–11月1日 16:00 可能外出，审批由秦岚代理")
