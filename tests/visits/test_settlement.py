"""结算 → 审核 → 归档: the rules of handing 接待清单 in (records §1.2, A7a, A7b)."""

from decimal import Decimal

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.engines.race import errors, race, winners
from tests.factories.visits import (
    approve,
    close_tasks,
    expense,
    make_draft,
    make_reception,
    set_standards,
    settle,
    stale,
)
from visits.costs.models_sheet import CostSheet, Expense
from visits.models import Reception
from visits.requests import actions, settling

pytestmark = pytest.mark.django_db


def refusal(function, *args, **kwargs):
    """(code, field, sentence) of what the action refuses."""
    with pytest.raises(Refused) as no:
        function(*args, **kwargs)
    return no.value.code, no.value.field, no.value.message


def settling_one(cast, at, **over):
    return make_reception(cast, "settling", at=at, **over)


def spend(reception, cast, at, *rows):
    return settling.spend(reception, by=reception.applicant, at=at, rows=[expense(**row) for row in rows])


# --- writing the list ----------------------------------------------------------------------------------------


def test_A7a_the_list_exists_from_the_approval_with_the_plan(cast, at):
    set_standards("guest", meal=150)
    lines = [{"item": "meal", "quantity": 2, "people": 10}, {"item": "car", "unit_price": 600}]
    sheet = make_reception(cast, "preparing", at=at, lines=lines).sheet
    totals = list(sheet.totals.values_list("item", "estimated", "allowed", "spent"))
    assert totals == [("meal", 3000, None, 0), ("car", 600, None, 0)]
    assert (sheet.estimated, sheet.spent, sheet.over) == (3600, 0, 0)


def test_A7a_rows_are_numbered_and_summed(cast, at):
    set_standards("guest", meal=150, wine=300)
    reception = settling_one(cast, at)
    spend(reception, cast, at, {}, {"item": "wine", "meal": "", "quantity": 2, "amount": Decimal("588.5"), "ours": 0, "theirs": 0})  # fmt: skip
    sheet = CostSheet.objects.get(reception=reception)
    assert list(sheet.rows.values_list("number", "item", "amount")) == [(1, "meal", 600), (2, "wine", Decimal("588.50"))]  # fmt: skip
    assert (sheet.spent, sheet.allowed, sheet.over) == (Decimal("1188.50"), 2100, 0)
    assert events_of(reception).last().detail["rows"] == [
        "第 1 行 2026-10-31 用餐 公司食堂 600 元 PJ-0001", "第 2 行 2026-10-31 酒 公司食堂 588.50 元 PJ-0001",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["preparing", "auditing", "closing", "archived"])
def test_A7a_the_list_is_written_from_the_visit_until_it_is_handed_in(cast, at, state):
    reception = make_reception(cast, state, at=at)
    code, _, sentence = refusal(spend, reception, cast, at, {})
    assert (code, "不能改接待清单" in sentence) == ("state", True)


