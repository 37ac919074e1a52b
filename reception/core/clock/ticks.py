"""Periodic jobs that run once per slot, however many workers there are."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from reception.core.clock.models import Tick

DAY = 86400
# What a wing does once a day, at eight in the morning in Shanghai (a slot begins at midnight UTC), by its name.
DAILY: dict[str, Callable[[datetime], None]] = {}


def run_daily(at: datetime) -> None:
    """Run what this worker claims of DAILY."""
    for name, job in DAILY.items():
        if claim_tick(name, DAY, at):
            job(at)


def claim_tick(name: str, seconds: int, at: datetime) -> bool:
    """Whether this worker runs `name` in the slot of `seconds` that `at` lies in. The row's insertion decides."""
    slot = int(at.timestamp()) // seconds
    try:
        with transaction.atomic():
            Tick.objects.create(name=name, slot=slot)
    except IntegrityError:
        return False
    Tick.objects.filter(name=name, slot__lt=slot - 1000).delete()
    return True
