"""The desk's line reads the report's definitions, cut off at the moment of asking (C6, D4.1, D4.4.1, D4.4.5)."""

from datetime import timedelta

import pytest

from helpdesk.log.views_open import board
from helpdesk.report.desk import DeskFigures, desk_figures
from helpdesk.report.figures import Rate
from tests.factories.helpdesk import make_call, make_repair, step

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


def test_D4_4_5_the_desks_own_count_says_the_same(cast, at):
    """The desk counts from the rows it shows anyway; the report's definitions must come out of both."""
    fill(cast, at)
    late = make_repair(cast, at - 4 * HOUR, "handed")
    step(cast, late, "rearrange", at - 2 * HOUR, appoint_at=at + DAY, agreed_with="周敏", reason="客户外出")
    kept = make_repair(cast, at - 4 * HOUR, "handed")
    step(
        cast,
        kept,
        "rearrange",
        at - 4 * HOUR + 5 * MINUTE,
        appoint_at=at - HOUR,
        agreed_with="周敏",
        reason="客户外出",
    )
    step(
        cast,
        make_repair(cast, at - 3 * HOUR, "handed"),
        "cancel",
        at - 3 * HOUR + 5 * MINUTE,
        reason="不修了",
    )
    found = desk_figures(at)
    shares = [f"{rate.value:.1%}" for rate in (found.prompt, found.on_time)]
    counts = [f"{number}" for number in (found.left, found.late, found.replies)]
    assert [figure.value for figure in board(at).figures] == [f"{found.phone}", *shares, *counts]
