"""接待报表 recounted by other means: plain SQL over raw tables, for histories that hypothesis makes up (issue 5.6)."""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.core.people.models import Department
from tests.factories.customers import make_customer
from tests.factories.visits import make_reception, tier
from tests.visits.pages import frozen
from visits.models import Answer, CostSheet, Invitation, Reception, Task
from visits.reports.figures import BEHIND, Line
from visits.reports.report import build
from visits.reports.spans import Span

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 21, 2, tzinfo=UTC)
# On, one second before and after the edges of months and years in Shanghai (UTC+8), as instants.
EDGES = [datetime(year, month, 1, tzinfo=UTC) - timedelta(hours=8)
         for year, month in ((2025, 1), (2025, 10), (2026, 1), (2026, 9), (2026, 10), (2026, 11))]  # fmt: skip
moments = st.builds(lambda edge, s: edge + timedelta(seconds=s), st.sampled_from(EDGES), st.sampled_from([-1, 0, 1, 86_400 * 9]))  # fmt: skip
money = st.integers(0, 900_000).map(lambda fen: Decimal(fen) / 100)
tasks = st.tuples(
    st.sampled_from(["done", "todo", "dropped"]),
    st.sampled_from([-3600, 0, 1, 3600]),
    st.sampled_from([-1, 0, 1]),
    st.booleans(),
)
visits = st.fixed_dictionaries({
    "status": st.sampled_from(["archived", "receiving", "preparing", "cancelled"]), "arrive_at": moments,
    "tier": st.sampled_from(["vip", "guest", "regular"]), "department": st.sampled_from(["sales", "office"]),
    "customer": st.integers(0, 1), "purpose": st.sampled_from(["tour", "talks"]), "headcount": st.integers(1, 40),
    "secret": st.booleans(), "estimated": st.none() | money, "allowed": st.none() | money, "spent": money, "over": money,
    "scores": st.lists(st.integers(1, 5), max_size=3), "tasks": st.lists(tasks, max_size=3),
})  # fmt: skip


@pytest.fixture
def moulds(cast):
    """One reception in each state with a task of each, walked there; the stories are casts of them."""
    at = AT.astimezone()
    with frozen(AT):
        made = {name: make_reception(cast, name, at=at) for name in ("archived", "receiving", "preparing")}
        made["cancelled"] = copy(made["preparing"])
        made["customers"] = [make_customer(cast, at=at, name=name) for name in ("甲公司", "乙公司")]
    return made


def write(stories: list[dict[str, Any]], moulds: dict[str, Any]) -> None:
    """The stories as rows."""
    Reception.objects.update(
        arrive_at=datetime(2020, 1, 1, tzinfo=UTC), leave_at=datetime(2020, 1, 2, tzinfo=UTC)
    )
    codes = {row.code: row for row in Department.objects.all()}
    for number, story in enumerate(stories, 1):
        row = copy(moulds[story["status"]])
        row.pk, row.id, row.no, row._state = None, None, f"JD-1999-{number:04d}", copy(row._state)
        row._state.adding = True
        for name in ("arrive_at", "purpose", "headcount", "secret"):
            setattr(row, name, story[name])
        row.leave_at = story["arrive_at"] + timedelta(hours=5)
        row.tier = row.proposed_tier = tier(story["tier"])
        row.department, row.customer = codes[story["department"]], moulds["customers"][story["customer"]]
        if story["status"] == "cancelled":
            row.status, row.cancel_reason = "cancelled", "客户改期"
        row.save(force_insert=True)
        CostSheet.objects.create(
            reception=row, **{name: story[name] for name in ("estimated", "allowed", "spent", "over")}
        )
        link = Invitation.objects.create(reception=row, nonce=f"{number}", token_hash=f"{number}", most=9, expires_at=AT, created_at=AT, created_by=row.applicant)  # fmt: skip
        for guest, score in enumerate(story["scores"]):
            Answer.objects.create(
                invitation=link, reception=row, browser=f"{guest}", overall=score, answered_at=AT
            )
        for place, (status, due, gap, squeezed) in enumerate(story["tasks"]):
            due_at = AT - timedelta(seconds=due)
            done = (
                {"done_at": due_at + timedelta(seconds=gap), "done_by": row.applicant}
                if status == "done"
                else {}
            )
            Task.objects.create(reception=row, no=f"{row.no}-{place}", department=row.department, duty="接待", status=status,
                                due_at=due_at, compressed=squeezed, created_at=AT, created_by=row.applicant, **done)  # fmt: skip


