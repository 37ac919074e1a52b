"""The rows as the database has them: dicts, times aware, found with nothing but SELECT."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
TABLES = {
    "call": "helpdesk_call", "order": "helpdesk_repair", "complaint": "helpdesk_complaint",
    "emergency": "helpdesk_emergency", "enquiry": "helpdesk_enquiry", "matter": "helpdesk_matter",
    "back": "helpdesk_callback", "alert": "helpdesk_alert", "house": "helpdesk_household",
    "category": "helpdesk_category", "unit": "helpdesk_unit", "building": "helpdesk_building",
    "clock": "core_clock", "hold": "core_hold", "user": "core_user", "department": "core_department",
    "submission": "helpdesk_submission", "case": "helpdesk_case", "measure": "helpdesk_measure",
    "outcome": "helpdesk_outcome",
}  # fmt: skip


def moment(value: Any) -> Any:
    """A stored time, always in UTC; SQLite keeps it as text without a zone."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def rows(cursor: Any, sql: str) -> list[dict[str, Any]]:
    """What a SELECT gives."""
    cursor.execute(sql)
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in found:
        for name in row:
            if name.endswith("_at"):
                row[name] = moment(row[name])
    return found


def read(cursor: Any) -> SimpleNamespace:
    """Every table by a short name, and the events that figures need."""
    house = SimpleNamespace(
        **{name: rows(cursor, f"SELECT * FROM {table}") for name, table in TABLES.items()}
    )
    house.event = rows(
        cursor,
        "SELECT seq, at AS told_at, subject_kind, subject_id, verb, new, detail FROM core_event"
        " WHERE verb IN ('dispatch', 'feedback') ORDER BY seq",
    )
    by_id = {name: {row["id"]: row for row in getattr(house, name)} for name in TABLES}
    house.by = SimpleNamespace(**by_id)
    return house


def span(month: str, months: int = 1) -> tuple[datetime, datetime]:
    """[start, end) of so many months from 2026-10."""
    year, first = map(int, month.split("-"))
    return midnight(year, first), midnight(year, first + months)


def midnight(year: int, month: int) -> datetime:
    """The first instant of a month; the thirteenth is the next January, the 0th the last December."""
    day = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return datetime(day.year, day.month, 1, tzinfo=CHINA)


def shifted(at: datetime, months: int) -> datetime:
    """The same first of the month, so many months away."""
    here = at.astimezone(CHINA)
    return midnight(here.year, here.month + months)


def within(at: datetime | None, start: datetime, end: datetime) -> bool:
    """In [start, end)."""
    return at is not None and start <= at < end


def day(at: datetime) -> date:
    """The Shanghai day."""
    return at.astimezone(CHINA).date()
