"""A phone that sends twice at once, and a dispatcher who is faster: one effect each, on both engines (D4.4.1)."""

import uuid
from datetime import datetime, timedelta

import pytest

from helpdesk.fieldwork.actions import Sent, accept_site_time, take
from helpdesk.fieldwork.choices import Role
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.tickets import ticket_of
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import SHANGHAI
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.engines.race import race
from tests.factories.helpdesk import make_repair
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_field import shot

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
LATER = AT + timedelta(minutes=30)


def raced(*runs) -> list[str]:
    """How each ended: "" for done, else the refusal's code; the chain is whole."""
    outcomes = race(*runs)
    assert [o.error for o in outcomes if o.error and not isinstance(o.error, Refused)] == []
    assert list(verify()) == []
    return [o.error.code if o.error else "" for o in outcomes]


def sending(ticket, sent, by, **beside):
    return lambda: take(ticket, sent, by=by, at=LATER, **beside)


def times(order, verb) -> int:
    return events_of(order).filter(verb=verb).count()


def test_D4_4_1_one_step_sent_four_times_at_once_is_done_once():
    cast = make_cast()
    order = make_repair(cast, AT, "acknowledged")
    ticket, sent = ticket_of(order), Sent(uuid.uuid4(), "arrive", LATER)
    pictures = [shot(Role.BEFORE)]
    assert raced(*[sending(ticket, sent, cast.repairer, pictures=pictures)] * 4) == [""] * 4
    assert (FieldStep.objects.count(), times(order, "arrive"), Attachment.objects.count()) == (1, 1, 1)


def test_D4_4_1_two_phones_with_one_link_take_the_step_once():
    cast = make_cast()
    order = make_repair(cast, AT, "handed")
    ticket = ticket_of(order)
    runs = [sending(ticket, Sent(uuid.uuid4(), "acknowledge", LATER), cast.repairer) for _ in range(3)]
    assert sorted(raced(*runs)) == ["", "state", "state"]
    assert (FieldStep.objects.count(), times(order, "acknowledge")) == (1, 1)


def test_D4_4_1_one_id_for_two_orders_is_good_for_one():
    cast = make_cast()
    orders = [make_repair(cast, AT, "handed") for _ in range(2)]
    sent = Sent(uuid.uuid4(), "acknowledge", LATER)
    ended = raced(*[sending(ticket_of(order), sent, cast.repairer) for order in orders])
    assert sorted(ended) == ["", "state"]
    states = [Repair.objects.get(pk=order.pk).status for order in orders]
    assert states == (["acknowledged", "handed"] if ended[1] else ["handed", "acknowledged"])


def test_E5_3_3_a_step_against_a_change_of_hands_ends_one_way():
    cast = make_cast()
    order = make_repair(cast, AT, "handed")
    copy = Repair.objects.get(pk=order.pk)
    ended = raced(
        sending(ticket_of(order), Sent(uuid.uuid4(), "acknowledge", LATER), cast.repairer),
        lambda: repairs.reassign(copy, by=cast.assistant, at=LATER, repairer=cast.repairer2, reason="离得近"),
    )
    assert sorted(ended) in (["", "stale"], ["", "state"])
    order.refresh_from_db()
    assert (order.status, order.repairer) == (
        ("handed", cast.repairer2) if ended[0] else ("acknowledged", cast.repairer)
    )


def test_D4_4_1_two_managers_believe_once():
    cast = make_cast()
    order = make_repair(cast, AT, "acknowledged")
    step = take(
        ticket_of(order), Sent(uuid.uuid4(), "arrive", AT + timedelta(minutes=20)), by=cast.repairer, at=LATER
    )
    runs = [
        lambda who=who: accept_site_time(
            FieldStep.objects.get(pk=step.pk), by=who, at=LATER, reason="问过业主"
        )
        for who in (cast.manager, cast.director)
    ]
    assert sorted(raced(*runs)) == ["", "stale"]
    assert times(order, "accept_time") == 1
