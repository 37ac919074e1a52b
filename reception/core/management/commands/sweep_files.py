"""`manage.py sweep_files`: take away the bytes that no record knows, a day after they were written."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reception.core.files.models import Attachment
from reception.core.files.store import orphans

DAY = 24 * 3600


class Command(BaseCommand):
    """A transaction that failed after its file was written leaves the file; nobody can reach it, this removes it."""

    help = "清理没有记录的附件文件（写入一天以后）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many files went. Files of removed attachments stay: their rows know them."""
        gone = 0
        known = Attachment.objects.values_list("stored", flat=True).iterator()
        for place in list(orphans(known, timezone.now().timestamp() - DAY)):
            place.unlink(missing_ok=True)
            gone += 1
        self.stdout.write(f"清理文件 {gone} 个")
