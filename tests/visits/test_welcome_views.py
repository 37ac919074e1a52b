"""The pages of the welcome, and the lobby screen itself (A5.6)."""

from datetime import timedelta

import pytest

from tests.factories.day import H
from tests.visits.pages import browser, frozen, html
from tests.visits.test_welcome import TEXT, proofed, soon
from visits.models import Reception, ScreenLink, Welcome, WelcomeText
from visits.welcome import actions
from visits.welcome.actions import make_link


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def url(reception, tail=""):
    return f"/visits/requests/{reception.no}/welcome/{tail}"


def screen(client, address="/visits/screen/", again=False):
    return client.get(address, headers={"HX-Request": "true"} if again else {})


def test_A5_6_the_page_offers_the_systems_text_and_keeps_it(cast, at):
    one, client = soon(cast, at), browser(cast.sales)
    typed = client.get(url(one)).context["edit"]["text"].value()
    answer = client.post(url(one, "write/"), {"text": typed, "revision": "0"})
    assert (typed.splitlines()[:3], answer.status_code, WelcomeText.objects.get().text) == (
        TEXT.splitlines(),
        302,
        typed,
    )


def test_A5_6_the_writer_gets_no_proof_button_and_the_second_person_does(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    pages = [browser(user).get(url(one)).context["proofs"] for user in (cast.sales, cast.general)]
    answer = browser(cast.general).post(url(one, "proofread/"), {"number": "1", "revision": "1"})
    assert (pages, answer.status_code, WelcomeText.objects.get().proofread_by) == (
        [False, True],
        302,
        cast.general,
    )


def test_A5_6_the_writers_own_proof_is_refused_on_the_page(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    answer = browser(cast.sales).post(url(one, "proofread/"), {"number": "1", "revision": "1"})
    assert (answer.status_code, "不能校对自己写的" in html(answer)) == (403, True)


def test_A5_6_too_long_is_refused_and_nothing_typed_is_lost(cast, at):
    answer = browser(cast.sales).post(
        url(soon(cast, at), "write/"), {"text": "热烈欢迎\n" + "长" * 30, "revision": "0"}
    )
    assert (answer.status_code, "长" * 30 in html(answer), Welcome.objects.count()) == (422, True, 0)


POSTS = {"write/": {"text": "热烈欢迎\n新的"}, "proofread/": {"number": "1"}, "off/": {}, "on/": {}}


@pytest.mark.parametrize("tail", POSTS)
def test_A5_6_a_stranger_is_sent_to_sign_in(cast, at, tail):
    assert browser().post(url(proofed(cast, at), tail), POSTS[tail])["Location"].startswith("/login/")


@pytest.mark.parametrize("tail", POSTS)
def test_A5_6_others_may_not(cast, at, tail):
    one = proofed(cast, at)
    answers = {
        name: browser(getattr(cast, name)).post(url(one, tail), POSTS[tail]).status_code
        for name in ("clerk", "auditor", "gm")
    }
    assert (answers, WelcomeText.objects.count()) == ({"clerk": 404, "auditor": 403, "gm": 403}, 1)


@pytest.mark.parametrize("tail", ["proofread/", "on/"])
def test_A5_6_what_is_so_already_is_refused(cast, at, tail):
    assert browser(cast.office).post(url(proofed(cast, at), tail), POSTS[tail]).status_code == 409


@pytest.mark.parametrize("tail", POSTS)
def test_A5_6_when_it_is_over_it_is_refused(cast, at, tail):
    one = proofed(cast, at)
    Reception.objects.filter(pk=one.pk).update(status="settling")
    assert browser(cast.general).post(url(one, tail), POSTS[tail]).status_code == 409


@pytest.mark.parametrize("tail", ["write/", "proofread/", "off/"])
def test_A5_6_an_old_page_is_refused_and_kept(cast, at, tail):
    one = proofed(cast, at)
    answer = browser(cast.office).post(url(one, tail), {**POSTS[tail], "revision": "1", "number": "9"})
    assert (answer.status_code, WelcomeText.objects.count()) == (409, 1)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "\x00"])
