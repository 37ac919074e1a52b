"""来宾满意度 by a link without login (issue 3.7): what a guest may, when, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.models import Notice
from tests.engines.race import errors, race, winners
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.models import Answer, Invitation
from visits.satisfaction import actions
from visits.satisfaction.links import token_of

pytestmark = pytest.mark.django_db
GOOD = {"overall": "5", "agenda": "4", "words": "讲解很清楚", "name": "陆远"}


@pytest.fixture(autouse=True)
def a_fresh_count():
    cache.clear()


def asked(cast, at, status="settling", **over):
    """A reception that is over, and the address of its guests' page."""
    reception = make_reception(cast, status, at=at, **over)
    return reception, f"/visits/thanks/{token_of(reception.invitations.get(revoked_at__isnull=True))}/"


def say(url, at, client=None, **over):
    with frozen(at):
        return (client or Client()).post(url, {**GOOD, **over})


def test_B1_a_guest_answers_without_signing_in(cast, at):
    reception, url = asked(cast, at)
    client = Client()
    with frozen(at):
        page = html(client.get(url))
    assert ("行程安排" in page, "Programme" in page, "用餐" in page, "讲解" in page) == (
        True,
        True,
        True,
        False,
    )
    assert say(url, at, client).status_code == 302
    row = Answer.objects.get()
    assert (row.reception, row.overall, row.agenda, row.meal, row.words, row.name) == (
        reception,
        5,
        4,
        None,
        "讲解很清楚",
        "陆远",
    )
    event = events_of(reception).last()
    assert (event.verb, event.actor, event.reason, event.detail["overall"]) == (
        "answer",
        None,
        "讲解很清楚",
        5,
    )
    with frozen(at):
        assert "已收到您的评价" in html(client.get(f"{url}?done"))
        shown = html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
    assert ("讲解很清楚" in shown, "5.0" in shown) == (True, True)


def test_B1_a_low_score_is_urgent(cast, at):
    _, url = asked(cast, at)
    Notice.objects.all().delete()
    say(url, at, agenda="2")
    assert set(Notice.objects.values_list("to__username", "level")) == {
        ("sales", "urgent"),
        ("reception", "urgent"),
    }
    assert "请尽快回访" in Notice.objects.first().title


def test_B1_the_same_browser_corrects_for_a_day(cast, at):
    _, url = asked(cast, at)
    client = Client()
    say(url, at, client)
    assert say(url, at + timedelta(hours=23), client, overall="3").status_code == 302
    assert list(Answer.objects.values_list("overall", "answered_at", "corrected_at")) == [
        (3, at, at + timedelta(hours=23))
    ]
    late = say(url, at + timedelta(hours=24), client, overall="1")
    assert (late.status_code, "超过 24 小时" in html(late), Answer.objects.get().overall) == (409, True, 3)


@pytest.mark.parametrize("how", ["expired", "revoked", "archived", "replaced"])
def test_B1_a_closed_link_takes_nothing(cast, at, how):
    reception, url = asked(cast, at, "archived" if how == "archived" else "settling")
    if how == "revoked":
        actions.revoke(reception, by=cast.sales, at=at)
    if how == "replaced":
        actions.invite(reception, by=cast.sales, at=at)
    when = at + timedelta(days=30 if how == "expired" else 1)
    answer = say(url, when)
    assert (answer.status_code, Answer.objects.exists(), "no longer takes feedback" in html(answer)) == (
        410,
        False,
        True,
    )


def test_B1_an_unknown_link_does_not_exist(client):
    assert [
        client.get(f"/visits/thanks/{token}/").status_code for token in ("x", "0" * 43, "%F0%9F%98%80")
    ] == [404] * 3


def test_B1_the_link_comes_with_the_end_and_is_kept_only_as_a_digest(cast, at):
    assert not make_reception(cast, "receiving", at=at).invitations.exists()
    reception, url = asked(cast, at)
    link = Invitation.objects.get(reception=reception)
    token = url.split("/")[-2]
    assert (token in str(list(Invitation.objects.values())), link.most, link.expires_at) == (
        False,
        6,
        at + timedelta(days=30),
    )


