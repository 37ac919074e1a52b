"""The panel of a reception's page: its light, what blocks, and the decision to begin."""

from datetime import datetime
from typing import Any

from reception.core.people.models import User
from visits.readiness.facts import LIT, light_of, lights
from visits.readiness.forms import GoForm
from visits.readiness.policies import OPENS, decision_of, may_decide


def panel(reception: Any, user: User, at: datetime, form: GoForm | None = None,
          tasks: list[Any] | None = None) -> dict[str, Any] | None:  # fmt: skip
    """light, decision, and the form for whoever decides now; None for a reception without a light. Two queries with
    `tasks` loaded, one more on the last day."""
    if reception.status not in LIT:
        return None
    decision = decision_of(reception) if at >= reception.arrive_at - OPENS else None
    asked = reception.status == "preparing" and decision is None and at >= reception.arrive_at - OPENS
    return {
        "light": light_of(reception, at, tasks), "decision": decision, "asked": asked,
        "form": (form or GoForm()) if asked and may_decide(reception, user) else form,
    }  # fmt: skip


def lit(found: list[dict[str, Any]], rows: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """`rows` of a list of receptions, each with its light in the chip; `found` are the values they were made from.
    Four queries, none when no row has a light."""
    ids = [row["id"] for row in found if row["status"] in LIT]
    known = lights(ids, at) if ids else {}
    return [_with_light(row, known.get(one["id"])) for one, row in zip(found, rows, strict=True)]


def _with_light(row: dict[str, Any], light: Any) -> dict[str, Any]:
    if light is None:
        return row
    words = f"堵点 {len(light.blocks)}" if light.blocks else light.colour.label
    return {**row, "state": f"{row['state']}·{words}", "tone": light.css}