def test_A5_6_a_broken_number_is_refused_with_a_sentence(cast, at, number):
    answer = browser(cast.general).post(url(proofed(cast, at), "proofread/"), {"number": number})
    assert (answer.status_code, "哪一稿" in html(answer)) == (422, True)


def test_A5_6_the_screen_wakes_by_itself_and_asks_every_ten_seconds(cast, at):
    one = proofed(cast, at)
    client = browser(cast.clerk)
    before = html(screen(client))
    with frozen(at + H):
        page, part = html(screen(client)), html(screen(client, again=True))
    assert "陆远" not in before and "陆远" in page and 'hx-trigger="every 10s"' in page
    assert part.startswith('<div class="say') and "陆远" in part and one.no not in page


def test_A5_6_two_at_once_take_turns(cast, at):
    proofed(cast, at)
    other = soon(cast, at, customer_name="北辰轨道", guests=())
    actions.write(other, "热烈欢迎\n北辰轨道", by=cast.sales, at=at)
    actions.proofread(other, 1, by=cast.general, at=at)
    seen = []
    for second in (0, 15, 30):
        with frozen(at + H + timedelta(seconds=second)):
            seen.append("北辰轨道" in html(screen(browser(cast.clerk))))
    assert sorted(seen[:2]) == [False, True] and seen[0] == seen[2]


def test_A5_6_a_screen_with_its_address_needs_no_sign_in_until_it_ends(cast, at):
    proofed(cast, at)
    token = make_link("大厅屏", 1, by=cast.general, at=at)
    address, stranger = f"/visits/screen/{token}/", browser()
    with frozen(at + H):
        page = screen(stranger, address)
        actions.revoke_link(ScreenLink.objects.get(), by=cast.office, at=at)
        gone, dark = screen(stranger, address), screen(stranger, address, again=True)
    with frozen(at + timedelta(days=2)):
        late = screen(stranger, address)
    assert ("陆远" in html(page), page.status_code, gone.status_code, dark.status_code, late.status_code) == (
        True,
        200,
        410,
        286,
        410,
    )
    assert "陆远" not in html(gone) + html(dark) + html(late)
    assert screen(stranger, "/visits/screen/wrong/").status_code == 404
    assert screen(stranger).status_code == 302


def test_A5_6_an_address_is_made_shown_once_and_revoked(cast, at):
    client = browser(cast.general)
    made = client.post("/visits/screens/", {"name": "一楼大厅屏", "days": "30"})
    first, second = html(client.get("/visits/screens/")), html(client.get("/visits/screens/"))
    link = ScreenLink.objects.get()
    assert (
        made.status_code,
        "/visits/screen/" in first and 'id="address"' in first,
        'id="address"' in second,
    ) == (302, True, False)
    answers = [client.post(f"/visits/screens/{link.pk}/revoke/").status_code for _ in range(2)]
    assert (answers, link.until - link.created_at) == ([302, 409], timedelta(days=30))


@pytest.mark.parametrize(("name", "status"), [("general", 302), ("office", 302), ("reception", 302), ("admin", 302),
                                              ("sales", 403), ("clerk", 403), ("auditor", 403)])  # fmt: skip
def test_A5_6_who_makes_addresses(cast, at, name, status):
    answer = browser(getattr(cast, name)).post("/visits/screens/", {"name": "屏", "days": "1"})
    assert (answer.status_code, ScreenLink.objects.count()) == (status, int(status == 302))


@pytest.mark.parametrize(
    "over",
    [{"name": ""}, {"days": "0"}, {"days": "9" * 40}, {"days": "x"}, {"name": "\x00"}, {"name": "长" * 50}],
)
def test_A5_6_a_broken_address_form_is_refused(cast, at, over):
    answer = browser(cast.general).post("/visits/screens/", {"name": "屏", "days": "1", **over})
    assert (answer.status_code, ScreenLink.objects.count()) == (422, 0)


def test_A5_6_revoking_is_theirs_too(cast, at):
    make_link("屏", 5, by=cast.general, at=at)
    address = f"/visits/screens/{ScreenLink.objects.get().pk}/revoke/"
    assert browser(cast.sales).post(address).status_code == 403
    assert browser().post(address)["Location"].startswith("/login/")
    assert ScreenLink.objects.live(at).count() == 1
