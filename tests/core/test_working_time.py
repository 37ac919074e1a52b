"""Working time (records §2.2): lunch breaks, holidays, 调休, month edges. Pure."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.core.clock.periods import SHANGHAI, day_bounds, month_bounds, next_month
from reception.core.clock.working import parse

OFFICE = [["08:30", "12:00"], ["13:30", "17:30"]]
HOURS = parse(
    {str(day): OFFICE for day in range(5)},
    {
        "2026-10-01": [],
        "2026-10-02": [],
        "2026-10-05": [],
        "2026-10-06": [],
        "2026-10-07": [],
        "2026-10-10": OFFICE,
    },
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-10-21 10:00", 30, "2026-10-21 10:30"),
        ("2026-10-21 11:45", 30, "2026-10-21 13:45"),  # over lunch
        ("2026-10-21 12:30", 30, "2026-10-21 14:00"),  # during lunch
        ("2026-10-21 17:20", 30, "2026-10-22 08:50"),  # over night
        ("2026-10-23 17:20", 30, "2026-10-26 08:50"),  # over a weekend
        ("2026-09-30 17:20", 30, "2026-10-08 08:50"),  # over the National Day holiday
        ("2026-10-09 17:20", 30, "2026-10-10 08:50"),  # into a 调休 Saturday
        ("2026-10-21 06:00", 0, "2026-10-21 08:30"),
        ("2026-10-21 11:30", 30, "2026-10-21 12:00"),  # exactly to the end of a block
    ],
)
def test_working_minutes_skip_breaks_nights_and_holidays(start, minutes, end):
    assert HOURS.add(at(start), timedelta(minutes=minutes)) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-10-21 11:00", "2026-10-21 14:00", 90),
        ("2026-10-21 18:00", "2026-10-22 08:00", 0),
        ("2026-09-30 17:00", "2026-10-08 09:00", 60),
        ("2026-10-10 08:30", "2026-10-10 17:30", 450),
        ("2026-10-22 09:00", "2026-10-21 09:00", 0),
    ],
)
def test_working_minutes_between_two_instants(start, end, minutes):
    assert HOURS.between(at(start), at(end)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-10-12 09:40", -1, "2026-10-10 09:40"),  # 调休 Saturday is a working day
        ("2026-10-08 09:40", -1, "2026-09-30 09:40"),
        ("2026-10-23 09:40", 1, "2026-10-26 09:40"),
        ("2026-10-21 09:40", 0, "2026-10-21 09:40"),
    ],
)
def test_working_days_keep_the_clock_time(start, days, end):
    assert HOURS.shift_days(at(start), days) == at(end)


def test_the_day_ends_when_its_last_block_ends():
    assert HOURS.end_of_day(at("2026-10-21 10:00")) == at("2026-10-21 17:30")
    assert HOURS.end_of_day(at("2026-10-23 18:00")) == at("2026-10-26 17:30")


def test_a_calendar_without_working_time_says_so():
    with pytest.raises(ValueError, match="没有工作时间"):
        parse({}, {}).add(at("2026-10-21 10:00"), timedelta(minutes=1))


moments = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 30)).map(lambda d: d.replace(tzinfo=SHANGHAI))


@given(moments, st.integers(1, 3000))
def test_adding_and_measuring_agree(start, minutes):
    span = timedelta(minutes=minutes)
    assert HOURS.between(start, HOURS.add(start, span)) == span


@given(moments, moments, moments)
def test_time_between_adds_up(a, b, c):
    a, b, c = sorted((a, b, c))
    assert HOURS.between(a, b) + HOURS.between(b, c) == HOURS.between(a, c)


def test_months_and_days_are_half_open_in_shanghai():
    start, end = month_bounds(2026, 12, 2)
    assert (start.isoformat(), end.isoformat()) == ("2026-12-01T00:00:00+08:00", "2027-02-01T00:00:00+08:00")
    assert day_bounds(date(2026, 10, 31))[1] == month_bounds(2026, 11)[0]
    assert next_month(date(2026, 1, 31), -1) == date(2025, 12, 1)
