"""What `make test` makes of its parts, and what the build server does not let pass."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tools.serve import ROOT
from tools.test import NOTHING_RAN, PASSED, verdict

GOOD = {"SQLite": PASSED, "PostgreSQL": PASSED, "Chromium": PASSED}


@pytest.mark.parametrize(
    ("codes", "missing", "chosen", "ci", "expected"),
    [
        (GOOD, [], False, "", 0),
        (GOOD | {"Chromium": 1}, [], False, "", 1),
        (GOOD, ["Chromium: none"], False, "", 0),
        (GOOD, ["Chromium: none"], False, "true", 1),
        # a part without tests: fine when the caller picked tests, a lost marker when they did not
        (GOOD | {"PostgreSQL": NOTHING_RAN}, [], True, "", 0),
        (GOOD | {"PostgreSQL": NOTHING_RAN}, [], False, "", 1),
        (dict.fromkeys(GOOD, NOTHING_RAN), [], True, "", 1),
        (GOOD | {"SQLite": 2}, [], True, "", 1),
    ],
)
def test_the_verdict(monkeypatch, codes, missing, chosen, ci, expected):
    monkeypatch.setenv("CI", ci)
    assert verdict(codes, missing, chosen) == expected


def test_what_is_missing_is_said_loudly(monkeypatch, capsys):
    monkeypatch.setenv("CI", "")
    verdict({"SQLite": PASSED}, ["Chromium: none"], chosen=False)
    assert "! 跳过 SKIPPED  Chromium: none" in capsys.readouterr().out


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_skip_fails_on_the_build_server(tmp_path, ci, code):
    """Through the real conftest, in a pytest of its own."""
    (tmp_path / "test_x.py").write_text("import pytest\ndef test_a(): pytest.skip('x')\ndef test_b(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", ".", tmp_path]
    plain = ["-c", "pyproject.toml", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *plain], cwd=ROOT, env=os.environ | {"CI": ci}, capture_output=True, text=True
    )
    assert (done.returncode, "1 passed, 1 skipped" in done.stdout) == (code, True), done.stdout
