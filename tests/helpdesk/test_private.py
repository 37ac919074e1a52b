"""What a repairer sees of orders that are nobody's yet, and a lateness that no later step hides (D4.4.1, E5.3)."""

from datetime import timedelta

import pytest
import time_machine

from reception.core.clock.periods import local
from tests.factories.helpdesk import make_call, make_repair, make_unit, step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def waiting(cast, at):
    """An order that waits for anybody of the repairer's trade, in a household that complained last week."""
    unit = make_unit("3栋1202")
    make_call(cast, at - timedelta(days=7), unit=unit, kind="complaint", content="邻居半夜装修")
    order = make_repair(cast, at, unit=unit)
    type(order).objects.filter(pk=order.pk).update(trade=cast.repairer.trade)
    return order


@pytest.mark.parametrize("tail", ["", "print/"])
def test_a_number_is_masked_until_the_order_is_one_s_own(client, cast, waiting, tail):
    """On the screen and on paper."""
    client.force_login(cast.repairer)
    page = client.get(f"{waiting.get_absolute_url()}{tail}").content.decode()
    assert ("13800138000" in page, "138****8000" in page) == (False, True)
    client.force_login(cast.clerk)
    assert "13800138000" in client.get(f"{waiting.get_absolute_url()}{tail}").content.decode()


def test_a_repairer_does_not_read_the_household_s_other_calls(client, cast, waiting):
    client.force_login(cast.repairer)
    assert "邻居半夜装修" not in client.get(waiting.get_absolute_url()).content.decode()
    client.force_login(cast.clerk)
    assert "邻居半夜装修" in client.get(waiting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("then", ["rearrange", "arrive", "finish"])
def test_D4_4_1_a_lateness_stays_on_the_repairer_s_page(client, cast, at, then):
    """A limit that passed is told after the time was agreed anew, after the arrival and after the work."""
    order = make_repair(cast, at, "acknowledged")
    now = order.last_at + 60 * MINUTE
    if then == "rearrange":
        step(cast, order, then, now, appoint_at=now + 60 * MINUTE, agreed_with="周女士", reason="客户外出")
    else:
        step(cast, order, "arrive", now)
    if then == "finish":
        step(cast, order, then, now + MINUTE)
    with time_machine.travel(now + 2 * MINUTE, tick=False):
        client.force_login(cast.repairer)
        assert "超时" in client.get("/helpdesk/my/").content.decode().split("<main")[1]


@pytest.mark.parametrize(("wait", "word"), [(5, "到场"), (60, "到场，超时")])
def test_the_desk_says_of_an_open_order_that_it_was_reached_late(client, cast, at, wait, word):
    order = make_repair(cast, at, "acknowledged")
    now = order.last_at + wait * MINUTE
    step(cast, order, "arrive", now)
    with time_machine.travel(now + MINUTE, tick=False):
        client.force_login(cast.clerk)
        page = client.get("/desk/open/").content.decode()
    assert f"{local(now):%H:%M}{word}</span>" in page
