"""What the models promise stands in the database, on both engines, after all migrations."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from reception.core.ledger.guards import missing
from tests.house.test_paired_fields import own_models

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def test_every_named_constraint_and_index_is_in_the_engine():
    with connection.cursor() as cursor:
        absent = [
            f"{model.__name__}.{promised.name}"
            for model in own_models()
            for there in [connection.introspection.get_constraints(cursor, model._meta.db_table)]
            for promised in [*model._meta.constraints, *model._meta.indexes]
            if promised.name not in there
        ]
    assert absent == []


def test_there_is_something_to_promise():
    """Negative control: an empty list of models would pass the test above."""
    checks = [
        c for model in own_models() for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    ]
    assert len(checks) >= 1


def test_no_model_waits_for_a_migration(capsys):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_guards_stand_after_all_migrations():
    assert missing(connection) == set()
