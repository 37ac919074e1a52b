"""Writing and submitting the 接待申请表: A3.1a, A7a, A8.2, and what a return shows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import Department
from tests.factories.visits import form, make_draft, make_reception, set_standards, stale, tier
from visits.models import Contact, Customer, Reception
from visits.requests import actions
from visits.requests.completeness import problems
from visits.requests.findings import findings, warnings
from visits.requests.recognise import recognise
from visits.requests.snapshot import Difference, differences

pytestmark = pytest.mark.django_db
DINNER = {"item": "meal", "label": "晚餐", "quantity": 1, "people": 10, "unit_price": Decimal(184)}


def submit(reception, at):
    return actions.submit(reception, by=reception.applicant, at=at)


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field, no.value.message


def test_A3_1a_a_draft_may_be_empty_and_knows_its_applicant(cast, at):
    reception = actions.create_draft(by=cast.sales, at=at, fields={})
    assert (reception.no, reception.status, reception.applicant, reception.department.code) == (
        "JD-2026-0001", "draft", cast.sales, "sales",
    )  # fmt: skip
    assert [event.verb for event in events_of(reception)] == ["create"]


def test_A3_1a_every_gap_is_named_at_once(cast, at):
    reception = actions.create_draft(by=cast.sales, at=at, fields={"headcount": 2})
    assert [problem.field for problem in problems(reception, at)] == [
        "customer_name", "contact_name", "purpose", "subject", "arrive_at", "leave_at", "proposed_tier", "host",
    ]  # fmt: skip
    assert refusal(submit, reception, at) == ("missing", "customer_name", "请填写来访单位。")
    assert stale(reception).status == "draft"


def test_A3_1a_a_full_form_goes_to_the_head_who_reviews(cast, at):
    reception = submit(make_draft(cast, at=at), at)
    assert (reception.status, reception.submitted_at, reception.submitted_by) == ("review", at, cast.sales)
    assert [(n.to, n.title) for n in cast.sales_head.notices.select_related("to")] == [
        (cast.sales_head, "JD-2026-0001 远航重工集团考察：顾清已提交")
    ]
    assert not cast.vgm.notices.exists()


def test_A3_1b_a_department_without_review_and_a_head_of_their_own_go_straight_to_the_leaders(cast, at):
    tech = Department.objects.get(code="tech")
    other = submit(make_draft(cast, at=at, by=cast.tech, department=tech), at)
    own = submit(make_draft(cast, at=at, by=cast.sales_head), at)
    assert (other.status, own.status) == ("pending", "pending")
    assert {n.to_id for person in (cast.gm, cast.vgm, cast.vgm2) for n in person.notices.all()} == {
        cast.gm.pk, cast.vgm.pk, cast.vgm2.pk,
    }  # fmt: skip


def test_A3_1b_a_vip_request_is_told_to_the_general_manager_only(cast, at):
    submit(make_draft(cast, at=at, by=cast.sales_head, tier="vip", host=cast.gm), at)
    assert [person.notices.count() for person in (cast.gm, cast.vgm, cast.vgm2)] == [1, 0, 0]


def test_A3_1a_arrival_must_lie_ahead(cast, at):
    for arrive in (at - timedelta(days=1), at):
        reception = make_draft(cast, at=at, arrive_at=arrive)
        assert refusal(submit, reception, at) == (
            "invalid", "arrive_at", "到达时间已经过去。请提前申请；确实来不及的请勾选“补办”并写明原因。（A3.1a）",
        )  # fmt: skip


def test_A3_1a_a_late_one_is_a_retroactive_one_with_its_reason(cast, at):
    late = {"arrive_at": at - timedelta(days=1), "retroactive": True}
    reception = make_draft(cast, at=at, **late)
    assert [(p.code, p.field) for p in problems(reception, at)] == [
        ("missing", "retro_reason"), ("missing", "retro_agreed_by"), ("missing", "retro_agreed_at"),
    ]  # fmt: skip
    why = {"retro_reason": "临时到访", "retro_agreed_by": "何志远", "retro_agreed_at": at - timedelta(days=2)}
    actions.save_draft(reception, by=cast.sales, at=at, fields=why)
    assert submit(reception, at).status == "review"
    assert warnings(reception, at)[0] == "补办：临时到访（何志远口头同意）"


def test_A3_1a_nobody_agreed_in_the_future(cast, at):
    why = {"retro_reason": "临时", "retro_agreed_by": "何志远", "retro_agreed_at": at + timedelta(hours=1)}
    reception = make_draft(cast, at=at, retroactive=True, **why)
    assert refusal(submit, reception, at)[:2] == ("invalid", "retro_agreed_at")


def test_A3_1a_even_a_draft_leaves_after_it_arrives(cast, at):
    over = {"arrive_at": at + timedelta(days=9), "leave_at": at + timedelta(days=9)}
    assert refusal(make_draft, cast, at=at, **over) == (
        "invalid", "leave_at", "离开时间要晚于到达时间 2026-10-30 10:00。",
    )  # fmt: skip
    assert not Reception.objects.exists()


def test_A8_2_other_guests_are_the_offices(cast, at):
    reception = make_draft(cast, at=at, nature="other")
    assert refusal(submit, reception, at) == (
        "invalid", "department", "其他来宾接待由办公室负责（A8.2），请把责任部门改为办公室。",
    )  # fmt: skip
    actions.save_draft(reception, by=cast.sales, at=at, fields={"department": cast.office.department})
    assert submit(reception, at).status == "pending"


def test_A8_2_a_new_form_for_other_guests_starts_at_the_office(cast, at):
    fields = {"nature": "other"}
    assert actions.create_draft(by=cast.sales, at=at, fields=fields).department.code == "office"


def test_A7a_above_the_standard_needs_its_reason(cast, at):
    set_standards("guest", meal=150)
    reception = make_draft(cast, at=at, lines=[DINNER])
    assert refusal(submit, reception, at) == (
        "missing", "overspend_reason",
        "用餐估算 1,840 元，超过嘉宾级标准 340 元，请填写超标说明或调整费用。（A7a）",
    )  # fmt: skip
    actions.save_draft(reception, by=cast.sales, at=at, fields={"overspend_reason": "对方有总监"})
    assert submit(reception, at).status == "review"


def test_A7a_within_the_standard_or_without_one_nothing_is_asked(cast, at):
    assert submit(make_draft(cast, at=at, lines=[DINNER]), at).status == "review"
    set_standards("guest", meal=184)
    assert submit(make_draft(cast, at=at, lines=[DINNER]), at).status == "review"


def test_A4_a_junior_host_is_a_warning_at_submission(cast, at):
    reception = make_draft(cast, at=at, host=cast.sales_head)
    assert next((f.ok, f.clause) for f in findings(reception, at)) == (False, "A4")
    assert warnings(reception, at)[0] == (
        "嘉宾级的规定是“嘉宾级客户至少有一名副总经理主陪”，邱实（部门负责人）职级不够，请改选副总经理或以上。（A4）"
    )
    assert submit(reception, at).status == "review"


def test_A3_1a_short_notice_is_said(cast, at):
    soon = make_draft(cast, at=at, arrive_at=at + timedelta(days=1))
    later = make_draft(cast, at=at, arrive_at=at + timedelta(days=10))
    text = "离到达不足 3 个工作日，已过时限的任务会标为“时间紧，立即办”"
    assert (text in warnings(soon, at), text in warnings(later, at)) == (True, False)


def test_only_who_may_apply_begins_a_form(cast, at):
    for person in (cast.gm, cast.clerk, cast.auditor, cast.stranger):
        assert refusal(actions.create_draft, by=person, at=at, fields={})[0] == "forbidden"


def test_only_the_applicant_writes_and_only_before_submission(cast, at):
    reception = make_draft(cast, at=at)
    save = actions.save_draft
    for person in (cast.sales2, cast.sales_head, cast.gm):
        assert refusal(save, reception, by=person, at=at, fields={"note": "改"})[0] == "forbidden"
    submit(reception, at)
    assert refusal(save, reception, by=cast.sales, at=at, fields={"note": "改"}) == (
        "state", "", "JD-2026-0001 现在是“待部门审核”，不能修改。要改请先撤回或请领导退回。",
    )  # fmt: skip


def test_a_stale_page_is_refused_and_changes_nothing(cast, at):
    reception = make_draft(cast, at=at)
    old = stale(reception)
    actions.save_draft(reception, by=cast.sales, at=at, fields={"note": "新的"}, expect=0)
    assert (
        refusal(actions.save_draft, old, by=cast.sales, at=at, fields={"note": "旧的"}, expect=0)[0]
        == "stale"
    )
    assert refusal(actions.submit, old, by=cast.sales, at=at, expect=0)[0] == "stale"
    assert stale(reception).note == "新的"


def test_rows_are_replaced_as_a_whole_or_left_alone(cast, at):
    people = [{"name": "陆远", "is_leader": True}, {"name": "王敏", "title": "经理"}]
    reception = make_draft(cast, at=at, guests=people, lines=[DINNER])
    actions.save_draft(reception, by=cast.sales, at=at, fields={"note": "x"})
    assert (reception.guests.count(), reception.lines.count()) == (2, 1)
    actions.save_draft(reception, by=cast.sales, at=at, fields={}, guests=people[:1], lines=[])
    assert ([g.name for g in reception.guests.all()], reception.lines.count()) == (["陆远"], 0)


def test_a_roster_has_one_leader_and_only_names(cast, at):
    two = [{"name": "陆远", "is_leader": True}, {"name": "王敏", "is_leader": True}]
    assert refusal(make_draft, cast, at=at, guests=two)[:2] == ("invalid", "guests")
    assert refusal(make_draft, cast, at=at, guests=[{"name": " "}])[:2] == ("invalid", "guests")


def test_a_field_that_is_not_on_the_form_cannot_be_written(cast, at):
    reception = make_draft(cast, at=at)
    for name in ("status", "tier", "gift_budget", "applicant", "no"):
        with pytest.raises(TypeError):
            actions.save_draft(reception, by=cast.sales, at=at, fields={name: "x"})


def test_a_returned_form_resubmitted_shows_the_difference(cast, at):
    """Return → change → resubmit: guests and cost lines included (records §1.2 退回)."""
    people = [{"name": "陆远", "title": "采购总监"}, {"name": "王敏"}]
    reception = make_reception(
        cast, "returned", at=at, guests=people, lines=[{**DINNER, "unit_price": Decimal(90)}]
    )
    assert differences(reception) == []
    actions.save_draft(
        reception, by=cast.sales, at=at, fields={"headcount": 7, "proposed_tier": tier("business")},
        guests=[{"name": "陆远", "title": "副总裁"}, {"name": "陈强"}], lines=[{**DINNER, "unit_price": Decimal(80)}],
    )  # fmt: skip
    submit(reception, at)
    assert differences(reception) == [
        Difference("人数", "6", "7"),
        Difference("拟定级别", "嘉宾级", "商务级"),
        Difference("来宾 陆远", "陆远 采购总监", "陆远 副总裁"),
        Difference("来宾 王敏", "王敏", ""),
        Difference("来宾 陈强", "", "陈强"),
        Difference("费用 用餐 晚餐", "用餐 晚餐 1×10 90 元", "用餐 晚餐 1×10 80 元"),
    ]
    assert [event.verb for event in events_of(reception)] == [
        "create",
        "submit",
        "return_back",
        "edit",
        "submit",
    ]


def test_many_autosaves_of_a_returned_form_are_one_line_of_the_timeline(cast, at):
    reception = make_reception(cast, "returned", at=at)
    for note in ("一", "二", "三"):
        actions.save_draft(reception, by=cast.sales, at=at, fields={"note": note})
    assert [event.verb for event in events_of(reception)][-2:] == ["return_back", "edit"]


def test_a_customer_is_made_once_and_recognised_the_next_time(cast, at):
    assert recognise("远航重工集团") is None
    make_reception(cast, "preparing", at=at, customer_name="  远航重工集团 ")
    make_reception(cast, "rejected", at=at)
    found = recognise(" 远航重工集团")
    assert [(e.no, e.tier, e.host, e.contact, e.headcount) for e in found.earlier] == [
        ("JD-2026-0001", "嘉宾级", "何志远", "陆远 采购总监", 6)
    ]
    assert [(c.name, c.title, c.phone) for c in found.contacts] == [("陆远", "采购总监", "13800001111")]
    assert (Customer.objects.count(), Contact.objects.count()) == (1, 1)


def test_form_helper_covers_the_form(cast, at):
    """The factory's form is complete: nothing but what a test breaks is ever missing."""
    reception = actions.create_draft(by=cast.sales, at=at, fields=form(cast, at))
    assert problems(reception, at) == []
