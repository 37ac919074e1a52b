"""话术 stand beside the step they belong to, and an administrator edits them (C1, C3, C7, C8)."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from helpdesk.scripts.choices import Spot
from helpdesk.scripts.models import Piece, Script, pieces

pytestmark = pytest.mark.django_db
SECOND = 'data-after="45"'


def test_C1_C3_C8_every_spot_has_its_words_from_the_start():
    rows = dict(Script.objects.values_list("spot", "words"))
    assert set(rows) == set(Spot.values)
    assert "起身相迎" in rows["welcome"]
    assert "请稍等" in rows["wait"]
    assert "让您久等了" in rows["back"]
    assert "让对方先挂" in rows["leader"]
    assert Script.objects.get(spot="wait").seconds == 45
    for script in Script.objects.all():
        script.full_clean()


def test_C7_words_are_cut_into_pieces():
    cut = pieces("{称呼}您好，{公司}，师傅【{分钟】{分钟}分", company="客服", minutes=30)
    assert cut[0] == Piece(marked=True, who=True)
    assert Piece("客服", marked=True) in cut
    assert cut[-2:] == [Piece("30"), Piece("分")]


@pytest.mark.parametrize(("field", "given"), [
    ("words", {"words": "{房号}好"}),
    ("words", {"words": "【没有右边"}),
    ("words", {"words": "【{称呼}】好"}),
    ("words", {"words": ""}),
    ("seconds", {"seconds": 30}),
    ("seconds", {"spot": "wait", "seconds": 4}),
])  # fmt: skip
def test_C3_what_the_desk_could_not_say_is_refused_with_a_sentence(field, given):
    script = Script.objects.get(spot=given.get("spot", "start"))
    for name, value in given.items():
        setattr(script, name, value)
    with pytest.raises(ValidationError) as refused:
        script.full_clean()
    assert field in refused.value.message_dict


def test_C3_the_database_keeps_the_wait_where_somebody_waits():
    for bad in ({"spot": "start", "seconds": 30}, {"spot": "wait", "seconds": 3}, {"words": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Script.objects.filter(spot=bad.get("spot", "wait")).update(**bad)


def test_C1_the_administrator_edits_the_words_and_the_desk_says_them_escaped(client, cast, at):
    script = Script.objects.get(spot="start")
    address = f"/admin/helpdesk/script/{script.pk}/change/"
    client.force_login(cast.admin)
    words = {"step": "0", "words": "早上好<b>{公司}</b>，【为您服务】", "seconds": ""}
    assert client.post(address, words).status_code == 302
    assert "工作台填不上" in client.post(address, words | {"words": "{姓名}好"}).content.decode()
    assert client.get("/admin/helpdesk/script/add/").status_code == 403
    client.force_login(cast.clerk)
    assert client.get(address).status_code in (302, 403)
    text = client.get("/desk/").content.decode()
    assert 'data-say="start" data-step="0">早上好&lt;b&gt;<mark>' in text
    assert "&lt;/b&gt;，<mark>为您服务</mark></template>" in text
    assert SECOND in text


def test_C3_when_the_wait_was_taken_away_it_is_45_seconds(client, cast):
    Script.objects.filter(spot="wait").update(seconds=None)
    client.force_login(cast.clerk)
    assert SECOND in client.get("/desk/").content.decode()


def test_E5_2_1a_E5_3_2_what_is_asked_stands_in_the_order_in_which_it_is_asked(client, cast):
    client.force_login(cast.clerk)
    text = client.get("/desk/").content.decode()
    asks = re.findall(
        r'data-ask="(\w+)" data-kinds="([\w ]+)">.*?</span>([^<]+)<span class="visually-hidden"', text, re.S
    )
    order = {
        kind: [label for _, kinds, label in asks if kind in kinds.split()] for kind in ("repair", "other")
    }
    assert order == {
        "repair": ["报修内容", "地址", "联系人", "电话", "预约时间"],
        "other": ["姓氏", "单元号", "公司名称", "电话", "事由"],
    }
