"""What was set right on the matters of a period, as it stood at the cut-off (D4.3.3): old values stay readable in 明细."""

from datetime import datetime

from django.db.models import QuerySet

from helpdesk.corrections.chains import said, struck, words
from helpdesk.corrections.models import Correction
from helpdesk.report.rows import Detail, calls_alive, orders_alive
from reception.core.sheets import Struck

Found = dict[tuple[bool, int], list[Correction]]
# What a line shows → the columns it may be corrected in, of a call and of an order.
FIELDS = {
    "channel": ("channel",), "person": ("caller_name", "reporter"), "phone": ("number", "phone"), "place": ("place",),
    "content": ("content",), "category": ("category",), "score": ("score",),
}  # fmt: skip


def corrections(start: datetime, end: datetime) -> Found:
    """(whether an order, its id) → its corrections in order, of what was alive in [start, end); two queries."""
    found: Found = {}
    of: tuple[tuple[bool, str, QuerySet], ...] = (
        (False, "helpdesk.call", calls_alive(start, end)),
        (True, "helpdesk.repair", orders_alive(start, end)),
    )
    for order, kind, alive in of:
        rows = Correction.objects.filter(subject_kind=kind, subject_id__in=alive.order_by().values("pk"))
        for row in rows.order_by("id"):
            found.setdefault((order, row.subject_id), []).append(row)
    return found


def shown(row: Detail, what: str, now: object, found: Found, end: datetime) -> object:
    """The value that stood there at `end`, with what had been struck out before it; `now` where nothing was corrected.

    A correction made after the cut-off is not seen: the line says what it said then. A telephone is masked.
    """
    mine = [one for one in found.get((row.order, row.pk), ()) if one.field in FIELDS[what]]
    before = [one for one in mine if one.corrected_at < end]
    later = [one for one in mine if one.corrected_at >= end]
    then = words(later[0], False)[0] if later else now
    return Struck(tuple(one.old for one in struck(before, clear=False)), then) if before else then


def notes(row: Detail, found: Found, end: datetime) -> str:
    """地址：3栋1202→3栋1203（林晓雯 …更正：听错）, of what was corrected before `end`."""
    mine = [one for one in found.get((row.order, row.pk), ()) if one.corrected_at < end]
    texts = [(one, *words(one, False)) for one in mine]
    return "；".join(
        f"{one.label}：{old or '（空）'}→{new or '（空）'}（{said(one)}）" for one, old, new in texts
    )
