"""Somebody will be away: written down, taken back; whoever counted on them is told, with a substitute (A4)."""

from datetime import datetime
from typing import Any

from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.delegation import Delegation
from reception.core.people.models import User
from visits.hosts.eligible import Substitute, candidates, substitute
from visits.hosts.free import PERHAPS, SURE
from visits.hosts.models import Absence
from visits.hosts.policies import check_enters, check_withdraws


@action
def enter(
    user: User, *, by: User, at: datetime, kind: str, start: datetime, end: datetime, note: str = ""
) -> Absence:
    """`user` is away in [start, end). The receptions that count on them hear of it. Raises Refused (forbidden, invalid)."""
    check_enters(by, user, start, end, at)
    absence = Absence.objects.create(
        user=user, kind=kind, start=start, end=end, note=note.strip(), created_at=at, created_by=by
    )
    record(
        absence, "create", "登记外出", by=by, at=at, detail={"user": str(user), "start": start, "end": end}
    )
    for reception in _hosted(user, start, end):
        _tell_host(reception, absence, by, at)
    for reception in _accompanied(user, start, end):
        _tell(reception, f"陪同人员{user}那段时间{absence.get_kind_display()}，请核对陪同名单", by, at)
    return absence


@action
def delegated(delegation: Delegation, *, by: User, at: datetime) -> None:
    """Somebody hands their approvals over for some days: where they are to host then, the owners are asked whether
    they still can, and read who could instead."""
    user = delegation.from_user
    for reception in _hosted(user, delegation.starts_at, delegation.ends_at):
        instead = instead_of(reception)
        advice = (
            f"不能的话，建议改请{instead}（{instead.reason}）" if instead else "那段时间没有别的合格主陪有空"
        )
        text = f"主陪{user}那段时间由{delegation.to_user}代理审批（{delegation.reason}），请确认能否主陪。{advice}"
        _tell(reception, text, by, at, level="warn")


@action
def withdraw(absence: Absence, *, by: User, at: datetime) -> Absence:
    """撤销: `user` will be here after all; the owners of receptions they host are told. Raises Refused."""
    absence.refresh_from_db(fields=["withdrawn_at"])  # under the lock: somebody may just have done it
    check_withdraws(absence, by, at)
    Absence.objects.filter(pk=absence.pk).update(withdrawn_at=at, withdrawn_by=by)
    absence.withdrawn_at, absence.withdrawn_by = at, by
    record(absence, "withdraw", "撤销外出", by=by, at=at)
    for reception in _hosted(absence.user, absence.start, absence.end):
        _tell(reception, f"主陪{absence.user}的{absence.get_kind_display()}已撤销，可以照常主陪", by, at)
    return absence


def _hosted(user: User, start: datetime, end: datetime) -> Any:
    """Receptions that `user` is to host in that time."""
    return _touched(user.hosted, start, end)


def _accompanied(user: User, start: datetime, end: datetime) -> Any:
    """Receptions that `user` is to accompany in that time."""
    return _touched(user.accompanies, start, end)


def _touched(receptions: Any, start: datetime, end: datetime) -> Any:
    rows = receptions.filter(status__in=SURE + PERHAPS, arrive_at__lt=end, leave_at__gt=start)
    return rows.select_related("applicant", "department__head", "tier", "proposed_tier", "host__position").order_by("pk")  # fmt: skip


def _tell_host(reception: Any, absence: Absence, by: User, at: datetime) -> None:
    """The owners read who is away, and who could host instead; it stands on the reception's timeline too."""
    instead = instead_of(reception)
    advice = (
        f"建议改请{instead}（{instead.reason}）" if instead else "那段时间没有空闲的合格主陪，请与领导商定"
    )
    text = f"主陪{absence.user}那段时间{absence.get_kind_display()}，{advice}"
    record(reception, "host_absent", "主陪外出", by=by, at=at, reason=text)
    _tell(reception, text, by, at, level="warn")


def instead_of(reception: Any) -> Substitute | None:
    """The most suitable free person of at least the rule's rank, in place of the host of `reception`."""
    rows = candidates(
        reception.tier_now, reception.arrive_at, reception.leave_at, exclude=reception, customer=reception.customer_id
    )  # fmt: skip
    return substitute(rows, reception.host)


def _tell(reception: Any, text: str, by: User, at: datetime, level: str = "info") -> None:
    """The owners: who applied, and the head of the responsible department."""
    owners = [reception.applicant, reception.department.head if reception.department else None]
    people = [person for person in owners if person and person.pk != by.pk]
    title = f"{reception.no} {reception.title}：{text}"
    tell(people, title=title, body=text, url=reception.get_absolute_url(), at=at, level=level)
