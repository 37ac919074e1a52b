"""The whole house as `make run` opens it: web and worker, on a copy of the demo's database."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.engines.postgres import free_port
from tests.engines.template import template
from tools.serve import ROOT, answers, halt, start, start_parts


def environment(database: Path) -> dict[str, str]:
    """The demo on that SQLite file, whatever the caller's own settings are."""
    return os.environ | {
        "SECRET_KEY": "only-for-journeys",
        "LEDGER_KEY": "only-for-journeys",
        "DEMO": "1",
        "DEBUG": "0",
        "HTTPS": "0",
        "COLLECTED": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(database.parent / "media"),
    }


def manage(database: Path, *words: str) -> str:
    """Run a management command on that database; its output. Raises AssertionError with it when it fails."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(database), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_demo(folder: Path) -> Path:
    """A database with the demo in it, closed, so that the file alone is all of it."""
    database = folder / "demo.sqlite3"
    with suppress(FileNotFoundError):
        shutil.copyfile(template(), database)  # migrated once for all parts of the run
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "demo")
    closing = "import sys,sqlite3; sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    subprocess.run([sys.executable, "-c", closing, str(database)], check=True)
    return database


def shared_demo(folder: Path) -> Path:
    """The demo's database for all who are given this folder: the first builds it, the others wait."""
    folder.mkdir(exist_ok=True)
    built = folder / "built"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build_demo(folder)
            built.touch()
    return folder / "demo.sqlite3"


@dataclass
class House:
    """An open house: its address, its database, and what its processes print."""

    url: str
    database: Path
    log: Path
    parts: dict[str, subprocess.Popen]

    def rest(self) -> None:
        """The worker goes: what is asked of it waits."""
        halt({"worker": self.parts.pop("worker")})

    def work(self) -> None:
        """The worker is back."""
        with open(self.log, "ab") as out:
            self.parts["worker"] = start(
                sys.executable, "manage.py", "worker", env=environment(self.database), stdout=out, stderr=out
            )

    def manage(self, *words: str) -> str:
        """Run a management command in this house: `house.manage("sweep")`."""
        return manage(self.database, *words)


@contextmanager
def open_house(demo: Path, folder: Path) -> Iterator[House]:
    """Serve a copy of the demo on a free port; stop both parts at the end."""
    database, log, port = folder / "house.sqlite3", folder / "house.log", free_port()
    shutil.copy(demo, database)
    if (files := demo.parent / "media").is_dir() and demo.parent != folder:
        shutil.copytree(files, folder / "media")
    with open(log, "wb") as out:
        parts = start_parts(sys.executable, port, env=environment(database), stdout=out, stderr=out)
    try:
        until = time.monotonic() + 30
        while not answers(port):
            assert time.monotonic() < until, log.read_text(errors="replace")
            assert parts["web"].poll() is None, log.read_text(errors="replace")
            time.sleep(0.05)
        yield House(f"http://127.0.0.1:{port}", database, log, parts)
    finally:
        halt(parts)
