"""取消 with its consequences: the applicant, and after the approval a leader too (issue 3.2, records §1.2)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.factories.visits import expense, make_reception, stale
from visits.changes import actions as changes
from visits.costs.report import Asked, total
from visits.requests import actions, settling
from visits.requests.cancelling import consequences
from visits.requests.policies import PROCEDURE

pytestmark = pytest.mark.django_db
WHY = "客户内部调整，不来了"


def asked(cast, at):
    """An approved reception whose applicant asks to cancel it."""
    reception = make_reception(cast, "preparing", at=at)
    return actions.ask_cancel(reception, by=cast.sales, at=at, reason=WHY)


def refused(function, *args, **kwargs):
    """(code, sentence) of a refusal."""
    with pytest.raises(Refused) as no:
        function(*args, **kwargs)
    return no.value.code, no.value.message


def test_records_1_2_after_the_approval_a_leader_confirms(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    assert refused(actions.cancel, reception, by=cast.sales, at=at, reason=WHY) == (
        "forbidden", "已经批准的接待要由领导确认取消，请点“申请取消”。",
    )  # fmt: skip
    actions.ask_cancel(reception, by=cast.sales, at=at, reason=WHY)
    assert (reception.status, reception.tasks.open().count()) == ("preparing", 22)
    told = Notice.objects.filter(title__contains="已申请取消", body=WHY)
    assert set(told.values_list("to__username", flat=True)) == {"gm", "vgm", "vgm2"}
    actions.cancel(reception, by=cast.vgm, at=at)
    assert (reception.status, reception.tasks.open().count()) == ("cancelled", 0)
    assert events_of(reception).get(verb="cancel").reason == WHY


def test_records_1_2_what_a_leader_does_not_confirm_goes_on(cast, at):
    reception = asked(cast, at)
    assert refused(actions.keep, reception, by=cast.gm, at=at, reason="")[0] == "missing"
    actions.keep(reception, by=cast.gm, at=at, reason="改为视频会议，仍要准备")
    assert (reception.status, reception.cancel_asked_at, reception.cancel_reason) == ("preparing", None, "")
    assert Notice.objects.filter(to=cast.sales, title__contains="已不同意取消").count() == 1


# who may make which move once the cancellation is asked for
ASKED = {
    "sales": {"start", "unask"}, "sales2": {"start"}, "sales_head": {"start"}, "gm": {"cancel", "keep"},
    "vgm": {"cancel", "keep"}, "reception": {"start"}, "office": {"start"}, "tech": set(), "clerk": set(),
    "auditor": set(), "stranger": set(),
}  # fmt: skip


def test_A3_1b_who_may_while_a_cancellation_waits(cast, at):
    reception = asked(cast, at)
    for name, moves in ASKED.items():
        found = set()
        for move in PROCEDURE.flow:
            try:
                PROCEDURE.check(reception, move.name, by=getattr(cast, name), at=at)
                found.add(move.name)
            except Refused:
                pass
        assert (name, found) == (name, moves)


def test_A3_1b_a_junior_leader_confirms_no_vip(cast, at):
    reception = make_reception(cast, "preparing", at=at, tier="vip", host=cast.gm)
    assert refused(actions.cancel, reception, by=cast.vgm, at=at, reason=WHY)[1].startswith(
        "贵宾级要由总经理"
    )


def test_records_1_2_the_arrival_makes_the_question_moot(cast, at):
    reception = actions.start(asked(cast, at), by=cast.sales, at=at)
    assert (reception.status, reception.cancel_asked_at, reception.cancel_reason) == ("receiving", None, "")
    assert refused(actions.cancel, reception, by=cast.gm, at=at, reason=WHY)[0] == "state"


def test_records_1_2_the_applicant_takes_the_question_back(cast, at):
    reception = actions.unask(asked(cast, at), by=cast.sales, at=at)
    assert reception.cancel_asked_at is None
    assert refused(actions.unask, reception, by=cast.sales, at=at)[0] == "state"


def test_records_1_2_it_is_asked_once(cast, at):
    assert refused(actions.ask_cancel, asked(cast, at), by=cast.sales, at=at, reason="再问")[0] == "state"


def test_records_1_2_all_consequences_at_once(cast, at):
    reception = make_reception(cast, "preparing", at=at, companions="柳叶")
    change = changes.start(reception, by=cast.sales, at=at)
    promise = reception.customer.promises.create(
        no="CN-2026-0001", created_at=at, created_by=cast.sales, what="送样册", promiser=cast.sales, owner=cast.sales,
        due_on=at.date(),
    )  # fmt: skip
    before = consequences(stale(reception))
    assert (len(before.tasks), before.change, before.promises) == (22, "JD-2026-0001-B1", 1)
    assert {"何志远", "邱实", "柳叶"} <= set(before.people)
    Notice.objects.all().delete()
    actions.cancel(stale(reception), by=cast.gm, at=at, reason=WHY)
    assert (stale(change).status, stale(promise).status) == ("withdrawn", "open")
    assert not Clock.objects.filter(rule="visits.task", stopped_at__isnull=True).exists()
    told = set(Notice.objects.values_list("to__username", flat=True))
    assert {"sales", "sales2", "sales_head", "vgm", "general", "clerk"} <= told
    assert "gm" not in told
    desk = Notice.objects.get(to=cast.clerk)
    assert desk.title == "远航重工集团考察取消，10月31日 10:00 不来了（JD-2026-0001）"
    detail = events_of(reception).get(verb="cancel").detail
    assert (len(detail["tasks"]), detail["change"]) == (22, "JD-2026-0001-B1")
    assert list(verify()) == []


@pytest.mark.parametrize("status", ["receiving", "settling", "archived", "rejected", "cancelled"])
def test_records_1_2_what_has_begun_is_finished_not_cancelled(cast, at, status):
    reception = make_reception(cast, status, at=at)
    for who in (cast.sales, cast.gm):
        assert refused(actions.cancel, reception, by=who, at=at, reason=WHY)[0] == "state"


def test_A7a_what_could_not_be_refunded_is_entered_and_reported(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    actions.cancel(reception, by=cast.gm, at=at, reason=WHY)
    row = expense(item="lodging", meal="", place="酒店定金，不退", ours=0, quantity=2, amount=Decimal(840))
    settling.spend(stale(reception), by=cast.sales, at=at, rows=[row])
    reception = stale(reception)
    assert (reception.status, reception.sheet.spent) == ("cancelled", Decimal(840))
    month = {"since": "2026-10", "until": "2026-10"}
    assert total(Asked(month, cast.office, at)).spent == Decimal(840)


def test_A7a_a_cancelled_draft_has_no_list(cast, at):
    reception = make_reception(cast, "cancelled", at=at)
    assert (
        refused(settling.spend, reception, by=cast.sales, at=at + timedelta(days=1), rows=[expense()])[0]
        == "state"
    )
