"""Noting and photographing. Nothing here changes or takes away what was noted before."""

from datetime import datetime

from reception.core.files.actions import attach
from reception.core.files.checking import Checked, Upload
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from visits.notes.models import Note
from visits.notes.policies import check_notes, check_photographs
from visits.requests.choices import PHOTO, Status
from visits.requests.models import Reception

MOST = 2000


@action
def note(reception: Reception, *, by: User, at: datetime, text: str, corrects: Note | None = None) -> Note:
    """Append a note; `corrects` names an earlier one of the same reception. Raises Refused."""
    fresh = Reception.objects.get(pk=reception.pk)
    check_notes(fresh, by)
    words = text.strip()
    if not words:
        raise Refused("missing", "请写下要记的内容。", field="text")
    if len(words) > MOST:
        raise Refused("invalid", f"备忘最多 {MOST} 个字，请分成几条写。", field="text")
    if corrects is not None and corrects.reception_id != fresh.pk:
        raise Refused("invalid", "要更正的备忘不在这次接待里，请刷新后再选。", field="corrects")
    kept = Note.objects.create(reception=fresh, text=words, corrects=corrects, created_at=at, created_by=by)
    label = "更正备忘" if corrects else "补充备忘" if fresh.status == Status.ARCHIVED else "写备忘"
    record(fresh, "note", label, by=by, at=at, detail={"note": kept.pk, "text": words})
    return kept


@action
def photograph(
    reception: Reception, upload: Upload | Checked, *, by: User, at: datetime, caption: str = ""
) -> Attachment:
    """Add one photograph with its caption. Raises Refused."""
    fresh = Reception.objects.get(pk=reception.pk)
    check_photographs(fresh, by)
    return attach(fresh, upload, role=PHOTO, by=by, at=at, caption=caption)
