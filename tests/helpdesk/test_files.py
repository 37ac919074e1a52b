"""Files on complaints, emergencies, matters and visitors: who adds, who sees, who takes away and why (D4.3.3, ADR 0009)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from reception.core.files.models import Attachment
from reception.core.ledger import events_of
from tests.core.hostile_files import image
from tests.factories.helpdesk import make_complaint, make_emergency, make_matter
from tests.helpdesk.test_visitor import come

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# word: how it is made, a state that is open, one that is over, who beside the desk has a part in it
HOLDERS = {
    "complaints": (make_complaint, "signed", "closed", "repairer2"),
    "emergencies": (make_emergency, "reported", "closed", "energy"),
    "matters": (make_matter, "signed", "closed", "repairer"),
    "visitors": (come, "inside", "void", "clerk2"),
}


def photo(name="现场.png"):
    return SimpleUploadedFile(name, image("PNG"), "image/png")


@pytest.mark.parametrize("word", HOLDERS)
def test_D4_3_3_a_file_is_added_seen_and_taken_away_with_the_reason(
    client, cast, at, word, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    make, state, over, part = HOLDERS[word]
    one = make(cast, at, state)
    url = f"/helpdesk/files/{word}/{one.no}/"
    with time_machine.travel(at + HOUR, tick=False):
        assert client.post(url, {"file": photo()}).status_code == 302
        for who, status in (("sales2", 404), ("auditor", 403)):
            client.force_login(getattr(cast, who))
            assert client.post(url, {"file": photo()}).status_code == status
        assert not Attachment.objects.exists()
        client.force_login(getattr(cast, part))
        assert client.post(url, {}).status_code == 422
        bad = client.post(url, {"file": SimpleUploadedFile("a.exe", b"MZ"), "caption": "写好的说明"})
        assert (bad.status_code, "写好的说明" in bad.content.decode()) == (422, True)
        assert client.post(url, {"file": photo(), "caption": "现场"})["Location"].endswith("#files")
        file = Attachment.objects.of(one).get()
        for who, status in ((part, 200), ("auditor", 200), ("sales2", 404)):
            client.force_login(getattr(cast, who))
            assert client.get(file.get_absolute_url()).status_code == status
        client.force_login(cast.clerk)
        assert file.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()
        assert client.get(url, headers={"X-Requested-With": "fetch"}).content.decode().count("现场.png") >= 1
        away = f"{url}{file.pk}/remove/"
        assert client.post(away, {"reason": "拍错了"}).status_code == 403, "another's file"
        client.force_login(getattr(cast, part))
        assert client.post(away, {"reason": ""}).status_code == 422
        assert client.post(away, {"reason": "拍错了"}).status_code == 302
        assert client.post(away, {"reason": "拍错了"}).status_code == 404
        assert [e.verb for e in events_of(one) if e.verb in ("attach", "detach")] == ["attach", "detach"]
        assert client.get(file.get_absolute_url()).status_code == 404
        gone = make(cast, at, over)
        client.force_login(cast.clerk)
        assert client.post(f"/helpdesk/files/{word}/{gone.no}/", {"file": photo()}).status_code == 409
        assert client.get("/helpdesk/files/nothing/X/").status_code == 404


def test_D4_4_2_nobody_touches_the_evidence_of_a_complaint_against_them(client, cast, at, settings, tmp_path):
    """The manager takes any file away, but not from a complaint about the manager or the department they head."""
    settings.MEDIA_ROOT = tmp_path
    own = cast.manager.department
    own.head = cast.manager
    own.save()
    person = make_complaint(cast, at, against_person=cast.manager)
    department = make_complaint(cast, at, against_department=own)
    with time_machine.travel(at + HOUR, tick=False):
        for one, adds in ((person, 403), (department, 302)):
            url = f"/helpdesk/files/complaints/{one.no}/"
            client.force_login(cast.clerk)
            assert client.post(url, {"file": photo()}).status_code == 302
            file = Attachment.objects.of(one).get()
            client.force_login(cast.manager)
            assert f"{file.pk}/remove/" not in client.get(url).content.decode()
            away = client.post(f"{url}{file.pk}/remove/", {"reason": "不清楚"})
            assert (away.status_code, Attachment.objects.of(one).live().count()) == (403, 1)
            assert client.post(url, {"file": photo()}).status_code == adds
            client.force_login(cast.director)
            assert client.post(f"{url}{file.pk}/remove/", {"reason": "重复"}).status_code == 302
