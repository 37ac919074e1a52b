"""What comes from the spot: a step once and only once, a note, a new link, the manager's word (D4.4.1, E5.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from helpdesk.fieldwork.choices import NOTE, Role
from helpdesk.fieldwork.models import FieldLink, FieldStep
from helpdesk.fieldwork.policies import (
    Picture,
    check_acceptance,
    check_accepts,
    check_hand,
    check_note,
    check_pictures,
    check_same,
)
from helpdesk.fieldwork.telling import said_of
from helpdesk.fieldwork.tickets import Ticket
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.aside import ASIDE
from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.models import Repair
from reception.core.files.actions import attach
from reception.core.flow import Refused, stale
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.people.roles import Can


@dataclass(frozen=True)
class Sent:
    """One step as the phone sent it. site_time: the phone's clock at the press; drift: seconds that clock is behind;
    via_link: by the link, without an account."""

    client_id: UUID
    verb: str
    site_time: datetime
    drift: int = 0
    via_link: bool = False


@action
def take(
    ticket: Ticket,
    sent: Sent,
    *,
    by: User,
    at: datetime,
    inputs: Mapping[str, Any] | None = None,
    pictures: Sequence[Picture] = (),
) -> FieldStep:
    """Do what the phone did: the move, its pictures, the time on the spot beside the house's. Exactly once.

    by: the holder of the ticket; inputs: what the move's form asks for. The order is read under the lock, so that
    what happened meanwhile decides. Raises Refused (state when it does not fit any more).
    """
    known = FieldStep.objects.select_related("repair").filter(client_id=sent.client_id).first()
    if known:
        return check_same(known, ticket.order, sent.verb, by)
    order = Repair.objects.select_related("repairer", "created_by", "handed_by").get(pk=ticket.order)
    check_pictures(sent.verb, pictures)
    if sent.verb == NOTE:
        return _note(order, ticket, sent, str((inputs or {}).get("words") or "").strip(), pictures, by, at)
    check_hand(order, ticket, by)
    if sent.verb == "finish":
        check_acceptance(inputs or {}, pictures)
    step = _kept(order, sent, by, at)
    record(order, ASIDE, "现场办理", by=by, at=at, detail=said_of(step))
    _attach(order, pictures, by, at)
    getattr(repairs, sent.verb)(order, by=by, at=at, **(inputs or {}))
    return step


def _kept(order: Repair, sent: Sent, by: User, at: datetime, words: str = "") -> FieldStep:
    """The row by which the step is known when it comes again."""
    return FieldStep.objects.create(
        client_id=sent.client_id, repair=order, verb=sent.verb, created_at=at, created_by=by,
        site_time=sent.site_time, drift=sent.drift, via_link=sent.via_link, words=words,
    )  # fmt: skip


def _attach(order: Repair, pictures: Sequence[Picture], by: User, at: datetime) -> None:
    for role, found in pictures:
        attach(order, found, role=role, by=by, at=at, caption=Role(role).label)


def _note(
    order: Repair, ticket: Ticket, sent: Sent, words: str, pictures: Sequence[Picture], by: User, at: datetime
) -> FieldStep:
    """现场说明: what could not be recorded as a step is not lost, the dispatcher reads it."""
    check_note(order, ticket, words, pictures, by, at)
    step = _kept(order, sent, by, at, words[:2000])
    _attach(order, pictures, by, at)
    detail = said_of(step) | {"photos": len(pictures)}
    record(order, "field_note", "现场说明", by=by, at=at, reason=step.words, detail=detail)
    people = [order.handed_by or order.created_by]
    title = f"{order} {by}从现场发来说明" + (f"和 {len(pictures)} 张照片" if pictures else "")
    tell(people, title=title, url=order.get_absolute_url(), at=at, body=step.words[:300], level="warn")
    return step


@action
def issue_link(order: Repair, *, by: User, at: datetime) -> FieldLink:
    """换发: the order's link anew; those given out before stop working. Raises Refused."""
    if not by.may(Can.DISPATCH_REPAIR):
        raise Refused("forbidden", "您的岗位不能换发现场链接，请联系派工的同事。")
    if order.status not in IN_HAND:
        raise Refused("state", f"{order} 现在是“{order.get_status_display()}”，没有现场链接可换。")
    record(order, "issue_link", "换发现场链接", by=by, at=at)
    return FieldLink.objects.create(repair=order, created_at=at, created_by=by)


@action
def accept_site_time(step: FieldStep, *, by: User, at: datetime, reason: str) -> FieldStep:
    """认可现场时间: the manager's word beside the record. The clock and its breach stay as they are (ADR 0013).

    Raises Refused (forbidden, state, missing; stale when somebody was faster).
    """
    check_accepts(step, by, reason)
    why = reason.strip()[:200]
    rows = FieldStep.objects.filter(pk=step.pk, accepted_at__isnull=True)
    if not rows.update(accepted_at=at, accepted_by=by, accepted_reason=why):
        raise stale(step.repair)
    step.accepted_at, step.accepted_by, step.accepted_reason = at, by, why
    record(step.repair, "accept_time", "认可现场时间", by=by, at=at, reason=why, detail=said_of(step))
    return step
