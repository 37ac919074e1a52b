"""The template changes: what was, what is, by whom, in the ledger (A8.1, D4.3.3)."""

from datetime import datetime
from typing import Any

from reception.core.ledger import action, record
from reception.core.people.models import User
from visits.tasks.models_template import TaskTemplate

KEPT = ("order", "duty", "owner", "base", "anchor", "offset", "need", "natures", "checklist", "evidence", "reconfirm",
        "blocking", "active")  # fmt: skip


def label_of(name: str) -> str:
    """The Chinese label of a column."""
    return str(getattr(TaskTemplate._meta.get_field(name), "verbose_name", name))


def picture(template: TaskTemplate) -> dict[str, Any]:
    """The template with its differences, in words: 贵宾级 → 改时限 -3d."""
    found: dict[str, Any] = {label_of(name): getattr(template, name) for name in KEPT}
    for row in template.differences.select_related("tier"):
        found[row.tier.name] = f"{row} {row.checklist}".strip()
    return found


@action
def note_shape(template: TaskTemplate, *, by: User, at: datetime, before: dict[str, Any]) -> None:
    """Write into the ledger what differs from `before` (empty: it is new); nothing when nothing does."""
    after = picture(template)
    names = [name for name in (*after, *(set(before) - set(after))) if before.get(name) != after.get(name)]
    if names:
        rows = {name: [before.get(name, ""), after.get(name, "")] for name in names}
        record(
            template,
            "shape",
            "修改任务模板" if before else "新增任务模板",
            by=by,
            at=at,
            detail={"rows": rows},
        )
