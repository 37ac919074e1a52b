"""`manage.py worker`: watches the clocks. Any number may run; each rung is climbed once."""

import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django.utils import timezone

from reception.core.clock import sweep
from reception.core.clock.ticks import DAY, claim_tick, run_daily
from reception.core.exports.running import run_next
from reception.core.web.models import Once

PAUSE = 5  # seconds between sweeps


class Command(BaseCommand):
    """Loops until told to stop; an error is printed and the next round tries again."""

    help = "后台值守：到点提醒、超时升级"

    def add_arguments(self, parser: CommandParser) -> None:
        """--once runs a single round, for tests and cron."""
        parser.add_argument("--once", action="store_true", help="只跑一轮")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run rounds, PAUSE seconds apart, until SIGTERM or SIGINT."""
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            # Minutes of writing keep no reminder waiting. A half that a stop leaves is taken up again.
            threading.Thread(target=self.exports, args=(stop,), name="exports", daemon=True).start()
        while True:
            self.round()
            if options["once"]:
                while run_next(timezone.now):
                    pass
                return
            if stop.wait(PAUSE):
                return

    def exports(self, stop: threading.Event) -> None:
        """Make what is asked for, one after the other; look again every second."""
        while True:
            try:
                while not stop.is_set() and run_next(timezone.now):
                    pass
            except Exception as error:
                self.stderr.write(f"后台导出没有接上，稍后再试：{error}")
            finally:
                connections.close_all()
            if stop.wait(1):
                return

    def round(self) -> None:
        """One sweep, and the daily housekeeping."""
        at = timezone.now()
        try:
            claimed = sweep(at)
            if claimed:
                self.stdout.write(f"{timezone.localtime(at):%H:%M:%S} 提醒与升级 {claimed} 项")
            if claim_tick("forget_forms", DAY, at):
                Once.objects.filter(created_at__lt=at - timedelta(days=2)).delete()
            run_daily(at)
        except Exception as error:
            self.stderr.write(f"这一轮没有跑完，{PAUSE} 秒后再试：{error}")
        finally:
            close_old_connections()
