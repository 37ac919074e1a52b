"""Certificates that run out: their keepers are told 60, 30 and 7 days before, and once they have (A5.2)."""

from datetime import datetime, timedelta

from django.db.models import Q

from reception.core.clock.periods import local
from reception.core.ledger import action, record
from reception.core.notices import tell
from visits.materials.choices import WARN_BEFORE
from visits.materials.models import Material
from visits.materials.policies import stewards


@action
def remind_expiring(at: datetime) -> None:
    """Once a day. A day on which nothing ran is made up for on the next: told is the nearest of the days that were
    passed, each once until the certificate is renewed."""
    today = local(at).date()
    for days in reversed(WARN_BEFORE):
        last = today + timedelta(days=days if days else -1)
        rows = Material.objects.in_use().filter(
            Q(warned__isnull=True) | Q(warned__gt=days), valid_until__lte=last
        )
        for one in rows.select_related("department__head").order_by("pk"):
            Material.objects.filter(pk=one.pk).update(warned=days)
            left = (one.valid_until - today).days if one.valid_until else 0
            _tell(one, left, at)


def _tell(material: Material, left: int, at: datetime) -> None:
    said = (
        f"{material.valid_until} 已到期，不能再发放"
        if left < 0
        else f"还有 {left} 天到期（{material.valid_until}）"
    )
    record(material, "expiring", "到期提醒", by=None, at=at, detail={"left": left})
    tell(
        stewards(material), title=f"{material}{said}，请办换证", url=material.get_absolute_url(), at=at,
        level="urgent" if left < 0 else "warn",
    )  # fmt: skip
