"""What a call or an order said at a cut-off: corrections made later are taken back (D4.3.3)."""

from datetime import datetime

from helpdesk.corrections.models import Correction

Undone = dict[tuple[bool, int], dict[str, tuple[str, str]]]
KINDS = {"helpdesk.call": False, "helpdesk.repair": True}
# Column of the record → what the line of the report calls it.
TEXTS = {
    "caller_name": "person", "reporter": "person", "number": "phone", "phone": "phone", "place": "place", "content": "content",
}  # fmt: skip


def undone(end: datetime) -> Undone:
    """(whether an order, its id) → what it said at `end` and says now, of the texts corrected since; one query."""
    found: Undone = {}
    rows = Correction.objects.filter(subject_kind__in=KINDS, field__in=TEXTS, corrected_at__gte=end).order_by(
        "id"
    )
    for kind, pk, column, old, new in rows.values_list("subject_kind", "subject_id", "field", "old", "new"):
        texts = found.setdefault((KINDS[kind], pk), {})
        first = texts.get(TEXTS[column], (old, ""))[0]
        texts[TEXTS[column]] = (first, new)
    return found


def then(text: str, change: tuple[str, str]) -> str:
    """The text as it was: what the correction wrote is replaced, what follows it (a title) stays."""
    old, new = change
    return old + text.removeprefix(new)
