"""B1: the pages of customers and promises — every post works, is refused to strangers, others and late ones."""

from datetime import timedelta
from io import BytesIO

import pytest

from reception.core.sheets.reader import read_lines
from tests.factories.customers import (
    due,
    make_customer,
    make_gift,
    make_preference,
    make_promise,
    make_visited,
)
from tests.factories.visits import make_reception, stale
from tests.visits.pages import browser, frozen, html
from visits.customers import actions
from visits.models import Contact, Customer, Gift, Preference, Promise
from visits.promises import actions as promises

LIST = "/visits/customers/"
GIFT = {"item": "青瓷茶具", "recipient": "陆远", "given_on": "2026-10-21"}
ENTRIES = {
    "contact": ({"name": "贺明川", "title": "副总"}, Contact),
    "preference": ({"kind": "diet", "text": "素食"}, Preference),
    "gift": (GIFT, Gift),
    "promise": ({"what": "寄样册", "due_on": "2026-11-01"}, Promise),
}
# What each form leaves out, and the sentence that it then says.
GAPS = {
    "contact": ("name", "请填写联系人姓名。"),
    "preference": ("text", "请写明喜好的内容。"),
    "gift": ("recipient", "请写明送给了谁。"),
    "promise": ("due_on", "兑现期限不能早于今天，请改一个日期。"),
}


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def customer(cast, at):
    return make_visited(cast, at)


def page(customer, what=""):
    return f"{LIST}{customer.pk}/{what}"


# --- the list --------------------------------------------------------------------------------------------------


def names(response):
    return [row["name"] for row in response.context["rows"]]


def test_B1_the_list_is_ordered_by_sound_and_holds_what_one_may_see(cast, at, customer):
    for name in ("中兴公司", "安达公司", "Beta"):
        make_customer(cast, at, name)
    assert names(browser(cast.reception).get(LIST)) == ["安达公司", "Beta", "远航重工集团", "中兴公司"]
    assert names(browser(cast.sales2).get(LIST)) == ["远航重工集团"]
    assert names(browser(cast.tech).get(LIST)) == []
    assert browser(cast.clerk).get(LIST).status_code == 403
    assert browser().get(LIST).status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "重工"}, ["远航重工集团"]),
        ({"q": "yhzg"}, ["远航重工集团"]),
        ({"kind": "public"}, ["市科技局"]),
        ({"owed": "open"}, ["远航重工集团"]),
        ({"owed": "late"}, []),
        ({"kind": "x", "owed": "x"}, ["市科技局", "远航重工集团"]),
        ({"q": "没有"}, []),
        ({"q": "\x00"}, ["市科技局", "远航重工集团"]),
        ({"after": "zzz~9"}, []),
        ({"after": "broken"}, ["市科技局", "远航重工集团"]),
        ({"after": "a~99999999999999999999999"}, ["市科技局", "远航重工集团"]),
    ],
)
def test_B1_filters_search_and_broken_keys(cast, at, customer, query, found):
    make_customer(cast, at, "市科技局", kind="public")
    make_promise(cast, customer, at)
    response = browser(cast.reception).get(LIST, query)
    assert (response.status_code, names(response)) == (200, found)


def test_B1_the_list_goes_on_page_by_page(cast, at):
    Customer.objects.bulk_create(Customer(name=f"甲{n:03d}", sound=f"jia{n // 7:03d}") for n in range(120))
    client, seen, after = browser(cast.reception), [], ""
    while True:
        response = client.get(LIST, {"after": after})
        seen += names(response)
        after = response.context["page"].next
        if not after:
            break
    assert (len(seen), len(set(seen))) == (120, 120)


@pytest.mark.parametrize("rows", [1, 30])
def test_B1_the_list_asks_the_same_for_one_row_and_thirty(
    cast, at, customer, rows, django_assert_max_num_queries
):
    make_promise(cast, customer, at)
    for n in range(rows):
        make_customer(cast, at, f"甲{n}公司")
    client = browser(cast.reception)
    client.get(LIST)
    with django_assert_max_num_queries(13) as asked:
        client.get(LIST)
    assert len([q for q in asked if "visits_customer" in q["sql"]]) == 3


