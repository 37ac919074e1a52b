"""The engine's own refusal of a second firm booking at the same time (B4): an exclusion constraint on PostgreSQL, two
triggers on SQLite. Put back after every migration, for SQLite loses triggers when Django rebuilds a table."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "visits_resourcebooking"
NAME = "booking_never_twice"
MESSAGE = "这个时间已有预订"
# A range of one number instead of "=": no extension has to be installed.
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist "
    "(int8range(resource_id, resource_id, '[]') WITH &&, tstzrange(held_from, held_until) WITH &&) "
    "WHERE (status = 'firm' AND exclusive AND NOT \"overlaps\")"  # a word of SQL's own, so quoted
)
OTHER = (
    f"SELECT 1 FROM {TABLE} WHERE resource_id = NEW.resource_id AND id <> NEW.id AND status = 'firm' AND exclusive "
    "AND NOT overlaps AND held_from < NEW.held_until AND held_until > NEW.held_from"
)


def _sqlite(verb: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {NAME}_{verb.lower()} AFTER {verb} ON {TABLE} "
        f"WHEN NEW.status = 'firm' AND NEW.exclusive AND NOT NEW.overlaps AND EXISTS ({OTHER}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard in place (safe to repeat)."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for verb in ("INSERT", "UPDATE"):
                cursor.execute(_sqlite(verb))
        elif not standing(connection):
            cursor.execute(POSTGRESQL)


def standing(connection: BaseDatabaseWrapper) -> bool:
    """Whether the guard is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name LIKE %s", [f"{NAME}%"]
            )
            return cursor.fetchone() == (2,)
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [NAME])
        return cursor.fetchone() == (1,)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take it away, as only the owner of the table can: for tests."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("insert", "update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_{verb}")
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}")


def after_migration(using: str = "default", **kwargs: object) -> None:
    """Called by Django after every migration."""
    from django.db import connections

    install(connections[using])
