"""Triggers that forbid changing or deleting events and corrections, on both engines; re-checked after every migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "core_event"
MESSAGE = "台账只能追加"
# What is append-only: table → the first word of its triggers' names. A wing adds its own in ready().
GUARDED = {TABLE: "event"}
FUNCTION = (
    "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
)


def _sqlite(table: str, name: str) -> list[str]:
    """The statements that put one table's guards in place."""
    raising = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name}_no_{verb.lower()} BEFORE {verb} ON {table} {raising}"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str, name: str) -> list[str]:
    """The same for PostgreSQL, which can also empty a table at once."""
    statements = [FUNCTION]
    for verb, rows in (("UPDATE", "FOR EACH ROW "), ("DELETE", "FOR EACH ROW "), ("TRUNCATE", "")):
        trigger = f"{name}_no_{verb.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {trigger} ON {table}",
            f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table} {rows}EXECUTE FUNCTION event_append_only()",
        ]
    return statements


def names(vendor: str, table: str = TABLE) -> set[str]:
    """The guards that `table` should have."""
    verbs = ("update", "delete") if vendor == "sqlite" else ("update", "delete", "truncate")
    return {f"{GUARDED[table]}_no_{verb}" for verb in verbs}


def standing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guarded tables that exist."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return [table for table in GUARDED if table in there]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place (safe to repeat)."""
    write = _sqlite if connection.vendor == "sqlite" else _postgresql
    for table in standing(connection):
        with connection.cursor() as cursor:
            for statement in write(table, GUARDED[table]):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of guards that are not there; empty when all stand or the tables do not exist yet."""
    gone: set[str] = set()
    for table in standing(connection):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [table])
            else:
                cursor.execute(
                    "SELECT tgname FROM pg_trigger WHERE tgrelid=%s::regclass AND NOT tgisinternal AND tgenabled<>'D'",
                    [table],
                )
            gone |= names(connection.vendor, table) - {row[0] for row in cursor.fetchall()}
    return gone


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away, as only the owner of the tables can: for tests."""
    for table in standing(connection):
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        with connection.cursor() as cursor:
            for name in sorted(names(connection.vendor, table)):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
