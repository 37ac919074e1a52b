"""The desk's line reads the report's definitions, cut off at the moment of asking (C6, D4.1, D4.4.1, D4.4.5)."""

from datetime import timedelta

import pytest

from helpdesk.report.desk import DeskFigures, desk_figures
from helpdesk.report.figures import Rate
from tests.factories.helpdesk import make_call, make_repair

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))


def fill(cast, at, times=1):
    """Yesterday and today, `times` over: in time and late, answered and not."""
    for _ in range(times):
        make_call(cast, at - DAY, rings=9, rings_reason="占线", status="closed")
        make_call(cast, at - 3 * HOUR, rings=3, status="closed")
        make_call(cast, at - 3 * HOUR, rings=4, rings_reason="占线", reply_due_at=at - HOUR)
        make_call(cast, at - 2 * HOUR, rings=None, channel="visit", number="", reply_due_at=at + HOUR)
        make_repair(cast, at - 5 * HOUR, "closed")
        make_repair(cast, at - 2 * HOUR, "handed")
        make_repair(cast, at - 10 * MINUTE, "handed")
        make_repair(cast, at - 2 * HOUR, "waiting")


def test_D4_4_5_the_desk_counts_as_the_report_does(cast, at):
    fill(cast, at)
    assert desk_figures(at) == DeskFigures(
        phone=2, prompt=Rate(1, 2), on_time=Rate(1, 2), left=5, late=2, replies=2
    )


def test_D4_4_5_a_desk_without_records_says_so(db, at):
    assert desk_figures(at) == DeskFigures(0, Rate(0, 0), Rate(0, 0), 0, 0, 0)


@pytest.mark.parametrize("times", [1, 4])
def test_the_desk_line_costs_six_queries(cast, at, times, django_assert_num_queries):
    fill(cast, at, times)
    with django_assert_num_queries(6):
        assert desk_figures(at).phone == 2 * times