def test_A7a_during_the_visit_too(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    assert spend(reception, cast, at, {})[0].number == 1


@pytest.mark.parametrize("who", ["sales2", "sales_head", "office", "gm"])
def test_A7a_only_the_applicant_writes(cast, at, who):
    reception = settling_one(cast, at)
    found = refusal(settling.spend, reception, by=getattr(cast, who), at=at, rows=[expense()])
    assert found == ("forbidden", "", "接待清单由经办人顾清填写，请联系本人。")


def test_A7a_a_correction_keeps_the_old_row_struck_through(cast, at):
    reception = settling_one(cast, at)
    (row,) = spend(reception, cast, at, {})
    new = settling.correct(row, reception, by=cast.sales, at=at, reason="发票是 580", values=expense(amount=Decimal(580)))  # fmt: skip
    old = Expense.objects.get(pk=row.pk)
    assert (old.amount, old.voided_by, old.voided_at, old.void_reason, old.replaced_by) == (600, cast.sales, at, "发票是 580", new)  # fmt: skip
    assert (new.number, reception.sheet.spent) == (2, 580)
    event = events_of(reception).last()
    assert (event.verb, event.reason, event.detail["new"]) == ("correct_cost", "发票是 580", "第 2 行 2026-10-31 用餐 公司食堂 580 元 PJ-0001")  # fmt: skip


def test_A7a_a_voided_row_does_not_count_and_says_why(cast, at):
    reception = settling_one(cast, at)
    (row,) = spend(reception, cast, at, {})
    assert refusal(settling.void, row, reception, by=cast.sales, at=at, reason=" ")[:2] == (
        "missing",
        "reason",
    )
    settling.void(row, reception, by=cast.sales, at=at, reason="记重了")
    assert (reception.sheet.spent, Expense.objects.live().count(), Expense.objects.count()) == (0, 0, 1)
    assert refusal(settling.void, row, reception, by=cast.sales, at=at, reason="再来")[0] == "stale"
    assert spend(reception, cast, at, {})[0].number == 2


# --- handing it in -------------------------------------------------------------------------------------------


def test_A7a_a_list_within_everything_goes_to_the_office(cast, at):
    set_standards("guest", meal=150)
    reception = settle(settling_one(cast, at), at=at, over_reason="不需要", approver=cast.gm)
    sheet = reception.sheet
    assert (reception.status, sheet.settled_by, sheet.over_reason, sheet.approver) == (
        "auditing",
        cast.sales,
        "",
        None,
    )
    assert {t.template.code for t in reception.tasks.filter(status="done")} >= {"bill", "settle"}
    assert cast.office.notices.order_by("-id")[0].title.endswith("顾清已提交结算")


def test_A7a_an_empty_list_says_why_it_is_empty(cast, at):
    reception = settling_one(cast, at)
    assert refusal(actions.settle, reception, by=cast.sales, at=at)[:2] == ("missing", "note")
    actions.settle(reception, by=cast.sales, at=at, note="来宾自理，公司没有花费")
    assert (reception.status, reception.sheet.note) == ("auditing", "来宾自理，公司没有花费")


def test_A7a_every_amount_has_its_invoice_or_says_why_not(cast, at):
    reception = settling_one(cast, at)
    (row,) = spend(reception, cast, at, {"voucher": ""})
    assert refusal(actions.settle, reception, by=cast.sales, at=at) == (
        "missing", "", "第 1 行没有凭证号。请更正这一行，填上凭证号，或写明为什么没有。（接待清单与凭证要相符）",
    )  # fmt: skip
    values = expense(voucher="", voucher_note="食堂内部结算单")
    settling.correct(row, reception, by=cast.sales, at=at, reason="补说明", values=values)
    actions.settle(reception, by=cast.sales, at=at)
    assert reception.status == "auditing"


def test_A7a_above_the_standard_needs_a_reason_and_a_leader(cast, at):
    set_standards("guest", meal=50)
    reception = settling_one(cast, at)
    spend(reception, cast, at, {})
    code, field, sentence = refusal(actions.settle, reception, by=cast.sales, at=at)
    assert (code, field) == ("missing", "over_reason")
    assert "用餐 600 元，超过嘉宾级标准 100 元（A7a）" in sentence
    ask = {"by": cast.sales, "at": at, "over_reason": "晚餐加了一桌"}
    assert refusal(actions.settle, reception, **ask)[:2] == ("missing", "approver")
    assert refusal(actions.settle, reception, **ask, approver=cast.sales_head)[:2] == ("invalid", "approver")
    actions.settle(reception, **ask, approver=cast.vgm)
    assert (reception.status, reception.sheet.over, reception.sheet.approver) == ("auditing", 100, cast.vgm)
    assert cast.vgm.notices.order_by("-id")[0].title.endswith("顾清已提交结算")


def test_A7a_a_vip_list_is_confirmed_by_the_general_manager_only(cast, at):
    set_standards("vip", meal=50)
    reception = settling_one(cast, at, tier="vip", host=cast.gm)
    spend(reception, cast, at, {})
    ask = {"by": cast.sales, "at": at, "over_reason": "加菜"}
    assert refusal(actions.settle, reception, **ask, approver=cast.vgm)[:2] == ("invalid", "approver")


def test_A7a_without_a_standard_nothing_is_above_it(cast, at):
    reception = settle(settling_one(cast, at), at=at)
    assert (reception.status, reception.sheet.over, reception.sheet.allowed) == ("auditing", 0, None)


@pytest.mark.parametrize(
    ("budget", "amount", "sentence"),
    [
        (Decimal(800), 800, ""),
        (Decimal(800), 801, "礼品 801 元，超过领导定的 800 元（A7b）"),
        (None, 1, "礼品 1 元，领导没有定过礼品标准（A7b）"),
    ],
)
def test_A7b_gifts_stay_within_what_the_leader_set(cast, at, budget, amount, sentence):
    reception = make_draft(cast, at=at)
    actions.submit(reception, by=cast.sales, at=at)
    actions.agree(reception, by=cast.sales_head, at=at)
    approve(reception, cast, at, gift_budget=budget)
    actions.start(reception, by=cast.sales, at=at)
    actions.finish(reception, by=cast.sales, at=at)
    made = spend(
        reception, cast, at, {"item": "gift", "meal": "", "ours": 0, "theirs": 0, "amount": Decimal(amount)}
    )
    over = settling.exceptions_of(reception, made, settling.actuals_of(reception, made))
    assert over == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("nature", "row", "sentence"),
    [
        ("business", {"ours": 6, "theirs": 6}, ""),
        ("business", {"ours": 7, "theirs": 6}, "第 1 行午餐陪餐 7 人，最多 6 人：陪餐人数不超过来宾人数"),
        ("business", {"theirs": 7}, "第 1 行对方 7 人，多于来访的 6 人"),
        ("official", {"ours": 3, "theirs": 6}, ""),
        ("official", {"ours": 4, "theirs": 6}, "第 1 行午餐陪餐 4 人，最多 3 人：公务接待：来宾10人以内陪餐不超过3人，超过10人的陪餐不超过来宾的三分之一"),
        ("official", {"item": "wine", "meal": "", "ours": 0, "theirs": 0}, "第 1 行酒 600 元：公务接待不得提供烟酒"),
    ],
)  # fmt: skip
def test_A7a_heads_and_diners_follow_the_rule_profile(cast, at, nature, row, sentence):
    """What has happened is not refused but explained and confirmed: nobody is made to write other numbers."""
    reception = settling_one(cast, at)
    Reception.objects.filter(pk=reception.pk).update(nature=nature)
    reception.nature = nature
    made = spend(reception, cast, at, row)
    over = settling.exceptions_of(reception, made, settling.actuals_of(reception, made))
    assert over == ([sentence] if sentence else [])


