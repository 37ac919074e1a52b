"""Everything that can be said about the code without running its tests."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("reception", "visits", "helpdesk", "tests", "tools", "bench", "dev.py", "manage.py")
CHECKS = (
    ("ruff", "-m", "ruff", "check", *CODE),
    ("format", "-m", "ruff", "format", "--check", *CODE),
    ("templates", "-m", "djlint", "--lint", "--quiet", "templates"),
    ("types", "-m", "mypy"),
    ("deploy", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    ("migrations", "manage.py", "makemigrations", "--check", "--dry-run"),
    ("flows", "manage.py", "flow_diagrams", "--check"),
)


def as_in_production(scratch: str) -> dict[str, str]:
    """An environment as a real installation has it, so that the deploy check judges that and not the demo."""
    return os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "LEDGER_KEY": secrets.token_hex(32),
        "DEMO": "0",
        "DEBUG": "0",
        "HTTPS": "1",
        "ALLOWED_HOSTS": "reception.example.org",
        "DATABASE_URL": f"sqlite:///{scratch}/check.sqlite3",
    }


def main(chosen: list[str]) -> int:
    """Run the checks (all, or those named); print each verdict, and the output of what failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="yinghou-check-") as scratch:
        env = as_in_production(scratch)
        for name, *command in CHECKS:
            if chosen and name not in chosen:
                continue
            words = [word for word in command if word not in CODE or (ROOT / word).exists()]
            done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True)
            print(f"{'✗' if done.returncode else '✓'} {name}", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    print(f"✗ {'、'.join(failed)}" if failed else "✓ 全部通过 · all checks pass")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
