"""A throw-away PostgreSQL for one test run, made from the machine's own programs. Standard library only."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# Nothing here needs to survive a power cut, so nothing waits for the disk.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "TimeZone=UTC",
)
LIBC = ctypes.CDLL(None)  # loaded here: the child may no longer read this interpreter's files


def programs() -> Path | None:
    """The directory of the newest `initdb` on this machine, or None."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parent.parent.name), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def account() -> dict:
    """PostgreSQL refuses to run as root: the arguments that give its programs to an ordinary account."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return {}


def free_port() -> int:
    """A free port below the range that outgoing connections take theirs from."""
    for port in random.sample(range(20000, 32768), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port between 20000 and 32767")


def end_with_parent() -> None:
    """In the child: shut down fast when the test run is killed (Linux)."""
    if sys.platform == "linux":
        LIBC.prctl(1, signal.SIGINT)


def wait(process: subprocess.Popen, port: int, log: Path) -> None:
    """Return once the server takes connections; RuntimeError with its log when it does not."""
    asking = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if subprocess.run(asking).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Make a cluster in a temporary directory, run it, yield its DATABASE_URL, stop and remove it."""
    home = Path(tempfile.mkdtemp(prefix="yinghou-pg-"))
    who = account()
    if who:
        os.chown(home, who["user"], who["group"])
    bin_, data, log, port = programs(), home / "data", home / "log", free_port()
    common = {"cwd": home, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}, **who}
    process = None
    try:
        made = [bin_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(made, check=True, capture_output=True, **common)
        options = [word for setting in (*SETTINGS, "listen_addresses=127.0.0.1") for word in ("-c", setting)]
        command = [bin_ / "postgres", "-D", data, "-p", str(port), "-k", home, *options]
        with open(log, "wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=out, start_new_session=True, preexec_fn=end_with_parent, **common
            )
        wait(process, port, log)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)
