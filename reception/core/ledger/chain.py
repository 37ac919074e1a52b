"""Links and their arithmetic: what is hashed, and how one link follows another."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """Bytes of a JSON value that do not depend on key order, spacing or the engine it was stored in."""
    return json.dumps(
        value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def plain(value: Any) -> Any:
    """The value as it will come back from a JSON column, so that writer and verifier hash the same thing."""
    return json.loads(canonical(value))


def content_digest(salt: str, actor_name: str, reason: str, detail: Any) -> str:
    """Digest of an event's words; `salt` keeps an erased short word from being guessed."""
    return hashlib.sha256(canonical([salt, actor_name, reason, detail])).hexdigest()


def link_digest(prev: str, seq: int, at: datetime, facts: list[Any], content: str) -> str:
    """Keyed digest of one link: its place, its time (UTC), its facts and its words' digest."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hmac.new(
        settings.LEDGER_KEY.encode(), canonical([prev, seq, moment, facts, content]), "sha256"
    ).hexdigest()
