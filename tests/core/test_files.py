"""Files of records: what is kept of an upload, who is served it, and that nothing hostile ever is."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from reception.core.files import store
from reception.core.files.actions import attach, remove
from reception.core.files.checking import check, shown_name
from reception.core.files.models import Attachment
from reception.core.files.viewers import viewers
from reception.core.files.views import NOTHING
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import Department
from tests.core.hostile_files import hostile, image, office, pdf
from tests.engines.race import errors, race, winners

pytestmark = pytest.mark.django_db
KIND = "core.department"


@pytest.fixture
def subject(cast):
    return Department.objects.get(code="sales")


@pytest.fixture(autouse=True)
def people_of_the_department_see_it(monkeypatch):
    monkeypatch.setitem(viewers, KIND, lambda user, pk, at: user.department_id == pk)


def upload(name="照片.jpg", data=None):
    return SimpleUploadedFile(name, image() if data is None else data)


def put(subject, cast, at, name="照片.jpg", data=None, **more):
    return attach(subject, upload(name, data), role="photo", by=cast.sales, at=at, **more)


def get(user, url, **headers):
    client = Client(headers=headers)
    if user:
        client.force_login(user)
    return client.get(url)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- what is kept ----------------------------------------------------------------------------------------------


def test_an_image_is_kept_as_its_pixels_upright_and_nothing_else(subject, cast, at):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = 6, "EVIL-CAMERA", "EVIL-COMMENT"
    exif.get_ifd(0x8825)[1] = "N"
    file = put(subject, cast, at, data=image("JPEG", exif=exif, comment=b"EVIL") + b"EVIL-TAIL")
    kept = store.path_of(file.stored).read_bytes()
    assert (file.width, file.height, file.mime, file.size, b"EVIL" in kept) == (
        40,
        60,
        "image/jpeg",
        len(kept),
        False,
    )
    with Image.open(BytesIO(kept)) as shown:
        assert dict(shown.getexif()) == {}
        top, bottom = shown.getpixel((20, 10)), shown.getpixel((20, 50))
        assert (top[0] > 150, bottom[2] > 120) == (True, True)


@pytest.mark.parametrize(("form", "ext"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_large_image_is_made_smaller_with_a_preview(subject, cast, at, form, ext):
    file = put(subject, cast, at, f"大.{ext}", image(form, (3000, 1500)))
    with Image.open(store.path_of(file.stored, small=True)) as small:
        assert ((file.width, file.height), small.size, small.format) == ((2400, 1200), (400, 200), "JPEG")


def test_the_event_holds_the_checksum(subject, cast, at):
    file = put(subject, cast, at)
    event = events_of(subject).get(verb="attach")
    assert event.detail == {
        "file": file.pk, "role": "photo", "name": "照片.jpg", "size": file.size, "sha256": file.sha256,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), [("公函.pdf", pdf()), ("名单.docx", office()), ("表.XLSX", office("xlsx"))]
)
def test_a_clean_document_is_kept_byte_for_byte(subject, cast, at, name, data):
    file = put(subject, cast, at, name, data)
    assert (store.path_of(file.stored).read_bytes(), file.width, file.small_url) == (data, None, "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("C:\\a\\公函.pdf", "公函.pdf"), ("../../x.jpg", "x.jpg"), ("a\u202egpj.exe", "agpj.exe"), ("a\r\nb.pdf", "ab.pdf"),
     ("x" * 300 + ".pdf", "x" * 116 + ".pdf"), ('a"<b>.pdf', "a_b_.pdf"), ("", "未命名"), ("...", "未命名")],
)  # fmt: skip
def test_the_shown_name_is_fit_to_be_shown(typed, shown):
    assert shown_name(typed) == shown


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("a.heic", b"x", "“a.heic”是苹果的 HEIC 照片"), ("a.exe", b"MZ", "“a.exe”不能收。只收 JPG"), ("a.jpg", b"", "“a.jpg”是空的"),
     ("a.jpg", image("PNG"), "的内容不是 JPG 图片"), ("a.doc", b"x", "“a.doc”不能收"),
     ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧版或加了密码的 Office 文件")],
)  # fmt: skip
def test_a_refusal_says_which_file_and_what_to_do(name, data, says):
    with pytest.raises(Refused) as caught:
        check(upload(name, data))
    assert (says in caught.value.message, caught.value.code, caught.value.field) == (True, "invalid", "file")


def test_too_large_and_too_many_are_refused(subject, cast, at, settings):
    settings.FILE_IMAGE_MB, settings.FILES_PER_SUBJECT = 0, 1
    with pytest.raises(Refused, match="超过 0 MB"):
        check(upload())
    settings.FILE_IMAGE_MB = 10
    put(subject, cast, at)
    with pytest.raises(Refused, match="最多放 1 个附件"):
        put(subject, cast, at)
    assert Attachment.objects.count() == 1


# --- hostile ---------------------------------------------------------------------------------------------------


def test_two_hundred_hostile_uploads_and_none_served(subject, cast, at, settings):
    """Each is refused, or what is kept of it is a picture drawn anew that holds nothing of the attack."""
    settings.FILES_PER_SUBJECT = 1000
    client, count, kept = Client(), 0, []
    client.force_login(cast.sales)
    for name, data in hostile():
        count += 1
        try:
            kept.append(put(subject, cast, at, name, data))
        except Refused as refused:
            assert refused.code == "invalid"
    served = [client.get(file.get_absolute_url()) for file in kept]
    assert count >= 200
    assert [file.name for file, answer in zip(kept, served, strict=True)
            if b"EVIL" in body(answer) or not file.is_image or not answer["Content-Type"].startswith("image/")] == []  # fmt: skip
    assert {answer["Content-Security-Policy"] for answer in served} == {"default-src 'none'; sandbox"}
    assert len(kept) < 20
    assert [
        p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file() and b"EVIL" in p.read_bytes()
    ] == []


# --- who is served ---------------------------------------------------------------------------------------------


def test_it_is_served_only_to_who_may_see_the_record(subject, cast, at):
    file = put(subject, cast, at)
    urls = (file.get_absolute_url(), file.small_url)
    answers = {
        who: [get(getattr(cast, who), url).status_code for url in urls]
        for who in ("sales", "sales_head", "tech", "gm", "admin")
    }
    assert answers == {"sales": [200, 200], "sales_head": [200, 200], "tech": [404, 404], "gm": [404, 404], "admin": [404, 404]}  # fmt: skip
    assert get(None, urls[0]).status_code == 302


def test_unknown_foreign_and_removed_get_the_same_answer(subject, cast, at):
    kept, gone = put(subject, cast, at), put(subject, cast, at)
    remove(subject, gone, by=cast.sales, at=at, reason="传错了")
    pages = [get(cast.tech, kept.get_absolute_url()), get(cast.tech, f"/files/{'0' * 40}/"), get(cast.tech, gone.get_absolute_url()),
             get(cast.tech, "/files/x/")]  # fmt: skip
    assert [(page.status_code, NOTHING in page.content.decode()) for page in pages] == [(404, True)] * 4
    assert get(cast.sales, gone.get_absolute_url()).status_code == 404


def test_a_kind_that_nobody_answers_for_is_served_to_nobody(subject, cast, at, monkeypatch):
    file = put(subject, cast, at)
    monkeypatch.delitem(viewers, KIND)
    assert get(cast.sales, file.get_absolute_url()).status_code == 404


def test_images_open_and_documents_are_saved(subject, cast, at):
    photo, letter = put(subject, cast, at), put(subject, cast, at, "公函.pdf", pdf())
    shown, saved = get(cast.sales, photo.get_absolute_url()), get(cast.sales, letter.get_absolute_url())
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"] == "attachment; filename*=utf-8''%E5%85%AC%E5%87%BD.pdf"
    for answer in (shown, saved):
        assert (answer["X-Content-Type-Options"], answer["Cache-Control"], answer["Content-Security-Policy"]) == (
            "nosniff", "private, no-cache", "default-src 'none'; sandbox",
        )  # fmt: skip
    assert get(cast.sales, letter.get_absolute_url() + "small/").status_code == 404


def test_the_browser_asks_again_and_is_told_only_while_it_may_see(subject, cast, at):
    file = put(subject, cast, at)
    tag = get(cast.sales, file.get_absolute_url())["ETag"]
    asked = {"If-None-Match": tag}
    assert get(cast.sales, file.get_absolute_url(), **asked).status_code == 304
    assert get(cast.tech, file.get_absolute_url(), **asked).status_code == 404


def test_serving_asks_the_same_few_questions(subject, cast, at, django_assert_num_queries):
    file = put(subject, cast, at)
    client = Client()
    client.force_login(cast.sales)
    client.get(file.small_url)
    with django_assert_num_queries(3):  # session, person, file
        client.get(file.small_url)


# --- removing --------------------------------------------------------------------------------------------------


def test_a_removal_hides_says_why_and_keeps_the_record(subject, cast, at):
    file = put(subject, cast, at)
    later = at + timedelta(minutes=1)
    remove(subject, file, by=cast.sales_head, at=later, reason=" 传错了 ")
    event = events_of(subject).get(verb="detach")
    assert (file.removed_at, file.removed_by, file.removed_reason) == (later, cast.sales_head, "传错了")
    assert (event.reason, event.detail["sha256"]) == ("传错了", file.sha256)
    assert (Attachment.objects.of(subject).count(), Attachment.objects.of(subject).live().count()) == (1, 0)
    assert store.path_of(file.stored).exists()
    for reason, code in (("", "missing"), ("再来", "stale")):
        with pytest.raises(Refused) as caught:
            remove(subject, file, by=cast.sales, at=later, reason=reason)
        assert caught.value.code == code


@pytest.mark.parametrize("wrong", [{"removed_reason": "只有原因"}, {"width": 3}, {"size": 0}, {"name": ""}])
def test_the_database_keeps_what_belongs_together(subject, cast, at, wrong):
    file = put(subject, cast, at, "公函.pdf", pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=file.pk).update(**wrong)


# --- what a failure leaves -------------------------------------------------------------------------------------


def test_a_failed_transaction_leaves_nothing_that_matters(subject, cast, at):
    kept = put(subject, cast, at)
    with pytest.raises(RuntimeError), transaction.atomic():
        put(subject, cast, at)
        raise RuntimeError("the power went")
    everything = sorted(store.root().glob("*/*"))
    assert (Attachment.objects.count(), len(everything)) == (1, 4)
    call_command("sweep_files", verbosity=0)
    assert (
        sorted(store.root().glob("*/*")) == everything
    )  # young: it may belong to a row that is being written
    for place in everything:
        os.utime(place, (0, 0))
    call_command("sweep_files", verbosity=0)
    assert {place.name for place in store.root().glob("*/*")} == {kept.stored, f"{kept.stored}.small"}


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_people_race_for_the_last_place(cast, at, settings):
    settings.FILES_PER_SUBJECT = 1
    subject = Department.objects.get(code="sales")
    found = check(upload())
    outcomes = race(*[lambda: attach(subject, found, role="photo", by=cast.sales, at=at)] * 2)
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["invalid"])
    assert Attachment.objects.count() == 1
