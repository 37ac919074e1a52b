"""Adding a file to a record, and hiding it again. Who may is said by the record's own wing, before it calls these."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import models

from reception.core.files.checking import Checked, Upload, check
from reception.core.files.models import Attachment
from reception.core.files.store import new_name, write
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User


def attach(
    subject: models.Model, upload: Upload | Checked, *, role: str, by: User, at: datetime, caption: str = ""
) -> Attachment:
    """Judge `upload` and keep it as a file of `subject`; its event holds the checksum. Raises Refused.

    A big image takes a second to judge: a view that is itself a transaction (`submit_once`) judges first
    (`judged`) and hands over what passed.
    """
    found = upload if isinstance(upload, Checked) else check(upload)
    return _keep(subject, found, role=role, by=by, at=at, caption=caption)


@action
def _keep(
    subject: models.Model, found: Checked, *, role: str, by: User, at: datetime, caption: str
) -> Attachment:
    """The row, the bytes and the event, under the lock. The bytes go first: a row never lacks its file; should the
    transaction fail afterwards, a file that nobody knows is left, and `sweep_files` takes it away."""
    most = settings.FILES_PER_SUBJECT
    if Attachment.objects.of(subject).live().count() >= most:
        raise Refused("invalid", f"最多放 {most} 个附件，请先移除用不着的再传。", field="file")
    stored = new_name()
    write(stored, found.data, found.small)
    kept = Attachment.objects.create(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk, role=role, name=found.name, stored=stored,
        mime=found.mime, size=len(found.data), sha256=hashlib.sha256(found.data).hexdigest(), width=found.width,
        height=found.height, caption=caption.strip()[:200], uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    record(subject, "attach", f"添加附件 {found.name}"[:32], by=by, at=at, detail=_facts(kept))
    return kept


@action
def remove(subject: models.Model, file: Attachment, *, by: User, at: datetime, reason: str) -> Attachment:
    """Hide a file of `subject`; the reason is required. Raises Refused (missing, stale)."""
    why = " ".join(reason.split())[:200]
    if not why:
        raise Refused("missing", f"请写明为什么移除“{file.name}”。", field="reason")
    rows = Attachment.objects.of(subject).live().filter(pk=file.pk)
    if not rows.update(removed_at=at, removed_by=by, removed_reason=why):
        raise Refused("stale", f"“{file.name}”刚刚已经被移除了，请刷新看最新内容。")
    record(subject, "detach", f"移除附件 {file.name}"[:32], by=by, at=at, reason=why, detail=_facts(file))
    file.refresh_from_db()
    return file


def _facts(file: Attachment) -> dict[str, object]:
    """What the ledger binds: which file, byte for byte."""
    return {"file": file.pk, "role": file.role, "name": file.name, "size": file.size, "sha256": file.sha256}
