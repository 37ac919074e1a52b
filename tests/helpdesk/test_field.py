"""The repairer on the spot: each step once, the house's time beside the phone's, pictures, the link (D4.4.1, E5.3)."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from helpdesk.fieldwork.actions import Sent, accept_site_time, issue_link, take
from helpdesk.fieldwork.choices import Role
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.policies import link_ended
from helpdesk.fieldwork.tickets import read, ticket_of
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.models import Repair
from reception.core.clock.models import Clock
from reception.core.files.checking import check
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_repair

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
RESULT = {
    "measures": "换角阀一只，试水十分钟不漏",
    "materials": [{"name": "角阀", "quantity": "1", "unit_price": "28"}],
}


def picture(kind="JPEG", *, strokes=True) -> bytes:
    """A small image; without strokes an empty one."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", (64, 32))
    if strokes:
        ImageDraw.Draw(image).line((2, 2, 60, 30), fill="white", width=3)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def upload(name="现场.jpg", data=None):
    return SimpleUploadedFile(name, data or picture("PNG" if name.endswith("png") else "JPEG"))


def shot(role, name="现场.jpg", data=None):
    return role, check(upload(name, data))


SIGNED = [(Role.SIGNATURE, "签字.png")]


def sent(verb, at, **beside):
    return Sent(beside.pop("client_id", None) or uuid.uuid4(), verb, at, **beside)


def go(ticket, cast, verb, at, *, pictures=(), by=None, **inputs):
    """A step that arrives at `at` and was made then."""
    return take(ticket, sent(verb, at), by=by or cast.repairer, at=at, inputs=inputs, pictures=pictures)


def refusal(call, *args, **kwargs):
    """(code, sentence) of what is refused."""
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code, refused.value.message


@pytest.fixture
def order(cast, at):
    """Handed to the repairer a minute after ten."""
    return make_repair(cast, at, "handed")


def fresh(order):
    return Repair.objects.get(pk=order.pk)


def test_D4_4_1_the_whole_way_by_the_link_with_pictures_and_signature(cast, at, order):
    ticket, now = ticket_of(order), order.last_at
    for verb in ("acknowledge", "arrive", "work"):
        now += MINUTE
        go(ticket, cast, verb, now, pictures=[shot(Role.BEFORE)] if verb == "arrive" else ())
    pictures = [shot(Role.AFTER), shot(Role.SIGNATURE, "签字.png")]
    take(
        ticket, sent("finish", now + MINUTE, via_link=True), by=cast.repairer, at=now + MINUTE,
        inputs={**RESULT, "signed_name": "周敏"}, pictures=pictures,
    )  # fmt: skip
    done = fresh(order)
    assert (done.status, done.finished_by, done.signed_name, str(done.cost)) == (
        "finished",
        cast.repairer,
        "周敏",
        "28.00",
    )
    assert list(Attachment.objects.of(done).values_list("role", flat=True)) == [
        "before",
        "after",
        "signature",
    ]
    asides = [event.detail["said"] for event in events_of(done).filter(verb="aside")]
    assert asides == ["", "", "", "经链接"]
    assert list(verify()) == []


def test_D4_4_1_the_same_step_again_has_no_effect(cast, at, order):
    ticket, one = ticket_of(order), sent("acknowledge", at)
    first = take(ticket, one, by=cast.repairer, at=at + 2 * MINUTE)
    count = events_of(order).count()
    again = take(ticket, one, by=cast.repairer, at=at + 9 * MINUTE)
    assert (again.pk, events_of(order).count(), FieldStep.objects.count()) == (first.pk, count, 1)
    # … even after the order went on, or is over: the phone only never heard the answer.
    repairs.force_close(fresh(order), by=cast.manager, at=at + 10 * MINUTE, reason="误报")
    assert take(ticket, one, by=cast.repairer, at=at + 11 * MINUTE).pk == first.pk


def test_D4_4_1_an_id_is_good_for_one_step_of_one_order(cast, at, order):
    other = make_repair(cast, at, "handed")
    one = sent("acknowledge", at)
    take(ticket_of(order), one, by=cast.repairer, at=at + 2 * MINUTE)
    code, sentence = refusal(take, ticket_of(other), one, by=cast.repairer, at=at + 3 * MINUTE)
    assert (code, "编号" in sentence, fresh(other).status) == ("state", True, "handed")


