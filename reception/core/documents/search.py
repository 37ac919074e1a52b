"""Full-text search over what is in force: two-character words too, the same on both engines (ADR 0012, C3, E5.2.1b).

The searched form of title and text is made by us when a version is saved (`folding`), so that LIKE compares equal
characters with equal characters whatever the engine's own idea of case or width is.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Length, Replace

from reception.core.clock.periods import local
from reception.core.documents.blocks import heading_of, is_heading, lines, plain_line
from reception.core.documents.choices import Kind
from reception.core.documents.folding import Part, excerpt, folded, pairs, terms
from reception.core.documents.models import Version
from reception.core.documents.queries import keeps, open_to
from reception.core.people.models import User


@dataclass(frozen=True)
class Found:
    """One document. number: of the version in force; heading: of the paragraph that `parts` are cut from; near: not
    all of the words stand in it, but most of their pairs of characters do."""

    no: str
    title: str
    kind: str
    number: int
    url: str
    heading: str = ""
    parts: list[Part] = field(default_factory=list)
    near: bool = False

    @property
    def kind_label(self) -> str:
        """制度, 话术…"""
        return Kind(self.kind).label

    @property
    def text(self) -> str:
        """The excerpt without marks, to be written into an answer."""
        return "".join(part.text for part in self.parts)

    @property
    def source(self) -> str:
        """《装修管理规定》第 2 版 三、施工时间: what an answer was taken from."""
        return f"《{self.title}》第 {self.number} 版 {self.heading}".strip()


def search(text: str, *, at: datetime, user: User | None, kind: str = "", limit: int = 8) -> list[Found]:
    """What is in force on the Shanghai day of `at`, may be seen by `user` (None: by everybody) and holds every word
    of `text`, best first: words in the title, then how often they stand in the text. When nothing holds them all,
    what holds at least half of their pairs of characters (`near`). [] without a word. One query, or two."""
    words = terms(text)
    if not words:
        return []
    rows = _scope(at, user, kind)
    exact = [_found(row, words) for row in _exact(rows, words)[:limit]]
    if exact:
        return exact
    loose = pairs(words)
    if not loose or loose == words[:1]:
        return []
    return [_found(row, loose, near=True) for row in _near(rows, loose)[:limit]]


def _scope(at: datetime, user: User | None, kind: str) -> Any:
    """Versions in force that the person may see."""
    rows = Version.objects.in_force(local(at).date()).select_related("document")
    if user is None or not keeps(user):
        rows = rows.filter(open_to(user, "document__"))
    return rows.filter(document__kind=kind) if kind else rows


def _holds(word: str) -> Q:
    return Q(plain__contains=word) | Q(document__plain__contains=word)


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def _exact(rows: Any, words: list[str]) -> Any:
    """Those that hold every word."""
    for word in words:
        rows = rows.filter(_holds(word))
    titles = reduce(add, [_one_if(Q(document__plain__contains=word)) for word in words])
    often = reduce(add, [_count(word) for word in words])
    return rows.annotate(titles=titles, often=often).order_by("-titles", "-often", "document_id")


def _count(word: str) -> Any:
    """How many characters of the text are this word: both engines replace and measure alike."""
    return Length(F("plain")) - Length(Replace(F("plain"), Value(word), Value("")))


def _near(rows: Any, loose: list[str]) -> Any:
    """Those that hold at least half of the pairs, two at least where there are two."""
    score = reduce(add, [_one_if(_holds(pair)) for pair in loose])
    rows = rows.filter(reduce(or_, map(_holds, loose))).annotate(score=score)
    return rows.filter(score__gte=max(min(2, len(loose)), (len(loose) + 1) // 2)).order_by(
        "-score", "document_id"
    )


def _found(row: Version, words: list[str], near: bool = False) -> Found:
    """The paragraph that says most about the words, cut to what a line holds."""
    document, paragraphs = row.document, lines(row.text)
    place = _richest(paragraphs, [word for word in words if word not in document.plain] or words)
    return Found(
        document.no, document.title, document.kind, row.number, document.get_absolute_url(),
        heading_of(paragraphs, place), excerpt(plain_line(paragraphs[place]), words), near,
    )  # fmt: skip


def _richest(paragraphs: list[str], words: list[str]) -> int:
    """The place of the paragraph with most of the words, its heading counted in; then with most of them said again.
    A heading by itself says nothing, so what stands below it goes first."""
    best, place, heading = (-1, 0, 0), 0, ""
    for index, line in enumerate(paragraphs):
        plain = folded(line)
        if is_heading(line):
            heading = plain
            rank = (sum(word in plain for word in words), -1, 0)
        else:
            both = f"{heading} {plain}"
            rank = (
                sum(word in both for word in words),
                sum(word in plain for word in words),
                sum(map(both.count, words)),
            )
        if rank > best:
            best, place = rank, index
    return place
