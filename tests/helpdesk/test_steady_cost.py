"""Pages of figures ask the database as often for thirty records as for one (records §2.3, §2.4)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.daybook import actions
from helpdesk.daybook.actions import Why
from helpdesk.daybook.gathering import left_open
from tests.factories.handed import make_report, wrote
from tests.factories.helpdesk import make_call, make_repair
from tests.helpdesk.stories import CHINA

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 22, 0, tzinfo=CHINA)
OCTOBER, TODAY = datetime(2026, 10, 14, 10, 0, tzinfo=CHINA), NOW - timedelta(hours=12)
ROWS, BOOK = "/helpdesk/reports/2026-10/rows/", "/helpdesk/daybook/2026-11-03/"
# session, user, menu counts and categories or the record itself are in each.
COSTS = {
    f"{ROWS}?of=received": 8,
    f"{ROWS}?of=repairs&area=公共区域与其他": 7,
    f"{ROWS}?of=sent": 6,
    f"{ROWS}?of=on_time": 7,
    f"{ROWS}?of=replied": 7,
    BOOK: 12,
    "/helpdesk/daybook/": 6,
    "/helpdesk/daybook/2026-11-02/": 8,
    "/helpdesk/handed/": 5,
    "/helpdesk/handed/BG-2026-09/": 6,
}  # fmt: skip


def more(cast, many: int) -> None:
    """So many calls and orders, in October and today."""
    for number in range(many):
        for at in (OCTOBER, TODAY):
            due = at + timedelta(hours=3)
            make_call(cast, at, kind="help", place=f"3栋{number}", reply_due_at=due)
            make_repair(cast, at + timedelta(minutes=5), "handed", place=f"地下车库{number}")


def yesterday(cast) -> None:
    """A day that was handed over, with all its reasons."""
    at = NOW - timedelta(days=1)
    whys = {one.no: Why("hands", "明早办") for one in left_open(at.date(), at)}
    actions.explain(at.date(), by=cast.clerk, at=at, whys=whys)
    actions.hand(at.date(), by=cast.clerk, at=at)


def test_D4_4_5_lists_days_and_reports_cost_the_same_for_one_and_for_thirty(client, login, cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client = login(client, cast.manager)
    more(cast, 1)
    yesterday(cast)
    make_report(cast, NOW, "locked", month="2026-09")
    wrote(make_report(cast, NOW), cast, NOW)
    for records in (1, 30):
        more(cast, records - 1)
        # Sixty of them fill more than a page: only then they are counted.
        counts = {f"{ROWS}?of=received": 9} if records == 30 else {}
        assert {address: cost_of(client, address) for address in COSTS} == COSTS | counts, records


def cost_of(client, address: str) -> int:
    """The queries of a second look."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)