def test_D4_4_1_the_house_s_time_is_the_record_and_the_phone_s_stands_beside(cast, at, order):
    """Arrived in the basement in time, heard of too late: the limit is broken, and the page says what the phone says."""
    ticket = ticket_of(order)
    go(ticket, cast, "acknowledge", at + 2 * MINUTE)
    there, heard = at + 20 * MINUTE, at + 50 * MINUTE
    # The phone's clock is three minutes behind.
    step = take(ticket, sent("arrive", there - 3 * MINUTE, drift=180), by=cast.repairer, at=heard)
    done, clock = fresh(order), Clock.objects.get(subject_id=order.pk, rule="repair.arrive")
    assert (done.arrived_at, clock.breached_at, step.on_site, step.waited) == (
        heard,
        order.arrive_due_at,
        there,
        30 * MINUTE,
    )
    said = events_of(order).filter(verb="aside").last().detail["said"]
    assert said == "现场时间 10:20（手机存了30分钟才发出；手机的钟慢3分钟，已折算）"
    # The manager believes it; the breach stays.
    assert refusal(accept_site_time, step, by=cast.clerk, at=heard, reason="问过")[0] == "forbidden"
    assert refusal(accept_site_time, step, by=cast.manager, at=heard, reason=" ")[0] == "missing"
    accept_site_time(step, by=cast.manager, at=heard + MINUTE, reason="业主说十点二十就到了")
    clock.refresh_from_db()
    assert (clock.breached_at, fresh(order).arrived_at) == (order.arrive_due_at, heard)
    assert events_of(order).last().verb == "accept_time"
    again = FieldStep.objects.get(pk=step.pk)
    assert refusal(accept_site_time, again, by=cast.director, at=heard, reason="再认")[0] == "stale"
    soon = FieldStep.objects.get(verb="acknowledge")
    assert refusal(accept_site_time, soon, by=cast.manager, at=heard, reason="x")[0] == "state"


@pytest.mark.parametrize(
    ("inputs", "pictures", "word"),
    [
        ({"signed_name": "周敏"}, [], "屏幕上签字"),
        ({"signed_name": "周敏"}, ["blank"], "屏幕上签字"),
        ({"unsigned_reason": "业主外出"}, [], "拍一张现场照片"),
        ({"unsigned_reason": "业主外出"}, [(Role.AFTER, "现场.jpg")], "拍一张现场照片"),
        ({}, SIGNED, "写明原因并拍照"),
    ],
)
def test_E5_3_5_no_end_without_signature_or_a_picture_of_nobody(cast, at, order, inputs, pictures, word):
    ticket = ticket_of(order)
    for number, verb in enumerate(("acknowledge", "arrive"), 2):
        go(ticket, cast, verb, at + number * MINUTE)
    found = [
        shot(Role.SIGNATURE, "签字.png", picture("PNG", strokes=False)) if one == "blank" else shot(*one)
        for one in pictures
    ]
    code, sentence = refusal(go, ticket, cast, "finish", at + 9 * MINUTE, pictures=found, **RESULT, **inputs)
    assert (code, word in sentence, fresh(order).status, Attachment.objects.count()) == (
        "missing",
        True,
        "arrived",
        0,
    )


def test_E5_3_5_nobody_there_a_picture_and_the_reason(cast, at, order):
    ticket = ticket_of(order)
    for number, verb in enumerate(("acknowledge", "arrive"), 2):
        go(ticket, cast, verb, at + number * MINUTE)
    # The desk's own page has no camera: there as well it is not done without the picture.
    words = {"measures": "已换", "unsigned_reason": "业主外出"}
    assert (
        refusal(repairs.finish, fresh(order), by=cast.repairer, at=at + 8 * MINUTE, **words)[0] == "missing"
    )
    go(
        ticket,
        cast,
        "finish",
        at + 9 * MINUTE,
        pictures=[shot(Role.ABSENT)],
        **RESULT,
        unsigned_reason="业主外出",
    )
    assert (fresh(order).status, fresh(order).unsigned_reason) == ("finished", "业主外出")


