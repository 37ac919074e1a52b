"""`manage.py demo`: fills an empty database with a fictional company's three months."""

import gc
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

import helpdesk.demo
import reception.core.documents.demo
import visits.demo
from reception.core.notices.models import Notice
from reception.core.people.demo import build_people
from reception.core.people.models import User


class Command(BaseCommand):
    """All of it or nothing: an interrupted load leaves the database empty."""

    help = "装入演示数据（只在空库）"

    def add_arguments(self, parser: CommandParser) -> None:
        """--if-empty makes a filled database no error; --records adds bulk history, to an empty one or to the demo."""
        parser.add_argument("--if-empty", action="store_true", help="已有数据时什么也不做")
        parser.add_argument("--records", type=int, default=0, metavar="N", help="另加 N 条历史记录，测量用")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused when DEMO is off, or when anybody is in the database already."""
        if not settings.DEMO:
            raise CommandError("DEMO 没有打开，不装演示数据。要装请在 .env 里设 DEMO=1。")
        if not User.objects.exists():
            self._load()
        elif not options["if_empty"] and not options["records"]:
            raise CommandError("数据库里已有人员，演示数据只装进空库。")
        if options["records"]:
            self._bulk(options["records"])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _bulk(self, records: int) -> None:
        begun = monotonic()
        try:
            with transaction.atomic():
                made = helpdesk.demo.fill(records, timezone.now())
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"另加历史记录 {made:,} 条，用时 {monotonic() - begun:.1f} 秒")

    def _load(self) -> None:
        begun, at = monotonic(), timezone.now()
        gc.freeze()  # the code that is loaded is no garbage: do not look through it again and again
        with transaction.atomic():
            build_people()
            reception.core.documents.demo.build(at)
            visits.demo.build(at)
            helpdesk.demo.build(at)
            # Three months of inboxes were read as they came; what is new since yesterday is not.
            Notice.objects.filter(created_at__lt=at - timedelta(days=1)).update(read_at=F("created_at"))
        self.stdout.write(f"演示数据装好，用时 {monotonic() - begun:.1f} 秒")
