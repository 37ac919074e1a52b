"""A date in an address: 2026-11-24."""

from datetime import date


class DayConverter:
    """/helpdesk/daybook/2026-11-24/ ↔ date; what is no date is no page."""

    regex = r"20\d\d-\d\d-\d\d"

    def to_python(self, value: str) -> date:
        """Raises ValueError: 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """ISO."""
        return str(value)
