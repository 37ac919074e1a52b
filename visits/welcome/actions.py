"""Writing, proofreading, taking off: each raises Refused; `expect` is the revision the page showed (A5.6)."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from reception.core.clock import start, stop
from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.notices import tell
from reception.core.people.models import Department, User
from visits.welcome.models import ScreenLink, Welcome, WelcomeText
from visits.welcome.policies import (
    AHEAD,
    LIVE,
    MAKERS,
    check_proof,
    check_reception,
    check_text,
    keeps_screens,
)
from visits.welcome.words import digest

RULE = "visits.welcome"
LONGEST = 366  # days that a screen's address may live


@action
def write(reception: Any, text: str, *, by: User, at: datetime, expect: int | None = None) -> WelcomeText:
    """A new version, to be proofread by somebody else; the old ones are kept. Raises Refused."""
    check_reception(reception, by)
    check_text(text)
    welcome, made = Welcome.objects.get_or_create(
        reception=reception, defaults={"created_at": at, "created_by": by}
    )
    if made and expect not in (None, 0):
        raise Refused("stale", "这份欢迎词刚刚有改动，请刷新看最新内容。您填写的内容还在。")
    number = welcome.texts.count() + 1
    touch(welcome, expect=None if made else expect, number=number)
    guests = list(reception.guests.all())
    row = WelcomeText.objects.create(
        welcome=welcome, number=number, text=text.strip(), roster=digest(reception, guests), written_at=at, written_by=by
    )  # fmt: skip
    record(reception, "welcome", "写欢迎词", by=by, at=at, detail={"number": number, "text": row.text})
    follow(reception, at=at)
    _ask_proof(reception, by, at)
    return row


@action
def proofread(
    reception: Any, number: int, *, by: User, at: datetime, expect: int | None = None
) -> WelcomeText:
    """校对无误 by a second person, of the version in force, against the guest list as it stands. Raises Refused."""
    check_reception(reception, by)
    welcome = Welcome.objects.filter(reception=reception).first()
    if welcome is None or welcome.number != number:
        raise Refused("stale", "这份欢迎词刚刚有改动，请看过最新的一稿再校对。")
    text = welcome.texts.get(number=number)
    check_proof(text, by)
    fresh = digest(reception, list(reception.guests.all()))
    if text.proofread_at and text.roster == fresh:
        raise Refused("state", f"这一稿{text.proofread_by}已经校对过，不用再校对。")
    touch(welcome, expect=expect)
    WelcomeText.objects.filter(pk=text.pk).update(proofread_at=at, proofread_by=by, roster=fresh)
    record(reception, "proofread", "校对欢迎词", by=by, at=at, detail={"number": number, "text": text.text})
    stop(reception, RULE, at=at)
    text.refresh_from_db()
    return text


@action
def take_off(reception: Any, *, by: User, at: datetime, expect: int | None = None) -> None:
    """从大屏撤下, at once. Raises Refused."""
    _switch(reception, by, at, expect, off=True)


@action
def put_back(reception: Any, *, by: User, at: datetime, expect: int | None = None) -> None:
    """重新上屏. Raises Refused."""
    _switch(reception, by, at, expect, off=False)


def _switch(reception: Any, by: User, at: datetime, expect: int | None, *, off: bool) -> None:
    check_reception(reception, by)
    welcome = Welcome.objects.filter(reception=reception).first()
    if welcome is None or bool(welcome.off_at) == off:
        raise Refused("state", "大屏已经是这样了，请刷新看最新状态。")
    touch(welcome, expect=expect, off_at=at if off else None, off_by=by if off else None)
    record(reception, "screen", "撤下欢迎词" if off else "欢迎词重新上屏", by=by, at=at)


def _ask_proof(reception: Any, by: User, at: datetime) -> None:
    """Those who could proofread hear of it: 综合部's head and the applicant, never the writer."""
    people = [_head(), reception.applicant]
    title = f"{reception.no} {reception.title}：{by}写好了欢迎词，请校对"
    tell([one for one in people if one and one.pk != by.pk], title=title, url=f"{reception.get_absolute_url()}welcome/", at=at)  # fmt: skip


def _head() -> User | None:
    department = Department.objects.filter(code=MAKERS).select_related("head").first()
    return department.head if department else None


@action
def follow(reception: Any, *, at: datetime) -> None:
    """The clock that rings when nothing can be shown an hour before the arrival; begun, moved or stopped as the reception
    stands. Part of the action that changed it: approval, a new date, a new list, a new text."""
    stop(reception, RULE, at=at)
    due_at = reception.arrive_at - AHEAD
    text = WelcomeText.objects.filter(welcome__reception=reception).order_by("-number").first()
    proved = text and text.proofread_at and text.roster == digest(reception, list(reception.guests.all()))
    wanted = "sign" in reception.needs and not reception.secret and reception.status in LIVE
    if wanted and not proved and due_at > at:
        start(reception, RULE, at=at, due_at=due_at, owner=_head() or reception.applicant)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@action
def make_link(name: str, days: int, *, by: User, at: datetime) -> str:
    """The address of a screen nobody signs in at, for so many days; the token is returned once. Raises Refused."""
    if not keeps_screens(by):
        raise Refused("forbidden", "大屏地址由综合部、办公室或接待经理生成，请联系他们。（A5.6）")
    if not name.strip():
        raise Refused("missing", "请写明是哪块屏幕。", field="name")
    if not 1 <= days <= LONGEST:
        raise Refused("invalid", f"有效期填 1 到 {LONGEST} 天。", field="days")
    token = secrets.token_urlsafe(24)
    link = ScreenLink.objects.create(
        name=name.strip(), token_hash=token_hash(token), until=at + timedelta(days=days), created_at=at, created_by=by
    )  # fmt: skip
    record(link, "create", "生成大屏地址", by=by, at=at, detail={"name": link.name, "days": days})
    return token


@action
def revoke_link(link: ScreenLink, *, by: User, at: datetime) -> None:
    """停用: that screen goes dark at its next look. Raises Refused (forbidden, state)."""
    if not keeps_screens(by):
        raise Refused("forbidden", "大屏地址由综合部、办公室或接待经理停用，请联系他们。（A5.6）")
    if not ScreenLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=by
    ):
        raise Refused("state", "这个大屏地址已经停用过了。")
    record(link, "revoke", "停用大屏地址", by=by, at=at)
