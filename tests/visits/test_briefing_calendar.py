"""日历订阅: a secret link that can be taken back, and a feed as RFC 5545 has it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from reception.core.ledger import Event
from tests.factories.day import make_day
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.ical import Entry, calendar, fold
from visits.briefing.links import create_link, revoke_link
from visits.models import CalendarLink, Item
from visits.requests import actions

PAGE = "/visits/calendar/"
POSTS = ["create", "revoke"]


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def feed(token):
    return browser().get(f"{PAGE}{token}.ics")


def unfolded(response):
    """The feed's lines as (name, value)."""
    text = response.content.decode().replace("\r\n ", "")
    return [tuple(line.split(":", 1)) for line in text.split("\r\n") if line]


def values(response, name):
    return [value for key, value in unfolded(response) if key == name]


def live():
    return list(CalendarLink.objects.live().values_list("created_by__username", flat=True))


# --- the text ------------------------------------------------------------------------------------------------


def test_a_line_is_folded_at_75_octets_and_no_character_is_cut():
    parts = list(fold("SUMMARY:" + "客户" * 60 + "😀" * 20))
    assert max(len(part.encode()) for part in parts) <= 75
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == "SUMMARY:" + "客户" * 60 + "😀" * 20
    assert list(fold("A" * 75)) == ["A" * 75]


def test_text_is_escaped_and_times_stand_in_utc(at):
    entry = Entry("1", "a;b,c\\d\r\nEND:VEVENT\x00", at, at + timedelta(hours=2), url="https://x/")
    text = calendar("迎候", [entry], datetime(2026, 10, 21, tzinfo=UTC))
    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n" in text
    assert "DTSTART:20261021T020000Z\r\nDTEND:20261021T040000Z\r\n" in text
    assert "DTSTAMP:20261021T000000Z\r\n" in text
    assert text.count("\r\nEND:VEVENT\r\n") == 1
    assert "\n" not in text.replace("\r\n", "")


def test_a_moment_has_no_end(at):
    assert "DTEND" not in calendar("迎候", [Entry("1", "a", at)], at)


# --- the feed ------------------------------------------------------------------------------------------------


def test_it_holds_my_receptions_and_open_tasks_and_nobody_elses(cast, at):
    mine = make_reception(cast, "preparing", at=at)
    other = make_reception(cast, "preparing", at=at, host=cast.vgm2, customer_name="北辰轨道")
    response = feed(create_link(by=cast.vgm, at=at))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    tasks = mine.tasks.filter(assignee=cast.vgm).order_by("due_at", "pk")
    items = Item.objects.filter(itinerary__reception=mine).order_by("start", "pk")
    assert values(response, "UID") == [
        f"{mine.no}@yinghou",
        *(f"{task.no}@yinghou" for task in tasks),
        *(f"{mine.no}-item-{item.pk}@yinghou" for item in items),
    ]
    assert values(response, "SUMMARY")[0] == "接待 远航重工集团考察"
    assert values(response, "DTSTART")[0] == "20261031T020000Z"
    assert values(response, "URL")[0] == f"http://testserver/visits/requests/{mine.no}/briefing/"
    assert other.no not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_cancelled_reception_leaves_it(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    token = create_link(by=cast.vgm, at=at)
    actions.cancel(reception, by=cast.gm, at=at, reason="客户改期")
    assert values(feed(token), "UID") == []


def test_hostile_words_cannot_break_out_of_their_line(cast, at):
    make_reception(cast, "preparing", at=at, customer_name="远航\r\nEND:VCALENDAR\r\nX:1")
    names = [line[0] for line in unfolded(feed(create_link(by=cast.sales, at=at)))]
    assert (names.count("X"), [pair for pair in pairwise(names) if pair == ("END", "X")]) == (0, [])


@pytest.mark.parametrize("many", [1, 6])
def test_the_feed_asks_the_same_for_few_and_many(cast, at, many, django_assert_num_queries):
    for _ in range(many):
        make_reception(cast, "preparing", at=at)
    token, client = create_link(by=cast.vgm, at=at), browser()
    client.get(f"{PAGE}{token}.ics")
    with django_assert_num_queries(5):
        found = values(client.get(f"{PAGE}{token}.ics"), "UID")
    assert len([uid for uid in found if "-item-" not in uid]) == 3 * many


def test_A5_1_the_itinerary_of_my_receptions_is_in_it_with_its_places(cast, at):
    reception = make_day(cast, at)
    reception.colleagues.add(cast.tech)
    response = feed(create_link(by=cast.tech, at=at))
    assert values(response, "SUMMARY")[-6:] == ["欢迎", "会议", "参观", "午餐", "技术交流", "动车"]
    assert values(response, "DTSTART")[-2] == "20261021T060000Z"
    assert values(response, "URL")[-1] == f"http://testserver/visits/requests/{reception.no}/itinerary/"


def test_a_wrong_a_revoked_and_a_former_link_do_not_exist(cast, at):
    first = create_link(by=cast.vgm, at=at)
    second = create_link(by=cast.vgm, at=at)
    assert [feed(token).status_code for token in (first, second, "x", second[:-1])] == [404, 200, 404, 404]
    revoke_link(by=cast.vgm, at=at)
    assert feed(second).status_code == 404


def test_who_may_no_longer_sign_in_has_no_feed(cast, at):
    token = create_link(by=cast.vgm, at=at)
    cast.vgm.is_active = False
    cast.vgm.save()
    assert feed(token).status_code == 404


# --- the page ------------------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_its_token_is_not_kept(cast, at):
    client = browser(cast.vgm)
    assert client.post(PAGE + "create/")["Location"] == PAGE
    address = client.get(PAGE).context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert (feed(token).status_code, client.get(PAGE).context["address"]) == (200, "")
    assert not CalendarLink.objects.filter(token_hash__contains=token).exists()
    assert Event.objects.filter(actor=cast.vgm, label="生成日历订阅").count() == 1


def test_revoking_closes_it(cast, at):
    create_link(by=cast.vgm, at=at)
    response = browser(cast.vgm).post(PAGE + "revoke/")
    assert (response["Location"], live()) == (PAGE, [])
    assert Event.objects.filter(actor=cast.vgm, label="停用日历订阅").count() == 1


@pytest.mark.parametrize("what", POSTS)
def test_a_stranger_is_sent_to_sign_in(cast, at, what):
    create_link(by=cast.vgm, at=at)
    assert (browser().post(f"{PAGE}{what}/")["Location"].split("?")[0], live()) == ("/login/", ["vgm"])


@pytest.mark.parametrize("what", POSTS)
def test_nobody_reaches_anothers_link(cast, at, what):
    token = create_link(by=cast.vgm, at=at)
    browser(cast.sales).post(f"{PAGE}{what}/")
    assert (feed(token).status_code, "vgm" in live()) == (200, True)


def test_revoking_without_a_link_is_refused(cast, at):
    response = browser(cast.vgm).post(PAGE + "revoke/")
    assert (response.status_code, "没有在用的日历订阅" in html(response)) == (409, True)
    assert browser(cast.vgm).get(PAGE + "revoke/").status_code == 405


def test_a_button_pressed_twice_counts_once(cast, at):
    client = browser(cast.vgm)
    for _ in range(2):
        assert client.post(PAGE + "create/", {"_once": "c" * 32}).status_code == 302
    assert CalendarLink.objects.count() == 1
