"""Triggers that forbid changing or deleting events, on both engines; re-checked after every migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "core_event"
MESSAGE = "台账只能追加"

SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"DROP TRIGGER IF EXISTS event_no_update ON {TABLE}",
    f"DROP TRIGGER IF EXISTS event_no_delete ON {TABLE}",
    f"DROP TRIGGER IF EXISTS event_no_truncate ON {TABLE}",
    f"CREATE TRIGGER event_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION event_append_only()",
    f"CREATE TRIGGER event_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION event_append_only()",
    f"CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION event_append_only()",
]
NAMES = {
    "sqlite": {"event_no_update", "event_no_delete"},
    "postgresql": {"event_no_update", "event_no_delete", "event_no_truncate"},
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place (safe to repeat)."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of guards that are not there; empty when all stand or the table does not exist yet."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return set()
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [TABLE])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid=%s::regclass AND NOT tgisinternal AND tgenabled<>'D'",
                [TABLE],
            )
        return NAMES[connection.vendor] - {row[0] for row in cursor.fetchall()}
