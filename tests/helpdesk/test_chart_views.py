"""The time line of an order as geometry (D4.4.1)."""

from datetime import timedelta
from itertools import pairwise

import pytest

from helpdesk.repairs.views_chart import GAP, WIDTH, Step, draw, places


def minutes(at, *marks):
    """Steps at these minutes after `at`."""
    return [Step(str(n), at + timedelta(minutes=n)) for n in marks]


def test_D4_4_1_the_limit_stands_between_the_steps_around_it(at):
    xs, due = places(minutes(at, 0, 3, 24, 68), at + timedelta(minutes=30), at + timedelta(minutes=68))
    assert xs == sorted(xs)
    assert xs[2] < due < xs[3]


@pytest.mark.parametrize(
    "marks", [(0,), (0, 0, 0, 0, 0), (0, 1, 2, 3, 2880), (0, 1, 2, 3, 4), (0, 3, 24, 68)]
)
def test_words_never_overlap_and_nothing_leaves_the_picture(at, marks):
    chart = draw(minutes(at, *marks), at + timedelta(minutes=30), "30分钟线", "", "", at)
    xs = [point.x for point in chart.points]
    assert all(b - a >= GAP * 0.8 for a, b in pairwise(xs))
    assert max(xs) <= WIDTH
    assert all(bar.x >= 0 and bar.width >= 0 and bar.x + bar.width <= WIDTH for bar in chart.bars)


def test_another_day_is_named(at):
    chart = draw(minutes(at, 0, 1500), None, "", "", "", at)
    assert [point.time for point in chart.points] == ["10:00", "10/22 11:00"]


def test_what_is_drawn_is_also_said(at):
    chart = draw(
        [Step("受理", at), Step("到场", at + timedelta(minutes=24))],
        at + timedelta(minutes=30),
        "30分钟线",
        "",
        "ok",
        at,
    )
    assert chart.spoken == "10:00受理，10:24到场；30分钟线 10:30"


def test_an_order_without_a_limit_says_so(at):
    assert draw([Step("受理", at)], None, "", "", "", at).spoken == "10:00受理；没有到场时限"


def test_D4_4_1_what_was_late_is_red_beyond_the_limit(at):
    steps = [Step("受理", at), Step("到场", at + timedelta(minutes=50))]
    late = draw(steps, at + timedelta(minutes=30), "30分钟线", "", "bad", at)
    kept = draw(steps, at + timedelta(minutes=60), "30分钟线", "", "ok", at)
    assert [bar.css for bar in late.bars] == ["c1", "c4"]
    assert (late.bars[1].x, late.bars[1].x + late.bars[1].width) == (late.limit.x, late.points[1].x)
    assert [bar.css for bar in kept.bars] == ["c1"]
