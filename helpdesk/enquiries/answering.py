"""An answer: its words, how it was given, the documents it was taken from (C3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from helpdesk.enquiries.documents import Source, cited
from helpdesk.enquiries.models import Citation, Enquiry
from helpdesk.enquiries.policies import check_way, check_words
from reception.core.people.models import User


def said(
    words: str, way: str, sources: Sequence[str], by: User, at: datetime
) -> tuple[dict[str, Any], dict[str, Any], list[Source]]:
    """The columns of an answer, what the ledger keeps of it, and its documents. Raises Refused."""
    words = check_words(words, "words", "请写下怎样答复的。（E5.2.1）")
    found = cited(sources, by=by, at=at)
    fields: dict[str, Any] = {"answer": words, "way": check_way(way), "replied_at": at, "replied_by": by}
    return fields, {"way": way, "sources": [one.label for one in found]} if found else {"way": way}, found


def cite(enquiry: Enquiry, found: list[Source]) -> None:
    """The documents, in the versions that were in force (C3)."""
    Citation.objects.bulk_create(
        [
            Citation(
                enquiry=enquiry,
                key=one.key,
                title=one.title[:120],
                version=one.version[:24],
                url=one.url[:200],
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
