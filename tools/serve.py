"""Web and worker as one: started together, stopped together, none left behind. Standard library only."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GRACE = 8  # seconds a part has to finish what it does
LOGINS = """演示登录，密码都是 demo · demo logins, password demo
  填接待申请 sales 顾清          部门任务 tech 方可 · make 邓文 · quality 梁雨 · general 吴江
  审批       gm 沈国栋 · vgm 何志远   接待经理 reception 许岚 · 办公室 office 孟瑶
  前台工作台 clerk 林晓雯        派工 assistant 赵敏 · 维修（手机）repairer 陈建国
  看板月报   manager 郑维 · director 高原   审计 auditor 宋慎 · 后台 admin"""


class Stopped(Exception):
    """Someone asked us to stop, by Ctrl-C, SIGTERM or a closed terminal."""


def asked(number: int, frame: FrameType | None) -> None:
    """Signal handler: leave the watch."""
    raise Stopped


def end_with_parent() -> None:
    """In the child: end when the supervisor ends, however it ends (Linux; elsewhere a kill -9 leaves orphans)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(*command: str, **more: Any) -> subprocess.Popen:
    """A child in a session of its own: Ctrl-C reaches only us, and we stop the parts in order.

    more: `env`, `stdout`, `stderr` as Popen takes them.
    """
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
        **more,
    )


def start_parts(python: str, port: int, **more: Any) -> dict[str, subprocess.Popen]:
    """The web server, one process of 16 threads, and the worker that watches the clocks."""
    web = ("-m", "gunicorn", "reception.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1")
    few = ("--threads", "16", "--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning")
    return {
        "web": start(python, *web, *few, **more),
        "worker": start(python, "manage.py", "worker", **more),
    }


def answers(port: int) -> bool:
    """Whether the web process takes requests yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(parts: dict[str, subprocess.Popen], port: int, welcome: str) -> tuple[str, int]:
    """Print the welcome once the house is open; return the part that ended by itself, and its exit code."""
    opened = False
    while True:
        for name, child in parts.items():
            if child.poll() is not None:
                return name, child.returncode
        if not opened and answers(port):
            opened = True
            print(welcome, flush=True)
        time.sleep(0.5 if opened else 0.1)


def halt(parts: dict[str, subprocess.Popen]) -> None:
    """Ask every part to finish, wait, and end with force what does not."""
    for child in parts.values():
        child.terminate()
    until = time.monotonic() + GRACE
    for child in parts.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def serve(python: str, port: int, demo: bool) -> None:
    """Run the house at `port` until asked to stop (returns) or until a part fails (exit code 1)."""
    welcome = f"\n迎候  http://127.0.0.1:{port}   （Ctrl-C 停止 · stops it）\n" + (LOGINS if demo else "")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")  # what the parts print is seen when they print it
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    parts: dict[str, subprocess.Popen] = {}
    failed = ""
    try:
        parts = start_parts(python, port)
        name, code = watch(parts, port, welcome)
        failed = f"✗ {name} 意外停止（{code}），其余部分一并停止；原因见上。\n"
        failed += f"  {name} ended by itself ({code}), so the rest stops too; the reason is above."
    except Stopped:
        print("\n正在停止 · stopping", flush=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        halt(parts)
    if failed:
        print(failed, file=sys.stderr)
        raise SystemExit(1)
