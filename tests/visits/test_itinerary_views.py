"""The pages of the itinerary: what they show, and each of their POSTs (A3.2, A5.1, A5.2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.day import item, make_day, plan_of, times
from tests.factories.visits import make_reception
from tests.visits.pages import LOCAL, browser, frozen, html
from visits.itinerary import actions


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def day(cast, at):
    return make_day(cast, at, "receiving")


def url(reception, tail=""):
    return f"/visits/requests/{reception.no}/itinerary/{tail}"


def rows(reception, *typed, **over):
    """POST data of the edit form with these rows: (事项, start, hours)."""
    data = {
        "items-TOTAL_FORMS": str(len(typed)),
        "items-INITIAL_FORMS": "0",
        "revision": plan_of(reception).revision,
    }
    for number, (what, start, hours) in enumerate(typed):
        values = {"kind": "meeting", "what": what, "start": start.strftime(LOCAL), "end": (start + timedelta(hours=hours)).strftime(LOCAL)}  # fmt: skip
        data |= {f"items-{number}-{name}": value for name, value in values.items()}
    return {**data, **over}


def test_A5_1_the_page_says_what_is_over_what_is_on_and_what_comes(cast, day):
    page = browser(cast.vgm).get(url(day))
    states = [(row["item"].what, row["css"]) for part in page.context["days"] for row in part["rows"]]
    assert states == [
        ("欢迎", "done"),
        ("会议", "now"),
        ("参观", ""),
        ("午餐", ""),
        ("技术交流", ""),
        ("动车", ""),
    ]
    assert "实际" in html(page) and "计划" in html(page)


def test_A5_1_one_tap_shows_what_moves_and_the_second_does_it(cast, day):
    client = browser(cast.vgm)
    page = html(client.get(url(day), {"late": "90"}))
    assert "确定晚 90 分钟" in page and "“技术交流”15:30–17:30 与“动车”17:00（不动）碰上" in page
    before = times(day)["参观"]
    answer = client.post(url(day, "shift/"), {"minutes": "90", "revision": plan_of(day).revision})
    assert (before, answer.status_code, times(day)["参观"]) == ("11:00–12:00", 302, "12:30–13:30")
    assert "原 11:00" in html(client.get(url(day)))


@pytest.mark.parametrize("late", ["x", "0", "99999", "-99999", "\x00", "1e9"])
def test_A5_1_a_broken_preview_is_the_page_without_it(cast, day, late):
    page = browser(cast.vgm).get(url(day), {"late": late})
    assert (page.status_code, page.context["plan"]) == (200, None)


@pytest.mark.parametrize("minutes", ["", "x", "0", "9" * 40, "\x00", "1.5"])
def test_A5_1_broken_minutes_are_refused_with_a_sentence(cast, day, minutes):
    page = browser(cast.sales).post(url(day, "shift/"), {"minutes": minutes})
    assert (page.status_code, "分钟" in html(page), times(day)["参观"]) == (422, True, "11:00–12:00")


POSTS = {"shift/": {"minutes": "20"}, "undo/": {}, "redraft/": {}}


@pytest.mark.parametrize("tail", POSTS)
def test_A5_1_a_stranger_is_sent_to_sign_in(cast, day, tail):
    assert browser().post(url(day, tail), POSTS[tail])["Location"].startswith("/login/")


@pytest.mark.parametrize("tail", POSTS)
def test_A5_1_others_find_nothing_or_may_not(cast, day, tail):
    answers = {
        name: browser(getattr(cast, name)).post(url(day, tail), POSTS[tail]).status_code
        for name in ("clerk", "auditor", "gm")
    }
    assert answers == {"clerk": 404, "auditor": 403, "gm": 403}
    assert times(day)["参观"] == "11:00–12:00"


@pytest.mark.parametrize("tail", POSTS)
def test_A5_1_in_another_state_it_is_refused(cast, at, tail):
    over = make_reception(cast, "archived", at=at)
    assert browser(cast.sales).post(url(over, tail), POSTS[tail]).status_code == 409


@pytest.mark.parametrize("tail", POSTS)
def test_A5_1_an_old_page_is_refused(cast, at, day, tail):
    seen = plan_of(day).revision
    actions.shift(plan_of(day), 10, by=cast.vgm, at=at)
    page = browser(cast.sales).post(url(day, tail), {**POSTS[tail], "revision": seen})
    assert (page.status_code, times(day)["参观"]) == (409, "11:10–12:10")


def test_A5_1_the_shift_is_taken_back_on_the_page(cast, at, day):
    actions.shift(plan_of(day), 20, by=cast.vgm, at=at)
    client = browser(cast.sales)
    assert "撤回" in html(client.get(url(day)))
    assert client.post(url(day, "undo/"), {"revision": plan_of(day).revision}).status_code == 302
    assert times(day)["参观"] == "11:00–12:00"


def test_A5_2_redrafting_throws_the_rows_away(cast, day):
    assert (
        browser(cast.sales).post(url(day, "redraft/"), {"revision": plan_of(day).revision}).status_code == 302
    )
    assert "参观" not in times(day) and "会议洽谈" in times(day)


def test_A5_2_the_rows_are_edited_as_a_whole(cast, at, day):
    client, noon = browser(cast.sales), at.replace(hour=12)
    assert client.get(url(day, "edit/")).status_code == 200
    assert (
        client.post(
            url(day, "edit/"), rows(day, ("签约", noon, 1), ("会议", noon - timedelta(hours=2), 2))
        ).status_code
        == 302
    )
    assert times(day) == {"会议": "10:00–12:00", "签约": "12:00–13:00"}


def test_A5_2_the_form_as_shown_saves_unchanged(cast, day):
    client, before = browser(cast.sales), times(day)
    form = client.get(url(day, "edit/")).context["rows"]
    data = {
        "items-TOTAL_FORMS": form.total_form_count(),
        "items-INITIAL_FORMS": 6,
        "revision": plan_of(day).revision,
    }
    for row in form.forms:
        values = {row.add_prefix(name): row[name].value() for name in row.fields}
        data |= {
            name: value.strftime(LOCAL) if hasattr(value, "hour") else value
            for name, value in values.items()
            if value
        }
    assert (client.post(url(day, "edit/"), data).status_code, times(day)) == (302, before)


@pytest.mark.parametrize(("over", "sentence"), [
    ({"items-0-end": "2026-10-21T09:00"}, "结束时间要晚于开始时间"), ({"items-0-start": ""}, "请填写开始时间"),
    ({"items-0-what": ""}, "请填写事项"), ({"items-0-start": "2026-12-01T09:00", "items-0-end": "2026-12-01T10:00"}, "不在来访时间"),
])  # fmt: skip
def test_A5_2_a_broken_row_keeps_what_was_typed(cast, at, day, over, sentence):
    before = times(day)
    page = browser(cast.sales).post(
        url(day, "edit/"), rows(day, ("签约", at.replace(hour=12), 1), **{"items-0-place": "一号厅", **over})
    )
    assert (page.status_code, sentence in html(page), "一号厅" in html(page), times(day)) == (
        422,
        True,
        True,
        before,
    )


def test_A5_2_more_rows_lose_nothing_and_save_nothing(cast, at, day):
    before = times(day)
    page = browser(cast.sales).post(url(day, "edit/"), rows(day, ("签约", at.replace(hour=12), 1), do="more"))
    assert (page.status_code, "签约" in html(page), page.context["rows"].total_form_count(), times(day)) == (
        200,
        True,
        6,
        before,
    )


def test_A5_2_editing_is_for_the_responsible_side(cast, at, day):
    data = rows(day, ("签约", at.replace(hour=12), 1))
    answers = {
        name: browser(getattr(cast, name)).post(url(day, "edit/"), data).status_code
        for name in ("vgm", "tech", "clerk")
    }
    assert answers == {"vgm": 403, "tech": 403, "clerk": 404}
    assert browser().post(url(day, "edit/"), data)["Location"].startswith("/login/")


def test_A5_2_an_old_edit_is_refused_and_kept(cast, at, day):
    data = rows(day, ("签约", at.replace(hour=12), 1))
    actions.shift(plan_of(day), 10, by=cast.vgm, at=at)
    page = browser(cast.sales).post(url(day, "edit/"), data)
    assert (page.status_code, "签约" in html(page), times(day)["参观"]) == (409, True, "11:10–12:10")


def test_A5_2_what_is_over_opens_no_form(cast, at):
    assert browser(cast.sales).get(url(make_reception(cast, "archived", at=at), "edit/")).status_code == 409


def test_A5_2_the_page_asks_the_same_for_few_rows_and_many(cast, at, day):
    client, counts = browser(cast.sales), []
    for number in (1, 30):
        start = day.arrive_at
        some = [item(f"会议{n}", start, parallel=True) for n in range(number)]
        actions.save(plan_of(day), some, by=cast.sales, at=at)
        with CaptureQueriesContext(connection) as seen:
            client.get(url(day))
        counts.append(len(seen))
    assert counts[0] == counts[1], counts


def test_A5_2_half_a_form_wipes_nothing(cast, day):
    before = times(day)
    page = browser(cast.sales).post(url(day, "edit/"), {"revision": plan_of(day).revision})
    assert (page.status_code, "没有传完整" in html(page), times(day)) == (422, True, before)