@pytest.mark.parametrize("what", ["reassign", "cancel", "again", "force_close"])
def test_E5_3_3_what_happened_meanwhile_decides_and_the_words_are_not_lost(cast, at, order, what):
    ticket, later = ticket_of(order), at + 5 * MINUTE
    if what == "cancel":
        repairs.cancel(fresh(order), by=cast.assistant, at=later, reason="自己修好了")
    elif what == "force_close":
        repairs.force_close(fresh(order), by=cast.manager, at=later, reason="误报")
    else:
        repairs.reassign(fresh(order), by=cast.assistant, at=later, repairer=cast.repairer2, reason="离得近")
    if what == "again":
        repairs.reassign(
            fresh(order), by=cast.assistant, at=later + MINUTE, repairer=cast.repairer, reason="改回"
        )
    status = fresh(order).status
    code, sentence = refusal(go, ticket, cast, "acknowledge", at + 9 * MINUTE)
    assert (code, "没有记上" in sentence, fresh(order).status) == ("state", True, status)
    assert link_ended(ticket, fresh(order), at + 9 * MINUTE) is True
    Notice.objects.all().delete()
    go(
        ticket,
        cast,
        "note",
        at + 10 * MINUTE,
        pictures=[shot(Role.BEFORE), shot(Role.SCENE)],
        words="阀门已经关了",
    )
    note = Notice.objects.get()
    assert (note.to, note.body) == (
        order.handed_by if what in ("cancel", "force_close") else cast.assistant,
        "阀门已经关了",
    )
    assert list(Attachment.objects.of(order).values_list("role", flat=True)) == ["before", "scene"]
    assert fresh(order).status == status


def test_a_note_says_something_and_there_is_an_end_to_it(cast, at, order):
    ticket = ticket_of(order)
    assert refusal(go, ticket, cast, "note", at + MINUTE)[0] == "missing"
    for number in range(10):
        go(ticket, cast, "note", at + number * MINUTE, words="还在等")
    assert refusal(go, ticket, cast, "note", at + 11 * MINUTE, words="还在等")[0] == "state"
    assert refusal(go, ticket, cast, "note", at + timedelta(days=60), words="还在等")[0] == "state"


def test_the_link_ends_by_date_by_hand_and_with_the_order(cast, at, order):
    ticket = ticket_of(order)
    assert read(ticket.token) == ticket == ticket_of(fresh(order))
    assert [link_ended(ticket, order, at + timedelta(days=days)) for days in (6, 8)] == [False, True]
    assert refusal(issue_link, order, by=cast.auditor, at=at)[0] == "forbidden"
    issue_link(order, by=cast.assistant, at=at + timedelta(days=2))
    newer = ticket_of(fresh(order))
    assert [link_ended(one, order, at + timedelta(days=8)) for one in (ticket, newer)] == [True, False]
    repairs.force_close(fresh(order), by=cast.manager, at=at + timedelta(days=3), reason="误报")
    assert link_ended(newer, fresh(order), at + timedelta(days=3)) is True
    assert refusal(issue_link, fresh(order), by=cast.assistant, at=at)[0] == "state"


@pytest.mark.parametrize(
    "spoil", ["", "x", "~", "1.1.1.1.1", "{}x", "x{}", "{}~{}", "é{}", "\x00", "9" * 4000]
)
def test_a_token_that_this_house_did_not_sign_is_none(order, spoil):
    token = ticket_of(order).token
    assert read(spoil.replace("{}", token)) is None


def test_the_notice_of_the_dispatch_carries_the_link_while_it_is_in_hand(cast, at, order):
    notice = Notice.objects.get(to=cast.repairer, title__contains=order.no)
    assert notice.url == f"/helpdesk/field/via/{ticket_of(order).token}/"
    repairs.cancel(fresh(order), by=cast.assistant, at=at + 9 * MINUTE, reason="自己修好了")
    assert Notice.objects.filter(to=cast.repairer).latest("pk").url == order.get_absolute_url()
