"""席卡: every guest, the host and the companions, each name on both sides."""

import pytest

from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.place_cards import cards_for


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def page(reception):
    return f"/visits/requests/{reception.no}/cards/"


def test_companions_are_read_as_they_were_typed():
    cards = cards_for(
        [("陆远", ""), ("欧阳明远", "远航研究院")],
        "何志远",
        "邱实、方可（技术品质部），何志远\n邓文; ",
        customer="远航重工",
        ours="澄湖",
    )
    assert [(card.name, card.note) for card in cards] == [
        ("陆远", "远航重工"),
        ("欧阳明远", "远航研究院"),
        ("何志远", "澄湖"),
        ("邱实", "澄湖"),
        ("方可", "澄湖"),
        ("邓文", "澄湖"),
    ]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("陆远", "c2"),
        ("何志远", "c3"),
        ("欧阳明远", "c4"),
        ("阿卜杜拉·买买提", "long"),
        ("Li Wei", "c3"),
        ("甲" * 99, "long"),
    ],
)
def test_the_size_follows_the_length(name, size):
    card = cards_for([(name, "")], "", "", customer="", ours="")[0]
    assert (card.size, len(card.name) <= 24) == (size, True)


def test_two_cards_a_page_and_both_sides(cast, at):
    guests = [{"name": "陆远"}, {"name": "秦越"}]
    reception = make_reception(cast, "preparing", at=at, guests=guests, companions="方可")
    response = browser(cast.sales).get(page(reception))
    assert [[card.name for card in sheet] for sheet in response.context["pages"]] == [
        ["陆远", "秦越"],
        ["何志远", "方可"],
    ]
    assert html(response).count("<b>陆远</b>") == 2


def test_hostile_names_stay_escaped(cast, at):
    bad = "<img src=x onerror=alert(1)>"
    reception = make_reception(cast, "preparing", at=at, guests=[{"name": bad}], companions=bad)
    assert "<img" not in html(browser(cast.sales).get(page(reception)))


def test_who_may_not_see_the_reception_gets_no_cards(cast, at):
    reception = make_reception(cast, "review", at=at)
    assert [browser(who).get(page(reception)).status_code for who in (cast.tech, cast.stranger)] == [404, 404]


@pytest.mark.parametrize("many", [1, 30])
def test_the_cards_ask_the_same_for_few_and_many(cast, at, many, django_assert_num_queries):
    guests = [{"name": f"来宾{number}"} for number in range(many)]
    reception = make_reception(cast, "preparing", at=at, guests=guests)
    client = browser(cast.sales)
    client.get(page(reception))
    with django_assert_num_queries(4):
        assert len(client.get(page(reception)).context["cards"]) == many + 1
