"""Which values of which records may be corrected, how they are asked for and how they are shown (D4.3.3).

A noun joins with a file `helpdesk/<noun>/corrected.py`, imported by helpdesk/apps.py, that calls

    register(Kind(
        prefix="QT",                       # of its numbers
        model=Matter,
        fields=(
            Field("place", "地址", lambda: text("地址", limit=120)),
            Field("phone", "电话", lambda: text("电话", limit=32, required=False), secret=True, settle=telephone),
            Field("result", "处理结果", lambda: text("处理结果", rows=3, limit=2000), since="finished_at"),
        ),
        seen_by=lambda user: Matter.objects.visible_to(user),
    ))

and with three tags in its templates ({% load corrections %}): around each value
`{% corrected matter "place" %}{{ matter.place }}{% endcorrected %}`, on page and on paper, and on the page
`{% corrections matter %}`, which holds the key 更正 and the history; `{% void_mark matter %}` says 已作废.

Only what a person wrote down is correctable. The time of a move is the server's and stays as it is: a clock, a breach
and a signature are never rewritten (D4.3.2, D4.4.1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from reception.core.clock.periods import local
from reception.core.people.models import User


def shown(value: Any) -> str:
    """A value in words: times on a Shanghai clock, yes and no, nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    return str(value)


def raw(value: Any) -> Any:
    """What the column holds, as JSON holds it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return local(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def no_rule(record: Any, user: User) -> None:
    """Nothing forbids it."""


@dataclass(frozen=True)
class Field:
    """One correctable column.

    ask: makes the form field that asks for it and parses it; show: value → words; secret: a telephone.
    since: the column that must be set before (what a move has still to write is no correction's business).
    settle: (record, new value, reason) → the columns to write, when more follows than the one; raises Refused.
    effect: what does and does not follow, said beside the box.
    keep: (record, columns) → writes them, where they do not stand in the record's own row.
    """

    name: str
    label: str
    ask: Callable[[], forms.Field]
    show: Callable[[Any], str] = shown
    secret: bool = False
    since: str = ""
    settle: Callable[[Any, Any, str], dict[str, Any]] | None = None
    effect: str = ""
    keep: Callable[[Any, dict[str, Any]], None] | None = None

    def value(self, record: Any) -> Any:
        """What `record` says now."""
        return getattr(record, self.name)

    def words(self, record: Any) -> str:
        """The same in words."""
        return self.show(self.value(record))

    def refresh(self, record: Any) -> None:
        """What is stored now, before it is judged."""
        record.refresh_from_db(fields=[self.name, "revision", "status"])

    def ready(self, record: Any) -> bool:
        """Whether it has been written at all."""
        return not self.since or bool(getattr(record, self.since))


@dataclass(frozen=True)
class Kind:
    """One kind of record. seen_by: the rows a person may see (others are 404); recorder: who wrote it down.

    sees_phone: whether the person reads the telephone in clear; check: what else forbids it, raises Refused.
    """

    prefix: str
    model: type[Model]
    fields: tuple[Field, ...]
    seen_by: Callable[[User], QuerySet[Any]]
    recorder: Callable[[Any], int] = lambda record: record.created_by_id
    sees_phone: Callable[[Any, User], bool] = lambda record, user: True
    check: Callable[[Any, User], None] = no_rule

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return str(self.model._meta.verbose_name)

    @property
    def key(self) -> str:
        """helpdesk.call."""
        return self.model._meta.label_lower

    def owns(self, no: str) -> bool:
        """Whether a record of that number is of this kind: DH-2026-0001."""
        return no.partition("-")[0] == self.prefix

    def field(self, name: str) -> Field | None:
        """The correctable column of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def open_fields(self, record: Any) -> list[Field]:
        """What can be corrected on `record` now."""
        return [field for field in self.fields if field.ready(record)]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make the records of `kind` correctable."""
    KINDS[kind.key] = kind


def kind_of(record: Any) -> Kind | None:
    """The kind that `record` is of."""
    return KINDS.get(record._meta.label_lower)


def kind_named(no: str) -> Kind | None:
    """The kind whose numbers look like `no`: DH-2026-0001."""
    return next((kind for kind in KINDS.values() if kind.owns(no)), None)
