"""Who has not read what they are asked to read, over all documents at once (B3b)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from reception.core.documents.choices import Status
from reception.core.documents.models import Document, Reading, Version
from reception.core.people.models import Department, Listed, User

# Whom a document asks: its relation → the column of the ids behind it.
ASKED = {"must_roles": "group", "must_departments": "department", "readers": "group"}


@dataclass
class Gap:
    """One document in force: its newest version, who is asked to read it, and who of them has not."""

    document: Document
    version: Version
    asked: int
    waiting: list[User]

    @property
    def read(self) -> int:
        """How many have read it."""
        return self.asked - len(self.waiting)


def gaps(departments: Iterable[Department], only: int | None = None) -> list[Gap]:
    """Every document that somebody still has to read, the one published first on top; only people of the department
    `only` when given. departments: all of them. The same rule as `must_read`, for all at once; two queries.
    """
    held = _together(User.groups.through.objects.filter(user=OuterRef("pk")), "group")
    people = User.objects.filter(is_active=True).annotate(i_groups=held)
    known = {place.pk: place for place in departments}
    users = [
        (user, _ids(user.i_groups))
        for user in (people.filter(department=only) if only else people).order_by("department__order", "pk")
    ]
    for user, _ in users:
        user.department = known.get(user.department_id or 0)
    found = [_gap(version, users) for version in _asking()]
    return [gap for gap in found if gap.waiting]


def _asking() -> QuerySet[Any]:
    """The newest versions in force, with whom they ask and who has read them; one query."""
    asked = {
        name: _together(getattr(Document, name).through.objects.filter(document=OuterRef("document")), column)
        for name, column in ASKED.items()
    }
    done = _together(Reading.objects.order_by().filter(version=OuterRef("pk")), "read_by")
    rows = Version.objects.newest().filter(document__status=Status.IN_FORCE).select_related("document")
    return rows.annotate(**{f"i_{name}": ids for name, ids in asked.items()}, i_done=done).order_by(
        "published_at", "pk"
    )


def _together(rows: QuerySet[Any], column: str) -> Subquery:
    """The ids in a column of all rows, in one text."""
    return Subquery(rows.values(i_ids=Listed(Cast(f"{column}_id", TextField()))))


def _ids(text: str | None) -> set[int]:
    """The ids again."""
    return set(map(int, text.split(","))) if text else set()


def _gap(version: Any, users: Sequence[tuple[User, set[int]]]) -> Gap:
    """One document against everybody."""
    roles, places, readers = (_ids(getattr(version, f"i_{name}")) for name in ASKED)
    asked = [
        user for user, groups in users
        if (groups & roles or user.department_id in places) and (not readers or groups & readers)
    ]  # fmt: skip
    done = _ids(version.i_done)
    return Gap(version.document, version, len(asked), [user for user in asked if user.pk not in done])


def lines(found: list[Gap], at: datetime) -> list[tuple[Any, ...]]:
    """One line a document and person, with the whole days since it was published."""
    return [
        (gap.document.no, gap.document.title, gap.version.number, gap.version.published_at, str(person),
         str(person.department or ""), (at - gap.version.published_at).days if gap.version.published_at else None)
        for gap in found for person in gap.waiting
    ]  # fmt: skip
