"""The secret address of a person's calendar: made, replaced, revoked."""

import hashlib
import secrets
from datetime import datetime

from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from visits.briefing.models import CalendarLink


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def link_of(token: str) -> CalendarLink | None:
    """The live link with this token, with its owner; None for a wrong or revoked one."""
    rows = CalendarLink.objects.live().select_related("created_by__department", "created_by__position")
    return rows.filter(token_hash=digest(token)).first()


@action
def create_link(*, by: User, at: datetime) -> str:
    """A new secret token for `by`; one made before stops working. The token is returned once and not kept."""
    for old in CalendarLink.objects.filter(created_by=by, revoked_at__isnull=True):
        _revoke(old, by, at)
    token = secrets.token_urlsafe(32)
    link = CalendarLink.objects.create(token_hash=digest(token), created_at=at, created_by=by)
    record(link, "create", "生成日历订阅", by=by, at=at)
    return token


@action
def revoke_link(*, by: User, at: datetime) -> None:
    """停用 one's own live link. Raises Refused("state") when there is none."""
    link = CalendarLink.objects.filter(created_by=by, revoked_at__isnull=True).first()
    if link is None:
        raise Refused("state", "您没有在用的日历订阅，不用停用。")
    _revoke(link, by, at)


def _revoke(link: CalendarLink, by: User, at: datetime) -> None:
    """Inside an action."""
    CalendarLink.objects.filter(pk=link.pk).update(revoked_at=at, revoked_by=by)
    record(link, "revoke", "停用日历订阅", by=by, at=at)
