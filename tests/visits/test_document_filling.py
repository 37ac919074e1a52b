"""模板 filled from a reception: what it asks for, what is missing, who may (B3b)."""

from datetime import timedelta

import pytest

from reception.core.documents import actions
from reception.core.documents.filling import BLANK, fields_of, filled, mistakes
from reception.core.flow import Refused
from tests.factories.documents import make_document
from tests.factories.visits import make_draft, make_reception
from tests.visits.pages import browser, frozen, html
from visits.models import Itinerary
from visits.requests.filling import FIELDS, SOURCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
LETTER = (
    "{{客户名称}}：\n{{ 对方联系人 }}您好，{{来宾人数}} 人 {{到达时间}} 到。\n一、日程\n{{日程}}\n{{本单位}}"
)


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def letter(cast, at, state="in_force", text=LETTER, **over):
    return make_document(
        cast, at, state, **({"kind": "template", "title": "接待确认函", "text": text} | over)
    )


WRONG = {
    "请 {{客户名}} 查收": "模板里有不认识的字段 {{客户名}}，是不是 客户名称？",
    "{{zz}}": "模板里有不认识的字段 {{zz}}，能用的有 客户名称、",
    "{{客户名称": "有一处字段没有写完整（“{{客户名称”），",
    "客户名称}}": "有一处字段没有写完整（“客户名称}}”），",
    "{{}}": "模板里有不认识的字段 {{}}，",
}


def test_B3b_a_template_that_asks_for_what_nobody_knows_is_not_published(cast, at):
    found = {}
    for text in WRONG:
        with pytest.raises(Refused) as caught:
            letter(cast, at, text=text)
        found[text] = caught.value.message[: len(WRONG[text])]
    assert found == WRONG
    assert letter(cast, at, text="{{客户名}}", kind="rules").status == "in_force", (
        "only a template has fields"
    )
    assert [mistakes(text) for text in (LETTER, "没有字段")] == ["", ""]
    assert set(fields_of(LETTER)) <= set(FIELDS)


def test_B3b_a_reception_fills_the_template_once(cast, at):
    it = make_reception(cast, "preparing", at=at, customer_name="{{经办人}}集团")
    found = SOURCE.record(cast.sales, it.no, at)
    assert set(found.values) == set(FIELDS)
    assert filled("{{客户名称}}·{{公函字号}}", found) == f"{{{{经办人}}}}集团·{BLANK}", (
        "what a record says is no field"
    )
    assert filled("{{来宾人数}} {{主陪}} {{接待单号}}", found) == f"6 何志远 副总经理 {it.no}"


def test_B3b_the_page_prints_and_says_what_is_missing(cast, at):
    it, document = make_reception(cast, "preparing", at=at), letter(cast, at)
    Itinerary.objects.filter(reception=it).delete()
    door = f"/documents/with/reception/{it.no}/"
    answer = browser(cast.sales).get(door)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/documents/{document.no}/with/reception/{it.no}/",
    )
    page = html(browser(cast.sales).get(answer["Location"]))
    assert ("<p>远航重工集团：</p>" in page, "陆远您好，6 人" in page, "里还没有填：日程" in page) == (
        True,
        True,
        True,
    )
    letter(cast, at, title="感谢信", text="{{客户名称}}，谢谢")
    page = html(browser(cast.sales).get(door))
    assert (page.count("填得齐"), "还不知道：日程" in page) == (1, True)
    assert door in html(browser(cast.sales).get(it.get_absolute_url()))


def test_B3b_templates_follow_who_may_see_the_reception_and_the_text(cast, at):
    secret = make_reception(cast, "preparing", at=at, secret=True)
    open_one, kept = letter(cast, at), letter(cast, at, title="内部函", readers=["manager"])
    draft = letter(cast, at, "draft", title="新函")
    tail = f"with/reception/{secret.no}/"
    seen = {
        (who, name): browser(getattr(cast, who)).get(f"/documents/{one.no}/{tail}").status_code
        for who in ("sales", "tech", "clerk", "reception")
        for name, one in (("open", open_one), ("kept", kept), ("draft", draft))
    }
    assert seen == {
        ("sales", "open"): 200, ("sales", "kept"): 404, ("sales", "draft"): 404,
        ("tech", "open"): 404, ("tech", "kept"): 404, ("tech", "draft"): 404,
        ("clerk", "open"): 404, ("clerk", "kept"): 404, ("clerk", "draft"): 404,
        ("reception", "open"): 200, ("reception", "kept"): 200, ("reception", "draft"): 404,
    }  # fmt: skip
    assert (
        browser(cast.reception).get(f"/documents/{open_one.no}/with/nothing/{secret.no}/").status_code == 404
    )
    assert browser(cast.tech).get(f"/documents/{tail}").status_code == 404
    odd = [
        browser(cast.sales).get(f"/documents/with/reception/{no}/").status_code
        for no in ("x", "%00", "9" * 99)
    ]
    assert odd == [404] * 3


def test_B3b_a_draft_and_a_long_text_are_filled_in_the_same_number_of_questions(
    cast, at, django_assert_num_queries
):
    document = letter(cast, at)
    bare, full = make_draft(cast, at=at), make_reception(cast, "preparing", at=at + timedelta(minutes=1))
    it = browser(cast.sales)
    for no, asked in ((bare.no, 6), (full.no, 7)):  # one more where there is an itinerary
        with django_assert_num_queries(asked):
            assert it.get(f"/documents/{document.no}/with/reception/{no}/").status_code == 200
    actions.withdraw(document, by=cast.manager, at=at, reason="不用了")
    assert it.get(f"/documents/{document.no}/with/reception/{full.no}/").status_code == 404
