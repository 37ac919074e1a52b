"""接待费用表 and 接待标准表: sums of the database, whose they are, and the workbooks (A7a, A7b)."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories.visits import expense, make_draft, make_reception, set_standards
from tests.visits.pages import browser, frozen, html
from visits.requests import actions, settling

REPORT, STANDARDS = "/visits/costs/", "/visits/standards/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def visit(cast, at, *rows, **over):
    """A reception whose guests have left, with `rows` in its list."""
    reception = make_reception(cast, "settling", at=at, **over)
    settling.spend(
        reception, by=reception.applicant, at=at, rows=[expense(**row) for row in rows] or [expense()]
    )
    return reception


def office_visit(cast, at, **row):
    """The same by the office, which no head reviews."""
    from reception.core.people.models import Department

    reception = make_draft(cast, at=at, by=cast.office, department=Department.objects.get(code="office"), nature="other", customer_name="临溪商会")  # fmt: skip
    actions.submit(reception, by=cast.office, at=at)
    actions.approve(reception, by=cast.gm, at=at, tier=reception.proposed_tier)
    actions.start(reception, by=cast.office, at=at)
    actions.finish(reception, by=cast.office, at=at)
    settling.spend(reception, by=cast.office, at=at, rows=[expense(**row)])
    return reception


def lines(client, **query):
    """label → (times, spent, over) of a grouping."""
    found = client.get(REPORT, {"since": "2026-10", "until": "2026-12", **query}).context["lines"]
    return {line["label"]: (line["times"], line["spent"], line["over"]) for line in found}


@pytest.fixture
def three(cast, at):
    """Two lists of 营销部, one above its standard, and one of 办公室."""
    set_standards("guest", meal=50)
    visit(cast, at, {}, {"item": "car", "amount": Decimal(300), "ours": 0, "theirs": 0, "meal": ""})
    visit(cast, at, {"amount": Decimal(400)}, customer_name="北辰公司")
    office_visit(cast, at, amount=Decimal(100))


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("department", {"营销部": (2, "1,300", "100"), "办公室": (1, "100", "")}),
        (
            "customer",
            {"远航重工集团": (1, "900", "100"), "北辰公司": (1, "400", ""), "临溪商会": (1, "100", "")},
        ),
        ("month", {"2026年10月": (3, "1,400", "100")}),
        ("tier", {"嘉宾级": (3, "1,400", "100")}),
        ("item", {"用餐": (3, "1,100", "100"), "用车": (1, "300", "")}),
    ],
)
def test_A7a_the_sums_of_each_grouping(cast, three, way, expected):
    assert lines(browser(cast.gm), by=way) == expected


def test_A7a_per_request_with_budget_and_standard(cast, at):
    set_standards("guest", meal=50)
    plan = [{"item": "meal", "quantity": 1, "people": 10, "unit_price": 45}]
    reception = visit(cast, at, {}, lines=plan)
    (row,) = browser(cast.gm).get(REPORT).context["rows"]
    assert (row["no"], row["estimated"], row["allowed"], row["spent"], row["over"], row["saved"], row["each"]) == (
        reception.no, "450", "500", "600", "100", "-150", "100",
    )  # fmt: skip


def test_A7a_struck_rows_are_not_in_the_sums(cast, at):
    reception = visit(cast, at, {}, {"amount": Decimal(70)})
    settling.void(reception.sheet.rows.get(number=2), reception, by=cast.sales, at=at, reason="记重了")
    assert browser(cast.gm).get(REPORT).context["total"]["spent"] == "600"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("gm", {"营销部", "办公室"}),
        ("office", {"营销部", "办公室"}),
        ("auditor", {"营销部", "办公室"}),
        ("sales2", {"营销部"}),
        ("sales_head", {"营销部"}),
        ("tech", set()),
    ],
)
def test_A7a_all_or_ones_own_department(cast, three, who, expected):
    assert set(lines(browser(getattr(cast, who)), by="department")) == expected


def test_the_report_is_not_for_everybody(cast):
    people = (cast.clerk, cast.repairer, cast.stranger, cast.admin)
    assert [browser(who).get(REPORT + tail).status_code for who in people for tail in ("", "costs.xlsx")] == [
        403
    ] * 8


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "北辰"}, 1),
        ({"q": "没有"}, 0),
        ({"since": "2026-11", "until": "2026-12"}, 0),
        ({"since": "2026-10", "until": "2026-10"}, 3),
        ({"since": "bomb", "until": "2026-99"}, 3),
        ({"department": "999999"}, 3),
        ({"tier": "x", "by": "<script>"}, 3),
        ({"before": "x~y"}, 3),
    ],
)
def test_filters(cast, three, query, count):
    answer = browser(cast.gm).get(REPORT, query)
    assert (answer.status_code, len(answer.context["rows"])) == (200, count)


@pytest.mark.parametrize("way", ["request", "department", "customer", "month", "tier", "item"])
def test_the_report_asks_the_same_for_few_and_many(cast, at, way, django_assert_max_num_queries):
    client, asked = browser(cast.gm), []
    for rows in (1, 4):
        for number in range(rows):
            visit(cast, at, {}, {"item": "wine", "meal": ""}, customer_name=f"第{rows}{number}家")
        client.get(REPORT, {"by": way})
        with django_assert_max_num_queries(12) as queries:
            client.get(REPORT, {"by": way})
        asked.append(len(queries))
    assert asked[0] == asked[1]


def book(answer):
    """The workbook of an answer."""
    assert answer["Content-Type"].endswith("sheet")
    return load_workbook(BytesIO(answer.content))


def test_A7a_the_workbook_has_the_same_sums_and_every_row(cast, three):
    found = book(browser(cast.gm).get(REPORT + "costs.xlsx"))
    assert found.sheetnames == ["按月", "按部门", "按客户", "按级别", "按项目", "逐单", "清单明细"]
    rows = list(found["按部门"].iter_rows(min_row=4, max_col=6, values_only=True))
    assert [(row[0], row[1], row[5]) for row in rows] == [
        ("营销部", 2, 1300),
        ("办公室", 1, 100),
        ("合计", 3, 1400),
    ]
    assert [row[8] for row in found["清单明细"].iter_rows(min_row=4, values_only=True)] == [
        600,
        300,
        400,
        100,
    ]


def test_a_formula_in_a_list_never_runs(cast, at):
    bad = '=HYPERLINK("http://x","y")'
    visit(cast, at, {"place": bad, "voucher": "+1"})
    cell = book(browser(cast.gm).get(REPORT + "costs.xlsx"))["清单明细"].cell(4, 6)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (bad, "s", True)


# --- 接待标准表 ----------------------------------------------------------------------------------------------


def cells(answer):
    """tier → what its four cells say."""
    return {line.tier.code: [cell.text for cell in line.cells] for line in answer.context["lines"]}


def test_A7a_the_standards_of_a_day_and_unset_said(cast):
    set_standards("guest", meal=150, wine=None, since=date(2026, 1, 1))
    set_standards("guest", meal=180, since=date(2026, 12, 1))
    client = browser(cast.sales)
    now = client.get(STANDARDS)
    assert cells(now)["guest"] == ["150 元/人", "未设置", "未设置", "未设置"]
    assert cells(now)["vip"] == ["未设置"] * 4
    assert now.context["lines"][1].cells[0].coming_text == "2026年12月1日起 180"
    assert cells(client.get(STANDARDS, {"on": "2026-12-01"}))["guest"][0] == "180 元/人"
    assert cells(client.get(STANDARDS, {"on": "2025-12-31"}))["guest"][0] == "未设置"
    assert cells(client.get(STANDARDS, {"on": "<script>"}))["guest"][0] == "150 元/人"


def test_A7a_only_an_administrator_finds_the_way_to_change_them(cast):
    shown = {
        name: "修改标准" in html(browser(getattr(cast, name)).get(STANDARDS))
        for name in ("admin", "sales", "gm")
    }
    assert shown == {"admin": True, "sales": False, "gm": False}
    assert [browser(who).get(STANDARDS).status_code for who in (cast.clerk, cast.stranger)] == [403, 403]


def test_A7b_the_paper_says_who_sets_activities_and_gifts(cast):
    set_standards("vip", meal=260)
    paper = html(browser(cast.gm).get(STANDARDS + "print/"))
    assert "260 元/人" in paper and paper.count("由领导根据业务需要确定标准") == 2


def test_A7a_the_workbook_of_the_standards(cast):
    set_standards("vip", meal=260)
    found = book(browser(cast.gm).get(STANDARDS + "standards.xlsx"))
    first = next(found["接待标准表"].iter_rows(min_row=4, values_only=True))
    assert first == (
        "贵宾级",
        "贵宾级客户由总经理主陪",
        "260 元/人",
        "未设置",
        "未设置",
        "未设置",
        "由领导根据业务需要确定",
    )
    assert [row[2] for row in found["标准变动"].iter_rows(min_row=4, values_only=True)] == [260]


def test_the_standards_ask_the_same_for_few_and_many(cast, django_assert_max_num_queries):
    client, asked = browser(cast.sales), []
    for rows in ((1,), (2, 3, 4, 5, 6)):
        for day in rows:
            set_standards("guest", meal=100 + day, since=date(2026, 1, day))
        client.get(STANDARDS)
        with django_assert_max_num_queries(10) as queries:
            client.get(STANDARDS)
        asked.append(len(queries))
    assert asked[0] == asked[1]
