"""报修时效 on the page: every figure leads to the orders behind it (D4.4.5)."""

from dataclasses import dataclass
from typing import Any

from helpdesk.report.links import rows_url
from helpdesk.report.spans import Span
from helpdesk.report.tables import ALL, SUBTOTAL, CrewRow


@dataclass(frozen=True)
class Told:
    """A figure in words and where its orders are listed; no url where there are none."""

    text: str
    url: str


# The columns from 派单 on: which figure, which part of it.
BEHIND = (
    ("sent", ""), ("on_time", "yes"), ("on_time", ""), ("kept", ""), ("kept", ""), ("arrivals", ""), ("arrivals", ""),
    ("finished", ""), ("rework", "yes"), ("satisfied", ""),
)  # fmt: skip


def crew_links(row: CrewRow, texts: list[str], span: Span) -> list[Told]:
    """The figures `texts` of one repairer, a trade or all, each with its list."""
    narrow: dict[str, Any] = {} if row.trade == ALL else {"trade": row.trade}
    narrow |= {} if row.trade == ALL or row.name == SUBTOTAL else {"who": row.name}
    return [
        Told(text, "" if text in ("0", "—") else rows_url(span, of, part=part, **narrow))
        for text, (of, part) in zip(texts, BEHIND, strict=True)
    ]
