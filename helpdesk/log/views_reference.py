"""What the desk's form offers: categories, repairers, minutes to arrive, scripts. One query: the desk is asked for all day long."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, ClockRule
from helpdesk.repairs.queries import ARRIVE
from helpdesk.scripts.choices import Spot
from helpdesk.scripts.models import WAITING, Piece, Script, pieces
from reception.core.people.models import Department, User

MINUTES = 30  # D4.4.1 半小时内, when the rule was taken away
CATEGORY, PERSON, RULE, SCRIPT = "category", "person", "rule", "script"
STAFF, PART = "staff", "department"


@dataclass(frozen=True)
class Line:
    """A script as the page needs it. after: seconds of waiting before the next one is prompted, 0 for none (C3)."""

    spot: str
    step: int
    words: str
    after: int = 0


@dataclass
class Reference:
    """categories: (kind, its name, rows with pk and label); people: (pk, name, 班组); minutes: to arrive; lines: 话术;
    staff, departments: (pk, name) of whom praise may name."""

    categories: list[tuple[str, str, list[dict[str, Any]]]] = field(default_factory=list)
    people: list[tuple[int, str, str]] = field(default_factory=list)
    minutes: int = MINUTES
    lines: list[Line] = field(default_factory=list)
    staff: list[tuple[int, str]] = field(default_factory=list)
    departments: list[tuple[int, str]] = field(default_factory=list)

    def choices(self, loads: Counter[int | None]) -> list[tuple[str, str]]:
        """陈建国·水电组·手上1单, the least busy first."""
        ranked = sorted(self.people, key=lambda person: (loads[person[0]], person[0]))
        return [
            (str(pk), "·".join(filter(None, [name, trade, f"手上{loads[pk]}单"])))
            for pk, name, trade in ranked
        ]

    def scripts(self, company: str) -> list[tuple[Line, list[Piece]]]:
        """Every script with its words cut into pieces, ready to be escaped."""
        return [(line, pieces(line.words, company=company, minutes=self.minutes)) for line in self.lines]


def _text(name: str) -> Any:
    return Cast(F(name), CharField())


def reference() -> Reference:
    """Read all of it; the columns are (what, pk, name, group, number, upper level)."""
    columns = ("what", "pk", "said", "group", "number", "above")
    categories = Category.objects.order_by().annotate(
        what=Value(CATEGORY), said=_text("name"), group=_text("kind"),
        number=Cast(F("order"), IntegerField()), above=Coalesce(F("parent_id"), Value(0)),
    )  # fmt: skip
    people = User.objects.in_role("repairer").order_by().annotate(
        what=Value(PERSON), said=_text("name"), group=_text("trade"), number=Value(0), above=Value(0),
    )  # fmt: skip
    rules = ClockRule.objects.filter(code=ARRIVE).order_by().annotate(
        what=Value(RULE), said=_text("name"), group=Value(""),
        number=Cast(F("minutes"), IntegerField()), above=Value(0),
    )  # fmt: skip
    scripts = Script.objects.order_by().annotate(
        what=Value(SCRIPT), said=_text("words"), group=_text("spot"),
        number=Cast(F("step"), IntegerField()), above=Coalesce(Cast(F("seconds"), IntegerField()), Value(0)),
    )  # fmt: skip
    plain = {"said": _text("name"), "group": Value(""), "number": Value(0), "above": Value(0)}
    staff = User.objects.filter(is_active=True).order_by().annotate(what=Value(STAFF), **plain)
    departments = Department.objects.order_by().annotate(what=Value(PART), **plain)
    offered = (categories, people, rules, scripts, staff, departments)
    parts = [rows.values_list(*columns) for rows in offered]
    return _sorted_out(list(parts[0].union(*parts[1:], all=True)))


def _sorted_out(rows: list[tuple[Any, ...]]) -> Reference:
    """The rows of the one query as what they are."""
    tree = sorted((row for row in rows if row[0] == CATEGORY), key=lambda row: (row[3], row[4], row[1]))
    names, parents = {row[1]: row[2] for row in tree}, {row[5] for row in tree}
    groups: dict[str, list[dict[str, Any]]] = {}
    for _, pk, name, kind, _, above in tree:
        if pk not in parents:
            label = f"{names[above]}·{name}" if above in names else name
            groups.setdefault(kind, []).append({"pk": pk, "label": label})
    people = [(row[1], row[2], row[3]) for row in rows if row[0] == PERSON]
    minutes = next((row[4] for row in rows if row[0] == RULE), MINUTES)
    lines = [
        Line(row[3], row[4], row[2], (row[5] or WAITING) if row[3] == Spot.WAIT else 0)
        for row in rows
        if row[0] == SCRIPT
    ]
    staff, departments = (
        sorted((row[1], row[2]) for row in rows if row[0] == what) for what in (STAFF, PART)
    )
    offered = [(kind, Kind(kind).label, found) for kind, found in groups.items()]
    return Reference(offered, people, minutes, lines, staff, departments)
