"""A migrated database to start from: building one takes longer than most test runs.

On SQLite a file beside the machine's other temporary ones, on PostgreSQL a database of the same server, both under the
hash of everything that decides their content, so a changed migration, helper or Django makes a new one. `migrate` still
runs on the copy, and finds nothing to do.
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
from django.core.management import call_command

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


def digest() -> str:
    """Of the code as it stands: everything that decides what a migrated database holds."""
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted(sources()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:24]


def template() -> Path:
    """Where the SQLite template is, or belongs; in a directory that only we may write."""
    home = Path(tempfile.gettempdir()) / f"yinghou-tests-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise PermissionError(home)
    return home / f"{digest()}.sqlite3"


def take(connection) -> bool:
    """Begin the test database of this connection as a copy of its engine's template; False when there is none."""
    name = connection.creation._get_test_db_name()
    if connection.vendor != "sqlite":
        return cloned(connection, f"yinghou_{digest()}", name)
    try:
        shutil.copyfile(template(), name)
    except FileNotFoundError:
        return False
    return True


def cloned(connection, source: str, name: str) -> bool:
    """Have PostgreSQL copy the database `source`; False when the server has none of that name."""
    quoted = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")
        cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(source)}")
    return True


def keep(connection) -> None:
    """Make this freshly migrated SQLite database the template, whole or not at all."""
    place = template()
    beside = place.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(beside)])
    os.replace(beside, place)
    for other in place.parent.glob("*"):
        if time.time() - other.stat().st_mtime > STALE:
            other.unlink(missing_ok=True)


def migrated(connection, name: str) -> None:
    """Bring an empty database of that name to the last migration, as Django's own test databases are."""
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def build() -> None:
    """Make the template of the engine that DATABASE_URL names: `python -m tests.engines.template`, once for all workers."""
    from django.db import connection

    if connection.vendor == "sqlite":
        if not template().exists():
            with tempfile.TemporaryDirectory() as folder:
                migrated(connection, f"{folder}/new.sqlite3")
                keep(connection)
                connection.close()
        return
    name, beside = f"yinghou_{digest()}", f"yinghou_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {beside}")
    migrated(connection, beside)
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {beside} RENAME TO {name}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reception.settings")
    django.setup()
    build()
