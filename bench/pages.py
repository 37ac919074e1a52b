"""Signed-in pages against a bare Django view under the same server: `bench/pages.py [--records 20000]`.

Server CPU a request, the two servers asked in turn; once over 10,000 records and once over `--records`.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import _run

FIRST, EACH, HELLOS = 10_000, 40, 1000
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One gunicorn with one process that works, as `make run` starts it."""

    def __init__(self, entry: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        more = ("--workers", "1", "--threads", "16", "--log-level", "error", "--no-control-socket")
        words = [sys.executable, "-m", "gunicorn", entry, "--bind", f"127.0.0.1:{self.port}", *more]
        self.process = subprocess.Popen(words, cwd=_run.ROOT)

    def cpu(self) -> float:
        """CPU seconds of the master and of the one that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = [Path(f"/proc/{pid}/stat").read_text() for pid in (self.process.pid, *children)]
        return sum(sum(map(int, line.rpartition(")")[2].split()[11:13])) for line in lines) / TICKS

    def get(self, address: str, cookie: str = "") -> str:
        """The page, which must be there."""
        ask = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(ask):
            ask.request("GET", address, headers={"Cookie": cookie} if cookie else {})
            answer = ask.getresponse()
            text = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {answer.getheader('Location', '')}")
        return text

    def cost(self, address: str, cookie: str, times: int) -> float:
        """CPU seconds a request."""
        begun = self.cpu()
        for _ in range(times):
            self.get(address, cookie)
        return (self.cpu() - begun) / times


@contextlib.contextmanager
def serving(*entries: str) -> Iterator[list[Server]]:
    """Servers that answer; gone afterwards."""
    servers = [Server(entry) for entry in entries]
    try:
        for server in servers:
            until = time.monotonic() + 30
            while socket.socket().connect_ex(("127.0.0.1", server.port)) and time.monotonic() < until:
                time.sleep(0.1)
        yield servers
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait()


def signed_in(username: str) -> str:
    """The cookie of somebody who has signed in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username=username), settings.AUTHENTICATION_BACKENDS[-1])
    return f"sessionid={client.cookies['sessionid'].value}"


def addresses() -> dict[str, str]:
    """What each row of the table asks for."""
    from helpdesk.log.models import Call

    middle = Call.objects.order_by("pk")[Call.objects.count() // 2].no
    return {
        "list, filtered": "/helpdesk/calls/?kind=repair",
        "detail": f"/helpdesk/calls/{middle}/",
        "desk": "/desk/",
        "search, two characters": f"/search/?q={quote('漏水')}",
    }


def measured(cookie: str, asked: dict[str, str]) -> dict[str, list[float]]:
    """Hellos that a request of each costs, ROUNDS times, in turn."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    with serving("bench._bare:application", "reception.wsgi:application") as (bare, house):
        bare.cost("/", "", 100)
        for address in asked.values():
            house.cost(address, cookie, 5)
        for _ in range(_run.ROUNDS):
            hello = bare.cost("/", "", HELLOS)
            for name, address in asked.items():
                found[name].append(house.cost(address, cookie, EACH) / hello)
    return found


def main() -> None:
    """Print the rows of the table Speed that are about pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=20_000)
    asked, _ = parser.parse_known_args()
    musts = {"list, filtered": "≤ 20, goal 10", "detail": "≤ 15, goal 8"}
    with _run.folder() as place:
        _run.settle(Path(place))
        _run.django()
        _run.manage("migrate", "-v0")
        _run.manage("demo", "--records", str(FIRST))
        where, cookie = addresses(), signed_in("clerk")
        small = measured(cookie, where)
        for name, found in small.items():
            _run.ratio(
                f"{name}, {FIRST:,} records, in hellos", found, [1.0] * len(found), musts.get(name, "")
            )
        _run.manage("demo", "--records", str(asked.records))
        large = measured(cookie, where)
    for name, found in large.items():
        before = [statistics.median(small[name])] * len(found)
        _run.ratio(
            f"{name}, {asked.records:,} more records against before", found, before, "≤ 1.25, goal 1.10"
        )


if __name__ == "__main__":
    main()
