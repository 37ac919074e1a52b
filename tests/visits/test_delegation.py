"""A delegate decides with their principal's rank, signs for both, and never decides what is their own (A3.1b)."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.people.delegating import revoke
from reception.core.people.delegation import Delegation
from reception.core.people.models import User
from tests.engines.race import errors, race, winners
from tests.factories.delegations import make_delegation
from tests.factories.visits import make_draft, make_reception, stale, tier
from tests.visits.pages import browser, frozen, html
from visits.models import Reception
from visits.requests import actions
from visits.requests.policies import PROCEDURE, choices_for
from visits.requests.urging import urge
from visits.todo import todo, todo_count

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def vip(cast, at, **over):
    return make_reception(cast, "pending", at=at, tier="vip", host=cast.gm, **over)


def approve(reception, by, at):
    return actions.approve(reception, by=by, at=at, tier=reception.proposed_tier)


def test_A3_1b_the_delegate_decides_with_the_rank_of_the_principal(cast, at):
    reception = vip(cast, at)
    with pytest.raises(Refused, match="贵宾级要由总经理审批"):
        approve(stale(reception), cast.vgm, at)
    make_delegation(cast.gm, cast.vgm, at=at)
    assert PROCEDURE.stand(reception, "approve", by=cast.vgm, at=at) == cast.gm
    approve(reception, cast.vgm, at + HOUR)
    event = events_of(reception).get(verb="approve")
    assert (reception.status, reception.decided_by) == ("preparing", cast.vgm)
    assert (event.actor, event.actor_name) == (cast.vgm, "何志远 代 沈国栋（公司领导）")
    assert (event.detail["for"], event.detail["for_id"]) == ("沈国栋", cast.gm.pk)
    assert cast.gm.notices.filter(title__endswith="：何志远 代 沈国栋已批准定级").count() == 1
    assert list(verify()) == []


def test_A3_1b_what_one_may_oneself_is_signed_with_ones_own_name(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at)
    reception = make_reception(cast, "pending", at=at)
    approve(reception, cast.vgm, at)
    assert events_of(reception).get(verb="approve").actor_name == "何志远（公司领导）"


@pytest.mark.parametrize("moment, may", [(-1, False), (0, True), (3 * 86400 - 1, True), (3 * 86400, False)])
def test_A3_1b_the_right_begins_and_ends_by_itself(cast, at, moment, may):
    reception = vip(cast, at)
    make_delegation(cast.gm, cast.vgm, at=at - DAY, starts_at=at, ends_at=at + 3 * DAY)
    when = at + timedelta(seconds=moment)
    rows = Reception.objects.pending_for(cast.vgm, when)
    assert [row.principal_name for row in rows] == (["沈国栋"] if may else [])
    assert [row.state for row in todo(cast.vgm, when)] == (["代 沈国栋"] if may else [])
    assert todo_count(cast.vgm, when) == int(may)
    allowed = {c.move.name for c in choices_for(reception, cast.vgm, when) if not c.refusal}
    assert allowed == ({"approve", "reject", "return_back"} if may else set())


def test_A3_1b_nobody_decides_their_own_request_as_a_delegate(cast, at):
    """Neither one's own, nor one that the principal applied for."""
    cast.vgm.groups.add(*cast.sales.groups.all())
    cast.gm.groups.add(*cast.sales.groups.all())
    make_delegation(cast.gm, cast.vgm, at=at)
    for applicant in (cast.vgm, cast.gm):
        own = make_draft_of(applicant, cast, at)
        with pytest.raises(Refused) as no:
            PROCEDURE.check(own, "approve", by=cast.vgm, at=at)
        assert no.value.code == "forbidden"
        assert own not in set(Reception.objects.pending_for(cast.vgm, at))


def make_draft_of(applicant, cast, at):
    applicant = User.objects.get(pk=applicant.pk)
    own = make_draft(cast, at=at, by=applicant, tier="vip", host=cast.gm, department=applicant.department)
    return actions.submit(own, by=applicant, at=at)


def test_A3_1b_the_heads_review_within_the_department(cast, at):
    reception = make_reception(cast, "review", at=at)
    make_delegation(cast.sales_head, cast.sales2, at=at)
    assert [row.state for row in todo(cast.sales2, at)] == ["代 邱实"]
    actions.agree(reception, by=cast.sales2, at=at, comment="同意")
    assert events_of(reception).last().actor_name == "柳叶 代 邱实（营销部）"
    with pytest.raises(Refused) as no:  # the review is not the leader's decision
        approve(reception, cast.sales2, at)
    assert no.value.code == "forbidden"


def test_A3_1b_the_applicant_cannot_review_as_the_heads_delegate(cast, at):
    reception = make_reception(cast, "review", at=at)
    make_delegation(cast.sales_head, cast.sales, at=at)
    with pytest.raises(Refused):
        actions.agree(reception, by=cast.sales, at=at)
    assert list(Reception.objects.review_for(cast.sales, at)) == []


def test_A3_1b_another_head_sees_what_they_review_for_a_colleague(cast, at):
    reception = make_reception(cast, "review", at=at)
    assert not Reception.objects.visible_to(cast.tech, at).exists()
    make_delegation(cast.sales_head, cast.tech, at=at)
    assert list(Reception.objects.visible_to(cast.tech, at)) == [reception]
    assert not Reception.objects.visible_to(cast.tech, at + 3 * DAY).exists()


