#!/usr/bin/env python3
"""迎候 from a bare machine, with the standard library only: run · test · check · bench · demo · report.

`make X` and `./dev.py X` are the same. Everything may be interrupted at any point, even killed, and started again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.serve import ROOT, end_with_parent, serve

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
READY = VENV / "ready"  # what is installed; absent while anything is being installed
LOCKS = {"run": ("requirements.txt",), "dev": ("requirements.txt", "requirements-dev.txt")}


def stop(chinese: str, english: str, code: int = 1) -> None:
    """Leave with one clear sentence in both languages."""
    print(f"\n✗ {chinese}\n  {english}", file=sys.stderr)
    raise SystemExit(code)


def say(line: str) -> None:
    """One progress line, seen at once even through a pipe."""
    print(f"· {line}", flush=True)


# --- the environment -----------------------------------------------------------------------------------------


def newer_python() -> None:
    """Go on under a newer interpreter when this one is too old and the machine has one; else say what is needed."""
    if sys.version_info >= (3, 11):  # noqa: UP036 — this line is read by the older ones
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, str(ROOT / "dev.py"), *sys.argv[1:]])
    here = ".".join(map(str, sys.version_info[:3]))
    stop(
        f"需要 Python 3.11 或更新版本，这里是 {here}。请安装后再试。",
        f"Python 3.11 or newer is needed, this is {here}. Please install one and try again.",
    )


def fingerprint(kind: str) -> str:
    """What `.venv` must have been made from: the kind, the interpreter and the locks, to the byte."""
    text = hashlib.sha256(f"{sys.version} {VENV}".encode())
    for name in LOCKS[kind]:
        text.update((ROOT / name).read_bytes())
    return f"{kind} {text.hexdigest()}"


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """The whole file or none of it: written beside, synced, renamed."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(beside, mode)
    os.replace(beside, path)


@contextlib.contextmanager
def alone():
    """One installation or preparation at a time in this checkout; a killed one frees the lock by itself."""
    import fcntl

    with open(ROOT / ".venv.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个启动正在准备，等它完成 · waiting for another start in this directory")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(kind: str) -> None:
    """Bring `.venv` to the lock; whatever an interrupted attempt left behind is thrown away."""
    with alone():
        has = READY.read_text(encoding="utf-8") if READY.exists() else ""
        if has in {fingerprint(kind), fingerprint("dev")} and PYTHON.exists():
            return
        if has == fingerprint("run") and PYTHON.exists():
            READY.unlink()  # the tools go on top of a sound environment
        else:
            say("建立运行环境 .venv · making the virtual environment")
            shutil.rmtree(VENV, ignore_errors=True)
            quietly(
                [sys.executable, "-m", "venv", str(VENV)],
                "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv。",
                "The virtual environment could not be made; on Debian/Ubuntu install python3-venv.",
            )
        say("安装锁定的依赖 · installing the locked requirements")
        quietly(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                LOCKS[kind][-1],
            ],
            "依赖没有装上。若没有网络，请连网后再运行同一命令；已装的部分会重新核对。",
            "The requirements could not be installed. If this machine is offline, connect it and run the same again.",
        )
        write(READY, fingerprint(kind))


def quietly(command: list[str], chinese: str, english: str) -> None:
    """Run a preparation; its output is shown only when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=end_with_parent,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if not line.startswith("WARNING: Location")]
        print("\n".join(lines[-12:]), file=sys.stderr)
        stop(chinese, english)


def dotenv() -> dict[str, str]:
    """What `.env` says, without quotes; the real environment wins over it."""
    path = ROOT / ".env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs} | dict(os.environ)


def complete_dotenv() -> None:
    """Write what `.env` lacks: a first start gets a demo with random keys; keys that exist are never touched."""
    path = ROOT / ".env"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    fresh = {"SECRET_KEY": secrets.token_urlsafe(50), "LEDGER_KEY": secrets.token_hex(32)}
    if not path.exists():
        fresh |= {"DEMO": "1", "PORT": "8000"}
    have = dotenv()
    missing = {key: value for key, value in fresh.items() if not path.exists() or not have.get(key)}
    if missing:
        kept = [line for line in old.splitlines() if line.split("=", 1)[0].strip() not in missing]
        write(path, "\n".join([*kept, *(f"{k}={v}" for k, v in missing.items())]) + "\n", 0o600)


# --- run -----------------------------------------------------------------------------------------------------


def free_port() -> int:
    """The port to serve at, known to be free before anything is touched."""
    text = dotenv().get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        stop(f"PORT={text} 不是端口号（1–65535）。", f"PORT={text} is no port number (1–65535).")
    until = time.monotonic() + 1.5  # what was just stopped may still be letting go
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(text)))
                return int(text)
            except OSError as error:
                if time.monotonic() > until:
                    other = "8002" if text == "8001" else "8001"
                    stop(
                        f"端口 {text} 不能用（{error.strerror}）：可能 迎候 已在运行。换一个端口：PORT={other} make run",
                        f"Port {text} cannot be used: another program, or 迎候 itself, has it. "
                        f"Choose another: PORT={other} make run",
                    )
        time.sleep(0.1)


def run(args: list[str]) -> None:
    """From nothing to an open house; again: the same data, in seconds."""
    port = free_port()
    complete_dotenv()
    install("run")
    os.environ["PORT"] = str(port)
    with alone():
        say("准备数据库 · preparing the database")
        if subprocess.run([str(PYTHON), "tools/prepare.py"], cwd=ROOT, preexec_fn=end_with_parent).returncode:
            stop("数据库没有准备好，原因见上。", "The database could not be prepared, see above.")
    free_port()  # again: preparing took a while
    serve(str(PYTHON), port, demo=dotenv().get("DEMO", "").lower() in {"1", "true", "yes", "on"})


# --- the small relatives -------------------------------------------------------------------------------------


def become(*command: str) -> None:
    """Go on as another program under `.venv`: signals and the exit code are then its own."""
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *command])


def manage(command: str):
    """`dev.py demo` and `dev.py report` are the management commands of that name."""

    def passed(args: list[str]) -> None:
        complete_dotenv()
        install("run")
        become("manage.py", command, *args)

    return passed


def bench(args: list[str]) -> None:
    """Every measurement in bench/, one after the other; short unless told (--rows, --records)."""
    found = sorted((ROOT / "bench").glob("[!_]*.py"))
    if not found:
        stop("还没有性能测量（bench/ 里没有文件）。", "There is no benchmark yet: bench/ has no file.", 0)
    install("dev")
    raise SystemExit(
        max(subprocess.run([str(PYTHON), str(file), *args], cwd=ROOT).returncode for file in found)
    )


def tool(name: str):
    """`dev.py test` and `dev.py check` live in tools/, and run under the installed environment."""

    def passed(args: list[str]) -> None:
        install("dev")
        become(f"tools/{name}.py", *args)

    return passed


COMMANDS = {
    "run": run,
    "test": tool("test"),
    "check": tool("check"),
    "bench": bench,
    "demo": manage("demo"),
    "report": manage("report"),
}


def main() -> None:
    """Read the word and do it."""
    newer_python()
    word, args = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if word not in COMMANDS:
        print(__doc__ + "\n用法 · usage: ./dev.py " + " | ".join(COMMANDS))
        raise SystemExit(0 if word in {"-h", "--help", "help", ""} else 2)
    try:
        COMMANDS[word](args)
    except KeyboardInterrupt:
        print("\n已停止 · stopped", flush=True)
        raise SystemExit(130 if word != "run" else 0) from None


if __name__ == "__main__":
    main()
