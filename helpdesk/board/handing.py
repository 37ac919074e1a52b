"""How far this month's report is on its way to 物管中心, and what it concludes."""

from typing import Any

from helpdesk.handed.choices import CONCLUSIONS, Status
from helpdesk.handed.hanging import TONES
from helpdesk.handed.models import Submission
from helpdesk.report.spans import Span


def report_card(span: Span) -> dict[str, Any]:
    """state: its chip, "" before it is begun; url: where it is written; told: (heading, text) that somebody wrote. One query."""
    found = Submission.objects.filter(first=span.first, months=span.months).order_by("-pk").first()
    if found is None:
        return {"state": "", "url": "", "told": [], "locked": False}
    written = (
        (heading, found.conclusions.get(code, {}).get("text", "")) for code, heading in CONCLUSIONS.items()
    )
    return {
        "state": found.get_status_display(),
        "tone": TONES.get(found.status, ""),
        "url": found.get_absolute_url(),
        "told": [(heading, text) for heading, text in written if text],
        "locked": found.status == Status.LOCKED,
    }


def sentence(label: str, tiles: list[Any], keys: list[dict[str, Any]]) -> str:
    """The month in one breath, from the figures above it."""
    kinds = "，".join(f"{one['label']} {one['count']} 件" for one in keys)
    rates = "，".join(f"{tile.label} {tile.number}{tile.unit}" for tile in tiles[1:4])
    return f"{label}受理 {tiles[0].number} 件，{tiles[0].said}。其中{kinds}。{rates}。"
