"""The race helper itself: it must show a race where there is one, or it proves nothing elsewhere."""

import threading

import pytest
from django.db import connection
from django.db.models import F

from reception.core.ledger import writing
from reception.core.ledger.guards import missing
from reception.core.ledger.models import ChainHead, Counter
from tests.engines.race import errors, race, winners

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


def counter() -> int:
    return Counter.objects.create(prefix="XX", year=2026).pk


def last(pk: int) -> int:
    return Counter.objects.get(pk=pk).last


def test_negative_control_unguarded_read_then_write_loses_an_update():
    pk, both_have_read = counter(), threading.Barrier(2)

    def careless() -> None:
        seen = last(pk)
        both_have_read.wait(10)
        Counter.objects.filter(pk=pk).update(last=seen + 1)

    outcomes = race(careless, careless)
    assert (len(winners(outcomes)), errors(outcomes), last(pk)) == (2, [], 1)


def test_under_the_ledgers_lock_no_update_is_lost():
    pk = counter()

    def careful() -> None:
        with writing():
            seen = last(pk)
            Counter.objects.filter(pk=pk).update(last=seen + 1)

    outcomes = race(*[careful] * 8)
    assert (len(winners(outcomes)), errors(outcomes), last(pk)) == (8, [], 8)


def test_a_guarded_update_has_one_winner():
    pk = counter()

    def claim() -> int:
        return Counter.objects.filter(pk=pk, last=0).update(last=F("last") + 1)

    assert sorted(outcome.value for outcome in race(*[claim] * 6)) == [0, 0, 0, 0, 0, 1]


def test_an_error_is_an_outcome_and_hides_no_other():
    def fall() -> None:
        raise ValueError("fell")

    outcomes = race(fall, lambda: "home")
    assert [(o.value, str(o.error or "")) for o in outcomes] == [(None, "fell"), ("home", "")]


def test_after_a_committing_test_the_migrations_data_and_the_guards_are_back():
    assert list(ChainHead.objects.values_list("pk", "seq")) == [(1, 0)]
    assert Counter.objects.count() == 0
    assert missing(connection) == set()
