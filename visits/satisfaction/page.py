"""What the reception's page shows of its guests' answers."""

from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from visits.requests.models import Reception
from visits.satisfaction.forms import LABELS
from visits.satisfaction.links import OPEN
from visits.satisfaction.policies import check_invites


def panel(reception: Reception, user: User) -> dict[str, Any] | None:
    """Averages and words (one query); None before the end of the reception."""
    if reception.status not in (*OPEN, "archived"):
        return None
    rows = list(reception.answers.all())
    return {"rows": rows, "averages": averages(rows), "invites": _invites(reception, user)}


def averages(rows: list[Any]) -> list[dict[str, Any]]:
    """整体 4.5（2 人）, part by part; what nobody was asked is left out."""
    found = []
    for name, (label, _) in LABELS.items():
        scores = [getattr(row, name) for row in rows if getattr(row, name)]
        if scores:
            mean = sum(scores) / len(scores)
            found.append({"label": label, "mean": f"{mean:.1f}", "count": len(scores), "low": mean <= 2})
    return found


def _invites(reception: Reception, user: User) -> bool:
    try:
        check_invites(reception, user)
    except Refused:
        return False
    return reception.status in OPEN
