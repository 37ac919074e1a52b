"""接待报表 (issue 5.6): the figures of a month and a year, whose they are, and the rows behind every one of them."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from openpyxl import load_workbook

from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from reception.core.models import Event
from tests.factories.visits import expense, make_reception, set_standards
from tests.visits.pages import browser, frozen, html
from tests.visits.test_costs_report import office_visit
from visits.models import Answer, Reception, Task
from visits.reports.figures import Line, facts, grouped, spent, whole, within
from visits.reports.spans import Span, month_of, span_of
from visits.reports.views_page import leaves, tables
from visits.requests import settling

pytestmark = pytest.mark.django_db
PAGE = "/visits/reports/2026-10/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def visit(cast, at, *rows, days=-2, status="settling", **over):
    """A reception that arrived `days` from now, with `rows` in its list."""
    made = make_reception(cast, status, at=at, **over)
    arrive = at + timedelta(days=days)
    Reception.objects.filter(pk=made.pk).update(arrive_at=arrive, leave_at=arrive + timedelta(hours=5))
    if status == "settling":
        settling.spend(made, by=made.applicant, at=at, rows=[expense(**row) for row in rows] or [expense()])
    return made


def say(made, at, *scores):
    """Guests answered."""
    link = made.invitations.get()
    for number, score in enumerate(scores):
        Answer.objects.create(
            invitation=link, reception=made, browser=f"{made.pk}-{number}", overall=score, answered_at=at
        )


@pytest.fixture
def month(cast, at):
    """October: two of 营销部 (one above its standard, with answers), one of 办公室; one in September; one only prepared."""
    set_standards("guest", meal=50)
    one = visit(cast, at, {}, {"item": "car", "amount": Decimal(300), "ours": 0, "theirs": 0, "meal": ""})
    visit(cast, at, {"amount": Decimal(400)}, customer_name="北辰公司", purpose="tour", tier="business")
    Reception.objects.filter(pk=office_visit(cast, at, amount=Decimal(100)).pk).update(
        arrive_at=at - timedelta(days=1)
    )
    visit(cast, at, {"amount": Decimal(77)}, days=-30)
    visit(cast, at, status="preparing", days=1)
    say(one, at, 5, 4)
    return one


def table(client, way, url=PAGE):
    """label → the texts of its figures."""
    found = next(one for one in client.get(url).context["tables"] if one["way"] == way)
    return {row["label"]: [cell.text for cell in row["cells"]] for row in found["rows"]}


def test_A7a_the_figures_of_a_month_by_every_grouping(cast, month):
    client = browser(cast.office)
    tiles = {
        tile["code"]: (tile["cell"].text, tile["past"], tile["change"])
        for tile in client.get(PAGE).context["tiles"]
    }
    assert tiles["times"] == ("3", "1", "+200.0%")
    assert tiles["heads"] == ("18", "6", "+200.0%")
    assert tiles["spent"] == ("1,400", "77", "+1718.2%")
    assert (tiles["over"], tiles["score"]) == (("100", "0", "—"), ("4.5", "—", "—"))
    assert {label: (row[0], row[2], row[5]) for label, row in table(client, "department").items()} == {
        "营销部": ("2", "1,300", "100"), "办公室": ("1", "100", "0"),
    }  # fmt: skip
    assert {label: (row[0], row[2]) for label, row in table(client, "tier").items()} == {
        "嘉宾级": ("2", "1,000"), "商务级": ("1", "400"),
    }  # fmt: skip
    assert list(table(client, "purpose")) == ["参观", "考察"]
    assert {label: row[8] for label, row in table(client, "customer").items()} == {
        "远航重工集团": "4.5", "北辰公司": "—", "临溪商会": "—",
    }  # fmt: skip
    year = table(client, "department", "/visits/reports/2026/")
    assert {label: (row[0], row[2]) for label, row in year.items()} == {
        "营销部": ("3", "1,377"),
        "办公室": ("1", "100"),
    }


def test_A7a_every_number_leads_to_exactly_its_receptions(cast, month):
    """Each link of the page is opened; what it lists, summed by hand, is the number that led there."""
    client = browser(cast.office)
    page = client.get(PAGE).context
    cells = [
        (position, cell)
        for one in page["tables"]
        for row in one["rows"]
        for position, cell in enumerate(row["cells"])
        if cell.url
    ]
    assert len(cells) > 30
    for position, cell in cells:
        found = client.get(cell.url).context["found"]
        rows = found.line.facts
        assert (cell.url, by_hand(position, rows)) == (
            cell.url,
            cell.text if position != 9 else str(found.line.on_time),
        )
        asked = dict(parse_qsl(urlsplit(cell.url).query))
        assert {row.keys[asked["by"]][0] for row in rows} == {asked["key"]}


def by_hand(position, rows):
    """What the figure in this column is, summed over the receptions listed."""
    answers = sum(row.answers for row in rows)
    return {
        0: f"{len(rows)}", 1: f"{sum(row.heads for row in rows)}", 2: f"{sum(row.spent for row in rows):,.0f}",
        5: f"{sum(row.over for row in rows):,.0f}", 6: f"{sum(row.estimated or 0 for row in rows):,.2f}".removesuffix(".00"),
        8: f"{sum(row.scores for row in rows) / answers:.1f}" if answers else "",
        9: str(sum(row.kept for row in rows) / max(1, sum(row.judged for row in rows))),
    }[position]  # fmt: skip


def test_A5_tasks_in_time_leave_out_what_was_dropped_not_due_or_late_when_made(cast, at):
    made = visit(cast, at)
    tasks = list(made.tasks.order_by("pk")[:6])
    Task.objects.filter(pk__in=made.tasks.values("pk")).update(
        status="dropped", changed_out=False, compressed=False
    )
    hour = timedelta(hours=1)
    for task, (due, done, squeezed) in zip(tasks, [
        (at - hour, at - hour, False), (at - hour, at, False), (at - hour, None, False), (at + hour, None, False),
        (at + hour, at, False), (at - hour, at, True),
    ], strict=True):  # fmt: skip
        Task.objects.filter(pk=task.pk).update(
            status="done" if done else "todo", due_at=due, compressed=squeezed, done_at=done, done_by=cast.sales if done else None,
            taken_at=None, taken_by=None, blocked_at=None, blocked_by=None,
        )  # fmt: skip
    line = whole(facts(*_october(), cast.office, at))
    assert (line.judged, line.late, line.on_time) == (4, 2, 0.5)


def _october():
    span = Span(datetime(2026, 10, 1).date(), 1)
    return span.start, span.end


def test_A7a_cancelled_ones_cost_but_are_no_visit(cast, at):
    made = visit(cast, at, {"amount": Decimal(80)})
    Reception.objects.filter(pk=made.pk).update(status="cancelled", cancel_reason="客户改期")
    line = whole(facts(*_october(), cast.office, at))
    assert (line.times, line.heads, line.cancelled, line.spent) == (0, 0, 1, Decimal(80))
    page = browser(cast.office).get(PAGE)
    assert "1 个取消的接待" in html(page)
    found = browser(cast.office).get(page.context["links"]["cancelled"]).context["found"]
    assert [row.no for row in found.page] == [made.no]


WHO = {"gm": 3, "office": 3, "auditor": 3, "reception": 3, "sales2": 2, "sales_head": 2, "tech": 0,
       "clerk": 403, "repairer": 403, "manager": 403, "stranger": 403, "admin": 403}  # fmt: skip


def test_A7a_all_or_ones_own_department_and_nobody_else(cast, month):
    """On page, paper, rows and both workbooks alike; who is nobody is asked to sign in."""
    tails = ("", "print/", "rows/", "report.xlsx", "rows.xlsx")
    for name, expected in WHO.items():
        client = browser(getattr(cast, name))
        answers = [client.get(PAGE + tail) for tail in tails]
        if expected == 403:
            assert [answer.status_code for answer in answers] == [403] * 5, name
            continue
        assert (name, [answer.status_code for answer in answers]) == (name, [200] * 5)
        details = load_workbook(BytesIO(answers[3].content))["明细"]
        assert (answers[0].context["report"].total.times, len(answers[2].context["rows"]), details.max_row - 3) == (expected,) * 3  # fmt: skip
    assert browser().get(PAGE)["Location"].startswith("/login/")


def test_A6_a_secret_reception_is_in_nobodys_figures_but_theirs(cast, month):
    Reception.objects.filter(pk=month.pk).update(secret=True, customer_name="玄圃研究院")
    times = {
        name: browser(getattr(cast, name)).get(PAGE).context["report"].total.times
        for name in ("office", "gm", "auditor", "sales2")
    }
    assert times == {"office": 3, "gm": 3, "auditor": 2, "sales2": 1}
    for tail in ("", "print/", "rows/", "rows/?by=customer&key=" + str(month.customer_id)):
        assert month.no not in html(browser(cast.auditor).get(PAGE + tail))


def test_A7a_the_board_gets_the_same_money(cast, month, at):
    found = spent(month_of(at), cast.gm, at)
    assert (found.total.spent, found.before.spent, [(line.label, line.spent) for line in found.departments]) == (
        Decimal(1400), Decimal(77), [("营销部", Decimal(1300)), ("办公室", Decimal(100))],
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        spent(month_of(at), cast.clerk, at)
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    ("code", "words"),
    [("2026-13", "不是年份或月份"), ("x", "不是年份或月份"), ("2026-1", "不是年份或月份"), ("1999", "不是年份或月份"), ("2026-11", "还没有开始"), ("2027", "还没有开始")],
)  # fmt: skip
def test_a_span_that_is_none_says_so(cast, code, words):
    answer = browser(cast.office).get(f"/visits/reports/{code}/")
    assert (answer.status_code, words in html(answer)) == (404, True)


def test_the_way_to_other_spans(cast, at):
    client = browser(cast.office)
    assert client.get("/visits/reports/")["Location"] == PAGE
    assert client.get("/visits/reports/", {"span": "2026-09"})["Location"] == "/visits/reports/2026-09/"
    links = client.get(PAGE).context["links"]
    assert (links["earlier"], links["later"], links["year"]) == (
        "/visits/reports/2026-09/",
        "",
        "/visits/reports/2026/",
    )
    assert "这一期没有接待" in html(client.get("/visits/reports/2026-02/"))
    for query in ("figure=nonsense", "by=nonsense&key=1", "by=tier&key=<script>", "before=x~y"):
        assert client.get(f"{PAGE}rows/?{query}").status_code == 200


def test_A7a_the_workbook_says_what_the_page_says(cast, month):
    cast_office = browser(cast.office)
    answer = cast_office.get(PAGE + "report.xlsx")
    found = load_workbook(BytesIO(answer.content))
    assert found.sheetnames == ["总览", "按级别", "按部门", "按客户", "按目的", "明细", "口径说明"]
    rows = [row[:5] for row in found["按部门"].iter_rows(min_row=4, values_only=True)]
    assert rows == [("营销部", 2, 1, 12, 1300), ("办公室", 1, 0, 6, 100), ("合计", 3, 1, 18, 1400)]
    assert found["总览"]["A4"].value == "2026年10月" and len(found["总览"]._charts) == 1
    taken = Event.objects.filter(verb="export").latest("pk")
    assert (taken.actor, taken.detail["list"], taken.detail["rows"]) == (cast.office, "接待报表", 3)
    listed = load_workbook(BytesIO(cast_office.get(PAGE + "rows.xlsx?figure=over").content)).worksheets[0]
    assert [row[0] for row in listed.iter_rows(min_row=4, values_only=True)] == [month.no]


def test_D6_a_year_of_many_customers_takes_a_second_sheet_and_sums_the_rest(cast, at):
    """The first 24 customers and the rest as one line that leads nowhere, on page and paper."""
    visit(cast, at)
    report = browser(cast.office).get(PAGE).context["report"]
    assert len(leaves(tables(report))) == 1
    report.groups["customer"][:] = [Line(f"{number}", f"第{number}家", report.facts) for number in range(33)]
    table = next(one for one in tables(report) if one["way"] == "customer")
    assert (len(table["rows"]), table["rows"][-1]["label"]) == (25, "其余 9 个")
    assert {cell.url for cell in table["rows"][-1]["cells"]} == {""}
    assert [[one["way"] for one in leaf] for leaf in leaves(tables(report))] == [
        ["tier", "department", "purpose"], ["customer"]
    ]  # fmt: skip


def test_a_name_that_would_run_is_text_in_the_workbook(cast, at):
    visit(cast, at, customer_name='=HYPERLINK("http://x")')
    found = load_workbook(BytesIO(browser(cast.office).get(PAGE + "report.xlsx").content))
    cells = [found["明细"].cell(4, 3), found["按客户"].cell(4, 1)]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 2


@pytest.mark.parametrize("tail", ["", "print/", "rows/"])
def test_the_report_asks_the_same_for_few_and_many(cast, at, tail, django_assert_max_num_queries):
    client, asked = browser(cast.office), []
    for count in (1, 4):
        for number in range(count):
            say(visit(cast, at, customer_name=f"第{count}{number}家"), at, 4)
        client.get(PAGE + tail)
        with django_assert_max_num_queries(6) as queries:
            client.get(PAGE + tail)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_A1_a_reception_belongs_to_the_shanghai_month_and_year_of_its_arrival(cast, at):
    made = visit(cast, at)
    edges = {datetime(2026, 9, 30, 23, 59, 59, tzinfo=SHANGHAI): 0, datetime(2026, 10, 1, tzinfo=SHANGHAI): 1,
             datetime(2026, 10, 31, 23, 59, 59, tzinfo=SHANGHAI): 1, datetime(2026, 11, 1, tzinfo=SHANGHAI): 0}  # fmt: skip
    for moment, times in edges.items():
        Reception.objects.filter(pk=made.pk).update(arrive_at=moment, leave_at=moment + timedelta(hours=1))
        assert len(facts(*_october(), cast.office, at)) == times
        found = facts(span_of("2026", at).start, span_of("2026", at).end, cast.office, at)
        assert (len(found), len(within(found, span_of("2026-10", at)))) == (1, times)
        assert [line.times for line in grouped(found, "purpose")] == [1]
