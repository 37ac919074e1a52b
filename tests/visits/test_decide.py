"""A3.1b, A3.2, A4, A7b: what a leader decides, and what follows."""

from decimal import Decimal

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.factories.visits import approve, make_draft, make_reception, stale, tier
from visits.models import Task
from visits.requests import actions

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field, no.value.message


def pending(cast, at, **over):
    return make_reception(cast, "pending", at=at, **over)


def test_A3_1b_approval_fixes_the_tier(cast, at):
    reception = approve(pending(cast, at), cast, at, by=cast.vgm, comment="晚餐从简")
    assert (reception.status, reception.tier, reception.decided_by, reception.decided_at) == (
        "preparing", tier("guest"), cast.vgm, at,
    )  # fmt: skip
    last = events_of(reception).get(verb="approve")
    assert (last.verb, last.old, last.new, last.reason, last.actor_name) == (
        "approve", "pending", "preparing", "晚餐从简", "何志远（公司领导）",
    )  # fmt: skip
    assert last.detail == {
        "tier": "嘉宾级", "proposed": "嘉宾级", "host": "何志远", "activity_budget": None, "gift_budget": None,
    }  # fmt: skip


def test_A3_1b_another_tier_needs_its_reason(cast, at):
    reception = pending(cast, at)
    business = tier("business")
    assert refusal(approve, reception, cast, at, tier=business) == (
        "missing", "tier_reason", "核定为商务级与拟定的嘉宾级不同，请写明定级说明。（A3.1b）",
    )  # fmt: skip
    approve(reception, cast, at, tier=business, tier_reason="金额未到嘉宾级线")
    assert (reception.tier, reception.proposed_tier, reception.tier_reason) == (
        business, tier("guest"), "金额未到嘉宾级线",
    )  # fmt: skip


def test_A3_1b_an_approval_without_a_tier_is_none(cast, at):
    assert refusal(approve, pending(cast, at), cast, at, tier=None)[:2] == ("missing", "tier")


def test_A3_1b_a_vice_decides_nothing_about_a_vip(cast, at):
    vip = pending(cast, at, tier="vip", host=cast.gm)
    sentence = "贵宾级要由总经理审批，请转请总经理决定。（A3.1b）"
    assert refusal(approve, vip, cast, at, by=cast.vgm) == ("forbidden", "", sentence)
    assert refusal(actions.reject, vip, by=cast.vgm, at=at, reason="不")[2] == sentence
    assert refusal(actions.return_back, vip, by=cast.vgm, at=at, reason="不")[2] == sentence
    guest = pending(cast, at)
    assert refusal(approve, guest, cast, at, by=cast.vgm, tier=tier("vip"), tier_reason="升") == (
        "forbidden",
        "",
        sentence,
    )
    assert approve(vip, cast, at, by=cast.gm).tier == tier("vip")


def test_A3_1b_nobody_decides_on_their_own(cast, at):
    """A leader who also applies (a second role) may do neither on their own request."""
    from django.contrib.auth.models import Group

    cast.vgm.groups.add(Group.objects.get(name="staff"))
    own = make_draft(cast, at=at, by=cast.vgm, department=cast.office.department)
    actions.submit(own, by=cast.vgm, at=at)
    sentence = "不能审批自己提交的申请，请其他领导决定。（A3.1b）"
    assert refusal(approve, own, cast, at, by=cast.vgm) == ("forbidden", "", sentence)
    assert refusal(actions.reject, own, by=cast.vgm, at=at, reason="不")[2] == sentence
    assert approve(own, cast, at, by=cast.vgm2).status == "preparing"


@pytest.mark.parametrize(
    "name", ["sales", "sales2", "sales_head", "tech", "reception", "office", "auditor", "admin"]
)
def test_A3_1b_only_a_leader_approves(cast, at, name):
    code, _, message = refusal(approve, pending(cast, at), cast, at, by=getattr(cast, name))
    assert (code, "批准定级" in message) == ("forbidden", True)
    assert not Task.objects.exists()


# proposed as, approved as, host: whether A4 accepts the host for the APPROVED tier
A4_AT_APPROVAL = """
guest     guest     vgm         yes
guest     guest     gm          yes
guest     guest     sales_head  no
guest     vip       vgm         no
guest     vip       gm          yes
vip       guest     vgm         yes
regular   regular   sales_head  yes
regular   regular   sales       no
regular   business  sales_head  no
business  regular   sales_head  yes
"""


@pytest.mark.parametrize("row", A4_AT_APPROVAL.strip().splitlines())
def test_A4_is_checked_against_the_approved_tier(cast, at, row):
    proposed, approved, host, allowed = row.split()
    reception = pending(cast, at, tier=proposed, host=getattr(cast, host))
    decision = {"tier": tier(approved), "tier_reason": "领导核定"}
    if allowed == "yes":
        assert approve(reception, cast, at, **decision).host == getattr(cast, host)
        return
    code, field, message = refusal(approve, reception, cast, at, **decision)
    assert (code, field) == ("invalid", "host")
    assert tier(approved).host_rule in message
    assert stale(reception).status == "pending"