def test_A7a_eleven_guests_of_the_state_are_joined_by_a_third(db):
    from visits.profiles.models import profile_of

    assert [profile_of("official").diner_limit(n) for n in (1, 10, 11, 12, 30)] == [3, 3, 3, 4, 10]
    assert [profile_of("business").diner_limit(n) for n in (1, 6)] == [1, 6]


def test_A7a_an_invoice_is_handed_in_once(cast, at):
    first = settle(settling_one(cast, at), at=at)
    second = settling_one(cast, at)
    made = spend(second, cast, at, {})
    over = settling.exceptions_of(second, made, settling.actuals_of(second, made))
    assert over == [f"凭证号 PJ-0001 已在 {first.no} 的清单里用过，请核对是否重复报销"]


# --- confirming, auditing ------------------------------------------------------------------------------------


def exceeding(cast, at):
    """A list above its standard, with 何志远 named."""
    set_standards("guest", meal=50)
    return settle(settling_one(cast, at), at=at, over_reason="加了一桌", approver=cast.vgm)


def test_A7b_the_audit_waits_for_the_leader_named(cast, at):
    reception = exceeding(cast, at)
    assert refusal(actions.audit, reception, by=cast.office, at=at) == (
        "state", "", "费用有超出，等何志远确认后才能审核通过；需要改清单请退回结算。（A7a、A7b）",
    )  # fmt: skip
    assert refusal(actions.confirm_over, reception, by=cast.gm, at=at) == ("forbidden", "", "超出部分由何志远确认。（A7a、A7b）")  # fmt: skip
    actions.confirm_over(reception, by=cast.vgm, at=at, comment="属实")
    assert (reception.status, reception.sheet.confirmed_by) == ("auditing", cast.vgm)
    assert refusal(actions.confirm_over, reception, by=cast.vgm, at=at)[0] == "state"
    actions.audit(reception, by=cast.office, at=at)
    assert (reception.status, reception.sheet.audited_by) == ("closing", cast.office)
    assert list(verify()) == []


