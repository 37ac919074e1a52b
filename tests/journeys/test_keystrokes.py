"""The goals of Ease, counted at a real keyboard (`python -m tests.journeys.keystrokes` prints them)."""

from __future__ import annotations

from tests.journeys.keystrokes import GOALS, measure, row


def test_C7_no_goal_costs_more_keys_than_it_may(visit, house):
    found = []
    for goal in GOALS:
        visitor = visit("clerk")
        found.append(row(goal, measure(goal, visitor, house)))
        visitor.context.close()
        assert visitor.findings.lines == [], goal.name
    assert [line for line in found if not line.startswith("✓")] == []
