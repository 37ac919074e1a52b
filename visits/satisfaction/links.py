"""The token of a link: made from the house's key and a nonce, so that it can be shown again and is stored nowhere."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from visits.satisfaction.models import Invitation

DAYS = 30
# From the end of the reception until its archive.
OPEN = ("settling", "auditing", "closing")


def token_of(invitation: Invitation) -> str:
    """What stands in the address."""
    return _token(invitation.nonce)


def _token(nonce: str) -> str:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"satisfaction:{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest(token: str) -> str:
    """What is kept of a token, or of a browser's cookie."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def fresh(at: datetime) -> dict[str, object]:
    """The columns of a new link made at `at`."""
    nonce = secrets.token_hex(16)
    return {"nonce": nonce, "token_hash": digest(_token(nonce)), "expires_at": at + timedelta(days=DAYS)}


def invitation_of(token: str) -> Invitation | None:
    """The link with this token, whatever became of it; None for a wrong one."""
    rows = Invitation.objects.select_related("reception__applicant", "reception__customer")
    return rows.filter(token_hash=digest(token)).first()


def why_closed(invitation: Invitation, at: datetime) -> str:
    """Why it takes no more answers, as a guest reads it; "" while it does."""
    if invitation.revoked_at is not None:
        return "这个链接已经停用"
    if at >= invitation.expires_at:
        return "评价已经截止"
    return "" if invitation.reception.status in OPEN else "这次接待已经归档，评价已经截止"
