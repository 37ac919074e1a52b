"""作废 (D4.3.3, D4.3.4): struck out by the manager with a reason, and what becomes of what it came from."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from helpdesk.complaints import actions as complaints
from helpdesk.emergencies import actions as emergencies
from helpdesk.enquiries import actions as enquiries
from helpdesk.log import actions as calls
from helpdesk.log.joining import join
from helpdesk.log.models import Call
from helpdesk.matters import actions as matters
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import rework
from helpdesk.repairs.views_show import household
from reception.core.clock.models import Clock
from reception.core.flow import REGISTRY, Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.factories.helpdesk import (
    make_call,
    make_complaint,
    make_emergency,
    make_enquiry,
    make_matter,
    make_repair,
    make_unit,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = {"reason": "整张开错了"}


def refused(act, *args, **given):
    """(code, field) of the refusal."""
    with pytest.raises(Refused) as found, transaction.atomic():
        act(*args, **given)
    return found.value.code, found.value.field


def test_D4_3_3_every_procedure_of_the_desk_is_left_by_the_same_move():
    """From every state that is not void, by the manager and the director, with a reason."""
    desk = [flow for kind, flow in REGISTRY.items() if kind.startswith("helpdesk.") and "void" in flow.moves]
    assert {flow.kind for flow in desk} >= {
        f"helpdesk.{kind}"
        for kind in ("call", "repair", "complaint", "emergency", "visitor", "enquiry", "matter")
    }
    for flow in desk:
        move = flow.moves["void"]
        assert set(move.sources) == set(flow.states.values) - {"void"}, flow.kind
        assert (move.targets, move.permission, move.needs) == (("void",), "void_record", ("reason",)), (
            flow.kind
        )
        assert "void" in flow.final, flow.kind


def test_C7_a_void_order_gives_its_call_back_and_the_desk_hears_of_it(cast, at):
    call = make_call(cast, at, kind="repair", place="3栋大堂", content="大堂灯不亮")
    order = calls.convert(call, by=cast.clerk, at=at)
    repairs.dispatch(order, by=cast.assistant, at=at, repairer=cast.repairer)
    now = at + HOUR
    repairs.void(order, by=cast.manager, at=now, **WHY)
    call, order = Call.objects.get(), Repair.objects.get()
    assert (order.status, order.void_reason, order.void_by, order.void_at) == (
        "void",
        "整张开错了",
        cast.manager,
        now,
    )
    assert (call.status, events_of(call).last().label) == ("open", "退回待处理")
    # Every clock of the order stopped, late as it was; the call's begins again.
    clocks = {(one.subject_kind, one.round): one for one in Clock.objects.all()}
    assert clocks["helpdesk.repair", 1].stopped_at == now and clocks["helpdesk.repair", 1].breached_at
    assert clocks["helpdesk.call", 2].stopped_at is None and not Repair.objects.open().exists()
    told = set(Notice.objects.filter(created_at=now).values_list("to__username", "title"))
    assert {who for who, title in told if "请重新处理" in title} == {"clerk"}
    assert "repairer" in {who for who, _ in told}
    # It may be written again, rightly this time, and once only.
    again = calls.convert(call, by=cast.clerk, at=now, category=order.category)
    assert again.no != order.no and Call.objects.get().status == "converted" and list(verify()) == []
    assert refused(repairs.void, order, by=cast.manager, at=now, **WHY)[0] == "state"
    # The unit's earlier records tell of the order that stands.
    Call.objects.update(unit=make_unit("3栋1202"))
    later = make_repair(cast, now, unit=make_unit("3栋1202"))
    assert [row.meta.split("·")[1] for row in household(later, "").rows] == ["待派工"]


@pytest.mark.parametrize(
    ("make", "act", "after"),
    [(make_complaint, complaints, "open"), (make_matter, matters, "open"), (make_enquiry, enquiries, "open"),
     (make_emergency, emergencies, "closed")],
)  # fmt: skip
def test_D4_3_4_a_void_case_leaves_no_caller_behind(cast, at, make, act, after):
    """The call waits again; a false alarm (误报) was told to its caller, and its call ends with it."""
    case = make(cast, at)
    call = Call.objects.get()
    assert call.status == "led_on"
    # While the case stands, its call cannot be struck out from below it.
    assert refused(calls.void, call, by=cast.manager, at=at, **WHY)[0] == "state"
    act.void(type(case).objects.get(), by=cast.manager, at=at + HOUR, **WHY)
    call = Call.objects.get()
    assert call.status == after and not Clock.objects.of(case).open().exists()
    calls.void(call, by=cast.manager, at=at + HOUR, **WHY)
    assert (call.status, Clock.objects.of(call).open().exists()) == ("void", False)


@pytest.mark.parametrize(
    ("make", "act"),
    [(make_complaint, complaints), (make_matter, matters), (make_enquiry, enquiries), (make_emergency, emergencies)],
)  # fmt: skip
def test_D4_3_4_what_was_over_stays_over(cast, at, make, act):
    """A case that was closed and then struck out keeps its closing, and its call stays closed."""
    case = make(cast, at, "closed")
    closed = type(case).objects.get().closed_at
    act.void(type(case).objects.get(), by=cast.director, at=at + 9 * HOUR, **WHY)
    case, call = type(case).objects.get(), Call.objects.get()
    assert (case.status, case.closed_at, call.status) == ("void", closed, "closed")


def test_D4_3_3_what_a_void_must_say(cast, at):
    call = make_call(cast, at)
    given = {"by": cast.manager, "at": at}
    assert refused(calls.void, call, reason=" ", **given) == ("missing", "reason")
    assert refused(calls.void, call, reason="长" * 501, **given) == ("invalid", "reason")
    assert refused(calls.void, call, reason="错", expect=9, **given)[0] == "stale"
    assert refused(calls.void, call, by=cast.clerk, at=at, reason="错")[0] == "forbidden"
    assert Call.objects.get().status == "open"


def test_a_void_record_is_no_open_item_and_no_figure(client, cast, at):
    """D4.3.3: gone from 待办 and from the desk's open list, still found by its number."""
    call, order = make_call(cast, at, kind="complaint", handling="先登记，待处理"), make_repair(cast, at)
    calls.void(call, by=cast.manager, at=at, **WHY)
    repairs.void(order, by=cast.manager, at=at, **WHY)
    with time_machine.travel(at + HOUR, tick=False):
        client.force_login(cast.clerk)
        assert order.no not in client.get("/desk/").content.decode()
        assert order.no not in client.get("/todo/").content.decode()
        assert order.no in client.get("/search/", {"q": order.no}).content.decode()
        listed = client.get("/helpdesk/repairs/?state=void", follow=True).content.decode()
        assert (
            listed.count("已作废") >= 1
            and order.no in client.get("/helpdesk/repairs/?clear=1", follow=True).content.decode()
        )


