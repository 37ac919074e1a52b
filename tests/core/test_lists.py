"""Every list remembers its filter, says so, forgets it on one click, and gives what it shows as a workbook."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reception.core.ledger import Event
from reception.core.web.remembered import RememberedFilter
from tests.factories.customers import make_promise
from tests.factories.helpdesk import make_call, make_repair
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html

pytestmark = pytest.mark.django_db

# list, who opens it, a filter with a two-character word, a word that the filtered list must not hold
LISTS = (
    ("visits:request_list", "sales", {"q": "远航", "scope": "", "status": ""}, "晨光"),
    ("visits:customer_list", "reception", {"q": "远航", "kind": "", "owed": ""}, "晨光"),
    ("visits:promise_list", "tech", {"q": "报价", "scope": "mine", "state": "open"}, "样册"),
    ("visits:costs_report", "reception", {"q": "远航", "by": "customer"}, "晨光"),
    ("visits:task_list", "general", {"q": "远航", "scope": "ours", "by": "time"}, "晨光"),
    ("helpdesk:call_list", "clerk", {"q": "漏水", "kind": "", "status": ""}, "玻璃"),
    ("helpdesk:repair_list", "clerk", {"q": "漏水", "state": "open"}, "玻璃"),
)
XLSX = {name: f"{name}_xlsx" for name, *_ in LISTS}


@pytest.fixture
def filled(cast, at):
    for name in ("远航重工集团", "晨光电气"):
        reception = make_reception(cast, "settling", at=at, customer_name=name)
    for what in ("补发报价", "寄样册"):
        make_promise(cast, reception.customer, at=at, what=what)
    for content in ("厨房漏水", "玻璃碎了"):
        make_call(cast, at, content=content)
        make_repair(cast, at, content=content)


def lists(*names):
    return pytest.mark.parametrize("name, who, asked, gone", LISTS, ids=[row[0] for row in LISTS])


@lists()
def test_the_filter_is_remembered_said_and_cleared_by_one_click(cast, at, filled, name, who, asked, gone):
    with frozen(at):
        client, address = browser(getattr(cast, who)), reverse(name)
        assert gone in html(client.get(address)) or name == "visits:costs_report"
        assert gone not in html(client.get(address, asked))
        again = client.get(address, follow=True)
        assert again.redirect_chain[0][1] == 302 and "kept=1" in again.redirect_chain[0][0]
        text = html(again)
        assert "已按上次的条件筛选" in text and gone not in text and 'href="' + address + '?clear=1"' in text
        other = browser(cast.manager if who == "clerk" else cast.gm)
        assert other.get(address).status_code in (200, 403)  # another person's list is not narrowed
        cleared = client.get(address, {"clear": "1"}, follow=True)
        assert "已按上次的条件筛选" not in html(cleared)
        assert client.get(address).status_code == 200
    assert not RememberedFilter.objects.exists()


@lists()
def test_the_workbook_is_what_the_filter_shows_and_the_ledger_knows(cast, at, filled, name, who, asked, gone):
    with frozen(at):
        answer = browser(getattr(cast, who)).get(reverse(XLSX[name]), asked)
    book = load_workbook(BytesIO(answer.content))
    text = " ".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )
    assert asked["q"] in text and gone not in text
    assert "attachment" in answer["Content-Disposition"]
    event = Event.objects.get(verb="export")
    assert (event.actor, event.subject_kind) == (getattr(cast, who), "core.user")
    assert event.detail["list"] and "q=" in event.detail["filter"]


@lists()
def test_workbooks_are_for_those_who_read_the_list(cast, at, name, who, asked, gone):
    with frozen(at):
        codes = [browser(user).get(reverse(XLSX[name])).status_code for user in (None, cast.stranger)]
    assert codes == [302, 200 if name == "visits:promise_list" else 403]


def test_telephones_are_masked_in_the_workbook_as_on_the_page(cast, at):
    make_call(cast, at, number="13812345678")
    with frozen(at):
        client = browser(cast.clerk)
        page = html(client.get(reverse("helpdesk:call_list")))
        sheet = load_workbook(BytesIO(client.get(reverse("helpdesk:call_list_xlsx")).content)).active
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    shown = "13812345678" if "13812345678" in page else "138****5678"
    assert shown in page and shown in cells


def test_what_the_address_asks_goes_before_what_is_remembered(cast, at, filled):
    with frozen(at):
        client, address = browser(cast.sales), reverse("visits:request_list")
        client.get(address, {"q": "远航"})
        assert "晨光" in html(client.get(address, {"q": "晨光"}))
        assert RememberedFilter.objects.get().query == "q=%E6%99%A8%E5%85%89"
        assert client.get(address, {"q": ""}).status_code == 200  # asked for nothing: forgotten
        assert not RememberedFilter.objects.exists()
        client.get(address, {"q": "字" * 600})
        assert not RememberedFilter.objects.exists()  # too long to keep
        client.get(address, {"scope": "a\x00b"})
        assert client.get(address, follow=True).status_code == 200


def test_D6_a_long_workbook_is_never_cut_but_made_in_the_background(cast, at, filled, monkeypatch):
    monkeypatch.setattr("reception.core.web.lists.MOST", 1)
    with frozen(at):
        answer = browser(cast.sales).get(reverse("visits:request_list_xlsx"))
    assert answer.status_code == 302 and answer.url.startswith("/exports/new/?of=")
    assert not Event.objects.filter(verb="export").exists()  # nothing was taken out yet


@pytest.mark.parametrize("count", [1, 30])
def test_promises_cost_the_same_for_one_and_for_many(cast, at, count, django_assert_num_queries):
    customer = make_reception(cast, "preparing", at=at).customer
    for number in range(count):
        make_promise(cast, customer, at=at, what=f"补发报价 {number}")
    with frozen(at):
        client = browser(cast.tech)
        client.get("/visits/promises/", {"q": "报价"})
        with django_assert_num_queries(5):
            page = client.get("/visits/promises/", {"q": "报价"})
    assert html(page).count('class="ttl"') == count
