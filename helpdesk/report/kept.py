"""What stands above this noun and is asked here: the report that was handed in, and the sheets that people write.

Whoever keeps handed-in reports hangs in when the wing starts; nothing here knows who that is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from helpdesk.report.build import Report
from helpdesk.report.sheets.registry import Writer
from helpdesk.report.spans import Span
from reception.core.people.models import User

# span → (the page's context, the workbook's bytes on demand, the file's name) of what was handed in; None: not yet.
KEEPERS: list[Callable[[Span], "Kept | None"]] = []
# report → the sheets 1, 11 and 12 by number.
WRITTEN: list[Callable[[Report], Mapping[int, Writer]]] = []
# (span, person) → what the head of the page says of the report's way, and where it leads.
CARDS: list[Callable[[Span, User], dict[str, Any]]] = []


class Kept:
    """What was handed in: read for ever after as it was."""

    name: str

    def page(self) -> dict[str, Any]:
        """The context of the report's page."""
        raise NotImplementedError

    def file(self) -> bytes:
        """The workbook."""
        raise NotImplementedError


def kept(span: Span) -> Kept | None:
    """What was handed in for exactly this span."""
    return next((found for keeper in KEEPERS if (found := keeper(span))), None)


def written(report: Report) -> dict[int, Writer]:
    """The sheets that people write, for a report that is not handed in."""
    return {number: one for more in WRITTEN for number, one in more(report).items()}


def card(span: Span, user: User) -> dict[str, Any]:
    """For the head of the page."""
    return {name: value for found in CARDS for name, value in found(span, user).items()}
