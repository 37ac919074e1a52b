"""A7a: the estimate, by category, against the standard; what is not set is said and never 0."""

from decimal import Decimal
from types import SimpleNamespace

from visits.costs.estimate import estimate, money

UNSET = {"meal": None, "wine": None, "tobacco": None, "lodging": None}
GUEST = {**UNSET, "meal": Decimal(150), "lodging": Decimal(420)}
TIER = SimpleNamespace(name="嘉宾级")


def line(item, quantity=1, people=None, unit_price=None, label=""):
    price = None if unit_price is None else Decimal(unit_price)
    return SimpleNamespace(item=item, label=label, quantity=quantity, people=people, unit_price=price)


def test_A7a_rows_by_category_in_the_forms_order():
    lines = [
        line("lodging", 1, 6, 420),
        line("meal", 2, 10, 50, "午餐"),
        line("meal", 1, 10, 284, "晚餐"),
        line("car", 2, None, 600),
    ]
    found = estimate(lines, GUEST, TIER, headcount=6)
    assert [(row.label, row.amount_text, row.standard_text, row.over) for row in found.rows] == [
        ("用餐", "3,840", "4,500", Decimal(0)),
        ("住宿", "2,520", "2,520", Decimal(0)),
        ("用车", "1,200", "—", Decimal(0)),
    ]
    assert (found.total, found.over, found.left_out) == (Decimal(7560), Decimal(0), [])


def test_A7a_above_the_standard_by_exactly_what_is_above():
    found = estimate([line("meal", 2, 10, 167)], GUEST, TIER)
    assert (found.total, found.over) == (Decimal(3340), Decimal(340))
    assert [row.label for row in found.over_rows] == ["用餐"]


def test_A7a_savings_in_one_category_do_not_pay_for_another():
    found = estimate([line("meal", 1, 10, 200), line("lodging", 1, 10, 100)], GUEST, TIER)
    assert found.over == Decimal(500)


def test_A7a_an_empty_price_is_the_standard():
    found = estimate([line("meal", 2, 4)], GUEST, TIER)
    assert [(row.amount, row.standard, row.over) for row in found.rows] == [
        (Decimal(1200), Decimal(1200), Decimal(0))
    ]


def test_A7a_unset_is_said_and_left_out_never_0():
    found = estimate(
        [line("wine", 4, label="红酒"), line("car", label="大巴"), line("meal", 1, 5, 80)], UNSET, TIER
    )
    assert [(row.label, row.amount_text, row.standard_text) for row in found.rows] == [
        ("用餐", "400", "未设置"),
        ("酒", "未设置", "未设置"),
        ("用车", "未设置", "—"),
    ]
    assert found.total == Decimal(400)
    assert found.left_out == [
        "酒“红酒”：嘉宾级酒标准未设置，也没有单价，未计入估算",
        "用车“大巴”：没有单价，未计入估算",
    ]


def test_A7a_meals_without_diners_are_counted_by_the_headcount_or_left_out():
    assert estimate([line("meal", 1)], GUEST, TIER, headcount=6).total == Decimal(900)
    nobody = estimate([line("meal", 1)], GUEST, TIER)
    assert (nobody.total, nobody.left_out) == (Decimal(0), ["用餐没有人数，未计入估算"])


def test_A7a_bottles_and_boxes_do_not_multiply_by_heads():
    standards = {**UNSET, "wine": Decimal(300), "tobacco": Decimal(50)}
    found = estimate([line("wine", 4, 10, 320), line("tobacco", 2, 10)], standards, TIER, headcount=10)
    assert [(row.amount, row.over) for row in found.rows] == [
        (Decimal(1280), Decimal(80)),
        (Decimal(100), Decimal(0)),
    ]


def test_A7a_nothing_typed_is_an_empty_estimate():
    found = estimate([], GUEST, TIER)
    assert (found.rows, found.total, found.over, found.left_out) == ((), 0, 0, [])


def test_money_is_written_as_people_do():
    assert [money(value) for value in (None, Decimal(0), Decimal("1234.50"), Decimal("98000.00"))] == [
        "未设置",
        "0",
        "1,234.50",
        "98,000",
    ]