def test_B1_the_list_is_taken_along_as_a_workbook_under_its_filters(cast, at, customer):
    make_customer(cast, at, "=cmd()公司", kind="public")
    make_promise(cast, customer, at)

    def sheet(who, **query):
        response = browser(who).get(f"{LIST}list.xlsx", query)
        assert response.status_code == 200
        lines = read_lines(BytesIO(response.content), most=100)[3:]
        return [line.cells for line in lines]

    ours = ("远航重工集团", "采购方客户", "", "0", "", "1", "2026-10-31")
    assert sheet(cast.sales) == [ours]
    assert sheet(cast.office) == [("=cmd()公司", "政府及行业", "", "0", "", "0"), ours]
    assert sheet(cast.office, kind="public") == [("=cmd()公司", "政府及行业", "", "0", "", "0")]
    assert browser(cast.clerk).get(f"{LIST}list.xlsx").status_code == 403


# --- one customer ----------------------------------------------------------------------------------------------


def test_B1_the_page_tells_the_history(cast, at, customer):
    gift = make_gift(cast, customer, at)
    make_preference(cast, customer, at)
    make_promise(cast, customer, at)
    text = html(browser(cast.sales2).get(page(customer)))
    parts = (
        gift.item,
        "不吃辣",
        "寄三份样册",
        "何志远",
        "嘉宾级",
        "JD-2026-0001",
        "还没来过",
        "138****1111",
        "登记礼品",
    )
    assert [part for part in parts if part not in text] == []
    assert "13800001111" not in text


def test_B1_readers_see_no_forms(cast, at, customer):
    make_gift(cast, customer, at)
    text = html(browser(cast.auditor).get(page(customer)))
    assert [word for word in ("登记礼品</button>", "作废", "停用", "修改资料") if word in text] == []


@pytest.mark.parametrize("who", ["tech", "admin", "clerk", "stranger", None])
def test_B1_others_do_not_find_it(cast, at, customer, who):
    answer = browser(getattr(cast, who) if who else None).get(page(customer)).status_code
    assert answer == {"tech": 404, "clerk": 403, "admin": 403, "stranger": 403, None: 302}[who]


@pytest.mark.parametrize("rows", [1, 8])
def test_B1_the_page_asks_the_same_for_little_and_much(cast, at, customer, rows, django_assert_num_queries):
    for n in range(rows):
        make_gift(cast, customer, at, item=f"礼品{n}号" * 3)
        make_preference(cast, customer, at, text=f"喜好{n}")
        make_promise(cast, customer, at, what=f"承诺{n}")
    client = browser(cast.sales)
    client.get(page(customer))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(page(customer))


PAGE_QUERIES = 14  # the frame included: session, person, counts


# --- what is entered -------------------------------------------------------------------------------------------


def counts():
    return [model.objects.count() for _, model in ENTRIES.values()]


@pytest.mark.parametrize("kind", ENTRIES)
def test_B1_every_form_of_the_page_works_and_counts_once(cast, at, customer, kind):
    data, model = ENTRIES[kind]
    before, client = model.objects.count(), browser(cast.sales)
    for _ in range(2):
        response = client.post(page(customer, f"{kind}/"), {**data, "_once": "a" * 32})
        assert (response.status_code, response.headers["Location"]) == (302, page(customer))
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.parametrize(
    ("who", "status"), [(None, 302), ("tech", 404), ("clerk", 403), ("gm", 403), ("auditor", 403)]
)
def test_B1_others_enter_nothing(cast, at, customer, kind, who, status):
    before = counts()
    response = browser(getattr(cast, who) if who else None).post(page(customer, f"{kind}/"), ENTRIES[kind][0])
    assert (response.status_code, counts()) == (status, before)


@pytest.mark.parametrize("kind", ENTRIES)
def test_B1_a_refused_form_keeps_what_was_typed(cast, at, customer, kind):
    field, sentence = GAPS[kind]
    data = {**ENTRIES[kind][0], field: ""}
    before = counts()
    response = browser(cast.sales).post(page(customer, f"{kind}/"), data)
    text = html(response)
    assert (response.status_code, counts(), sentence in text) == (422, before, True)
    assert [value for value in data.values() if value and value not in text] == []


def test_B1_the_same_gift_asks_to_be_confirmed_on_the_page(cast, at, customer):
    make_gift(cast, customer, at - timedelta(days=30))
    client = browser(cast.sales)
    assert 'id="gift_again"' not in html(client.get(page(customer)))
    response = client.post(page(customer, "gift/"), GIFT)
    text = html(response)
    assert (response.status_code, 'id="gift_again"' in text, "2026年9月21日已送过陆远" in text) == (
        422,
        True,
        True,
    )
    assert client.post(page(customer, "gift/"), {**GIFT, "again": "on"}).status_code == 302
    assert [gift.again for gift in Gift.objects.order_by("id")] == [False, True]


