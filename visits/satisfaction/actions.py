"""Making and revoking the link; taking a guest's answer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User
from visits.satisfaction.links import OPEN, digest, fresh, why_closed
from visits.satisfaction.models import Answer, Invitation

PARTS = ("overall", "agenda", "guide", "meal", "stay")
CORRECTABLE = timedelta(hours=24)
LOW = 2


@action
def invite(reception: Any, *, by: User, at: datetime) -> Invitation:
    """A new link; one made before stops working. Who may is the caller's to check. Raises Refused("state")."""
    if reception.status not in OPEN:
        raise Refused("state", "结束接待以后、归档以前，才能请来宾评价。")
    _close(reception, by, at)
    record(reception, "invite", "生成满意度链接", by=by, at=at)
    return open_for(reception, by=by, at=at)


@action
def open_for(reception: Any, *, by: User, at: datetime) -> Invitation:
    """The first link, which comes with the end of the reception: that event says so, no other is written."""
    most = max(1, reception.headcount or 1)
    return Invitation.objects.create(
        reception=reception, most=most, created_at=at, created_by=by, **fresh(at)
    )


@action
def revoke(reception: Any, *, by: User, at: datetime) -> None:
    """停用. Raises Refused("state") when there is none."""
    if not _close(reception, by, at):
        raise Refused("state", "没有在用的满意度链接，不用停用。")
    record(reception, "uninvite", "停用满意度链接", by=by, at=at)


def _close(reception: Any, by: User, at: datetime) -> int:
    rows = Invitation.objects.filter(reception=reception, revoked_at__isnull=True)
    return rows.update(revoked_at=at, revoked_by=by)


@action
def answer(invitation: Invitation, *, browser: str, at: datetime, said: Mapping[str, Any]) -> Answer:
    """Keep what a guest said; the same browser may correct it for CORRECTABLE. said: PARTS (1–5 or None), words, name.

    by nobody: guests do not sign in, the ledger says so. Raises Refused (state, invalid).
    """
    current = Invitation.objects.select_related("reception__applicant").get(pk=invitation.pk)
    closed = why_closed(current, at)
    if closed:
        raise Refused("state", f"{closed}，谢谢您。")
    values = {name: said.get(name) for name in PARTS} | {
        "words": said.get("words", ""),
        "name": said.get("name", ""),
    }
    old = current.answers.filter(browser=digest(browser)).first()
    kept = _correct(old, values, at) if old else _first(current, digest(browser), values, at)
    scores = "、".join(str(values[name]) for name in PARTS if values[name])
    reception = current.reception
    label = "来宾改了评价" if old else "来宾评价"
    record(
        reception, "answer", label, by=None, at=at, reason=kept.words, detail={"answer": kept.pk, **values}
    )
    _tell(reception, kept, label, scores, at)
    return kept


def _first(invitation: Invitation, browser: str, values: dict[str, Any], at: datetime) -> Answer:
    """The first of a browser, while there is room: the lock of the house makes the count sure."""
    if invitation.answers.count() >= invitation.most:
        raise Refused("state", f"这次接待的 {invitation.most} 份评价都收到了，谢谢您。")
    return Answer.objects.create(
        invitation=invitation, reception=invitation.reception, browser=browser, answered_at=at, **values
    )


def _correct(old: Answer, values: dict[str, Any], at: datetime) -> Answer:
    """Another mind within a day."""
    if at - old.answered_at >= CORRECTABLE:
        raise Refused("state", "评价交了超过 24 小时，不能再改，谢谢您。")
    for name, value in values.items():
        setattr(old, name, value)
    old.corrected_at = at
    old.save()
    return old


def _tell(reception: Any, kept: Answer, label: str, scores: str, at: datetime) -> None:
    """The applicant and the reception managers; a low score is urgent: somebody has to call back."""
    low = min(getattr(kept, name) or 5 for name in PARTS) <= LOW
    people = [reception.applicant, *User.objects.in_role("reception_manager")]
    title = f"{reception.no} {reception.title}：{label} {kept.overall} 分" + ("，请尽快回访" if low else "")
    tell(people, title=title, url=f"{reception.get_absolute_url()}#satisfaction", at=at,
         level="urgent" if low else "info", body=kept.words or f"各项 {scores} 分")  # fmt: skip
