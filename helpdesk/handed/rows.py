"""Where the rows behind a figure are shown."""

from helpdesk.report.links import rows_url
from helpdesk.report.spans import Span


def address(span: Span, code: str) -> str:
    """The list of exactly the records that the figure `code` of `span` counts."""
    return rows_url(span, code)