@pytest.mark.parametrize("bad", [{"overall": ""}, {"overall": "6"}, {"overall": "0"}, {"overall": "<script>"}, {"agenda": "99"},
                         {"words": "字" * 1001}, {"name": "a\x00"}, {"meal": "-1"}])  # fmt: skip
def test_B1_hostile_answers_are_refused_and_kept_on_the_page(cast, at, bad):
    _, url = asked(cast, at)
    answer = say(url, at, **bad)
    assert (answer.status_code, Answer.objects.exists()) == (422, False)


def test_B1_words_are_shown_as_words(cast, at):
    reception, url = asked(cast, at)
    say(url, at, words="<script>alert(1)</script>", name="<b>x</b>")
    page = html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_B1_the_cap_is_the_headcount(cast, at):
    _, url = asked(cast, at, headcount=2)
    assert [say(url, at).status_code for _ in range(3)] == [302, 302, 409]
    assert Answer.objects.count() == 2


def test_B1_too_many_attempts_wait(cast, at):
    _, url = asked(cast, at)
    client = Client()
    codes = [say(url, at, client, overall="").status_code for _ in range(21)]
    assert (codes[0], codes[-1], say(url, at).status_code) == (422, 429, 429)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B1_two_guests_race_for_the_last_place(cast, at):
    reception, _ = asked(cast, at, headcount=1)
    link = reception.invitations.get()
    said = {"overall": 5, "words": "", "name": ""}
    outcomes = race(
        *[lambda who=who: actions.answer(link, browser=who, at=at, said=said) for who in ("a", "b")]
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)], Answer.objects.count()) == (
        1,
        ["state"],
        1,
    )


# --- the one who shows it --------------------------------------------------------------------------------------


def link(who, reception, what="", **data):
    url = f"/visits/requests/{reception.no}/satisfaction/{what}"
    return browser(who).post(url, data) if what else browser(who).get(url)


def test_B1_the_department_shows_a_code_and_the_address(cast, at):
    reception, url = asked(cast, at)
    with frozen(at):
        page = html(link(cast.sales, reception))
    assert ('<svg viewBox="0 0 ' in page and 'class="qr"' in page, url in page) == (True, True)


@pytest.mark.parametrize(("who", "what", "status"), [("sales", "invite/", 302), ("sales", "revoke/", 302), ("reception", "revoke/", 302),
                         (None, "revoke/", 302), ("tech", "revoke/", 403), ("auditor", "revoke/", 403), ("stranger", "revoke/", 403), ("sales", "x/", 404)])  # fmt: skip
def test_B1_who_renews_and_revokes(cast, at, who, what, status):
    reception, _ = asked(cast, at)
    with frozen(at):
        assert link(getattr(cast, who) if who else None, reception, what).status_code == status
    live = reception.invitations.filter(revoked_at__isnull=True).count()
    assert live == (0 if what == "revoke/" and status == 302 and who else 1)


def test_B1_not_before_the_end_nor_after_the_archive(cast, at):
    early, (late, _) = make_reception(cast, "receiving", at=at), asked(cast, at, "archived")
    with frozen(at):
        assert (
            link(cast.sales, early, "invite/").status_code,
            link(cast.sales, late, "invite/").status_code,
        ) == (409, 409)
    actions.revoke(late, by=cast.sales, at=at)
    with pytest.raises(Refused):
        actions.revoke(late, by=cast.sales, at=at)


@pytest.mark.parametrize("rows", [1, 6])
def test_B1_the_page_asks_the_same_for_few_and_many_answers(cast, at, rows, django_assert_num_queries):
    reception, url = asked(cast, at)
    for _ in range(rows):
        say(url, at)
    client = browser(cast.sales)
    client.get(f"/visits/requests/{reception.no}/satisfaction/")
    with django_assert_num_queries(6):
        client.get(f"/visits/requests/{reception.no}/satisfaction/")


def test_B1_a_large_delegation_behind_one_address_is_heard_to_the_last(cast, at):
    _, url = asked(cast, at, headcount=24)
    assert {say(url, at, Client()).status_code for _ in range(24)} == {302}
    assert Answer.objects.count() == 24