def test_B1_a_stranger_reception_cannot_be_chosen(cast, at, customer):
    other = make_visited(cast, at, customer_name="别家公司").receptions.get()
    response = browser(cast.sales).post(page(customer, "gift/"), {**GIFT, "reception": other.pk})
    assert (response.status_code, Gift.objects.count()) == (422, 0)


def test_B1_a_preference_is_ended_once(cast, at, customer):
    row = make_preference(cast, customer, at)
    url = page(customer, f"preference/{row.pk}/end/")
    assert browser(cast.tech).post(url).status_code == 404
    assert browser(cast.auditor).post(url).status_code == 403
    assert browser().post(url).status_code == 302
    assert stale(row).ended_at is None
    assert browser(cast.sales).post(url).headers["Location"] == page(customer)
    assert browser(cast.sales).post(url).status_code == 409
    assert stale(row).ended_by == cast.sales


def test_B1_a_gift_is_voided_with_a_reason(cast, at, customer):
    gift = make_gift(cast, customer, at)
    url = page(customer, f"gift/{gift.pk}/void/")
    assert browser(cast.sales).post(url, {"reason": ""}).status_code == 422
    assert browser(cast.tech).post(url, {"reason": "错"}).status_code == 404
    assert browser(cast.gm).post(url, {"reason": "错"}).status_code == 403
    assert browser().post(url, {"reason": "错"}).status_code == 302
    assert stale(gift).voided_at is None
    assert browser(cast.sales).post(url, {"reason": "没送出"}).status_code == 302
    again = browser(cast.sales).post(url, {"reason": "没送出"})
    assert (again.status_code, stale(gift).voided_by) == (409, cast.sales)


def test_B1_anothers_row_is_not_reached_through_this_page(cast, at, customer):
    other = make_visited(cast, at, customer_name="别家公司")
    gift, row = make_gift(cast, other, at), make_preference(cast, other, at)
    client = browser(cast.sales)
    assert client.post(page(customer, f"gift/{gift.pk}/void/"), {"reason": "错"}).status_code == 404
    assert client.post(page(customer, f"preference/{row.pk}/end/")).status_code == 404


# --- its own data ----------------------------------------------------------------------------------------------


def test_B1_a_customer_is_registered_by_hand(cast, at):
    data = {"name": "新来公司", "kind": "partner", "address": "", "note": ""}
    answers = {}
    for who in ("sales", "gm", "clerk", "reception"):
        answers[who] = browser(getattr(cast, who)).post(f"{LIST}new/", data).status_code
    assert answers == {"sales": 403, "gm": 403, "clerk": 403, "reception": 302}
    assert Customer.objects.values_list("name", "kind").get() == ("新来公司", "partner")
    twice = browser(cast.office).post(f"{LIST}new/", data)
    assert (twice.status_code, "已经有“新来公司”了" in html(twice)) == (422, True)
    assert browser(cast.office).get(f"{LIST}new/").status_code == 200


def test_B1_a_customer_is_changed_by_who_keeps_it_and_never_over_anothers_change(cast, at, customer):
    data = {
        "name": customer.name,
        "kind": "buyer",
        "address": "南通",
        "note": "",
        "revision": customer.revision,
    }
    url = page(customer, "edit/")
    assert browser(cast.tech).post(url, data).status_code == 404
    assert browser(cast.auditor).post(url, data).status_code == 403
    assert browser().post(url, data).status_code == 302
    assert browser(cast.sales).get(url).status_code == 200
    actions.change_customer(customer, by=cast.sales2, at=at, fields={"note": "先"})
    late = browser(cast.sales).post(url, data)
    assert (late.status_code, "南通" in html(late), stale(customer).address) == (409, True, "")
    assert browser(cast.sales).post(url, {**data, "revision": stale(customer).revision}).status_code == 302
    assert stale(customer).address == "南通"


