"""变更 and 取消 pressed at the same instant: one wins, the other reads a sentence, on both engines."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.engines.race import errors, race, winners
from tests.factories.visits import make_reception, stale
from visits.changes import actions
from visits.models import Change, Reception
from visits.requests import actions as requests

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


def drafted(cast, at):
    """A written change that only has to be submitted."""
    reception = make_reception(cast, "preparing", at=at)
    change = actions.start(reception, by=cast.sales, at=at)
    fields = {"arrive_at": at + timedelta(days=13), "leave_at": at + timedelta(days=14)}
    return actions.save(change, by=cast.sales, at=at, fields=fields, reason="客户推迟三天")


def pending(cast, at):
    """One that waits for a leader."""
    return actions.submit(drafted(cast, at), by=cast.sales, at=at)


def one_won(outcomes):
    """Exactly one won; the other was told a sentence; the chain is whole."""
    lost = errors(outcomes)
    assert (len(winners(outcomes)), [type(error) for error in lost]) == (1, [Refused] * (len(outcomes) - 1))
    assert {error.code for error in lost} <= {"stale", "state"}
    assert all(error.message.endswith(("。", "）")) for error in lost)
    assert list(verify()) == []


def test_records_1_2_start_twice(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    copies = [stale(reception), stale(reception)]
    one_won(race(*[lambda it=it: actions.start(it, by=cast.sales, at=at) for it in copies]))
    assert Change.objects.count() == 1


def test_records_1_2_submit_twice(cast, at):
    change = drafted(cast, at)
    copies = [stale(change), stale(change)]
    one_won(race(*[lambda it=it: actions.submit(it, by=cast.sales, at=at) for it in copies]))
    assert events_of(change).filter(verb="submit").count() == 1


def test_A3_1b_approve_twice(cast, at):
    change = pending(cast, at)
    pairs = [(stale(change), cast.gm), (stale(change), cast.vgm)]
    one_won(race(*[lambda it=it, by=by: actions.approve(it, by=by, at=at) for it, by in pairs]))
    after = Reception.objects.get(pk=change.reception_id)
    assert (after.version, events_of(after).filter(verb="change").count()) == (2, 1)


def test_A3_1b_approve_against_refuse(cast, at):
    change = pending(cast, at)
    one, other = stale(change), stale(change)
    one_won(
        race(
            lambda: actions.approve(one, by=cast.gm, at=at),
            lambda: actions.refuse(other, by=cast.vgm, at=at, opinion="检修"),
        )
    )
    version = Reception.objects.get(pk=change.reception_id).version
    assert (stale(change).status, version) in [("effective", 2), ("refused", 1)]


def test_A3_1b_approve_against_withdraw(cast, at):
    change = pending(cast, at)
    one, other = stale(change), stale(change)
    one_won(
        race(
            lambda: actions.approve(one, by=cast.gm, at=at),
            lambda: actions.withdraw(other, by=cast.sales, at=at),
        )
    )
    version = Reception.objects.get(pk=change.reception_id).version
    assert (stale(change).status, version) in [("effective", 2), ("withdrawn", 1)]


def test_records_1_2_approve_against_the_cancellation_of_the_whole(cast, at):
    """Whoever is second finds what the first left: a change of a cancelled reception, or a reception of another
    version than the page showed."""
    change = pending(cast, at)
    reception, one = stale(change.reception), stale(change)
    one_won(
        race(
            lambda: actions.approve(one, by=cast.gm, at=at),
            lambda: requests.cancel(
                reception, by=cast.vgm, at=at, reason="不来了", expect=reception.revision
            ),
        )
    )
    after = stale(reception)
    assert (after.status, after.version, stale(change).status) in [
        ("preparing", 2, "effective"), ("cancelled", 1, "withdrawn"),
    ]  # fmt: skip


def test_records_1_2_confirm_against_keep(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    requests.ask_cancel(reception, by=cast.sales, at=at, reason="不来了")
    one, other = stale(reception), stale(reception)
    one_won(
        race(
            lambda: requests.cancel(one, by=cast.gm, at=at),
            lambda: requests.keep(other, by=cast.vgm, at=at, reason="照常"),
        )
    )
    after = stale(reception)
    assert (after.status, after.tasks.open().exists()) in [("cancelled", False), ("preparing", True)]


def test_records_1_2_confirm_against_start(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    requests.ask_cancel(reception, by=cast.sales, at=at, reason="不来了")
    one, other = stale(reception), stale(reception)
    one_won(
        race(
            lambda: requests.cancel(one, by=cast.gm, at=at),
            lambda: requests.start(other, by=cast.sales, at=at),
        )
    )
    assert stale(reception).status in ("cancelled", "receiving")
