"""Searching the documents: two characters are enough, and both engines find the same (B3b, C3, ADR 0012)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reception.core.documents import actions
from reception.core.documents.folding import excerpt, folded, pairs, terms
from reception.core.documents.search import search
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db
PARKING = """一、收费标准
地面车位 150 元／月，地下车位 300 元／月；临时停车前 2 小时免费，以后 3 元/小时，每日 20 元封顶。
二、办理
凭行驶证到前台办理，ＥＴＣ 车辆可在线续费。WiFi 缴费码见岗亭。"""
WATER = """第一章 停水
计划停水提前 24 小时在公告栏和业主群通知。抢修停水先通知再抢修，100% 到户。
第二章 停电
停电十分钟内查明原因；电梯困人按《突发事件处置》办理。地下室 3_1 配电间由工程部值守。"""


@pytest.fixture
def shelf(cast, at):
    """Three in force; 装修 was changed once, and a draft and a withdrawn one say the same words."""
    rules = make_document(cast, at)
    make_document(cast, at, title="停车管理办法", text=PARKING)
    make_document(cast, at, kind="sop", title="停水停电处置流程", text=WATER)
    make_document(cast, at, "draft", title="装修草案", text="施工时间待定")
    make_document(cast, at, "withdrawn", title="旧装修规定", text="施工时间不限")
    return rules


def titles(text, at, user=None):
    return [found.title for found in search(text, at=at, user=user)]


FINDS = {
    "押金": ["装修管理规定"],
    "装修": ["装修管理规定"],
    "停车": ["停车管理办法"],
    "停": ["停水停电处置流程", "停车管理办法"],
    "停水 通知": ["停水停电处置流程"],
    "停水、通知": ["停水停电处置流程"],
    "wifi": ["停车管理办法"],
    "ｗｉｆｉ": ["停车管理办法"],
    "ETC": ["停车管理办法"],
    "etc 车辆": ["停车管理办法"],
    "3 元/小时": ["停车管理办法"],
    "150 元/月": ["停车管理办法"],
    "100%": ["停水停电处置流程"],
    "3_1": ["停水停电处置流程"],
    "3%1": [],
    "0%": ["停水停电处置流程"],
    "\\": [],
    "'; DROP TABLE": [],
    "": [],
    "？！": [],
    "\x00押\u200b金": ["装修管理规定"],
    "游泳": [],
    # Nothing holds these words as they were said: most of their pairs do.
    "施工 押金 停车": ["装修管理规定"],
    "请问装修押金什么时候退还": ["装修管理规定"],
    "临时停车怎么收费": ["停车管理办法"],
    "电梯困人怎么办理": ["停水停电处置流程"],
}


@pytest.mark.engine
def test_B3b_both_engines_find_the_same(shelf, at):
    assert {text: titles(text, at) for text in FINDS} == FINDS


@pytest.mark.engine
def test_C3_a_hit_says_where_it_stands_and_is_cut_around_it(shelf, at):
    """E5.2.1b: the clerk reads it out without opening the document."""
    (found,) = search("ＷＩＦＩ", at=at, user=None)
    assert (found.source, found.near, found.kind_label) == ("《停车管理办法》第 1 版 二、办理", False, "制度")
    assert [part.text for part in found.parts if part.hit] == ["WiFi"]
    assert found.text == "凭行驶证到前台办理，ＥＴＣ 车辆可在线续费。WiFi 缴费码见岗亭。"
    (near,) = search("临时停车怎么收费", at=at, user=None)
    assert (near.near, near.heading) == (True, "一、收费标准")


@pytest.mark.engine
def test_B3b_only_what_is_in_force_on_the_day_is_found(cast, shelf, at):
    actions.edit(shelf, by=cast.manager, at=at, kind="rules", title="装修管理规定",
                 text="一、押金\n押金改为 5000 元。", changed="押金提高")  # fmt: skip
    assert search("5000", at=at, user=cast.manager) == [], "a draft is found by nobody"
    later = at + timedelta(days=3)
    actions.publish(shelf, by=cast.manager, at=at, valid_from=later.date())
    assert [found.number for found in search("押金", at=at, user=None)] == [1]
    assert [found.number for found in search("押金", at=later, user=None)] == [2]
    assert search("施工", at=later, user=None) == []
    actions.withdraw(shelf, by=cast.manager, at=later, reason="停用")
    assert search("押金", at=later + timedelta(days=1), user=None) == []


@pytest.mark.engine
def test_B3b_a_secret_is_found_by_its_readers_and_keepers_only(cast, at):
    make_document(cast, at, title="客诉赔付底线", text="赔付上限 800 元", readers=["assistant", "director"])
    found = {name for name, user in vars(cast).items() if search("赔付", at=at, user=user)}
    keepers = {"manager", "office", "reception", "admin", "auditor"}
    assert found == {"assistant", "director"} | keepers
    assert search("赔付", at=at, user=None) == []


@pytest.mark.engine
def test_B3b_the_title_goes_first_then_how_often(cast, at):
    make_document(cast, at, title="甲", text="停车 停车 停车")
    make_document(cast, at, title="停车办法", text="见附件")
    make_document(cast, at, title="乙", text="停车 停车 停车 停车")
    assert titles("停车", at) == ["停车办法", "乙", "甲"]


def test_B3b_one_query_however_many_there_are(cast, shelf, at):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(search("停", at=at, user=None)) == 2
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert titles("游泳池 开放", at) == []
    assert len(queries) == 2


def test_B3b_words_are_folded_alike_in_text_and_query():
    assert folded("ＡＢc　 ㎡\n停\t车\x00") == "abc m2 停 车"
    assert terms("请问 装修时间，能不能 Ｂ座3-502？") == ["装修时间", "b座3-502"]
    assert terms("什么") == ["什么"], "a word is better than none"
    assert pairs(["装修时间", "b座", "etc", "水"]) == ["装修", "修时", "时间", "etc"]
    assert (pairs(["发票怎么开"]), pairs(["水"])) == (["发票"], ["水"])
    assert pairs(["装修什么时候可以施工"]) == ["装修", "施工"]
    assert excerpt("前" * 100 + "押金" + "后" * 100, ["押金"], 30)[2].text == "押金"
    assert excerpt("没有", ["押金"])[0].text == "没有"
    assert [part.text for part in excerpt("㎡和m²", ["m2"]) if part.hit] == ["㎡", "m²"]
