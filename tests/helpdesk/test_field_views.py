"""Pages of the repairer on the spot and the door for what a phone sends: who gets in, what is said, what stays (D4.4.1, E5.3)."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.fieldwork.actions import Sent, issue_link, take
from helpdesk.fieldwork.models import FieldLink, FieldStep
from helpdesk.fieldwork.tickets import ticket_of
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.models import Repair
from reception.core.files.models import Attachment
from reception.core.ledger import events_of
from tests.factories.helpdesk import make_repair, step
from tests.helpdesk.test_field import RESULT, picture, upload

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ROWS = {
    "m-TOTAL_FORMS": "1",
    "m-INITIAL_FORMS": "0",
    "m-0-name": "角阀",
    "m-0-quantity": "2",
    "m-0-unit_price": "28",
}
# step: the state before it, what is typed, which pictures, the state after
STEPS = {
    "acknowledge": ("handed", {}, {}, "acknowledged"),
    "arrive": ("acknowledged", {}, {"photo_before": "现场.jpg"}, "arrived"),
    "work": ("arrived", {}, {}, "working"),
    "pause": ("working", {"hold": "material", "words": "等角阀"}, {"photo_scene": "现场.jpg"}, "paused"),
    "finish": (
        "working",
        {"measures": RESULT["measures"], "signed_name": "周敏", "score": "5", **ROWS},
        {"photo_after": "修后.jpg", "photo_signature": "签字.png"},
        "finished",
    ),
    "give_back": ("arrived", {"reason": "不是我这个工种的活"}, {}, "waiting"),
    "note": ("working", {"words": "阀门锈死，要换整段"}, {"photo_scene": "现场.jpg"}, "working"),
}


@pytest.fixture
def spot(cast, at):
    """`spot(step)`: (order, address, what is posted); the clock stands a minute after its last move."""
    travels = []

    def ready(name, status=""):
        before, typed, files, _ = STEPS[name]
        order = make_repair(cast, at, status or before)
        travels.append(time_machine.travel(order.last_at + MINUTE, tick=False))
        travels[-1].start()
        moment = (order.last_at + MINUTE).isoformat()
        head = {"id": str(uuid.uuid4()), "step": name, "made": moment, "sent": moment}
        pictures = {field: upload(file) for field, file in files.items()}
        return order, f"/helpdesk/field/via/{ticket_of(order).token}/steps/", {**head, **typed, **pictures}

    yield ready
    for travel in reversed(travels):
        travel.stop()


def stands(order):
    return Repair.objects.get(pk=order.pk).status


@pytest.mark.parametrize("name", STEPS)
def test_D4_4_1_a_step_is_taken_by_the_link_and_by_its_holder(client, cast, spot, name):
    order, url, data = spot(name)
    response = client.post(url, data)
    told = response.json()
    assert (response.status_code, told["done"], told["status"]) == (200, data["id"], STEPS[name][3])
    assert (stands(order), FieldStep.objects.get().via_link) == (STEPS[name][3], True)
    assert sorted(Attachment.objects.of(order).values_list("role", flat=True)) == sorted(
        field.removeprefix("photo_") for field in STEPS[name][2]
    )
    if name == "note":
        client.force_login(cast.repairer)
        client.post(url, {**data, "id": str(uuid.uuid4()), "photo_scene": upload()})
        assert list(FieldStep.objects.values_list("via_link", flat=True)) == [True, False]


def test_D4_4_1_a_stranger_without_a_signed_link_takes_no_step(client, spot):
    order, url, data = spot("acknowledge")
    forged = [url.replace("~", "~x"), url.replace("/via/", "/via/1"), "/helpdesk/field/via/x/steps/"]
    assert [client.post(one, data).status_code for one in forged] == [404] * 3
    assert "没有这个链接" in client.post(forged[0], data).json()["error"]
    assert (stands(order), FieldStep.objects.count()) == ("handed", 0)


def test_D4_4_1_nobody_acts_in_the_repairer_s_name(client, cast, spot):
    """Signed in as somebody else, the link is no disguise; nor does it work for one who left."""
    order, url, data = spot("acknowledge")
    for who in (cast.repairer2, cast.clerk, cast.stranger):
        client.force_login(who)
        assert (client.post(url, data).status_code, client.get(url.removesuffix("steps/")).status_code) == (
            403,
            403,
        )
    client.logout()
    type(cast.repairer).objects.filter(pk=cast.repairer.pk).update(is_active=False)
    assert (client.post(url, data).status_code, stands(order)) == (403, "handed")


def test_D4_4_1_a_step_from_the_wrong_state_is_a_sentence(client, spot):
    order, url, data = spot("finish", "acknowledged")
    response = client.post(url, data)
    assert (response.status_code, "不能“完工”" in response.json()["error"], stands(order)) == (
        409,
        True,
        "acknowledged",
    )
    assert (Attachment.objects.count(), FieldStep.objects.count()) == (0, 0)


def test_D4_4_1_the_same_step_twice_is_done_once_and_answered_twice(client, spot):
    order, url, data = spot("arrive")
    first = client.post(url, data)
    again = client.post(url, {**data, "photo_before": upload()})
    assert (first.status_code, again.status_code, again.json()["done"]) == (200, 200, data["id"])
    assert (Attachment.objects.count(), events_of(order).filter(verb="arrive").count()) == (1, 1)


def test_E5_3_3_an_order_that_went_to_somebody_else_says_so_and_leaks_nothing(client, cast, spot):
    order, url, data = spot("acknowledge")
    repairs.reassign(
        order, by=cast.assistant, at=order.last_at + MINUTE, repairer=cast.repairer2, reason="离得近"
    )
    response = client.post(url, data)
    assert (response.status_code, response.json()["code"]) == (409, "state")
    assert "已经转派给别人" in response.json()["error"]
    page = client.get(url.removesuffix("steps/"))
    text = page.content.decode()
    assert (page.status_code, "这个链接已经停用" in text) == (410, True)
    assert not [
        word
        for word in (order.no, order.place, order.phone, order.reporter, str(cast.repairer2))
        if word in text
    ]
    client.force_login(cast.repairer)
    assert client.get(f"/helpdesk/field/{order.no}/").status_code == 404


def test_a_step_that_arrived_is_not_called_lost_when_its_link_ended(client, cast, spot):
    """The answer was lost in the basement; meanwhile the dispatcher gave out a new link."""
    order, url, data = spot("acknowledge")
    assert client.post(url, data).status_code == 200
    issue_link(order, by=cast.assistant, at=order.last_at + MINUTE)
    again = client.post(url, data)
    assert (again.status_code, again.json()["done"]) == (200, data["id"])
    assert client.post(url, data | {"id": str(uuid.uuid4())}).status_code == 410
    assert client.post(url, data | {"id": "x\x00"}).status_code == 410
    assert FieldStep.objects.count() == 1


def test_an_expired_and_a_newer_link_say_so_and_the_phone_keeps_the_step(client, cast, spot):
    order, url, data = spot("acknowledge")
    issue_link(order, by=cast.assistant, at=order.last_at)
    assert (client.post(url, data).status_code, client.get(url.removesuffix("steps/")).status_code) == (
        410,
        410,
    )
    newer = f"/helpdesk/field/via/{ticket_of(order).token}/steps/"
    with time_machine.travel(order.last_at + timedelta(days=9), tick=False):
        assert (
            client.post(newer, data).status_code,
            client.get(newer.removesuffix("steps/")).status_code,
        ) == (410, 410)
    assert (client.post(newer, data).status_code, stands(order)) == (200, "acknowledged")


@pytest.mark.parametrize(
    ("beside", "word"),
    [
        ({"id": "x"}, "不完整"),
        ({"id": ""}, "不完整"),
        ({"step": "slip"}, "不完整"),
        ({"step": "acknowledge\x00"}, "不完整"),
        ({"made": "昨天"}, "不完整"),
        ({"made": "2026-10-21T10:00:00"}, "日期不对"),
        ({"sent": "0001-01-01T00:00:00+14:00"}, "日期不对"),
        ({"sent": "9999-12-31T23:59:59-14:00"}, "日期不对"),
        ({"made": "9" * 5000}, "不完整"),
        ({"measures": ""}, "修了什么"),
        ({"m-TOTAL_FORMS": "99999"}, ""),
        ({"m-0-quantity": "NaN"}, "数量"),
        ({"photo_signature": "签字.exe"}, "不能收"),
        ({"photo_signature": "假的.png"}, "不是 PNG 图片"),
        ({"photo_scene": "现场.jpg"}, "不能放在这一步里"),
        ({"photo_": "现场.jpg"}, "不知道放在哪里"),
        ({"file": "现场.jpg"}, "不知道放在哪里"),
    ],
)
def test_hostile_steps_are_refused_in_a_sentence(client, spot, beside, word):
    """D4.4.1"""
    order, url, data = spot("finish")
    for name, value in beside.items():
        fake = b"MZ\x90" if value == "假的.png" else picture()
        beside = {name: upload(value, fake) if value.endswith((".exe", ".png", ".jpg")) else value}
    response = client.post(url, data | beside)
    assert (response.status_code, word in response.json()["error"]) == (422, True)
    assert (stands(order), Attachment.objects.count(), FieldStep.objects.count()) == ("working", 0, 0)


def test_hostile_uploads_are_too_many_or_too_large(client, spot, settings):
    _, url, data = spot("note")
    many = client.post(url, data | {"photo_scene": [upload(f"{n}.jpg") for n in range(10)]})
    settings.FILE_IMAGE_MB = 1
    large = client.post(url, data | {"photo_scene": upload("大.jpg", picture() + b"\0" * 1_100_000)})
    assert [(one.status_code, one.json()["error"][:6]) for one in (many, large)] == [
        (422, "一步最多放 "),
        (422, "“大.jpg"),
    ]
    assert (Attachment.objects.count(), FieldStep.objects.count()) == (0, 0)


def test_a_form_without_the_page_s_token_is_refused(spot):
    """Another site cannot press for the repairer; the phone asks for a fresh token and sends again."""
    order, url, data = spot("acknowledge")
    client = Client(enforce_csrf_checks=True)
    refused = client.post(url, data)
    assert (refused.status_code, "json" in refused["Content-Type"], stands(order)) == (403, False, "handed")
    client.get(url.removesuffix("steps/"))
    header = {"X-CSRFToken": client.cookies["csrftoken"].value}
    assert client.post(url, data, headers=header).status_code == 200


def test_the_customer_s_number_is_on_the_page_only_while_it_is_in_hand(client, cast, at):
    order = make_repair(cast, at, "working")
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        link = f"/helpdesk/field/via/{ticket_of(order).token}/"
        assert [
            order.phone in client.get(link).content.decode(),
            order.reporter in client.get(link).content.decode(),
        ] == [True, True]
        step(cast, order, "finish", order.last_at)
        page = client.get(link)
        assert (
            page.status_code,
            order.phone in page.content.decode(),
            "底联今天交回" in page.content.decode(),
        ) == (200, False, True)


def test_a_signed_in_repairer_is_led_from_the_link_to_the_own_page(client, cast, at):
    order = make_repair(cast, at, "handed")
    client.force_login(cast.repairer)
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        link = f"/helpdesk/field/via/{ticket_of(order).token}/"
        assert client.get(link)["Location"] == f"/helpdesk/field/{order.no}/"
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/helpdesk/field/{order.no}/")
        assert (page.status_code, order.phone in page.content.decode()) == (200, True)
        assert len(asked) <= 6
        assert json.loads(page.context["flow"])["arrive"] == {"acknowledged": "arrived"}
        client.logout()
        with CaptureQueriesContext(connection) as asked:
            client.get(link)
        assert len(asked) <= 7
    client.force_login(cast.clerk)
    assert client.get(f"/helpdesk/field/{order.no}/").status_code == 403


def test_the_worker_is_ours_fresh_and_kept_to_its_folder(client):
    found = client.get("/helpdesk/field/worker.js")
    assert (found["Content-Type"], found["Service-Worker-Allowed"], found["Cache-Control"]) == (
        "text/javascript; charset=utf-8",
        "/helpdesk/field/",
        "no-cache",
    )
    assert b"addEventListener" in found.content and "default-src 'none'" in found["Content-Security-Policy"]


# --- the desk ------------------------------------------------------------------------------------------------


def test_E5_3_3_the_dispatcher_shows_the_link_and_gives_out_a_new_one(client, cast, at):
    order = make_repair(cast, at, "handed")
    url = f"/helpdesk/field/{order.no}/link/"
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        client.force_login(cast.assistant)
        page = client.get(url)
        assert (
            page.status_code,
            ticket_of(order).token in page.content.decode(),
            "<svg" in page.content.decode(),
        ) == (200, True, True)
        before = ticket_of(order).token
        assert client.post(f"{url}new/", {"_once": "a"})["Location"] == url
        assert client.post(f"{url}new/", {"_once": "a"})["Location"] == url
        assert (FieldLink.objects.count(), ticket_of(order).token == before) == (1, False)
        client.force_login(cast.auditor)
        assert [client.get(url).status_code, client.post(f"{url}new/").status_code] == [403, 403]
        client.logout()
        assert client.post(f"{url}new/")["Location"].startswith("/login/")
        client.force_login(cast.assistant)
        repairs.cancel(Repair.objects.get(pk=order.pk), by=cast.assistant, at=order.last_at, reason="不用了")
        assert [client.get(url).context["ticket"], client.post(f"{url}new/").status_code] == [None, 409]


@pytest.fixture
def waited(cast, at):
    """An arrival that lay on the phone for forty minutes."""
    order = make_repair(cast, at, "acknowledged")
    there, heard = order.last_at + MINUTE, order.last_at + 41 * MINUTE
    one = take(ticket_of(order), Sent(uuid.uuid4(), "arrive", there), by=cast.repairer, at=heard)
    with time_machine.travel(heard + MINUTE, tick=False):
        yield one, f"/helpdesk/field/{order.no}/accept/{one.pk}/"


def test_D4_4_1_the_manager_believes_the_time_on_the_spot(client, cast, waited):
    one, url = waited
    client.force_login(cast.clerk)
    page = client.get(one.repair.get_absolute_url()).content.decode()
    assert ("手机存了40分钟才发出" in page, url in page) == (True, False)
    assert client.post(url, {"reason": "问过业主"}).status_code == 403
    client.logout()
    assert client.post(url, {"reason": "问过业主"})["Location"].startswith("/login/")
    client.force_login(cast.manager)
    assert url in client.get(one.repair.get_absolute_url()).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    long = client.post(url, {"reason": "长" * 300})
    assert (long.status_code, "长" * 300 in long.content.decode()) == (422, True)
    assert client.post(url, {"reason": "问过业主"})["Location"] == one.repair.get_absolute_url()
    again = client.post(url, {"reason": "另外的话"})
    assert (again.status_code, "另外的话" in again.content.decode()) == (409, True)
    assert "认可现场时间：问过业主" in client.get(one.repair.get_absolute_url()).content.decode()
    assert client.post(url.replace(one.repair.no, "WX-2026-9999"), {"reason": "x"}).status_code == 404


def test_E5_3_5_pictures_and_signature_are_seen_by_who_sees_the_order(client, cast, spot):
    order, url, data = spot("finish")
    client.post(url, data)
    file = Attachment.objects.of(order).get(role="signature").get_absolute_url()
    assert client.get(file).status_code == 302
    found = {}
    for name in ("clerk", "manager", "auditor", "repairer", "repairer2", "sales", "stranger"):
        client.force_login(getattr(cast, name))
        found[name] = client.get(file).status_code
    assert found == {
        **dict.fromkeys(("clerk", "manager", "auditor", "repairer"), 200),
        **dict.fromkeys(("repairer2", "sales", "stranger"), 404),
    }
    client.force_login(cast.clerk)
    assert file in client.get(order.get_absolute_url()).content.decode()
    assert file in client.get(f"{order.get_absolute_url()}print/").content.decode()
