"""`manage.py verify_ledger`: reads the whole chain and says whether it was touched."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reception.core.ledger.guards import missing
from reception.core.ledger.models import ChainHead
from reception.core.ledger.verify import verify


class Command(BaseCommand):
    """Exit status 0 when sound, 1 with every break listed."""

    help = "核对台账是否被改动"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings, or the number of events and the head's digest."""
        gone = missing(connection)
        findings = [f"保护触发器缺失：{name}" for name in sorted(gone)] + [
            found.message for found in verify()
        ]
        for message in findings[:50]:
            self.stderr.write(message)
        if findings:
            raise CommandError(f"台账有 {len(findings)} 处对不上。")
        head = ChainHead.objects.get(pk=1)
        self.stdout.write(f"台账完好：{head.seq} 条，链尾 {head.digest}")
