"""The figures of the month against a recount that shares no code with them (D4.4.5, records §2.4)."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings

from helpdesk.report.build import build
from helpdesk.report.figures import Rate, average, figures, p90
from helpdesk.report.spans import span_of, whole
from helpdesk.report.tables import age, by_age, pareto
from tests.helpdesk.stories import CHINA, Story, recount, write
from tests.helpdesk.strategies import histories

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 11, 1, tzinfo=CHINA)
LATER = datetime(2026, 12, 24, tzinfo=CHINA)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("seconds", "minutes", "hours", "days"))
many = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def plain(found: dict) -> dict:
    """Rates as (part, base)."""
    return {code: (f.part, f.base) if isinstance(f, Rate) else f for code, f in found.items()}


@many
@given(histories())
def test_D4_4_5_every_figure_equals_the_recount(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        for start, end in ((START, END), (END, LATER), (START - 30 * DAY, START), (START, LATER)):
            assert plain(figures(start, end)) == recount(stories, start, end)
        transaction.set_rollback(True)


@many
@given(histories())
def test_D4_4_5_the_tables_add_up_to_the_figures(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        report = build(span_of("2026-10", 1, LATER))
        details = list(report.details())
        transaction.set_rollback(True)
    rows, found = report.categories, report.figures
    assert all(row.flow.balanced for row in [*rows, report.total])
    for name in ("carried", "fresh", "again", "closed", "void", "left"):
        assert sum(getattr(row.flow, name) for row in rows) == getattr(report.total.flow, name) == found[name]
    assert sum(bar.number for bar in pareto(rows)) == found["received"]
    assert len(report.leftovers) == found["left"] == sum(count for _, count in by_age(report.leftovers, END))
    assert len(details) == report.matters == found["carried"] + found["received"]
    assert [row.received for row in details] == sorted(row.received for row in details)
    months = {month.label: month for month in report.months}
    for first, label in ((datetime(2026, 9, 1, tzinfo=CHINA), "2026-09"), (START, "2026-10")):
        span = recount(stories, first, whole(first.date()).end)
        line = months[label]
        assert (line.received, line.closed, line.left) == (span["received"], span["closed"], span["left"])
    crews = [row for row in report.crews if row.name != "小计" and row.trade != "合计"]
    if report.crews:
        assert sum(row.sent for row in crews) == report.crews[-1].sent
        assert plain({"on_time": report.crews[-1].on_time, "kept": report.crews[-1].kept}) == {
            name: plain(found)[name] for name in ("on_time", "kept")
        }


def story(at: datetime, *steps: tuple[str, timedelta], **fields) -> Story:
    """An order without a call, its steps given by how long after it they came."""
    return Story(
        at, kind="repair", is_call=False, order_at=at, times={name: at + gap for name, gap in steps}, **fields
    )


def test_D4_4_5_the_edges_of_the_month_in_shanghai(cast):
    write([Story(START - SECOND), Story(START), Story(END - SECOND), Story(END)], cast)
    found = figures(START, END)
    assert (found["carried"], found["fresh"], found["left"], found["phone"]) == (1, 2, 3, 2)
    assert figures(END, LATER)["carried"] == 3


def test_D4_4_5_closed_after_midnight_is_not_closed_that_day(cast):
    late = datetime(2026, 10, 14, 23, 59, 59, tzinfo=CHINA)
    write([Story(late, answered=late + SECOND), Story(late - HOUR, answered=late)], cast)
    assert figures(START, END)["same_day"] == Rate(1, 2)


def test_D4_4_5_a_report_run_later_gives_the_same_figures(cast):
    """What happens after the cut-off is not seen."""
    open_now = [Story(START), story(START + HOUR, ("dispatched", MINUTE))]
    write(open_now, cast)
    before = plain(figures(START, END))
    later = [
        Story(START, answered=END),
        story(START + HOUR, ("dispatched", MINUTE), ("acknowledged", 40 * DAY), ("arrived", 41 * DAY)),
    ]
    from helpdesk.log.models import Call
    from helpdesk.repairs.models import Repair
    from reception.core.clock.models import Clock

    call, order = Call.objects.get(), Repair.objects.get()
    by = cast.clerk
    Call.objects.update(
        status="closed", closed_at=END, closed_by=by, replied_at=END, replied_by=by, reply="好"
    )
    Repair.objects.update(status="arrived", arrived_at=later[1].times["arrived"], arrived_by=by)
    Clock.objects.update(stopped_at=later[1].times["arrived"], breached_at=F("due_at"))
    assert (call.status, order.status) == ("open", "handed")
    assert plain(figures(START, END)) == before == recount(later, START, END)


def test_D4_4_1_not_arrived_and_overdue_counts_as_late(cast):
    at = START + HOUR
    sent, came = ("dispatched", timedelta(0)), ("acknowledged", MINUTE)
    write([
        story(at, sent, came, ("arrived", 30 * MINUTE)),
        story(at, sent, came, ("arrived", 30 * MINUTE + SECOND)),
        story(at, sent),
        story(at, sent, ending="cancelled", ended=at + 29 * MINUTE),
        story(at, sent, ending="cancelled", ended=at + 31 * MINUTE),
        story(END - 10 * MINUTE, sent),
    ], cast)  # fmt: skip
    assert figures(START, END)["on_time"] == Rate(1, 4)
    assert figures(END, LATER)["on_time"] == Rate(0, 1), "its limit fell into the next month"


def test_D4_4_1_a_new_time_never_erases_an_earlier_breach(cast):
    at = START + HOUR
    way = ("dispatched", timedelta(0)), ("acknowledged", 2 * HOUR), ("arrived", 3 * HOUR)
    write([
        story(at, *way, moved=(at + 31 * MINUTE, at + 4 * HOUR)),
        story(at, *way, moved=(at + 29 * MINUTE, at + 4 * HOUR)),
        story(at, *way, agreed=at + 2 * HOUR, moved=(at + 150 * MINUTE, at + 4 * HOUR)),
    ], cast)  # fmt: skip
    found = figures(START, END)
    assert (found["on_time"], found["kept"]) == (Rate(0, 1), Rate(3, 4))


def test_D4_4_1_an_agreed_time_that_passed_before_anybody_was_sent_is_late(cast, at):
    from tests.factories.helpdesk import make_repair

    make_repair(cast, at, appoint_at=at + HOUR, agreed_reason="客户上班", agreed_with="周敏")
    assert figures(START, END)["kept"] == Rate(0, 1)
    assert figures(START, at + HOUR)["kept"] == Rate(0, 0)


def test_D4_4_5_a_fault_that_comes_back_within_thirty_days(cast):
    done = ("dispatched", MINUTE), ("acknowledged", 2 * MINUTE), ("arrived", 3 * MINUTE), ("finished", HOUR)
    first = START + DAY
    write([
        story(first, *done),
        story(first + HOUR + 29 * DAY),
        story(first + HOUR + 29 * DAY, room=1),
        story(first + HOUR + 29 * DAY, what=1),
        story(first + HOUR + 29 * DAY, ending="cancelled", ended=first + 30 * DAY - HOUR),
        story(first + 2 * HOUR + 30 * DAY),
    ], cast)  # fmt: skip
    assert figures(START, END)["rework"] == Rate(1, 1)
    assert figures(END, LATER)["rework"] == Rate(0, 0)


def test_D4_4_5_few_scores_are_marked():
    assert [Rate(1, n).few for n in (0, 1, 9, 10)] == [False, True, True, False]
    assert (Rate(0, 0).value, Rate(1, 4).value) == (None, 0.25)


def test_D4_4_5_p90_is_what_nine_in_ten_do_not_exceed():
    for count in range(1, 45):
        values = [float((7 * i) % count) for i in range(count)]
        least = min(v for v in values if sum(w <= v for w in values) >= 0.9 * count)
        assert p90(values) == least
        assert sorted(values)[ceil(0.9 * count) - 1] == least
    assert (p90([]), average([]), average([1, 2])) == (None, None, 1.5)


def test_D4_4_5_open_matters_are_sorted_by_age(cast):
    ages = [0, 3, 4, 7, 8, 15, 16, 30, 31]
    write([Story(END - days * DAY - MINUTE) for days in ages], cast)
    report = build(span_of("2026-10", 1, LATER))
    assert [age(row, END) for row in report.leftovers] == ages[::-1]
    assert by_age(report.leftovers, END) == [
        ("3天以内", 2), ("4–7天", 2), ("8–15天", 2), ("16–30天", 2), ("30天以上", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("many_rows", [1, 12])
def test_the_number_of_queries_does_not_grow(cast, many_rows, django_assert_num_queries):
    way = ("dispatched", MINUTE), ("acknowledged", 2 * MINUTE), ("arrived", 3 * MINUTE), ("finished", HOUR)
    write(
        [s for i in range(many_rows) for s in (story(START + i * HOUR, *way), Story(START + i * HOUR))], cast
    )
    with django_assert_num_queries(QUERIES):
        report = build(span_of("2026-10", 1, LATER))
    assert Counter(row.kind for row in report.details()) == {"repair": many_rows, "enquiry": many_rows}


QUERIES = 61