def test_A7b_the_leader_named_may_send_it_back(cast, at):
    reception = exceeding(cast, at)
    assert refusal(actions.send_back, reception, by=cast.gm, at=at, reason="重来")[0] == "forbidden"
    actions.send_back(reception, by=cast.vgm, at=at, reason="加菜没有请示")
    sheet = CostSheet.objects.get(reception=reception)
    assert (reception.status, sheet.approver, sheet.over_reason, sheet.settled_at) == (
        "settling",
        None,
        "",
        None,
    )
    assert cast.sales.notices.order_by("-id")[0].body == "加菜没有请示"


def test_A7a_a_list_sent_back_is_written_again(cast, at):
    reception = settle(settling_one(cast, at), at=at)
    actions.send_back(reception, by=cast.office, at=at, reason="第 1 行与发票不符")
    row = reception.sheet.rows.get()
    settling.correct(
        row, reception, by=cast.sales, at=at, reason="照发票改", values=expense(amount=Decimal(590))
    )
    actions.settle(reception, by=cast.sales, at=at)
    actions.audit(reception, by=cast.office, at=at)
    close_tasks(reception, cast, at)
    actions.archive(reception, by=cast.office, at=at)
    assert (reception.status, reception.sheet.spent) == ("archived", 590)


def test_A7a_nobody_audits_their_own_list(cast, at):
    from reception.core.people.models import Department

    reception = make_draft(
        cast, at=at, by=cast.office, department=Department.objects.get(code="office"), nature="other"
    )
    actions.submit(reception, by=cast.office, at=at)
    approve(reception, cast, at)
    actions.start(reception, by=cast.office, at=at)
    actions.finish(reception, by=cast.office, at=at)
    settle(reception, at=at)
    assert refusal(actions.audit, reception, by=cast.office, at=at)[0] == "forbidden"
    actions.audit(reception, by=cast.reception, at=at)
    assert reception.sheet.audited_by == cast.reception


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A7a_audit_against_send_back(cast, at):
    reception = make_reception(cast, "auditing", at=at)
    one, other = stale(reception), stale(reception)
    outcomes = race(
        lambda: actions.audit(one, by=cast.office, at=at),
        lambda: actions.send_back(other, by=cast.reception, at=at, reason="不符"),
    )
    assert len(winners(outcomes)) == 1
    assert {error.code for error in errors(outcomes)} == {"stale"}
    after = Reception.objects.select_related("sheet").get(pk=reception.pk)
    assert (after.status, after.sheet.audited_at is None) in [("closing", False), ("settling", True)]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A7a_a_row_against_handing_in(cast, at):
    """Never a row that slips into a list that was handed in."""
    reception = make_reception(cast, "settling", at=at)
    spend(reception, cast, at, {})
    one, other = stale(reception), stale(reception)
    outcomes = race(
        lambda: actions.settle(one, by=cast.sales, at=at),
        lambda: settling.spend(other, by=cast.sales, at=at, rows=[expense(voucher="PJ-2")]),
    )
    assert len(winners(outcomes)) == 1
    after = Reception.objects.select_related("sheet").get(pk=reception.pk)
    assert (after.status, after.sheet.rows.count(), after.sheet.spent) in [
        ("auditing", 1, 600),
        ("settling", 2, 1200),
    ]