RECEPTIONS = """
SELECT r.id, r.status, r.headcount, s.spent, s.over, s.estimated, s.allowed, r.{column}
FROM visits_reception r LEFT JOIN visits_costsheet s ON s.reception_id = r.id
WHERE r.arrive_at >= %s AND r.arrive_at < %s AND r.department_id IN ({departments}) AND ({known})
AND ((r.started_at IS NOT NULL AND r.status <> 'cancelled') OR (r.status = 'cancelled' AND s.spent > 0))
"""
TASKS = """
SELECT COUNT(*), SUM(CASE WHEN t.status = 'done' AND t.done_at <= t.due_at THEN 1 ELSE 0 END) FROM visits_task t
WHERE t.reception_id = %s AND t.compressed = %s AND ((t.status = 'done') OR (t.status IN ('todo','taken','blocked') AND t.due_at < %s))
"""
ANSWERS = "SELECT COUNT(*), SUM(overall) FROM visits_answer WHERE reception_id = %s"


def asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of plain SQL; times as the engine keeps them."""
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapt(value) if isinstance(value, datetime) else value for value in values])
        return cursor.fetchall()


def recount(
    column: str, start: datetime, end: datetime, departments: str, known: str
) -> dict[str, list[Any]]:
    """group → [次数, 人数, 费用, 超标准, 预算, 标准, 份数, 分数, 任务, 按时], summed row by row."""
    found: dict[str, list[Any]] = {}
    sql = RECEPTIONS.format(column=column, departments=departments, known=known)
    for pk, status, heads, spent, over, estimated, allowed, key in asked(sql, start, end):
        sums = found.setdefault(str(key), [0, 0, Decimal(0), Decimal(0), None, None, 0, 0, 0, 0])
        sums[2] += Decimal(str(spent))
        sums[3] += Decimal(str(over))
        for place, amount in ((4, estimated), (5, allowed)):
            if amount is not None:
                sums[place] = (sums[place] or Decimal(0)) + Decimal(str(amount))
        if status == "cancelled":
            continue
        (number, total), (judged, kept) = asked(ANSWERS, pk)[0], asked(TASKS, pk, False, AT)[0]
        for place, value in enumerate((1, heads)):
            sums[place] += value
        for place, value in enumerate((number, total or 0, judged, kept or 0), 6):
            sums[place] += value
    return found


def told(line: Line) -> list[Any]:
    """The same of a line of the report."""
    scores = round(line.score * line.answers) if line.answers else 0
    kept = round(line.on_time * line.judged) if line.judged else 0
    return [line.times, line.heads, line.spent, line.over, line.estimated, line.allowed, line.answers, scores, line.judged, kept]  # fmt: skip


def bounds(span: Span) -> tuple[datetime, datetime]:
    """Its instants, by hand: midnight in Shanghai is sixteen o'clock UTC of the day before."""
    year, month = divmod(span.first.month - 1 + span.months, 12)
    last = date(span.first.year + year, month + 1, 1)
    return tuple(
        datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8) for day in (span.first, last)
    )  # type: ignore[return-value]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(visits, max_size=6))
def test_A7a_every_figure_equals_the_recount(cast, moulds, stories):
    """By every grouping, of a month and a year, for who reads all, who may not know the secret, and one department."""
    everybody = ", ".join(str(pk) for pk in Department.objects.values_list("pk", flat=True))
    readers = (
        (cast.office, everybody, "1 = 1"),
        (cast.auditor, everybody, f"r.secret = {'FALSE' if connection.vendor == 'postgresql' else 0}"),
        (cast.sales, str(cast.sales.department_id), f"r.applicant_id = {cast.sales.pk}"),
    )
    with transaction.atomic():
        write(stories, moulds)
        for user, departments, known in readers:
            for span in (Span(date(2026, 10, 1), 1), Span(date(2026, 1, 1), 12), Span(date(2025, 10, 1), 1)):
                report = build(span, user, AT)
                for way, column in (("tier", "tier_id"), ("department", "department_id"), ("customer", "customer_id"), ("purpose", "purpose")):  # fmt: skip
                    expected = recount(column, *bounds(span), departments, known)
                    assert {line.key: told(line) for line in report.groups[way]} == expected
                whole = recount("nature", *bounds(span), departments, known)
                assert [told(report.total)] == (list(whole.values()) or [told(Line("", "", []))])
                assert report.past.spent == sum((sums[2] for sums in recount("nature", *bounds(span.before), departments, known).values()), Decimal(0))  # fmt: skip
                assert report.total.times == sum(BEHIND["times"](fact) for fact in report.facts)
        transaction.set_rollback(True)
