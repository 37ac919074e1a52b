"""看板: the month drawn by the report's own figures, each bar and cell leading to exactly its records (D4.4.5)."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core import signing
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from helpdesk.board.charts import heat, so_far, spark, stack
from helpdesk.board.service import read, tiles, top
from helpdesk.drill.forms import RowsForm
from helpdesk.drill.lines import source
from helpdesk.report.daily import daily
from helpdesk.report.figures import figures
from helpdesk.report.limits import limits
from helpdesk.report.rates import Rate
from helpdesk.report.spans import whole
from helpdesk.report.tables import names
from reception.home.board.views_wall import SALT
from tests.helpdesk.stories import CHINA, Story, write
from tests.helpdesk.strategies import histories

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 11, 1, tzinfo=CHINA)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))
OCTOBER = "/board/?month=2026-10"


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories())
def test_D4_4_5_the_days_add_up_to_the_months_figures(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        for start, end in ((START, END), (START, START + 14 * DAY + HOUR)):
            found, days = figures(start, end), daily(start, end, limits(start, end))
            assert sum(day.all for day in days) == found["received"]
            assert sum(day.received.get("complaint", 0) for day in days) == found["complaints"]
            for code, rates in (
                ("prompt", [day.prompt for day in days]),
                ("on_time", [day.on_time for day in days]),
                ("same_day", [Rate(day.same_day, day.all) for day in days]),
            ):
                assert Rate(sum(r.part for r in rates), sum(r.base for r in rates)) == found[code], code
                assert so_far(rates)[-1] == found[code].value
        rows = read(whole(START.date()))
        shown, columns = figures(START, END), stack(rows.span, rows.days).columns
        assert sum(column.total for column in columns) == shown["received"]
        assert all(sum(box.count for box in c.boxes) == sum(c.numbers) == c.total for c in columns)
        assert sum(box.count for box in heat(rows.span, rows.hours).boxes) == shown["phone"]
        transaction.set_rollback(True)
    said = {tile.code: tile.number for tile in tiles(rows)}
    assert said["received"] == f"{shown['received']:,}"
    assert {code: said[code] for code in ("prompt", "on_time", "same_day")} == {
        code: "—" if shown[code].value is None else f"{shown[code].value * 100:.1f}"
        for code in ("prompt", "on_time", "same_day")
    }


def october() -> list[Story]:
    """Arrivals in time and late, calls of every kind at several hours, one complaint open, and September to hold against."""
    at = START + 9 * HOUR
    orders = [
        Story(at + n * DAY - MINUTE, kind="repair", rings=2, order_at=at + n * DAY,
              times={"dispatched": at + n * DAY, "acknowledged": at + n * DAY + MINUTE, "arrived": at + n * DAY + took * MINUTE})
        for n, took in enumerate((10, 20, 30, 45, 70))
    ]  # fmt: skip
    calls = [Story(at + n * 7 * HOUR, rings=1 + n % 5, kind=kind, answered=at + n * 7 * HOUR + MINUTE)
             for n, kind in enumerate(["enquiry", "complaint", "advice", "praise"] * 5)]  # fmt: skip
    return [*orders, *calls, Story(at, kind="complaint", rings=1), Story(START - 9 * DAY, rings=1)]


@pytest.fixture
def month(cast, monkeypatch):
    """October, asked for on 2 November."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    write(october(), cast)


