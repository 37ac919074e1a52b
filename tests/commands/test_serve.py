"""Web and worker as one: both start, both end, however they are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.serve import ROOT

# Stands for the interpreter that serves: each part writes its process id and lives as the test says.
PART = """#!/bin/sh
case "$1" in manage.py) part=worker ;; *) part=web ;; esac
echo $$ > "$HERE/$part.pid.new" && mv "$HERE/$part.pid.new" "$HERE/$part.pid"
eval "$(cat "$HERE/$part.sh")"
"""
LIVES, DIES, DEAF = "exec sleep 60", "sleep 0.3; exit 7", "trap '' TERM; while :; do sleep 0.1; done"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="children end with a killed parent on Linux only"
)


class Running:
    """A supervisor with two stand-ins for web and worker."""

    def __init__(self, here: Path, web: str, worker: str) -> None:
        (here / "web.sh").write_text(web)
        (here / "worker.sh").write_text(worker)
        (here / "python").write_text(PART)
        (here / "python").chmod(0o755)
        self.here = here
        line = (
            f"from tools import serve; serve.GRACE = 1; serve.serve({str(here / 'python')!r}, 9, demo=False)"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", line],
            cwd=ROOT,
            env=os.environ | {"HERE": str(here)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.pids = [self.pid("web"), self.pid("worker")]

    def pid(self, part: str) -> int:
        """The part's process id, once it runs."""
        file, until = self.here / f"{part}.pid", time.monotonic() + 10
        while not file.exists():
            assert time.monotonic() < until, self.process.stderr.read()
            time.sleep(0.02)
        return int(file.read_text())

    def all_gone(self) -> bool:
        """Whether both parts end within some seconds."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if not any(alive(pid) for pid in self.pids):
                return True
            time.sleep(0.02)
        return False


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_stops_both_and_leaves_well(tmp_path, number):
    running = Running(tmp_path, LIVES, LIVES)
    running.process.send_signal(number)
    out, err = running.process.communicate(timeout=10)
    assert (running.process.returncode, running.all_gone(), err) == (0, True, "")
    assert "正在停止" in out


@pytest.mark.parametrize(("web", "worker", "name"), [(DIES, LIVES, "web"), (LIVES, DIES, "worker")])
def test_one_part_ends_and_the_other_is_stopped(tmp_path, web, worker, name):
    running = Running(tmp_path, web, worker)
    _, err = running.process.communicate(timeout=10)
    assert (running.process.returncode, running.all_gone()) == (1, True)
    assert [f"{name} 意外停止（7）" in err, f"{name} ended by itself (7)" in err] == [True, True]


def test_a_part_that_does_not_listen_is_ended_with_force(tmp_path):
    running = Running(tmp_path, DEAF, LIVES)
    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=10)
    assert (running.process.returncode, running.all_gone()) == (0, True)


def test_a_killed_supervisor_leaves_no_orphan(tmp_path):
    running = Running(tmp_path, LIVES, LIVES)
    running.process.kill()
    running.process.communicate(timeout=10)
    assert running.all_gone()
