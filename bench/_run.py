"""What the measurements share: Django on a database of their own, medians of interleaved runs, memory of a child."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5


def settle(folder: Path) -> dict[str, str]:
    """The environment of a throw-away installation in `folder`."""
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "bench",
        "LEDGER_KEY": "bench",
        "DEMO": "1",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "*",
    }
    os.environ.update(own)
    return dict(os.environ)


def django() -> None:
    """Start Django here, on what `settle` set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reception.settings")
    sys.path.insert(0, str(ROOT))
    import django as framework

    framework.setup()


def manage(*words: str) -> None:
    """A command of the house, quietly."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def folder() -> tempfile.TemporaryDirectory[str]:
    """A place that is gone afterwards."""
    return tempfile.TemporaryDirectory(prefix="bench-")


def rounds(**tasks: Callable[[], object]) -> dict[str, list[float]]:
    """CPU seconds of each task, ROUNDS times, one after the other in turn: a busy moment hits all alike."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            begun = time.process_time()
            task()
            found[name].append(time.process_time() - begun)
    return found


def ratio(name: str, above: list[float], below: list[float], must: str) -> None:
    """One row: the median of the ratios of each round, and how far they lie apart."""
    ratios = sorted(a / b for a, b in zip(above, below, strict=True))
    print(
        f"{name:<64} {statistics.median(ratios):6.2f} ×  ({ratios[0]:.2f}–{ratios[-1]:.2f})  {must}",
        flush=True,
    )


def amount(name: str, value: float, unit: str, must: str) -> None:
    """One row that is no ratio."""
    print(f"{name:<64} {value:6.1f} {unit}  {must}", flush=True)


def peak() -> float:
    """The most memory this process ever had, MB; what its parent had does not count."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def child(*words: str) -> list[float]:
    """Numbers that a fresh process prints in its last line."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return [float(word) for word in done.stdout.splitlines()[-1].split()]
