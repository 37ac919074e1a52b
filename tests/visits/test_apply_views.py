"""The application form: drafts, submission, what is refused, and that nothing typed is lost (A3.1a, A7a)."""

from datetime import timedelta

import pytest

from tests.factories.visits import make_draft, make_reception, set_standards
from tests.visits.pages import browser, frozen, html, typed
from visits.models import Reception
from visits.requests import actions

NEW = "/visits/requests/new/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def edit(reception):
    return f"/visits/requests/{reception.no}/edit/"


def test_opening_the_form_makes_nothing(cast):
    assert browser(cast.sales).get(NEW).status_code == 200
    assert Reception.objects.count() == 0


def test_A3_1a_a_complete_form_is_submitted(cast, at):
    response = browser(cast.sales).post(NEW, typed(cast, at))
    reception = Reception.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/visits/requests/{reception.no}/")
    assert (reception.status, reception.applicant, reception.host) == ("review", cast.sales, cast.vgm)
    assert [(g.name, g.is_leader) for g in reception.guests.all()] == [("陆远", True)]
    assert [(line.item, line.quantity, line.people, line.unit_price) for line in reception.lines.all()] == [
        ("meal", 1, 10, 50),
        ("meal", 1, 10, 50),
    ]
    assert [(row.meal, row.diners, row.place) for row in reception.meals.all()] == [
        ("lunch", 4, "公司食堂"),
        ("dinner", 4, "公司食堂"),
    ]
    assert reception.accompany == 4
    assert reception.arrive_at == at + timedelta(days=10)


def test_a_stranger_is_sent_to_sign_in(cast, at):
    response = browser().post(NEW, typed(cast, at))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    assert Reception.objects.count() == 0


def test_a_role_that_does_not_apply_is_refused(cast, at):
    assert [browser(who).post(NEW, typed(cast, at)).status_code for who in (cast.gm, cast.clerk)] == [
        403,
        403,
    ]
    assert Reception.objects.count() == 0


def test_a_form_sent_twice_is_one_reception(cast, at):
    client, data = browser(cast.sales), typed(cast, at, _once="a" * 32)
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    assert Reception.objects.count() == 1


def test_all_gaps_are_said_at_once_and_what_was_typed_stays(cast, at):
    data = typed(cast, at, headcount="", leave_at="2026-10-30T08:00", host="", note="陆总监不饮酒")
    response = browser(cast.sales).post(NEW, data)
    assert (response.status_code, Reception.objects.count()) == (422, 0)
    assert set(response.context["form"].errors) == {"headcount", "leave_at", "host"}
    page = html(response)
    assert 'href="#id_headcount"' in page and "陆总监不饮酒" in page and 'value="远航重工集团"' in page
    assert 'aria-invalid="true"' in page


def test_A3_1a_an_arrival_in_the_past_is_refused(cast, at):
    past = (at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = browser(cast.sales).post(NEW, typed(cast, at, arrive_at=past))
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"arrive_at"})


def test_A3_1a_a_retroactive_one_says_why(cast, at):
    past = (at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    late = typed(cast, at, arrive_at=past, retroactive="on")
    client = browser(cast.sales)
    refused = client.post(NEW, late)
    assert set(refused.context["form"].errors) == {"retro_reason", "retro_agreed_by", "retro_agreed_at"}
    told = {"retro_reason": "临时到访", "retro_agreed_by": "何志远", "retro_agreed_at": past}
    assert client.post(NEW, {**late, **told}).status_code == 302
    assert Reception.objects.get().retroactive is True


def test_A7a_above_the_standard_needs_a_reason(cast, at):
    set_standards("guest", meal=40)
    client = browser(cast.sales)
    refused = client.post(NEW, typed(cast, at))
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"overspend_reason"})
    assert client.post(NEW, typed(cast, at, overspend_reason="晚餐在湖景楼")).status_code == 302


def test_A8_2_other_guests_are_the_offices(cast, at):
    response = browser(cast.sales).post(NEW, typed(cast, at, nature="other"))
    assert set(response.context["form"].errors) == {"department"}


