"""The one door to the house's documents: what fits the question, and what an answer is taken from (C3, B3b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.periods import local
from reception.core.documents.models import Document, Version
from reception.core.documents.search import search
from reception.core.flow import Refused
from reception.core.people.models import User

MOST = 5


@dataclass(frozen=True)
class Source:
    """A document in the version that is in force; words: the place that fits."""

    key: str
    title: str
    version: str
    url: str
    words: str = ""

    @property
    def label(self) -> str:
        """《装修管理规定》第 3 版."""
        return f"《{self.title}》{self.version}"


def look_up(text: str, *, by: User, at: datetime) -> list[Source]:
    """The documents that fit `text` and that `by` may read, the best first."""
    return [
        Source(one.no, one.title, f"第 {one.number} 版", one.url, one.text)
        for one in search(text, at=at, user=by, limit=MOST)
    ]


def picked(keys: Sequence[str], *, by: User, at: datetime) -> list[Source]:
    """Those of the keys that are documents in force which `by` may read, in the order of their numbers."""
    if not keys:
        return []
    rows = Version.objects.in_force(local(at).date()).filter(document__no__in=list(keys))
    rows = rows.filter(document__in=Document.objects.visible_to(by)).select_related("document")
    return [
        Source(row.document.no, row.document.title, f"第 {row.number} 版", row.document.get_absolute_url())
        for row in rows.order_by("document__no")
    ]


def cited(keys: Sequence[str], *, by: User, at: datetime) -> list[Source]:
    """The documents of these keys as they are in force now. Raises Refused."""
    found = picked(keys, by=by, at=at)
    if len(found) < len(set(keys)):
        raise Refused("invalid", "引用的文件已经停用，请重新查一遍。（C3）", field="sources")
    return found
