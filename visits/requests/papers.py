"""附件 of a reception: who adds and removes them when, and how they read on a page (records §1.1.3, §1.1.14)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.files import actions as files
from reception.core.files.checking import Checked, Upload
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.requests.choices import APPROVED, EDITABLE, PHOTO, Paper, Status
from visits.requests.models import Reception
from visits.requests.policies import check_applicant, check_runs

OVER = (Status.REJECTED, Status.CANCELLED, Status.ARCHIVED)
IN_DRAFT = "填写申请时移除"


@dataclass(frozen=True)
class Row:
    """One file on a page. removes: whether this person may take it away; asks: whether that needs a reason."""

    file: Attachment
    label: str
    removes: bool = False
    asks: bool = False


def check_adds(reception: Reception, user: User) -> None:
    """The applicant while writing and while it waits; once approved whoever runs it, until it is archived.
    Raises Refused (forbidden, state)."""
    if reception.status in OVER:
        raise Refused("state", f"{reception} {reception.get_status_display()}，附件不再增加或移除。")
    if not (user.may(Can.APPLY_RECEPTION) or user.may(Can.RUN_RECEPTION)):
        raise Refused("forbidden", "您的岗位不能给接待添加附件，请交给经办人添加。")
    if reception.status in APPROVED:
        return check_runs(reception, user, reception.created_at)
    return check_applicant(reception, user, reception.created_at)


def check_removes(reception: Reception, file: Attachment, user: User) -> None:
    """Whoever added it, or the applicant; not while somebody decides on it. Raises Refused (forbidden, state)."""
    if reception.status in (Status.REVIEW, Status.PENDING):
        raise Refused("state", f"{reception} 正在审批，附件不能移除。要换请先撤回，或请领导退回。")
    if reception.status in OVER:
        raise Refused("state", f"{reception} {reception.get_status_display()}，附件不再增加或移除。")
    if user.pk not in (file.uploaded_by_id, reception.applicant_id):
        raise Refused("forbidden", f"“{file.name}”由{file.uploaded_by}添加，请本人或经办人移除。")


@action
def add(reception: Reception, upload: Upload | Checked, *, role: str, by: User, at: datetime) -> Attachment:
    """Add a paper. Raises Refused (forbidden, state, invalid)."""
    check_adds(reception, by)
    if role not in Paper.values:
        raise Refused("invalid", "请选择附件的类别。", field="file_role")
    return files.attach(reception, upload, role=role, by=by, at=at)


@action
def take_away(
    reception: Reception, file: Attachment, *, by: User, at: datetime, reason: str = ""
) -> Attachment:
    """Hide a paper or a photograph; once approved the reason is required. Raises Refused."""
    check_removes(reception, file, by)
    why = reason if reason.strip() or reception.status not in EDITABLE else IN_DRAFT
    return files.remove(reception, file, by=by, at=at, reason=why)


def panel(reception: Reception | None, user: User) -> dict[str, Any]:
    """What a page shows: papers and photographs (one query), and whether this person may add papers."""
    rows = list(Attachment.objects.of(reception).live().for_page()) if reception else []
    return {
        "papers": [_row(reception, file, user) for file in rows if file.role != PHOTO],
        "photos": [_row(reception, file, user) for file in rows if file.role == PHOTO],
        "adds": reception is None or _allows(check_adds, reception, user),
        "roles": Paper.choices,
    }


def _row(reception: Any, file: Attachment, user: User) -> Row:
    label = Paper(file.role).label if file.role in Paper.values else ""
    return Row(file, label, _allows(check_removes, reception, file, user), reception.status not in EDITABLE)


def _allows(check: Any, *about: Any) -> bool:
    """Whether a rule lets it pass."""
    try:
        check(*about)
    except Refused:
        return False
    return True
