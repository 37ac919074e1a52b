"""转交: passed on to another leader who may decide it, told, recorded, returned (A3.1b)."""

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import errors, race, winners
from tests.factories.delegations import make_delegation
from tests.factories.visits import approve, make_reception, stale
from tests.visits.pages import browser, frozen, html
from visits.models import Reception
from visits.requests import actions
from visits.requests.people import receivers_for, waits_for
from visits.todo import todo

pytestmark = pytest.mark.django_db


def handed(cast, at, to="vgm2"):
    reception = make_reception(cast, "pending", at=at)
    return actions.hand_on(reception, by=cast.gm, at=at, to=getattr(cast, to), reason="秦总分管采购")


def test_A3_1b_handed_on_it_waits_for_the_receiver_alone(cast, at):
    reception = handed(cast, at)
    assert (reception.status, reception.holder, reception.held_by) == ("pending", cast.vgm2, cast.gm)
    assert {name: Reception.objects.pending_for(getattr(cast, name), at).count() for name in ("gm", "vgm", "vgm2")} == {
        "gm": 0, "vgm": 0, "vgm2": 1,
    }  # fmt: skip
    assert waits_for(reception, "pending") == [cast.vgm2]
    event = events_of(reception).last()
    assert (event.label, event.reason, event.detail["to"]) == ("转交", "秦总分管采购", "秦岚")
    notice = cast.vgm2.notices.order_by("-id").first()
    assert (notice.title.endswith("沈国栋已转交"), notice.url) == (
        True,
        f"/visits/requests/{reception.no}/decide/",
    )
    with pytest.raises(Refused, match="已由沈国栋转交秦岚审批，由秦岚决定"):
        approve(stale(reception), cast, at)
    approve(reception, cast, at, by=cast.vgm2)
    assert (reception.status, reception.holder, reception.held_at, reception.held_by) == (
        "preparing",
        None,
        None,
        None,
    )


def test_A3_1b_returned_or_taken_back_it_waits_for_all_again(cast, at):
    for by in (cast.vgm2, cast.gm):
        reception = handed(cast, at)
        actions.hand_back(reception, by=by, at=at, reason="本人参与了这个项目")
        assert (reception.holder, events_of(reception).last().label) == (None, "撤销转交")
        other = cast.gm if by == cast.vgm2 else cast.vgm2
        assert other.notices.order_by("-id").first().title.endswith("已撤销转交")
    reception = handed(cast, at)
    with pytest.raises(Refused) as no:
        actions.hand_back(reception, by=cast.vgm, at=at, reason="不合适")
    assert no.value.code == "forbidden"
    with pytest.raises(Refused) as no:
        actions.hand_back(make_reception(cast, "pending", at=at), by=cast.gm, at=at, reason="不合适")
    assert no.value.code == "state"


@pytest.mark.parametrize("to", ["gm", "sales", "sales_head", "office", None])
def test_A3_1b_only_to_another_who_may_decide_it(cast, at, to):
    reception = make_reception(cast, "pending", at=at)
    with pytest.raises(Refused) as no:
        actions.hand_on(reception, by=cast.gm, at=at, to=getattr(cast, to) if to else None, reason="请代看")
    assert no.value.field == "to"


def test_A3_1b_never_to_the_applicant(cast, at):
    from reception.core.people.models import User

    cast.vgm.groups.add(*cast.sales.groups.all())
    vgm = User.objects.get(pk=cast.vgm.pk)
    reception = make_reception(cast, "draft", at=at, by=vgm, department=vgm.department)
    actions.submit(reception, by=vgm, at=at)
    assert cast.vgm not in receivers_for(reception, cast.gm)
    with pytest.raises(Refused):
        actions.hand_on(reception, by=cast.gm, at=at, to=vgm, reason="请看")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reception.objects.filter(pk=reception.pk).update(holder=vgm, held_at=at, held_by=cast.gm)


def test_A3_1b_a_reason_and_one_who_may_are_asked_for(cast, at):
    reception = make_reception(cast, "pending", at=at)
    with pytest.raises(Refused) as no:
        actions.hand_on(reception, by=cast.gm, at=at, to=cast.vgm, reason=" ")
    assert (no.value.code, no.value.field) == ("missing", "reason")
    with pytest.raises(Refused) as no:
        actions.hand_on(reception, by=cast.office, at=at, to=cast.vgm, reason="请看")
    assert no.value.code == "forbidden"


def test_A3_1b_the_receivers_delegate_decides_what_was_handed_on(cast, at):
    reception = handed(cast, at)
    make_delegation(cast.vgm2, cast.vgm, at=at)
    assert [row.state for row in todo(cast.vgm, at)] == ["代 秦岚"]
    approve(reception, cast, at, by=cast.vgm)
    assert events_of(reception).get(verb="approve").actor_name == "何志远 代 秦岚（公司领导）"


def test_A3_1b_withdrawn_returned_and_submitted_again_nobody_holds_it(cast, at):
    for move in (
        lambda r: actions.withdraw(r, by=cast.sales, at=at),
        lambda r: actions.cancel(r, by=cast.sales, at=at, reason="客户改期"),
        lambda r: actions.return_back(r, by=cast.vgm2, at=at, reason="补名单"),
    ):
        reception = handed(cast, at)
        move(reception)
        assert reception.holder is None


def test_A3_1b_on_the_decide_page(cast, at):
    reception = make_reception(cast, "pending", at=at)
    address = f"/visits/requests/{reception.no}/decide/"
    with frozen(at):
        gm = browser(cast.gm)
        assert "转交给别的领导" in html(gm.get(address))
        data = {"do": "hand_on", "to": cast.vgm2.pk, "reason": "", "revision": reception.revision}
        refused = gm.post(address, data)
        assert refused.status_code == 422 and "请写明“转交”的原因" in html(refused)
        assert gm.post(address, {**data, "reason": "请看"}).status_code == 302
        assert gm.post(address, {**data, "reason": "请看"}).status_code == 409
        page = html(browser(cast.vgm2).get(address))
        assert "“请看”" in page and "撤销转交" in page
        assert browser(cast.clerk).post(address, data).status_code == 403
        assert browser().post(address, data).status_code == 302
        done = browser(cast.vgm2).post(address, {"do": "hand_back", "reason": "回避"})
    assert done.status_code == 302
    assert Reception.objects.get(pk=reception.pk).holder is None


def test_A3_1b_the_second_door_hands_on_too(cast, at):
    reception = make_reception(cast, "pending", at=at)
    with frozen(at):
        address = f"/admin/visits/reception/{reception.pk}/decide/"
        answer = browser(cast.gm).post(address, {"do": "hand_on", "to": cast.vgm2.pk, "reason": "请看"})
    assert answer.status_code == 302
    assert Reception.objects.get(pk=reception.pk).holder == cast.vgm2


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_1b_handed_on_against_approved(cast, at):
    reception = make_reception(cast, "pending", at=at)
    one, other = stale(reception), stale(reception)
    outcomes = race(
        lambda: actions.hand_on(one, by=cast.gm, at=at, to=cast.vgm2, reason="请看"),
        lambda: approve(other, cast, at, by=cast.vgm),
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    after = Reception.objects.get(pk=reception.pk)
    assert (after.status, after.holder) in [("pending", cast.vgm2), ("preparing", None)]
