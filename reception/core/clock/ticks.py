"""Periodic jobs that run once per slot, however many workers there are."""

from datetime import datetime

from django.db import IntegrityError, transaction

from reception.core.clock.models import Tick


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
