"""The month report over an archive, and the sweep of many clocks: `bench/report.py [--records 20000]`.

The same month is reported before and after the archive grows by `--records`: its cost must not follow the archive.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import _run

CLOCKS, DUE = 50_000, 500


def report(back: int) -> None:
    """Seconds, MB and records of the report of the month that lies `back` days before today, as a workbook."""
    from django.utils import timezone

    from helpdesk.log.models import Call
    from helpdesk.repairs.models import Repair
    from helpdesk.report.build import build
    from helpdesk.report.kept import written
    from helpdesk.report.report_xlsx import workbook
    from helpdesk.report.spans import span_of

    at = timezone.now()
    span = span_of(f"{at - timedelta(days=back):%Y-%m}", 1, at)
    before, begun = _run.peak(), time.process_time()
    found = build(span)
    workbook(found, written(found)).save(io.BytesIO())
    used = time.process_time() - begun
    inside = {"created_at__gte": span.start, "created_at__lt": span.end}
    rows = Call.objects.filter(**inside).count() + Repair.objects.filter(**inside).count()
    print(used, _run.peak() - before, rows)


def sweeping() -> None:
    """Seconds of a sweep of CLOCKS running clocks of which DUE have reached a rung, and how many it climbed."""
    from django.db import transaction
    from django.utils import timezone

    from reception.core.clock import sweep
    from reception.core.clock.models import Clock
    from reception.core.people.models import User

    at, owner = timezone.now(), User.objects.get(username="clerk")
    sweep(at)
    Clock.objects.bulk_create(
        (
            Clock(
                subject_kind="helpdesk.call", subject_id=10_000_000 + number, subject_no=f"DH-{number}", title="测量",
                url="/", rule="bench", owner=owner, started_at=at - timedelta(hours=1), due_at=at + timedelta(hours=1),
                next_at=at - timedelta(minutes=1) if number < DUE else at + timedelta(minutes=30),
            )
            for number in range(CLOCKS)
        ),
        batch_size=2000,
    )  # fmt: skip
    begun = time.process_time()
    with transaction.atomic():
        claimed = sweep(at)
    print(time.process_time() - begun, claimed)


def median(*words: str) -> list[float]:
    """The middle one of ROUNDS fresh processes."""
    return sorted(_run.child("bench/report.py", *words) for _ in range(_run.ROUNDS))[_run.ROUNDS // 2]


def compared(records: int) -> None:
    """Print the rows."""
    _run.manage("migrate", "-v0")
    _run.manage("demo", "--records", "2000")
    recent, small = median("--month", "40"), median("--month", "400")
    _run.manage("demo", "--records", str(records))
    again, large = median("--month", "40"), median("--month", "400")
    size = f"month report, archive + {records:,} records"
    _run.ratio(f"{size}, the same month", [again[0]], [recent[0]], "cost of the month, not of the archive")
    _run.amount(f"{size}, a month of {large[2]:,.0f}", large[0], "s CPU", "≤ 3 for 30,000")
    _run.amount(f"{size}, a month of {small[2]:,.0f} (before)", small[0], "s CPU", "")
    _run.amount(f"{size}, extra memory", large[1], "MB", "≤ 150")
    used, claimed = _run.child("bench/report.py", "--sweep")
    _run.amount(f"sweep, {CLOCKS:,} open, {claimed:,.0f} due, each claimed once", used, "s CPU", "≤ 2")


def main() -> None:
    """Measure, or be one of the fresh processes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--month", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--sweep", action="store_true", help=argparse.SUPPRESS)
    asked, _ = parser.parse_known_args()
    if asked.month or asked.sweep:
        _run.django()
        sweeping() if asked.sweep else report(asked.month)
        return
    with _run.folder() as place:
        _run.settle(Path(place))
        compared(asked.records)


if __name__ == "__main__":
    main()
