"""The ledger: append-only, chained, verifiable (D4.3.3); signatures are frozen (D4.3.5)."""

from datetime import datetime, timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from reception.core.clock.periods import SHANGHAI
from reception.core.ledger import action, events_of, next_no, record, writing
from reception.core.ledger import verify as verify_module
from reception.core.ledger.guards import install, lift, missing
from reception.core.ledger.models import ChainHead, Event
from reception.core.ledger.verify import verify
from tests.core.things import Thing

pytestmark = pytest.mark.django_db
T0 = datetime(2026, 10, 21, 10, 0, 0, 123456, tzinfo=SHANGHAI)


def write(count=3, by=None):
    with writing():
        for index in range(count):
            record(Thing(), "note", "记一笔", by=by, at=T0 + timedelta(minutes=index), reason="因为",
                   detail={"金额": "3.50", "at": T0})  # fmt: skip


def tamper(sql, *params):
    """Do what an intruder with the database would: take the guards off, change, put them back."""
    lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    install(connection)


def findings():
    return sorted({finding.seq for finding in verify()})


def test_D4_3_3_an_untouched_chain_is_sound(cast):
    write(by=cast.clerk)
    assert (findings(), Event.objects.count(), ChainHead.objects.get().seq) == ([], 3, 3)


@pytest.mark.parametrize("sql", ["UPDATE core_event SET reason='改'", "DELETE FROM core_event"])
@pytest.mark.engine
def test_D4_3_3_the_database_refuses_to_change_the_past(sql, cast):
    write()
    with (
        pytest.raises(DatabaseError, match="台账只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.count() == 3


@pytest.mark.parametrize(
    ("sql", "params", "seen"),
    [
        ("UPDATE core_event SET reason=%s WHERE seq=2", ["没有"], [2]),
        ("UPDATE core_event SET actor_name=%s WHERE seq=2", ["别人"], [2]),
        ("UPDATE core_event SET detail=%s WHERE seq=2", ['{"金额": "9.50"}'], [2]),
        ("UPDATE core_event SET at=%s WHERE seq=2", [T0 - timedelta(days=1)], [2]),
        ("UPDATE core_event SET subject_no=%s WHERE seq=2", ["WX-1"], [2]),
        ("DELETE FROM core_event WHERE seq=2", [], [3]),
        ("DELETE FROM core_event WHERE seq=3", [], [3]),
    ],
    ids=["words", "signature", "detail", "re-dated", "moved", "deleted", "cut"],
)
@pytest.mark.engine
def test_D4_3_3_every_kind_of_tampering_is_found(sql, params, seen, cast):
    write()
    tamper(sql, *params)
    assert findings() == seen


def test_what_is_appended_while_reading_is_no_break(cast, monkeypatch):
    """The worker writes while the auditor verifies: events and head are not read in the same instant."""
    write()
    written = iter([True])

    class Writing:
        """The head of the chain, with one event written just before it is read the first time."""

        @property
        def objects(self):
            if next(written, False):
                write(1)
            return ChainHead.objects

    monkeypatch.setattr(verify_module, "ChainHead", Writing())
    assert (findings(), ChainHead.objects.get().seq) == ([], 4)


def test_a_swap_is_found(cast):
    write()
    tamper("UPDATE core_event SET seq=99 WHERE seq=1")
    tamper("UPDATE core_event SET seq=1 WHERE seq=2")
    tamper("UPDATE core_event SET seq=2 WHERE seq=99")
    assert findings()


def test_a_forged_link_without_the_key_is_found(cast, settings):
    write(2)
    settings.LEDGER_KEY = "what an intruder guesses"
    with writing():
        record(Thing(), "note", "伪造", by=None, at=T0)
    settings.LEDGER_KEY = "dev"
    assert findings()


def test_the_commands_say_sound_or_broken(cast, capsys):
    write()
    call_command("verify_ledger")
    assert "台账完好：3 条" in capsys.readouterr().out
    tamper("UPDATE core_event SET reason='x' WHERE seq=1")
    with pytest.raises(CommandError, match="1 处"):
        call_command("verify_ledger")


@pytest.mark.engine
def test_missing_guards_stop_the_application():
    name = "event_no_update"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}" + (" ON core_event" if connection.vendor == "postgresql" else "")
        )
    try:
        assert missing(connection) == {name}
        assert [error.id for error in run_checks(databases=["default"])] == ["core.E001"]
    finally:
        install(connection)
    assert missing(connection) == set()


def test_D4_3_5_the_signature_is_frozen_as_text(cast):
    write(1, by=cast.clerk)
    before = Event.objects.get().actor_name
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(name="改名")
    assert (Event.objects.get().actor_name, findings()) == (before, [])


def test_numbers_count_per_prefix_and_shanghai_year():
    @action
    def draw(at):
        return next_no("JD", at)

    eve = datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI)
    assert [draw(eve), draw(eve), draw(eve + timedelta(minutes=1))] == [
        "JD-2026-0001",
        "JD-2026-0002",
        "JD-2027-0001",
    ]


def test_an_action_that_fails_leaves_no_number_and_no_event(cast):
    @action
    def fail():
        next_no("JD", T0)
        record(Thing(), "note", "记一笔", by=None, at=T0)
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fail()
    assert (Event.objects.count(), list(events_of(Thing()))) == (0, [])
