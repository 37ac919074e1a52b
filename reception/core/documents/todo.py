"""文件 that a person is asked to read and has not: lines of 待办 (B3b)."""

from typing import Any

from django.db.models import CharField, DateTimeField, OuterRef, Subquery

from reception.core.documents.choices import FACES
from reception.core.documents.models import Document, Version
from reception.core.people.models import User
from reception.core.web.todo import Todo

MOST = 50


def waiting(user: User) -> list[Any]:
    """What `todo` lists, to be counted."""
    return [Document.objects.visible_to(user).unread_by(user)]


def todo(user: User) -> list[Todo]:
    """One line a document, the one published first on top. One query."""
    newest = Version.objects.newest().filter(document=OuterRef("pk"))
    rows: Any = waiting(user)[0].annotate(
        number=Subquery(newest.values("number")[:1]),
        out=Subquery(newest.values("published_at")[:1], output_field=DateTimeField()),
        why=Subquery(newest.values("changed")[:1], output_field=CharField()),
    )
    return [_line(row) for row in rows.order_by("out", "pk")[:MOST]]


def _line(row: Any) -> Todo:
    glyph, tone = FACES[row.kind]
    meta = f"第 {row.number} 版·{row.why or row.get_kind_display()}"
    return Todo(glyph, tone, f"请阅读《{row.title}》", meta, row.get_absolute_url(), state="请阅读")
