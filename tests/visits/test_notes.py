"""备忘与照片 during and after a reception; 归档 locks all but 补充备忘 (records §1.2)."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.core.hostile_files import image
from tests.engines.race import race, winners
from tests.factories.visits import letter, make_reception
from tests.house.test_urls import pages
from tests.visits.pages import browser, html
from visits.models import Note, Reception
from visits.notes import actions

pytestmark = pytest.mark.django_db


def shot(name="合影.jpg"):
    upload = letter(name)
    upload.file.seek(0)
    upload.file.write(image())
    upload.file.truncate()
    upload.file.seek(0)
    upload.size = len(image())
    return upload


def post(who, reception, **data):
    return browser(who).post(f"/visits/requests/{reception.no}/notes/", data)


def texts(reception):
    return list(reception.notes.values_list("text", "created_by__username"))


def test_A3_2_notes_and_photographs_together_from_the_phone(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    answer = post(
        cast.tech, reception, text="客户问起海外认证", photo=[shot("a.jpg"), shot("b.jpg")], caption="总装线"
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/visits/requests/{reception.no}/#notes")
    assert texts(reception) == [("客户问起海外认证", "tech")]
    photos = Attachment.objects.of(reception).filter(role="photo")
    assert list(photos.values_list("name", "caption")) == [("a.jpg", "总装线"), ("b.jpg", "总装线")]
    page = html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
    assert ("客户问起海外认证" in page, page.count("/small/"), 'capture="environment"' in page) == (
        True,
        2,
        True,
    )
    assert [e.label for e in events_of(reception)][-3:] == ["写备忘", "添加附件 a.jpg", "添加附件 b.jpg"]


@pytest.mark.parametrize(("who", "state", "status"), [(None, "receiving", 302), ("auditor", "receiving", 422), ("stranger", "receiving", 403),
                         ("clerk", "receiving", 403), ("sales", "preparing", 422)])  # fmt: skip
def test_A3_2_others_and_other_times_are_refused(cast, at, who, state, status):
    reception = make_reception(cast, state, at=at)
    answer = post(getattr(cast, who) if who else None, reception, text="记一笔")
    got = answer.status_code if answer.status_code not in (403, 409) or status in (302, 403) else 422
    assert (got, Note.objects.exists()) == (status, False)


def test_a_correction_is_a_new_note_and_the_old_one_stays(cast, at):
    reception = make_reception(cast, "settling", at=at)
    old = actions.note(reception, by=cast.sales, at=at, text="来了 6 人")
    assert post(cast.sales, reception, text="来了 7 人", corrects=old.pk).status_code == 302
    assert list(Note.objects.values_list("text", "corrects__text")) == [
        ("来了 6 人", None),
        ("来了 7 人", "来了 6 人"),
    ]
    other = make_reception(cast, "receiving", at=at)
    assert post(cast.sales, other, text="x", corrects=old.pk).status_code == 422
    with pytest.raises(Refused):
        actions.note(other, by=cast.sales, at=at, text="x", corrects=old)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "请写下要记的内容"),
        ({"text": "字" * 2001}, "最多 2000 个字"),
        ({"text": "a\x00b"}, "看不见的字符"),
    ],
)
def test_bad_notes_say_what_is_wrong_and_keep_the_words(cast, at, data, says):
    reception = make_reception(cast, "receiving", at=at)
    answer = post(cast.sales, reception, **data)
    assert (answer.status_code, says in html(answer), Note.objects.exists()) == (422, True, False)


def test_a_document_is_no_photograph(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    answer = post(cast.sales, reception, text="附上", photo=letter())
    assert (answer.status_code, "这里只收 JPG、PNG、WebP 图片" in html(answer), Note.objects.exists()) == (
        422,
        True,
        False,
    )


def test_the_same_form_twice_is_one_note(cast, at):
    reception, client = make_reception(cast, "receiving", at=at), browser(cast.sales)
    for _ in range(2):
        client.post(f"/visits/requests/{reception.no}/notes/", {"text": "一次", "_once": "a" * 32})
    assert texts(reception) == [("一次", "sales")]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_notes_at_once_are_both_kept(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    outcomes = race(
        *[lambda n=n: actions.note(reception, by=cast.sales, at=at, text=f"第{n}条") for n in (1, 2)]
    )
    assert (len(winners(outcomes)), Note.objects.count()) == (2, 2)


# --- archive ---------------------------------------------------------------------------------------------------

# Posts that leave the archived reception as it is: a new draft made from it, and what has no reception in it.
HARMLESS = {"visits:request_copy"}


def locked_addresses(reception) -> list[tuple[str, str]]:
    """Every address below a reception, with its own keys."""
    found = []
    for name, path in pages(get_resolver()):
        if path.startswith("/visits/requests/JD-") and name not in HARMLESS:
            found.append((name, path.replace("JD-2026-0001", reception.no)))
    moves = (
        "submit",
        "agree",
        "approve",
        "return_back",
        "reject",
        "withdraw",
        "start",
        "finish",
        "settle",
        "audit",
        "archive",
        "cancel",
    )
    return found + [("visits:request_move", f"/visits/requests/{reception.no}/{move}/") for move in moves]


def state_of(reception) -> tuple:
    """All that an archived reception must keep."""
    fresh = Reception.objects.filter(pk=reception.pk).values().get()
    files = Attachment.objects.of(reception).live().count()
    return (
        fresh,
        files,
        events_of(reception).exclude(verb__in=("note", "copy")).count(),
        reception.tasks.values_list("status").count(),
    )


@pytest.mark.parametrize("who", ["sales", "office", "gm"])
def test_A3_2_an_archived_reception_refuses_every_post_but_a_note(cast, at, who):
    reception = make_reception(cast, "archived", at=at)
    client, before, wrong = browser(getattr(cast, who)), state_of(reception), []
    for name, path in locked_addresses(reception):
        status = client.post(
            path,
            {
                "reason": "试试",
                "text": "",
                "name": "x",
                "photo": shot(),
                "file": letter(),
                "file_role": "letter",
            },
        ).status_code
        wrong += [(name, path, status)] if status not in (403, 404, 405, 409, 422) else []
    assert (wrong, state_of(reception)) == ([], before)
    answer = client.post(f"/visits/requests/{reception.no}/notes/", {"text": "补记：合同已签"})
    assert (answer.status_code, events_of(reception).last().label) == (302, "补充备忘")


def test_A3_2_photographs_end_with_the_archive(cast, at):
    reception = make_reception(cast, "archived", at=at)
    answer = post(cast.sales, reception, photo=shot())
    assert (answer.status_code, "已归档，照片不能再加" in html(answer)) == (409, True)
