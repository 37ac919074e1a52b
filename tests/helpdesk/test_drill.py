"""From a figure to its records: as many as the number says, and no other (D4.4.5)."""

import io
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from helpdesk.drill.choices import LABELS, RATES
from helpdesk.drill.forms import RowsForm
from helpdesk.drill.lines import all_lines, source
from helpdesk.drill.sources import page
from helpdesk.report.build import build
from helpdesk.report.figures import figures, read
from helpdesk.report.links import rows_url
from helpdesk.report.rates import Rate, is_share
from helpdesk.report.sheets import places
from helpdesk.report.spans import whole
from helpdesk.report.svg import arrival_bars
from helpdesk.report.tables import names
from helpdesk.report.views_crews import crew_links
from tests.helpdesk.stories import CHINA, Story, write
from tests.helpdesk.strategies import histories

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 11, 1, tzinfo=CHINA)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))
ROWS = "/helpdesk/reports/2026-10/rows/"


def behind(start: datetime = START, end: datetime = END, **asked):
    """The source of what is asked for."""
    form = RowsForm(asked, names=names())
    assert form.is_valid(), form.errors
    return source(form.cleaned_data, start, end)


def ids(found) -> list[tuple]:
    """Every entry, once counted, once walked page by page."""
    entries, paged, key = list(found.entries()), [], ""
    while True:
        one = page(found, key, size=2)
        paged += one.rows
        if not (key := one.next):
            break
    assert paged == entries
    assert found.count() == len(entries)
    return entries


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories())
def test_D4_4_5_every_list_holds_as_many_as_its_figure_says(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        for start, end in ((START, END),):
            found, rows = figures(start, end), read(start, end)
            for code, figure in found.items():
                base = figure.base if isinstance(figure, Rate) else figure
                whole_list = ids(behind(start, end, of=code))
                assert len(whole_list) == base, code
                if not is_share(figure):
                    continue
                kept = ids(behind(start, end, of=code, part="yes"))
                assert len(kept) == figure.part, code
                if code != "rework":
                    assert sorted(kept + ids(behind(start, end, of=code, part="no"))) == sorted(whole_list), (
                        code
                    )
            for (kind, category), flow in rows.flows.items():
                one = {"kind": kind, "category": category or "none"}
                for name in ("received", "carried", "closed", "void", "left", "alive"):
                    assert behind(start, end, of=name, **one).count() == getattr(flow, name), name
            every_cell_leads_to_its_own(start)
            bars = arrival_bars([limit.minutes for limit in rows.limits if limit.minutes is not None])
            assert [behind(start, end, of="arrivals", bin=i).count() for i in range(8)] == [
                b.count for b in bars
            ]
            days = {
                entry.at.astimezone(CHINA).date() for entry in behind(start, end, of="received").entries()
            }
            assert (
                sum(behind(start, end, of="received", day=day).count() for day in days) == found["received"]
            )
        transaction.set_rollback(True)


def every_cell_leads_to_its_own(start: datetime) -> None:
    """区域×类别 and 报修时效: press a number, and the list has as many."""
    report = build(whole(start.date()))
    for grid in places.grids(report):
        for (row, column), url in grid.links.items():
            if grid.rows:
                assert behind(**asked_by(url)).count() == grid.rows[row][column], url
    for row in report.crews:
        counts = (row.sent, row.in_time, row.on_time.base, row.kept.base, row.kept.base, None, None,
                  row.finished.base, row.rework.part, row.satisfied.base)  # fmt: skip
        for one, count in zip(crew_links(row, ["1"] * len(counts), report.span), counts, strict=True):
            assert count is None or behind(**asked_by(one.url)).count() == count, one.url


def asked_by(url: str) -> dict[str, str]:
    """What an address asks for."""
    return dict(parse_qsl(url.partition("?")[2]))


def month() -> list[Story]:
    """Thirty calls and an order that came late."""
    at = START + 9 * HOUR
    steps = {"dispatched": at, "acknowledged": at + MINUTE, "arrived": at + 45 * MINUTE}
    order = Story(at - MINUTE, kind="repair", rings=2, order_at=at, times=steps)
    return [order, *(Story(at + number * HOUR, rings=5, kind="complaint") for number in range(59))]


@pytest.fixture
def october(cast, monkeypatch):
    """The month, asked for on 2 November."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    write(month(), cast)


def test_D4_4_5_the_list_of_a_figure_page_by_page_and_as_a_workbook(client, login, cast, october):
    client = login(client, cast.manager)
    first = client.get(rows_url(whole(START.date()), "received"))
    assert "受理：60 条" in first.content.decode()
    rest = client.get(f"{ROWS}?of=received&before={first.context['page'].next}")
    numbers = [row.no for answer in (first, rest) for row in answer.context["rows"]]
    assert (len(first.context["rows"]), len(numbers), len(set(numbers))) == (50, 60, 60)
    late = client.get(rows_url(whole(START.date()), "on_time", part="no")).content.decode()
    assert "到场及时率，没计入的：1 条" in late
    assert "用时 45分钟，不及时" in late
    book = load_workbook(io.BytesIO(client.get("/helpdesk/reports/2026-10/rows.xlsx?of=received").content))
    sheet = [row[0].value for row in book.active.iter_rows(min_row=4)]
    assert [no for no in sheet if no] == numbers
    busy = client.get(f"{ROWS}?of=phone&weekday=4&hour=9").content.decode()
    assert "来电，周四，9时：" in busy


def test_D4_4_5_what_cannot_be_asked_is_said_and_nothing_else_is_shown(client, login, cast, october):
    client = login(client, cast.manager)
    for query, sentence in (
        ("of=left&part=no", "“期末未关闭”不是比率"),
        ("of=rework&part=no", "返修的单和完工的单不是同一批"),
        ("of=on_time&kind=repair", "“到场及时率”不分大类"),
        ("of=phone&bin=2", "“来电”不分用时"),
        ("of=nothing", "nothing"),
        ("of=received&day=x", "日期"),
    ):
        for address in (ROWS, "/helpdesk/reports/2026-10/rows.xlsx"):
            answer = client.get(f"{address}?{query}")
            assert answer.status_code == 422, query
            assert sentence in answer.content.decode(), query
            assert "rows" not in answer.context, query
    assert client.get("/helpdesk/reports/2026-13/rows/").status_code == 404
    assert "这里一条也没有" in client.get(f"{ROWS}?of=again").content.decode()


def test_D4_4_5_who_reads_reports_reads_their_records(client, login, cast, october):
    assert login(client, cast.repairer).get(ROWS).status_code == 403
    page = login(client, cast.gm).get(ROWS).content.decode()
    assert "DH-1" in page
    assert "/helpdesk/calls/DH-1/" not in page
    assert "13800138000" not in page
    assert login(client, cast.auditor).get(ROWS).status_code == 200


def test_D4_4_5_a_list_costs_the_same_for_one_and_for_many(client, login, cast, october):
    """Exact counts stand in test_steady_cost.py."""
    client = login(client, cast.manager)
    client.get(ROWS)
    for query, most in (
        ("of=received&day=2026-10-01", 8),
        ("of=received", 8),
        ("of=on_time", 8),
        ("of=replied", 8),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{ROWS}?{query}").status_code == 200
        assert len(asked) <= most, [q["sql"][:150] for q in asked]


def test_D4_4_5_every_figure_has_its_list(cast, october):
    """Labels, and no figure without a way to its records."""
    found = figures(START, END)
    assert found.keys() - LABELS.keys() == set()
    assert {code for code, figure in found.items() if is_share(figure)} == RATES
    lines = list(all_lines(behind(of="alive"), END, names()))
    assert len(lines) == 60
