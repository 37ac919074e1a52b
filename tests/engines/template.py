"""A migrated SQLite file to start from: building one takes longer than most test runs.

Kept beside the machine's other temporary files under the hash of everything that decides its content, so a
changed migration, helper or Django makes a new one. `migrate` still runs on the copy, and finds nothing to do.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
OURS = ("reception", "visits", "helpdesk")
STALE = 24 * 3600  # seconds after which somebody else's template is thrown away


def sources() -> set[Path]:
    """Every migration of ours, every module of ours that one of them imports, and the roles that follow them."""
    migrations = {path for name in OURS for path in (ROOT / name).rglob("migrations/*.py")}
    return (
        {ROOT / "reception/core/people/roles.py"}
        | migrations
        | {path for migration in migrations for path in helpers(migration)}
    )


def helpers(migration: Path) -> set[Path]:
    """The modules of ours that a migration imports."""
    names = set()
    for node in ast.walk(ast.parse(migration.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {Path(origin) for name in names if name.startswith(OURS) and (origin := origin_of(name))}


def origin_of(name: str) -> str | None:
    """The file of a module, None when the name is something inside one."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return None
    return spec.origin if spec else None


def template() -> Path:
    """Where the template for the code as it stands is, or belongs; in a directory that only we may write."""
    home = Path(tempfile.gettempdir()) / f"yinghou-tests-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise PermissionError(home)
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(sources()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return home / f"{digest.hexdigest()[:24]}.sqlite3"


def take(target: Path) -> bool:
    """Copy the template to `target`, when there is one."""
    try:
        shutil.copyfile(template(), target)
    except FileNotFoundError:
        return False
    return True


def keep(connection) -> None:
    """Make this freshly migrated database the template, whole or not at all."""
    place = template()
    beside = place.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(beside)])
    os.replace(beside, place)
    for other in place.parent.glob("*"):
        if time.time() - other.stat().st_mtime > STALE:
            other.unlink(missing_ok=True)