def test_a_ticked_need_says_how_much(cast, at):
    empty = {"meals-TOTAL_FORMS": "0"}
    response = browser(cast.sales).post(NEW, typed(cast, at, needs=["meal", "bed"], **empty))
    assert response.context["form"].non_field_errors() == [
        "勾选了用餐，请至少填写一餐",
        "勾选了住宿，请填写酒店、间数和日期",
    ]
    page = html(response)
    assert 'href="#rows-meals"' in page and 'id="rows-meals"' in page


def test_hostile_input_comes_back_escaped(cast, at):
    data = typed(
        cast,
        at,
        customer_name=HOSTILE,
        subject="长" * 10_000,
        arrive_at="昨天",
        headcount="-3",
        needs=["bomb"],
    )
    response = browser(cast.sales).post(NEW, data)
    page = html(response)
    assert (response.status_code, Reception.objects.count()) == (422, 0)
    assert HOSTILE not in page and "&lt;script&gt;alert(1)" in page and "长" * 10_000 in page
    assert 'value="昨天"' in page and 'value="-3"' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "999999"), ("host", "x"), ("proposed_tier", "1 or 1=1"), ("department", "-1"), ("headcount", "9" * 40),
        ("meals-0-price", "NaN"), ("meals-0-price", "1e9"), ("meals-0-price", "-1"), ("meals-0-held_on", "0001-01-01"),
        ("meals-0-meal", "bomb"), ("meals-TOTAL_FORMS", "100000"), ("meals-TOTAL_FORMS", "x"), ("meals-1-place", "\x00"), ("nature", "bomb"), ("note", "\x00"),
        ("arrive_at", "9999-99-99T99:99"), ("revision", "9" * 30), ("guests-TOTAL_FORMS", "100000"),
        ("guests-TOTAL_FORMS", "x"), ("guests-0-phone", "1" * 500), ("customer_name", "\x00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("do", ["submit", "save", "auto", "roster"])
def test_broken_values_never_break_the_page(cast, at, name, value, do):
    response = browser(cast.sales).post(NEW, typed(cast, at, **{name: value, "do": do}))
    assert response.status_code in (200, 302, 422)


def test_two_leaders_are_refused(cast, at):
    data = typed(cast, at, **{"guests-1-name": "沈宁", "guests-1-is_leader": "on"})
    response = browser(cast.sales).post(NEW, data)
    assert (response.status_code, Reception.objects.count()) == (422, 0)
    assert "来宾名单里只能有一位带队" in html(response) and 'value="沈宁"' in html(response)


# --- drafts --------------------------------------------------------------------------------------------------


def test_a_half_empty_form_is_a_good_draft(cast, at):
    response = browser(cast.sales).post(NEW, {"do": "save", "customer_name": "远航重工集团"})
    reception = Reception.objects.get()
    assert (response.status_code, response["Location"]) == (302, edit(reception))
    assert (reception.status, reception.customer_name, reception.department) == (
        "draft",
        "远航重工集团",
        cast.sales.department,
    )


def test_autosave_makes_one_draft_and_says_when(cast, at):
    client = browser(cast.sales)
    first = client.post(NEW, {"do": "auto", "customer_name": "远航"}).json()
    assert first == {
        "no": "JD-2026-0001",
        "revision": 0,
        "at": "10:00",
        "edit": "/visits/requests/JD-2026-0001/edit/",
        "print": "/visits/requests/JD-2026-0001/print/",
        "whole": True,
    }
    second = client.post(first["edit"], {"do": "auto", "customer_name": "远航重工", "revision": "0"}).json()
    assert (second["no"], second["revision"]) == (first["no"], 1)
    assert Reception.objects.get().customer_name == "远航重工"


def test_autosave_keeps_what_is_good_of_a_form_in_the_middle_of_typing(cast, at):
    data = typed(cast, at, do="auto", headcount="六", leave_at="2026-10-01T08:00")
    assert browser(cast.sales).post(NEW, data).status_code == 200
    reception = Reception.objects.get()
    assert (reception.headcount, reception.leave_at, reception.customer_name) == (None, None, "远航重工集团")


def test_autosave_says_when_the_browser_must_keep_the_rest(cast, at):
    """A guest without a name cannot be stored: the browser's own draft is cleared only when all was kept."""
    client = browser(cast.sales)
    rows = {"guests-TOTAL_FORMS": "1", "guests-INITIAL_FORMS": "0", "guests-0-title": "总工程师"}
    half = client.post(NEW, {"do": "auto", "customer_name": "远航", **rows}).json()
    full = client.post(half["edit"], {"do": "auto", "customer_name": "远航", **rows, "guests-0-name": "贺明",
                                      "revision": half["revision"]}).json()  # fmt: skip
    assert (half["whole"], full["whole"]) == (False, True)


def test_an_autosave_of_an_old_page_is_refused(cast, at):
    reception = make_draft(cast, at=at)
    actions.save_draft(reception, by=cast.sales, at=at, fields={"note": "另一页写的"})
    response = browser(cast.sales).post(
        edit(reception), typed(cast, at, do="auto", revision="0", note="这一页写的")
    )
    assert response.status_code == 409
    assert "刚刚被别人改过" in response.json()["message"]
    reception.refresh_from_db()
    assert reception.note == "另一页写的"


def test_a_stale_page_keeps_what_was_typed(cast, at):
    reception = make_draft(cast, at=at)
    actions.save_draft(reception, by=cast.sales, at=at, fields={"note": "另一页写的"})
    response = browser(cast.sales).post(edit(reception), typed(cast, at, revision="0", note="这一页写的"))
    assert response.status_code == 409
    assert "这一页写的" in html(response)
    reception.refresh_from_db()
    assert (reception.status, reception.note) == ("draft", "另一页写的")


def test_a_draft_is_submitted_from_its_page(cast, at):
    reception = make_draft(cast, at=at)
    response = browser(cast.sales).post(edit(reception), typed(cast, at, revision="0"))
    reception.refresh_from_db()
    assert (response.status_code, reception.status) == (302, "review")


def test_a_refused_submission_changes_nothing(cast, at):
    reception = make_draft(cast, at=at)
    response = browser(cast.sales).post(
        edit(reception), typed(cast, at, revision="0", headcount="0", note="改过")
    )
    reception.refresh_from_db()
    assert (response.status_code, reception.status, reception.note, reception.revision) == (
        422,
        "draft",
        "",
        0,
    )


def test_somebody_elses_draft_does_not_exist(cast, at):
    reception = make_draft(cast, at=at)
    for who in (cast.sales2, cast.gm, cast.reception):
        assert browser(who).get(f"/visits/requests/{reception.no}/").status_code == 404
    assert browser(cast.sales2).post(edit(reception), typed(cast, at)).status_code == 404
    assert browser().post(edit(reception), typed(cast, at)).status_code == 302


def test_a_colleagues_submitted_form_cannot_be_written(cast, at):
    reception = make_reception(cast, "returned", at=at)
    client = browser(cast.sales2)
    assert client.get(edit(reception)).status_code == 403
    assert client.post(edit(reception), typed(cast, at, note="别人写的")).status_code == 403
    reception.refresh_from_db()
    assert reception.note == ""


@pytest.mark.parametrize("status", ["review", "pending", "preparing", "archived", "rejected", "cancelled"])
def test_A3_1b_what_is_submitted_cannot_be_written(cast, at, status):
    reception = make_reception(cast, status, at=at)
    client, before = browser(cast.sales), reception.revision
    assert client.get(edit(reception)).status_code == 409
    response = client.post(edit(reception), typed(cast, at, revision=str(before), note="改不了"))
    reception.refresh_from_db()
    assert (response.status_code, reception.note, reception.revision) == (409, "", before)


def test_a_returned_form_shows_why_and_its_resubmission_the_difference(cast, at):
    reception = make_reception(cast, "returned", at=at)
    client = browser(cast.sales)
    assert "请补充行程" in html(client.get(edit(reception)))
    data = typed(cast, at, revision=str(reception.revision), headcount="8")
    assert client.post(edit(reception), data).status_code == 302
    changed = browser(cast.sales_head).get(f"/visits/requests/{reception.no}/").context["diff"]["rows"]
    assert [(row.old, row.new) for row in changed if row.label == "人数"] == [("6", "8")]


def test_a_pasted_roster_fills_rows_without_a_script(cast, at):
    data = typed(cast, at, do="roster", roster_text="沈宁\t女\t远航重工集团\t工程师\t13900002222")
    response = browser(cast.sales).post(NEW, data)
    page = html(response)
    assert (response.status_code, Reception.objects.count()) == (200, 0)
    assert 'name="guests-0-name" value="陆远"' in page and 'name="guests-1-name" value="沈宁"' in page