def test_A3_1b_the_delegate_is_told_and_led_to_the_decide_page(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at)
    reception = vip(cast, at)
    notice = cast.vgm.notices.order_by("-id").first()
    assert notice.title == f"（代 沈国栋）{reception.no} {reception.title}：邱实已审核同意"
    assert notice.url == f"/visits/requests/{reception.no}/decide/"
    urge(reception, by=cast.sales, at=at + HOUR)
    assert cast.vgm.notices.order_by("-id").first().level == "urgent"


def test_A3_1b_from_the_notice_to_the_decision_in_two_taps(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at)
    reception = vip(cast, at)
    with frozen(at + HOUR):
        client = browser(cast.vgm)
        notice = cast.vgm.notices.order_by("-id").first()
        page = client.get(f"/notices/{notice.pk}/", follow=True)  # the first tap
        text = html(page)
        assert "您代 <b>沈国栋</b> 办理，签名为“何志远 代 沈国栋”" in text and 'value="approve">同意' in text
        data = {"do": "approve", "tier": tier("vip").pk, "host": cast.gm.pk, "revision": reception.revision}
        done = client.post(f"/visits/requests/{reception.no}/decide/", data)  # the second
        paper = html(client.get(f"/visits/requests/{reception.no}/print/"))
    assert done.status_code == 302
    assert Reception.objects.get(pk=reception.pk).status == "preparing"
    assert "签名：何志远 代 沈国栋（公司领导）" in paper


def test_a_colleague_without_a_role_to_decide_comes_in_only_while_it_holds(cast, at):
    reception = make_reception(cast, "review", at=at)
    address = f"/visits/requests/{reception.no}/decide/"
    make_delegation(cast.sales_head, cast.sales2, at=at, days=1)
    codes = []
    for moment in (at, at + DAY):
        with frozen(moment):
            codes.append(browser(cast.sales2).get(address).status_code)
    assert codes == [200, 403]


def page_data(cast, at, **over):
    local = "%Y-%m-%dT%H:%M"
    return {"to_user": cast.vgm.pk, "scope": "all", "starts_at": (at + DAY).strftime(local),
            "ends_at": (at + 2 * DAY).strftime(local), "reason": "出差", **over}  # fmt: skip


def test_my_delegations_page_sets_and_revokes(cast, at):
    with frozen(at):
        client = browser(cast.gm)
        assert client.post("/delegations/", page_data(cast, at)).status_code == 302
        made = Delegation.objects.get()
        assert (made.from_user, made.to_user, made.starts_at) == (cast.gm, cast.vgm, at + DAY)
        assert "何志远 代 沈国栋" in html(browser(cast.vgm).get("/delegations/"))
        assert browser(cast.vgm).post(f"/delegations/{made.pk}/revoke/").status_code == 403
        assert client.post(f"/delegations/{made.pk}/revoke/").status_code == 302
        assert client.post(f"/delegations/{made.pk}/revoke/").status_code == 409
        assert browser(cast.sales).post(f"/delegations/{made.pk}/revoke/").status_code == 404
        assert browser().post(f"/delegations/{made.pk}/revoke/").status_code == 302
    made.refresh_from_db()
    assert made.revoked_by == cast.gm


def test_a_refused_delegation_keeps_what_was_typed(cast, at):
    with frozen(at):
        answer = browser(cast.gm).post(
            "/delegations/", page_data(cast, at, to_user=cast.sales_head.pk, reason="去杭州开会")
        )
        assert answer.status_code == 422
        assert "审批要由公司领导办" in html(answer) and "去杭州开会" in html(answer)
        assert browser(cast.gm).post("/delegations/", {}).status_code == 422
        arranged = browser(cast.office).post("/delegations/", page_data(cast, at, from_user=cast.gm.pk))
        assert arranged.status_code == 302
        nothing = browser(cast.sales).get("/delegations/")
        assert "没有代理" in html(nothing) and '<form class="pad stack"' not in html(nothing)
        assert browser(cast.sales).post("/delegations/", page_data(cast, at)).status_code == 422
    assert Delegation.objects.get().created_by == cast.office


def test_todo_counts_cost_the_same_with_and_without_a_delegation(cast, at, django_assert_num_queries):
    for made in (False, True):
        if made:
            make_delegation(cast.gm, cast.vgm, at=at)
        fresh = User.objects.select_related("position").get(pk=cast.vgm.pk)
        assert fresh.roles == {"leader"}
        with django_assert_num_queries(1):
            todo_count(fresh, at)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_1b_revoked_against_approved(cast, at):
    """Whichever commits first holds: an approval after the revocation does not exist."""
    reception = vip(cast, at)
    made = make_delegation(cast.gm, cast.vgm, at=at)
    outcomes = race(
        lambda: revoke(made, by=cast.gm, at=at),
        lambda: approve(stale(reception), cast.vgm, at),
    )
    assert outcomes[0].won
    assert [type(error) for error in errors(outcomes)] in ([], [Refused])
    order = list(events_of(reception).filter(verb="approve").values_list("seq", flat=True))
    assert len(order) == len(winners(outcomes)) - 1
    if order:
        assert order[0] < events_of(made).get(verb="revoke").seq
    assert list(verify()) == []