def test_A4_the_approver_may_name_another_host(cast, at):
    reception = approve(pending(cast, at, host=cast.sales_head), cast, at, host=cast.vgm2)
    assert reception.host == cast.vgm2
    assert {task.assignee for task in reception.tasks.filter(template__owner="host")} == {cast.vgm2}


def test_A7b_the_approver_sets_the_standard_for_activities_and_gifts(cast, at):
    reception = pending(cast, at, needs=["gift", "activity"])
    approve(reception, cast, at, activity_budget=Decimal(1500), gift_budget=Decimal(800))
    assert (reception.activity_budget, reception.gift_budget) == (Decimal(1500), Decimal(800))
    codes = set(reception.tasks.values_list("template__code", flat=True))
    assert {"gift", "activity", "help_activity"} <= codes


def test_A7b_without_a_standard_there_is_no_gift_and_no_activity(cast, at):
    reception = approve(pending(cast, at, needs=["gift", "activity"]), cast, at)
    assert not reception.tasks.filter(template__code__in=["gift", "activity", "help_activity"]).exists()


def test_A7b_a_budget_is_not_negative(cast, at):
    assert refusal(approve, pending(cast, at), cast, at, gift_budget=Decimal(-1)) == (
        "invalid", "gift_budget", "活动、礼品标准不能小于 0 元，不安排请留空。（A7b）",
    )  # fmt: skip


def test_A3_2_approval_opens_the_tasks_and_tells_each_department_once(cast, at):
    reception = approve(pending(cast, at), cast, at)
    assert reception.tasks.count() == 22
    assert list(cast.quality.notices.values_list("title", flat=True)) == [
        "JD-2026-0001 远航重工集团考察：有 3 项任务待办"
    ]
    assert [n.title for n in cast.sales.notices.order_by("id")][
        -1
    ] == "JD-2026-0001 远航重工集团考察：沈国栋已批准定级"


def test_A3_2_the_responsible_department_runs_it_to_the_archive(cast, at):
    reception = make_reception(cast, "archived", at=at)
    assert [event.label for event in events_of(reception)] == [
        "新建申请", "提交", "审核同意", "批准定级", "抄送", "开始接待", "结束接待", "登记费用", "提交结算", "审核通过", "归档",
    ]  # fmt: skip
    assert (reception.started_by, reception.ended_by, reception.archived_by) == (
        cast.sales,
        cast.sales,
        cast.office,
    )
    assert set(reception.tasks.values_list("status", flat=True)) == {"done"}


def test_A3_2_archiving_waits_for_every_task_but_its_own(cast, at):
    reception = make_reception(cast, "closing", at=at)
    open_before = reception.tasks.open().count()
    assert refusal(actions.archive, reception, by=cast.sales, at=at) == (
        "state", "", f"还有 {open_before - 1} 项任务没有办完，不能归档。请先办完，或写明原因改为不办。",
    )  # fmt: skip


def test_a_rejection_is_final_and_says_why(cast, at):
    reception = pending(cast, at)
    assert refusal(actions.reject, reception, by=cast.gm, at=at, reason="  ")[:2] == ("missing", "reason")
    actions.reject(reception, by=cast.gm, at=at, reason="检修")
    assert (reception.status, reception.decided_by, reception.tier) == ("rejected", cast.gm, None)
    assert cast.sales.notices.order_by("-id")[0].body == "检修"


def test_a_return_goes_to_the_applicant_and_asks_for_a_reason(cast, at):
    reception = pending(cast, at)
    assert refusal(actions.return_back, reception, by=cast.vgm, at=at, reason="")[:2] == ("missing", "reason")
    actions.return_back(reception, by=cast.vgm, at=at, reason="补行程")
    assert (reception.status, reception.decided_at) == ("returned", None)
    assert cast.sales.notices.order_by("-id")[0].title == "JD-2026-0001 远航重工集团考察：何志远已退回"


def test_a_resubmission_runs_all_steps_again(cast, at):
    reception = pending(cast, at)
    actions.return_back(reception, by=cast.vgm, at=at, reason="补行程")
    assert actions.submit(reception, by=cast.sales, at=at).status == "review"


def test_withdrawing_tells_whose_turn_it_was(cast, at):
    reception = pending(cast, at)
    before = {person: person.notices.count() for person in (cast.gm, cast.vgm, cast.sales_head)}
    actions.withdraw(reception, by=cast.sales, at=at)
    assert reception.status == "draft"
    assert [person.notices.count() - count for person, count in before.items()] == [1, 1, 0]


def test_cancelling_drops_what_is_open_and_tells_the_departments(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    actions.cancel(reception, by=cast.gm, at=at, reason="客户改期")
    assert set(reception.tasks.values_list("status", flat=True)) == {"dropped"}
    assert (reception.status, reception.tier) == ("cancelled", tier("guest"))
    assert cast.general.notices.order_by("-id")[0].title == "JD-2026-0001 远航重工集团考察：沈国栋已取消"


def test_an_old_page_cannot_decide(cast, at):
    reception = pending(cast, at)
    old = stale(reception)
    assert refusal(approve, old, cast, at, expect=old.revision - 1, tier=None)[0] == "stale"
    approve(reception, cast, at)
    assert refusal(approve, stale(reception), cast, at)[0] == "state"
    assert refusal(approve, old, cast, at)[0] == "stale"
    assert reception.tasks.count() == 22
