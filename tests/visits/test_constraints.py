"""What the database itself refuses, whatever wrote it; on both engines."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.visits import make_reception, make_task, tier
from visits.models import CostLine, Guest, Reception, Task, TierOffset

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def refuses(rows, **fields):
    """Whether the database refuses to write `fields` into `rows`."""
    try:
        with transaction.atomic():
            assert rows.update(**fields) == 1
    except IntegrityError:
        return True
    return False


# state of the reception, the column, what somebody tries to write into it
BROKEN = [
    ("draft", "headcount", 0),
    ("draft", "nature", "party"),
    ("draft", "leave_at", "arrive_at"),
    ("draft", "submitted_by", "someone"),
    ("draft", "tier", "guest"),
    ("draft", "gift_budget", Decimal(100)),
    ("pending", "customer", None),
    ("pending", "subject", ""),
    ("pending", "host", None),
    ("pending", "headcount", None),
    ("pending", "retroactive", True),
    ("pending", "tier", "guest"),
    ("preparing", "tier", None),
    ("preparing", "decided_by", None),
    ("preparing", "tier", "vip"),
    ("preparing", "activity_budget", Decimal(-1)),
    ("receiving", "started_by", None),
    ("settling", "ended_at", None),
    ("archived", "archived_by", None),
]


@pytest.mark.parametrize(("state", "column", "value"), BROKEN)
def test_A3_1b_a_reception_that_cannot_be(cast, at, state, column, value):
    reception = make_reception(cast, state, at=at)
    meant = {"arrive_at": reception.arrive_at, "someone": cast.gm, "guest": None, "vip": None}
    if column == "tier" and value:
        value = tier(value)
    elif value in ("arrive_at", "someone"):
        value = meant[value]
    assert refuses(Reception.objects.filter(pk=reception.pk), **{column: value})


def test_what_may_be_may_be(cast, at):
    """The negative control: the same writing, allowed."""
    rows = Reception.objects.filter(pk=make_reception(cast, "preparing", at=at).pk)
    assert not refuses(rows, headcount=9)
    assert not refuses(rows, tier=tier("vip"), tier_reason="升级")
    assert not refuses(rows, gift_budget=Decimal(100))


@pytest.mark.parametrize(
    ("state", "column"),
    [
        ("todo", "done_at"),
        ("todo", "taken_at"),
        ("taken", "taken_by"),
        ("taken", "assignee"),
        ("done", "done_by"),
        ("done", "done_at"),
    ],
)
def test_A3_2_a_task_that_cannot_be(cast, at, state, column):
    task = make_task(cast, state, at=at)
    value = at + timedelta(hours=1) if state == "todo" else None
    assert refuses(Task.objects.filter(pk=task.pk), **{column: value})


def test_A5_a_template_makes_one_task_a_reception(cast, at):
    task = make_task(cast, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(
            no="JD-X", created_at=at, created_by=cast.gm, reception=task.reception, template=task.template,
            department=task.department, duty="又一次", due_at=at,
        )  # fmt: skip


def test_A8_1_a_difference_drops_or_changes(cast, at):
    row = TierOffset.objects.filter(kind="change").first()
    rows = TierOffset.objects.filter(pk=row.pk)
    assert refuses(rows, offset="")
    assert refuses(rows, kind="drop")


def test_a_roster_has_one_leader_and_names(cast, at):
    reception = make_reception(
        cast, "draft", at=at, guests=[{"name": "陆远", "is_leader": True}, {"name": "王敏"}]
    )
    second = Guest.objects.filter(reception=reception, name="王敏")
    assert refuses(second, is_leader=True)
    assert refuses(second, name="")


@pytest.mark.parametrize(
    ("column", "value"),
    [("quantity", 0), ("people", 0), ("unit_price", -1), ("item", "gift"), ("item", "bribe")],
)
def test_A7a_a_cost_line_that_cannot_be(cast, at, column, value):
    reception = make_reception(cast, "draft", at=at, lines=[{"item": "meal"}])
    assert refuses(CostLine.objects.filter(reception=reception), **{column: value})