def test_D4_4_5_every_number_of_the_board_leads_to_as_many_records(client, login, cast, month):
    """What each link asks for holds as many; the last is opened."""
    labels = names()
    client = login(client, cast.manager)
    answer = client.get(OCTOBER)
    seen = 0
    said = {column.url: column.total for column in answer.context["stack"].columns}
    said |= {box.url: box.count for column in answer.context["stack"].columns for box in column.boxes}
    said |= {box.url: box.count for box in answer.context["heat"].boxes if box.url}
    said |= {url: bar.count for bar, url in answer.context["bars"] if url}
    said |= {row["url"]: row["count"] for row in answer.context["top"]}
    said |= {key["url"]: key["count"] for key in answer.context["keys"]}
    page = unescape(answer.content.decode())
    for url, count in said.items():
        assert f'href="{url}"' in page, url
        asked = RowsForm(QueryDict(url.partition("?")[2]), names=labels)
        assert asked.is_valid(), url
        assert source(asked.cleaned_data, START, END).count() == count, url
        seen += 1
    assert client.get(url).context["count"] == count
    assert seen > 50
    assert [(bar.label, bar.count) for bar, _ in answer.context["bars"] if bar.count] == [
        ("0–10", 1), ("15–20", 1), ("25–30", 1), ("40–60", 1), ("60以上", 1),
    ]  # fmt: skip
    assert "26" in re.search(r'data-figure="received">([^<]*)', page)[1]
    assert "比上期多 25 件" in page
    assert "已结 5 件，未结 1 件" in page
    assert "周一至周五" in page


def test_D4_4_5_the_board_is_the_first_page_of_those_who_answer_for_the_desk(client, login, cast, month):
    for who in ("manager", "director"):
        assert login(Client(), getattr(cast, who)).get("/")["Location"] == "/board/"
    assert cast.energy.first_page == "board:board"
    assert client.get("/board/").status_code == 302
    assert login(client, cast.repairer).get("/board/").status_code == 403
    assert login(client, cast.reception).get("/board/")["Location"] == "/board/receptions/"
    manager = login(client, cast.manager)
    assert "接待费用" not in manager.get("/board/").content.decode()
    assert manager.get("/board/receptions/").status_code == 403
    both = login(client, cast.gm).get(OCTOBER).content.decode()
    assert "/board/receptions/?month=2026-10" in both
    assert manager.get("/board/?month=2027-01").status_code == 404
    assert "这个月还没有记录" in login(client, cast.manager).get("/board/?month=2026-08").content.decode()


def test_D4_4_5_the_board_costs_the_same_for_few_and_for_many(client, login, cast, month):
    """Flows of two months (4), arrivals (2), rings, hours, targets and names (4), days (3), what asks for a word (5), the
    report's state (1), and the frame of every page."""
    client = login(client, cast.manager)
    for address in ("/board/?month=2026-08", OCTOBER):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 25, [query["sql"][:100] for query in asked]


def test_D4_4_5_a_wall_needs_no_session_and_shows_nobody(client, login, cast, month):
    opened = login(client, cast.manager).get("/board/wall/")
    address = opened["Location"]
    screen = Client()
    first = screen.get(address)
    page = first.content.decode()
    assert (first.status_code, "客户服务" in page, "09:00 更新" in page) == (200, True, True)
    assert not re.search(r"周女士|3栋|WX-|DH-|1380|郑维", page)
    again = screen.get(address, headers={"HX-Request": "true"}).content.decode()
    assert again.lstrip().startswith('<div id="wall"')
    assert "no-store" in first["Cache-Control"]
    assert screen.get(address[:-3] + "xx/").status_code == 404
    assert "已到期" in screen.get(address[:-3] + "xx/").content.decode()
    reader = reverse("board:wall_link", args=[signing.dumps(cast.repairer.pk, salt=SALT)])
    assert screen.get(reader).status_code == 404
    cast.manager.is_active = False
    cast.manager.save()
    assert screen.get(address).status_code == 404
    assert login(client, cast.repairer).get("/board/wall/").status_code == 403


def test_lines_of_nothing_and_of_one_value():
    assert (spark([]), spark([3]), spark([None, 2.0])) == (None, None, None)
    assert spark([2, 2]).points == "0.0,13.0 96.0,13.0"
    assert spark([0, 4]).points == "0.0,23.0 96.0,3.0"
    assert so_far([Rate(), Rate(1, 2), Rate(1, 2)]) == [None, 0.5, 0.5]


def test_D4_4_5_what_is_reported_most_stands_first(cast, month):
    rows = top(read(whole(START.date())))
    assert [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)
    assert rows[0]["width"] == 100.0
