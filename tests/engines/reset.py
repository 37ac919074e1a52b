"""Emptying the database between committing tests, although the ledger forbids it and migrations put data in."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.core.serializers import serialize
from django.db.backends.base.base import BaseDatabaseWrapper

from reception.core.ledger import guards


def rows_now(connection: BaseDatabaseWrapper) -> str:
    """Every row of every model that has its table, as Django's serializer writes it."""
    tables = set(connection.introspection.table_names())
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    return serialize("json", [row for model in models for row in model._base_manager.all()])


def reset_after_flush(connection: BaseDatabaseWrapper) -> None:
    """Make every flush of this connection end in the state the migrations left: their rows, and the guards."""
    flush, migrated = connection.ops.execute_sql_flush, rows_now(connection)

    def reset(statements: Iterable[str]) -> None:
        guards.lift(connection)
        try:
            flush(statements)
            connection.creation.deserialize_db_from_string(migrated)
        finally:
            guards.install(connection)

    connection.ops.execute_sql_flush = reset
