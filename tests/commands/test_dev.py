"""The two commands: what they write, what they refuse, and what an interruption leaves behind."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import dev


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """dev.py in an empty checkout whose path has a space and Chinese in it; installations are only counted."""
    root = tmp_path / "迎候 checkout"
    root.mkdir()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text(f"{name}==1\n")
    for key in ("PORT", "DEMO", "SECRET_KEY", "LEDGER_KEY"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "VENV", root / ".venv")
    monkeypatch.setattr(dev, "PYTHON", root / ".venv" / "bin" / "python")
    monkeypatch.setattr(dev, "READY", root / ".venv" / "ready")
    return root


@pytest.fixture
def steps(bare: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What an installation did, in order: "venv" and the lock that was installed."""
    done: list[str] = []

    def quietly(command: list[str], chinese: str, english: str) -> None:
        done.append(command[-1] if "pip" in command else "venv")
        dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        dev.PYTHON.touch()

    monkeypatch.setattr(dev, "quietly", quietly)
    return done


# --- the environment -----------------------------------------------------------------------------------------


def test_a_first_start_makes_the_environment_and_the_next_does_nothing(steps):
    dev.install("run")
    dev.install("run")
    assert steps == ["venv", "requirements.txt"]


def test_the_tools_go_on_top_and_serve_both(steps):
    for kind in ("run", "dev", "run", "dev"):
        dev.install(kind)
    assert steps == ["venv", "requirements.txt", "requirements-dev.txt"]


def test_a_changed_lock_makes_it_again(steps, bare):
    dev.install("run")
    (bare / "requirements.txt").write_text("other==2\n")
    dev.install("run")
    assert steps == ["venv", "requirements.txt"] * 2


def test_an_interrupted_installation_is_thrown_away(steps, monkeypatch):
    honest = dev.quietly

    def killed(command: list[str], chinese: str, english: str) -> None:
        honest(command, chinese, english)
        if "pip" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(dev, "quietly", killed)
    with pytest.raises(KeyboardInterrupt):
        dev.install("run")
    monkeypatch.setattr(dev, "quietly", honest)
    (leftover := dev.VENV / "half").touch()
    dev.install("run")
    assert (steps, leftover.exists()) == (["venv", "requirements.txt"] * 2, False)


def test_tools_interrupted_on_top_make_everything_again(steps, monkeypatch):
    dev.install("run")
    honest = dev.quietly
    monkeypatch.setattr(dev, "quietly", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        dev.install("dev")
    monkeypatch.setattr(dev, "quietly", honest)
    dev.install("run")
    assert steps == ["venv", "requirements.txt"] * 2


def test_a_failed_step_says_what_failed_in_both_languages(capsys):
    with pytest.raises(SystemExit) as left:
        dev.quietly([sys.executable, "-c", "print('no route'); raise SystemExit(3)"], "没有网络", "offline")
    assert (left.value.code, capsys.readouterr().err) == (1, "no route\n\n✗ 没有网络\n  offline\n")


# --- .env ----------------------------------------------------------------------------------------------------


def read(root: Path) -> dict[str, str]:
    lines = (root / ".env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_a_first_start_writes_a_demo_with_random_keys_for_the_owner_only(bare):
    dev.complete_dotenv()
    first = read(bare)
    (bare / ".env").rename(bare / "before")
    dev.complete_dotenv()
    second = read(bare)
    assert list(first) == ["SECRET_KEY", "LEDGER_KEY", "DEMO", "PORT"]
    assert (first["DEMO"], first["PORT"]) == ("1", "8000")
    assert {first[key] == second[key] for key in ("SECRET_KEY", "LEDGER_KEY")} == {False}
    assert stat.S_IMODE((bare / ".env").stat().st_mode) == 0o600


def test_keys_that_exist_are_never_touched(bare):
    text = "# 我的\nSECRET_KEY=mine\nLEDGER_KEY='kept'\nDEMO=0\n"
    (bare / ".env").write_text(text, encoding="utf-8")
    dev.complete_dotenv()
    assert (bare / ".env").read_text(encoding="utf-8") == text


def test_an_env_made_from_the_example_gets_its_keys_and_no_demo(bare):
    example = (Path(dev.__file__).parent / ".env.example").read_text(encoding="utf-8")
    (bare / ".env").write_text(example, encoding="utf-8")
    dev.complete_dotenv()
    after = read(bare)
    assert (after["DEMO"], len(after["LEDGER_KEY"]), len(after["SECRET_KEY"]) > 50) == ("0", 64, True)


def test_the_environment_wins_over_the_file(bare, monkeypatch):
    (bare / ".env").write_text("PORT=8005\n")
    assert dev.dotenv()["PORT"] == "8005"
    monkeypatch.setenv("PORT", "8006")
    assert dev.dotenv()["PORT"] == "8006"


# --- the port ------------------------------------------------------------------------------------------------


def test_a_taken_port_is_said_with_the_way_out_before_anything_is_made(bare, monkeypatch, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))
        with pytest.raises(SystemExit) as left:
            dev.run([])
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert [str(taken) in said, said.count("PORT=8001 make run")] == [True, 2]
    assert sorted(path.name for path in bare.iterdir()) == ["requirements-dev.txt", "requirements.txt"]


@pytest.mark.parametrize("text", ["", "8000"])
def test_no_port_is_8000(bare, monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    monkeypatch.setattr(socket.socket, "bind", lambda *_: None)
    assert dev.free_port() == 8000


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80.5"])
def test_nonsense_is_no_port(bare, monkeypatch, capsys, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit):
        dev.free_port()
    assert f"PORT={text} 不是端口号" in capsys.readouterr().err


# --- the words -----------------------------------------------------------------------------------------------


def test_an_unknown_word_shows_how_to_use_it_from_any_directory(tmp_path):
    script = Path(dev.__file__)
    done = subprocess.run([sys.executable, script, "fly"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, "./dev.py run | test | check | bench | demo | report" in done.stdout) == (
        2,
        True,
    )


def test_make_knows_the_same_words():
    makefile = (Path(dev.__file__).parent / "Makefile").read_text(encoding="utf-8")
    assert f".PHONY: {' '.join(dev.COMMANDS)}\n" in makefile
    assert os.access(dev.__file__, os.X_OK)


def test_a_second_start_waits_for_the_first_and_says_so(bare, capsys):
    def start() -> None:
        with dev.alone():
            pass

    second = threading.Thread(target=start)
    with dev.alone():
        second.start()
        second.join(0.3)
        assert second.is_alive()
    second.join(5)
    assert [second.is_alive(), "等它完成" in capsys.readouterr().out] == [False, True]