def test_B1_the_admin_keeps_the_search_true(cast, at):
    customer = make_customer(cast, at)
    cast.admin.is_staff = cast.admin.is_superuser = True
    cast.admin.save()
    people = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": "贺明川"}
    data = {"name": "南辰公司", "kind": "buyer", "address": "", "note": "", **people}
    assert browser(cast.admin).post(f"/admin/visits/customer/{customer.pk}/change/", data).status_code == 302
    assert [Customer.objects.matching(words).count() for words in ("ncgs", "hmc", "bcgd")] == [1, 1, 0]


# --- promises --------------------------------------------------------------------------------------------------


def test_B1_a_promise_is_kept_from_its_page(cast, at, customer):
    made = make_promise(cast, customer, at)
    url = made.get_absolute_url()
    assert "寄三份样册" in html(browser(cast.tech).get(url))
    assert [browser(getattr(cast, who)).get(url).status_code for who in ("make", "clerk", "gm")] == [
        404,
        404,
        200,
    ]
    assert browser().get(url).status_code == 302
    response = browser(cast.tech).post(f"{url}keep/", {"revision": 0, "note": "已寄出"})
    assert (response.status_code, stale(made).status, stale(made).outcome) == (302, "kept", "已寄出")


def test_B1_moves_of_a_promise_are_refused_with_a_sentence(cast, at, customer):
    made = make_promise(cast, customer, at)
    url = made.get_absolute_url()
    assert browser(cast.gm).post(f"{url}keep/", {"revision": 0}).status_code == 403
    assert browser(cast.make).post(f"{url}keep/", {"revision": 0}).status_code == 404
    assert browser(cast.tech).post(f"{url}withdraw/", {"revision": 0, "reason": ""}).status_code == 422
    assert browser(cast.tech).post(f"{url}jump/").status_code == 404
    assert browser().post(f"{url}keep/").status_code == 302
    promises.withdraw(made, by=cast.vgm, at=at, reason="不再需要")
    late = browser(cast.tech).post(f"{url}keep/", {"revision": 0, "note": "已经寄了"})
    assert (late.status_code, stale(made).status) == (409, "withdrawn")


# --- where people look -----------------------------------------------------------------------------------------


def test_B1_the_application_form_recalls_promises_gifts_and_preferences(cast, at, customer):
    make_promise(cast, customer, at)
    make_gift(cast, customer, at)
    make_preference(cast, customer, at)
    text = html(browser(cast.sales).get(f"{LIST}hint/", {"q": customer.name}))
    parts = (
        "答应过还没兑现：寄三份样册（方可，10月31日前）",
        "不吃辣（陆远）",
        "送过：青瓷茶具",
        page(customer),
    )
    assert [part for part in parts if part not in text] == []
    stranger = html(browser(cast.tech).get(f"{LIST}hint/", {"q": customer.name}))
    assert ("寄三份样册" in stranger, page(customer) in stranger) == (True, True)  # tech owes it


def test_B1_the_receptions_page_shows_what_was_promised_until_it_is_kept(cast, at, customer):
    made = make_promise(cast, customer, at)
    url = customer.receptions.get().get_absolute_url()
    assert "寄三份样册" in html(browser(cast.sales).get(url))
    promises.keep(made, by=cast.tech, at=at)
    assert "寄三份样册" not in html(browser(cast.sales).get(url))


def test_B1_the_search_of_the_house_finds_customers_by_sound(cast, at, customer):
    found = browser(cast.sales).get("/search/", {"q": "yhzg"})
    assert page(customer) in html(found)
    assert page(customer) not in html(browser(cast.tech).get("/search/", {"q": "yhzg"}))


def test_B1_a_promise_due_on_the_day_is_not_late(cast, at, customer):
    make_promise(cast, customer, at, due_on=due(at, 0))
    assert names(browser(cast.reception).get(LIST, {"owed": "late"})) == []


def test_B1_a_name_typed_by_its_sound_is_offered(cast, at, customer):
    client = browser(cast.sales)
    assert client.get(f"{LIST}hint/", {"q": "yhzg"}).context["sounded"] == ["远航重工集团"]
    assert client.get(f"{LIST}hint/", {"q": "远航"}).context["sounded"] == []


def test_B1_A7b_whoever_sets_the_standard_for_gifts_sees_those_given_before(cast, at, customer):
    make_gift(cast, customer, at)
    make_promise(cast, customer, at)
    pending = make_reception(cast, "pending", at=at)
    text = html(browser(cast.gm).get(f"{pending.get_absolute_url()}decide/"))
    assert [part for part in ("青瓷茶具", "寄三份样册", page(customer)) if part not in text] == []
