"""Two people at the same value, or at the same record, in the same instant: nothing is lost, nothing stands twice (D4.3.3)."""

from datetime import datetime

import pytest

from helpdesk.corrections.actions import correct
from helpdesk.corrections.models import Correction
from helpdesk.log import actions as calls
from helpdesk.log.models import Call
from helpdesk.repairs import actions as repairs
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import SHANGHAI
from reception.core.ledger.verify import verify
from tests.factories.helpdesk import make_call, make_repair
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def test_D4_3_3_two_corrections_of_one_value_are_never_both_about_the_same_old_one():
    cast = make_cast()
    call = make_call(cast, AT, "closed", place="大堂")
    both = [
        lambda o, p=p, w=w: correct(o, "place", w, by=p, at=AT, reason="听错", seen="大堂")
        for p, w in ((cast.clerk, "3栋大堂"), (cast.manager, "5栋大堂"))
    ]
    assert sorted(raced(call.pk, *both, model=Call)) == ["", "stale"]
    row, call = Correction.objects.get(), Call.objects.get()
    assert (row.old, row.new) == ("大堂", call.place) and list(verify()) == []


def test_D4_3_3_two_fields_at_once_keep_both_chains():
    cast = make_cast()
    call = make_call(cast, AT, "closed", place="大堂")
    moves = [
        lambda o: correct(o, "place", "3栋大堂", by=cast.clerk, at=AT, reason="听错"),
        lambda o: correct(o, "caller_name", "邹", by=cast.manager, at=AT, reason="听错"),
    ]
    ended = raced(call.pk, *moves, model=Call)
    rows, call = Correction.objects.all(), Call.objects.get()
    assert set(ended) <= {"", "stale"} and len(rows) == ended.count("")
    assert all(getattr(call, row.field) == row.new for row in rows)


def test_D4_3_3_struck_out_against_corrected_ends_one_way():
    cast = make_cast()
    order = make_repair(cast, AT, "finished")
    ended = raced(
        order.pk,
        lambda o: repairs.void(o, by=cast.manager, at=AT, reason="开重了"),
        lambda o: correct(o, "measures", "换阀", by=cast.clerk, at=AT, reason="写错"),
        model=Repair,
    )
    order.refresh_from_db()
    # Whoever was first: a void record takes no correction, a corrected one is seen again before it is struck out.
    assert (ended, order.status) in ((["", "state"], "void"), (["", ""], "void"), (["stale", ""], "finished"))
    assert Correction.objects.count() == (0 if ended[1] else 1)


def test_D4_3_3_a_call_is_never_struck_out_below_its_order():
    cast = make_cast()
    call = make_call(cast, AT, kind="repair", place="大堂")
    ended = raced(
        call.pk,
        lambda o: calls.void(o, by=cast.manager, at=AT, reason="误按"),
        lambda o: calls.convert(o, by=cast.clerk, at=AT),
        model=Call,
    )
    call.refresh_from_db()
    assert ended.count("") == 1 and (call.status, Repair.objects.count()) in (("void", 0), ("converted", 1))
