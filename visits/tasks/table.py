"""Which tasks each tier gets, as a table: the preview of the template (A8.1)."""

from typing import Any

from reception.core.people.models import Department
from visits.tasks.choices import OWNERS, Difference, Need
from visits.tasks.due import say
from visits.tasks.models_template import TaskTemplate
from visits.tiers.models import Tier


def table(nature: str = "", names: dict[str, str] | None = None) -> dict[str, Any]:
    """tiers: the columns; groups: rows under their owner, each with a cell a tier. nature: only what that 接待性质
    gets ("" all); names: 接待性质 by code, for the rows of one nature only. Three queries."""
    tiers = list(Tier.objects.order_by("order"))
    departments = dict(Department.objects.values_list("code", "name"))
    groups: dict[str, list[dict[str, Any]]] = {}
    for template in TaskTemplate.objects.filter(active=True).prefetch_related("differences"):
        if nature and template.natures and nature not in template.natures.split(","):
            continue
        owner = OWNERS.get(template.owner) or departments.get(template.owner, template.owner)
        groups.setdefault(owner, []).append(_row(template, tiers, names or {}))
    return {"tiers": tiers, "groups": list(groups.items()), "count": _counts(groups, tiers)}


def _row(template: TaskTemplate, tiers: list[Tier], names: dict[str, str]) -> dict[str, Any]:
    found = {row.tier_id: row for row in template.differences.all()}
    natures = [names.get(code, code) for code in template.natures.split(",") if code]
    return {
        "template": template, "cells": [_cell(template, found.get(tier.pk)) for tier in tiers],
        "when": Need(template.need).label if template.need in Need.values else "", "natures": natures,
        "lines": [f"{words}（{say(template.anchor, offset)}）" if offset else words for words, offset in template.lines],
        "reconfirm": say(template.anchor, template.reconfirm),
    }  # fmt: skip


def _cell(template: TaskTemplate, difference: Any) -> dict[str, Any]:
    """What one tier gets: the due time in words, whether it differs from the base, and its own checklist."""
    if difference is None:
        return {
            "words": say(template.anchor, template.offset) if template.base else "",
            "differs": False,
            "lines": [],
        }
    if difference.kind == Difference.DROP:
        return {"words": "", "differs": True, "lines": []}
    lines = [
        f"{words}（{say(template.anchor, offset)}）" if offset else words
        for words, offset in difference.lines
    ]
    return {"words": say(template.anchor, difference.offset), "differs": True, "lines": lines}


def _counts(groups: dict[str, list[dict[str, Any]]], tiers: list[Tier]) -> list[int]:
    """How many tasks each tier gets at most."""
    rows = [row for found in groups.values() for row in found]
    return [sum(bool(row["cells"][place]["words"]) for row in rows) for place in range(len(tiers))]
