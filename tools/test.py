"""Every test that can run on this machine: on SQLite, on PostgreSQL, in Chromium. What is missing is said loudly."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.engines import postgres  # noqa: E402
from tools.serve import end_with_parent  # noqa: E402

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PASSED, NOTHING_RAN = 0, 5  # pytest's exit codes
# Two people at two browsers, each journey handed out when one is free: the longest is half of one's share.
JOURNEYS = ["-n", "2", "--maxschedchunk", "1"]


def clean_environment(scratch: str) -> dict[str, str]:
    """The tests' own settings: nothing of this machine's `.env` reaches them."""
    return os.environ | {
        "SECRET_KEY": "only-for-tests",
        "LEDGER_KEY": "only-for-tests",
        "DEMO": "1",
        "DEBUG": "0",
        "HTTPS": "0",
        "BEHIND_PROXY": "0",
        "ALLOWED_HOSTS": "*",
        "CSRF_TRUSTED_ORIGINS": "",
        "TIME_ZONE": "Asia/Shanghai",
        "EMAIL_URL": "memorymail://",
        "ORGANISATION": "澄湖",
        "MEDIA_ROOT": f"{scratch}/media",
        "DATABASE_URL": f"sqlite:///{scratch}/unused.sqlite3",
        # Hundreds of processes start here, two of them for every journey: none compiles the code anew.
        "PYTHONDONTWRITEBYTECODE": "",
    }


def pytest(env: dict[str, str], mark: str, title: str, args: list[str]) -> int:
    """One run of pytest over the tests with that mark; its exit code."""
    print(f"\n──── {title} ────", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", mark, *args]
    return subprocess.run(command, cwd=ROOT, env=env, preexec_fn=end_with_parent).returncode


def prepared(*envs: dict[str, str]) -> bool:
    """Migrate a database to copy for each of these environments, all at once; False when one fails."""
    print("\n──── 迁移测试库 · migrating what the tests copy ────", flush=True)
    command = [sys.executable, "-m", "tests.engines.template"]
    started = [subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=end_with_parent) for env in envs]
    codes = [process.wait() for process in started]
    return codes == [0] * len(codes)


def parts(
    env: dict[str, str], args: list[str], stack: contextlib.ExitStack
) -> tuple[dict[str, int], list[str]]:
    """Run what can run: the exit code of each part, and a sentence for each part that could not."""
    missing = []
    environments = {"SQLite": env}
    if postgres.programs():
        environments["PostgreSQL"] = env | {"DATABASE_URL": stack.enter_context(postgres.server())}
    else:
        missing.append("PostgreSQL: 没有找到 initdb，竞态与约束只在 SQLite 上测过 · no initdb found")
    if not args and not prepared(*environments.values()):
        return {"迁移 · migrate": 1}, missing
    spread = args or ["-n", "auto"]  # a few chosen tests start faster in one process
    codes = {"SQLite": pytest(env, "not journey", "SQLite", spread)}
    if "PostgreSQL" in environments:
        codes["PostgreSQL"] = pytest(environments["PostgreSQL"], "engine", "PostgreSQL", spread)
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser:
        codes["Chromium"] = pytest(env | {"CHROMIUM": browser}, "journey", "Chromium", args or JOURNEYS)
    else:
        missing.append("Chromium: 没有找到浏览器，浏览器中的流程没有测 · no Chromium found")
    return codes, missing


def box(lines: list[str]) -> None:
    """Print what must not be overlooked."""
    width = max(map(len, lines)) + 4
    print("\n" + "!" * width, *(f"! {line}" for line in lines), "!" * width, sep="\n", flush=True)


def verdict(codes: dict[str, int], missing: list[str], chosen: bool) -> int:
    """The exit code of the whole: `chosen` says that the caller picked tests, so that a part may have none."""
    failed = [
        f"{part}: 失败 · failed ({code})" for part, code in codes.items() if code not in {PASSED, NOTHING_RAN}
    ]
    if not chosen or all(code == NOTHING_RAN for code in codes.values()):
        failed += [f"{part}: 没有测试 · no test ran" for part, code in codes.items() if code == NOTHING_RAN]
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        failed += missing
        missing = []
    if failed or missing:
        box([*(f"✗ {line}" for line in failed), *(f"跳过 SKIPPED  {line}" for line in missing)])
    return 1 if failed else 0


def main(args: list[str]) -> int:
    """Run all parts; 0 only when nothing failed (and, on the build server, nothing was missing)."""
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="yinghou-test-"))
        codes, missing = parts(clean_environment(scratch), args, stack)
    return verdict(codes, missing, chosen=bool(args))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to stop: clean up as after Ctrl-C
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