def test_D4_3_4_seams_between_a_void_order_and_what_hangs_on_it(cast, at):
    """What joined it, what would be its 返修, and a joined call that is struck out alone."""
    order = calls.convert(make_call(cast, at, kind="repair", place="3栋大堂"), by=cast.clerk, at=at)
    second, third = (make_call(cast, at, kind="repair", place="3栋大堂") for _ in range(2))
    for call in (second, third):
        join(call, by=cast.clerk, at=at, order=order)
    calls.void(Call.objects.get(pk=third.pk), by=cast.manager, at=at, **WHY)
    third.refresh_from_db()
    assert (third.status, third.joined_id, Repair.objects.get().status) == ("void", None, "waiting")
    # The order is struck out: both callers that still stand wait again, the void one does not.
    repairs.void(Repair.objects.get(), by=cast.manager, at=at, **WHY)
    assert list(Call.objects.order_by("pk").values_list("status", flat=True)) == ["open", "open", "void"]
    done = make_repair(cast, at, "finished")
    repairs.void(done, by=cast.manager, at=at + 9 * HOUR, **WHY)
    now = at + 10 * HOUR
    where = {"unit": done.unit, "place": done.place, "category": done.category, "at": now}
    assert not Repair.objects.mended(**where).exists()
    later = make_repair(cast, now)
    assert refused(repairs.link, later, by=cast.clerk, at=now, origin=done) == ("invalid", "origin")
    assert refused(rework, done, by=cast.clerk, at=now, content="又漏了")[0] == "state"
