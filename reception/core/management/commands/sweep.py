"""`manage.py sweep`: one sweep of the clocks, for cron or by hand."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reception.core.clock import sweep


class Command(BaseCommand):
    """Climb what is due now."""

    help = "检查一遍全部时限"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rungs were climbed."""
        self.stdout.write(f"提醒与升级 {sweep(timezone.now())} 项")
