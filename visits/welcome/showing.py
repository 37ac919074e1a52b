"""What a lobby screen shows at a moment: proofread texts of guests who are about to come or are here, never a secret one."""

from datetime import datetime
from typing import Any

from django.db.models import F

from visits.welcome.models import WelcomeText
from visits.welcome.policies import AHEAD, LIVE
from visits.welcome.words import digest

TURN = 15  # seconds that one of several texts stays


def on_screen(at: datetime) -> list[WelcomeText]:
    """Texts to show at `at`, next arrival first; a list of guests that changed after the proof shows nothing. Two queries."""
    rows = WelcomeText.objects.filter(
        welcome__number=F("number"), welcome__off_at__isnull=True, proofread_at__isnull=False,
        welcome__reception__secret=False, welcome__reception__status__in=LIVE,
        welcome__reception__arrive_at__lte=at + AHEAD, welcome__reception__leave_at__gt=at,
    )  # fmt: skip
    rows = rows.select_related("welcome__reception").prefetch_related("welcome__reception__guests")
    found: list[Any] = list(rows.order_by("welcome__reception__arrive_at", "pk"))
    return [
        one
        for one in found
        if one.roster == digest(one.welcome.reception, list(one.welcome.reception.guests.all()))
    ]


def turn(texts: list[WelcomeText], at: datetime) -> WelcomeText | None:
    """Which of them it is at `at`: each for TURN seconds, round and round."""
    return texts[int(at.timestamp()) // TURN % len(texts)] if texts else None
