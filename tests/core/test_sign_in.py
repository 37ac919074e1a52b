"""Signing in: who, how long, where to, and what a wrong or a locked account reads."""

import pytest
from django.test import Client

from reception.core.people.demo import PASSWORD
from reception.core.people.roles import ROLES
from reception.home.views_sign import WEEK
from tests.factories.people import PASSWORD as RIGHT

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


def post(client: Client, username: str, password: str = RIGHT, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def signed_in(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_the_right_password_opens_the_first_page_of_the_role(client, cast):
    answer = post(client, "clerk")
    assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/desk/", str(cast.clerk.pk))


@pytest.mark.parametrize("typed", ["YH-777", "13912345678", " clerk "])
def test_job_number_and_telephone_stand_for_the_account(client, cast, typed):
    cast.clerk.job_no, cast.clerk.phone = "YH-777", "13912345678"
    cast.clerk.save()
    post(client, typed)
    assert signed_in(client) == str(cast.clerk.pk)


def test_a_telephone_of_two_people_stands_for_nobody(client, cast):
    for person in (cast.clerk, cast.clerk2):
        person.phone = "13912345678"
        person.save()
    assert (post(client, "13912345678").status_code, signed_in(client)) == (422, "")


@pytest.mark.parametrize(
    ("username", "password", "sentence"),
    [
        ("clerk", "wrong", "账号或密码不对"),
        ("nobody", RIGHT, "账号或密码不对"),
        ("", RIGHT, "请填写账号"),
        ("clerk", "", "请填写密码"),
        ("clerk\x00", RIGHT, "不允许"),
    ],
)
def test_a_wrong_sign_in_says_what_is_wrong_and_keeps_the_account(client, cast, username, password, sentence):
    answer = post(client, username, password)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, signed_in(client)) == (422, True, "")
    assert not password or f'value="{password}"' not in page


def test_somebody_switched_off_does_not_get_in(client, cast):
    cast.clerk.is_active = False
    cast.clerk.save()
    assert (post(client, "clerk").status_code, signed_in(client)) == (422, "")


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/notices/?before=x", "/notices/?before=x"),
        ("https://elsewhere.test/", "/desk/"),
        ("//elsewhere.test/", "/desk/"),
        ("/\\elsewhere.test", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_next_leads_only_into_this_house(client, cast, wanted, led):
    assert post(client, "clerk", next=wanted)["Location"] == led


@pytest.mark.parametrize(("keep", "age", "closes"), [("on", WEEK, False), ("", WEEK, True)])
def test_seven_days_only_when_asked(client, cast, keep, age, closes):
    post(client, "clerk", **({"keep": keep} if keep else {}))
    assert client.session.get_expire_at_browser_close() is closes
    if not closes:
        assert client.session.get_expiry_age() == age


def test_who_is_signed_in_goes_on(client, cast, login):
    assert login(client, cast.gm).get(LOGIN)["Location"] == "/todo/"


@pytest.mark.axes
def test_the_sixth_guess_is_not_even_checked(client, cast):
    for _ in range(5):
        post(client, "clerk", "wrong")
    answer = post(client, "clerk", RIGHT)
    page = answer.content.decode()
    assert (answer.status_code, signed_in(client)) == (429, "")
    assert "15 分钟" in page
    assert 'value="clerk"' in page


@pytest.mark.axes
def test_the_lock_counts_by_account_not_by_what_was_typed(client, cast):
    cast.clerk.job_no = "YH-777"
    cast.clerk.save()
    for typed in ("clerk", "YH-777", "clerk", "YH-777", "clerk"):
        post(client, typed, "wrong")
    assert post(client, "YH-777", RIGHT).status_code == 429


@pytest.mark.axes
def test_the_victim_still_gets_in_from_elsewhere(client, cast):
    for _ in range(6):
        post(client, "clerk", "wrong")
    elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert post(elsewhere, "clerk").status_code == 302


def test_signing_out_ends_the_session(client, cast, login):
    answer = login(client, cast.clerk).post("/logout/")
    assert (answer["Location"], signed_in(client)) == (LOGIN, "")


def test_a_link_does_not_sign_out(client, cast, login):
    assert login(client, cast.clerk).get("/logout/").status_code == 405
    assert signed_in(client) == str(cast.clerk.pk)


def test_the_demo_offers_one_click_logins(client, cast, settings):
    settings.DEMO = True
    with_demo_password(cast.clerk)
    page = client.get(LOGIN).content.decode()
    assert '<button type="submit" name="demo" value="clerk">林晓雯<small>前台接待员</small></button>' in page
    assert f'value="{PASSWORD}"' not in page
    assert client.post(LOGIN, {"demo": "clerk"})["Location"] == "/desk/"


def with_demo_password(person):
    person.set_password(PASSWORD)
    person.save()


def test_the_demos_password_opens_nothing_once_the_demo_is_off(client, cast, settings):
    """Design §1: password `demo`, refused when DEMO is off, whatever is still in the database."""
    with_demo_password(cast.gm)
    settings.DEMO = False
    post(client, "gm", PASSWORD)
    assert signed_in(client) == ""
    settings.DEMO = True
    post(client, "gm", PASSWORD)
    assert signed_in(client) == str(cast.gm.pk)


def test_without_the_demo_there_is_no_such_door(client, cast, settings):
    settings.DEMO = False
    with_demo_password(cast.clerk)
    assert 'name="demo"' not in client.get(LOGIN).content.decode()
    assert (client.post(LOGIN, {"demo": "clerk"}).status_code, signed_in(client)) == (422, "")


def test_a_demo_card_of_nobody_opens_nothing(client, cast, settings):
    settings.DEMO = True
    assert (client.post(LOGIN, {"demo": "stranger"}).status_code, signed_in(client)) == (422, "")


def test_every_role_lands_on_its_first_page(client, cast, login):
    found = {}
    for user in vars(cast).values():
        for code in user.roles:
            found[code] = login(client, user).get("/", follow=True).status_code
    assert found == dict.fromkeys(ROLES, 200)


def test_the_admin_has_no_door_of_its_own(client, cast):
    answer = client.get("/admin/login/?next=/admin/visits/reception/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=%2Fadmin%2Fvisits%2Freception%2F")
    assert client.get("/admin/login/?next=https://elsewhere.test/")["Location"] == "/login/"
    client.force_login(cast.clerk)
    assert client.get("/admin/", follow=True).status_code == 403
