"""变更: a child version; the old one stays in force until it is approved (issue 3.2, records §1.2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from reception.core.people.choices import Rank
from tests.factories.people import make_user
from tests.factories.visits import expense, make_reception, stale, tier
from visits.arrangements.queries import all_rows
from visits.changes import actions
from visits.changes.content import would_be
from visits.changes.judging import judge
from visits.changes.preview import preview
from visits.models import Change, ChangeRule, Reception
from visits.requests import actions as requests
from visits.requests import settling

pytestmark = pytest.mark.django_db


def begun(cast, at, fields=None, *, status="preparing", reason="客户推迟三天", **over):
    """A draft change of a reception in `status` that changes `fields`."""
    rows = {name: over.pop(name) for name in ("guests", "lines") if name in over}
    reception = make_reception(cast, status, at=at, **over)
    change = actions.start(reception, by=cast.sales, at=at)
    return actions.save(change, by=cast.sales, at=at, fields=fields or {}, reason=reason, **rows)


def later(at, days=13):
    """Three days later than the factory's dates."""
    return {"arrive_at": at + timedelta(days=days), "leave_at": at + timedelta(days=days, hours=30)}


def stands(change):
    """The reception as it is stored now."""
    return Reception.objects.get(pk=change.reception_id)


def refused(function, *args, **kwargs):
    """(code, sentence) of a refusal."""
    with pytest.raises(Refused) as no:
        function(*args, **kwargs)
    return no.value.code, no.value.message


def test_A3_1b_a_new_date_waits_and_the_old_one_stays(cast, at):
    change = begun(cast, at, later(at))
    actions.submit(change, by=cast.sales, at=at)
    assert (change.status, change.no, change.tier) == ("pending", "JD-2026-0001-B1", tier("guest"))
    after = stands(change)
    assert (after.arrive_at, after.version) == (at + timedelta(days=10), 1)
    (touched,) = change.found
    assert (touched["kind"], touched["approval"]) == ("dates", True)
    assert touched["text"] == (
        "到达 2026-10-31 10:00 → 2026-11-03 10:00；离开 2026-11-01 16:00 → 2026-11-04 16:00"
    )
    told = Notice.objects.filter(title__contains="已提交变更").values_list("to__username", flat=True)
    assert set(told) == {"gm", "vgm", "vgm2"}


def test_A3_1b_an_approved_change_is_in_force_whole(cast, at):
    friend = make_user("companion", name="邱实真")
    change = begun(
        cast, at, {**later(at), "companions": "邱实真、方某"}, guests=[{"name": "陆远"}],
        lines=[{"item": "meal", "quantity": 2, "people": 8, "unit_price": Decimal(60)}],
    )  # fmt: skip
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at, opinion="同意")
    after = stands(change)
    assert (after.arrive_at, after.version, after.companions) == (later(at)["arrive_at"], 2, "邱实真、方某")
    assert [guest.name for guest in after.guests.all()] == ["陆远"]
    assert [(line.item, line.people, line.unit_price) for line in after.lines.all()] == [
        ("meal", 8, Decimal(60))
    ]
    assert after.sheet.estimated == Decimal(960)
    event = events_of(after).get(verb="change")
    assert (event.detail["version"], event.reason) == (2, "客户推迟三天")
    assert ["到达", "2026-10-31 10:00", "2026-11-03 10:00"] in event.detail["rows"]
    told = set(Notice.objects.filter(title__contains="第 2 版已生效").values_list("to__username", flat=True))
    assert {"sales", "vgm", "sales_head", "general", friend.username} <= told
    assert "gm" not in told
    assert list(verify()) == []


def test_records_1_2_a_flight_is_only_logged(cast, at):
    change = begun(cast, at, {"transport": "高铁 G7190", "contact_phone": "13900002222"}, reason="改了车次")
    actions.submit(change, by=cast.sales, at=at)
    after = stands(change)
    assert (change.status, change.version, after.transport, after.version) == (
        "effective",
        2,
        "高铁 G7190",
        2,
    )
    assert [(one["kind"], one["approval"]) for one in change.found] == [
        ("transport", False),
        ("contact", False),
    ]
    rows = events_of(after).get(verb="change").detail["rows"]
    assert rows == [["手机", "13800001111", "13900002222"], ["交通方式", "高铁 G7182", "高铁 G7190"]]
    body = Notice.objects.filter(to=cast.vgm, title__contains="第 2 版").get().body
    assert "交通方式：高铁 G7182 → 高铁 G7190" in body


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"headcount": 7}, {"headcount": False}),  # +1 of 6: 17 %
        ({"headcount": 8}, {"headcount": True}),  # +2 of 6: 33 %
        ({"headcount": 5}, {"headcount": False}),
        ({"needs": ["pick", "room", "meal", "gift"]}, {"treat": True}),
        ({"needs": ["pick", "room"]}, {"needs": False}),
        ({"note": "改"}, {"note": False}),
        ({"subject": "改"}, {"purpose": False}),
    ],
)
def test_records_1_2_what_needs_approval_is_a_table(cast, at, fields, kinds):
    change = begun(cast, at, fields)
    assert {one.kind: one.approval for one in judge(change.reception, change.base, change.proposed)} == kinds


def test_records_1_2_more_than_three_of_many(cast, at):
    change = begun(cast, at, {"headcount": 44}, headcount=40)
    (found,) = judge(change.reception, change.base, change.proposed)
    assert (found.approval, found.text) == (True, "人数 40 → 44，增加超过 3 人")


def test_records_1_2_the_administrator_changes_the_limit(cast, at):
    ChangeRule.objects.filter(kind="headcount").update(more_people=10, more_percent=None)
    change = begun(cast, at, {"headcount": 12})
    assert [one.approval for one in judge(change.reception, change.base, change.proposed)] == [False]
    ChangeRule.objects.filter(kind="dates").update(approval=False)
    actions.save(change, by=cast.sales, at=at, fields=later(at))
    assert actions.submit(change, by=cast.sales, at=at).status == "effective"


def test_records_1_2_budget_up_and_wine_need_approval(cast, at):
    meal = {"item": "meal", "quantity": 2, "people": 6, "unit_price": Decimal(50)}
    change = begun(cast, at, lines=[{**meal, "unit_price": Decimal(40)}])
    reception = change.reception
    found = {one.kind: one.approval for one in judge(reception, change.base, change.proposed)}
    assert found == {"budget": True}
    wine = {"item": "wine", "quantity": 1, "unit_price": Decimal(0)}
    actions.save(change, by=cast.sales, at=at, fields={}, lines=[wine])
    found = {one.kind: one.approval for one in judge(reception, change.base, change.proposed)}
    assert found == {"treat": True, "budget": True}


def test_A4_the_host_must_fit_the_new_tier(cast, at):
    change = begun(cast, at, {"proposed_tier": tier("vip")})
    code, sentence = refused(actions.submit, change, by=cast.sales, at=at)
    assert (code, sentence.endswith("（A4）")) == ("invalid", True)
    actions.save(change, by=cast.sales, at=at, fields={"host": cast.gm})
    actions.submit(change, by=cast.sales, at=at)
    assert change.tier == tier("vip")


def test_A3_1b_the_higher_of_the_two_tiers_decides(cast, at):
    """Down from 贵宾级 as well: who may not decide on the one may not take it away."""
    change = begun(cast, at, {"proposed_tier": tier("guest")}, tier="vip", host=cast.gm)
    actions.submit(change, by=cast.sales, at=at)
    assert refused(actions.approve, change, by=cast.vgm, at=at) == (
        "forbidden", "贵宾级要由总经理审批，请转请总经理决定。（A3.1b）",
    )  # fmt: skip
    actions.approve(change, by=cast.gm, at=at)
    after = stands(change)
    assert (after.tier, after.proposed_tier, after.tier_reason) == (tier("guest"), tier("guest"), "")


def test_A3_1b_never_ones_own(cast, at):
    boss = make_user("boss", "office", "office", Rank.GENERAL)
    boss.groups.add(cast.gm.groups.get())
    reception = make_reception(cast, "preparing", at=at, by=boss)
    change = actions.start(reception, by=boss, at=at)
    actions.save(change, by=boss, at=at, fields=later(at), reason="改期")
    actions.submit(change, by=boss, at=at)
    assert refused(actions.approve, change, by=boss, at=at)[0] == "forbidden"
    assert refused(actions.refuse, change, by=boss, at=at, opinion="不")[0] == "forbidden"
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(decided_at=at, decided_by=boss)


def test_A1_the_profile_holds_for_the_new_form(cast, at):
    change = begun(cast, at, {"accompany": 9})
    assert refused(actions.submit, change, by=cast.sales, at=at)[1].startswith(
        "陪餐 9 人，来宾 6 人时最多 6 人"
    )


def test_records_1_2_a_reason_and_something_changed(cast, at):
    change = begun(cast, at, reason="")
    assert refused(actions.submit, change, by=cast.sales, at=at) == ("missing", "请写明变更原因。")
    actions.save(change, by=cast.sales, at=at, fields={}, reason="改期")
    assert refused(actions.submit, change, by=cast.sales, at=at) == ("missing", actions.NOTHING)


def test_records_1_2_one_open_change_a_reception(cast, at):
    change = begun(cast, at, later(at))
    assert refused(actions.start, change.reception, by=cast.sales, at=at)[0] == "state"
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(
            reception=change.reception, number=2, no="x", created_at=at, created_by=cast.sales
        )
    actions.withdraw(change, by=cast.sales, at=at)
    assert actions.start(change.reception, by=cast.sales, at=at).no == "JD-2026-0001-B2"


@pytest.mark.parametrize(
    "status", ["draft", "pending", "settling", "auditing", "archived", "cancelled", "rejected"]
)
def test_records_1_2_only_from_preparing_and_receiving(cast, at, status):
    assert refused(actions.start, make_reception(cast, status, at=at), by=cast.sales, at=at)[0] == "state"


def test_records_1_2_only_the_applicant(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    for who in (cast.sales2, cast.sales_head, cast.gm, cast.stranger):
        assert refused(actions.start, reception, by=who, at=at)[0] == "forbidden"


def test_records_1_2_while_the_guests_are_here_only_the_departure_moves(cast, at):
    change = begun(cast, at, later(at), status="receiving")
    assert refused(actions.submit, change, by=cast.sales, at=at)[1].startswith("来宾已经到达")
    then = at + timedelta(days=10, hours=6)
    fields = {"arrive_at": at + timedelta(days=10), "leave_at": at + timedelta(days=12)}
    actions.save(change, by=cast.sales, at=then, fields=fields)
    assert actions.submit(change, by=cast.sales, at=then).status == "pending"


def test_records_1_2_no_past_departure(cast, at):
    change = begun(cast, at, {"leave_at": at + timedelta(days=10, hours=2)}, status="receiving")
    assert refused(actions.submit, change, by=cast.sales, at=at + timedelta(days=10, hours=6))[0] == "invalid"


def test_records_1_2_a_reception_that_moved_on_refuses_the_change(cast, at):
    change = begun(cast, at, later(at))
    actions.submit(change, by=cast.sales, at=at)
    Reception.objects.filter(pk=change.reception_id).update(transport="高铁 G1")
    code, sentence = refused(actions.approve, change, by=cast.gm, at=at)
    assert (code, "又改过（交通方式）" in sentence) == ("stale", True)
    assert stands(change).version == 1


def test_records_1_2_a_cost_that_was_entered_is_no_new_version(cast, at):
    change = begun(cast, at, {"leave_at": at + timedelta(days=12)}, status="receiving")
    actions.submit(change, by=cast.sales, at=at)
    reception = stale(change.reception)
    settling.spend(reception, by=cast.sales, at=at, rows=[expense()])
    assert actions.approve(change, by=cast.gm, at=at).status == "effective"


def test_records_1_2_the_end_of_the_visit_withdraws_it(cast, at):
    change = begun(cast, at, {"leave_at": at + timedelta(days=12)}, status="receiving")
    actions.submit(change, by=cast.sales, at=at)
    requests.finish(stale(change.reception), by=cast.sales, at=at)
    change = stale(change)
    assert change.status == "withdrawn"
    assert refused(actions.approve, change, by=cast.gm, at=at)[0] == "state"


def test_records_1_2_what_was_not_touched_follows_the_reception(cast, at):
    change = begun(cast, at, later(at))
    Reception.objects.filter(pk=change.reception_id).update(transport="高铁 G1")
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    after = stands(change)
    assert (after.transport, after.arrive_at) == ("高铁 G1", later(at)["arrive_at"])


def test_A7b_the_leader_sets_what_a_gift_may_cost(cast, at):
    change = begun(cast, at, {"needs": ["pick", "room", "meal", "gift"]})
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at, gift_budget=Decimal(800))
    assert stands(change).gift_budget == Decimal(800)


def test_records_1_2_a_refused_change_says_why_and_changes_nothing(cast, at):
    change = begun(cast, at, later(at))
    actions.submit(change, by=cast.sales, at=at)
    assert refused(actions.refuse, change, by=cast.gm, at=at, opinion=" ")[0] == "missing"
    actions.refuse(change, by=cast.gm, at=at, opinion="那几天有检修")
    assert (change.status, change.opinion, stands(change).version) == ("refused", "那几天有检修", 1)
    assert Notice.objects.filter(to=cast.sales, body="那几天有检修").count() == 1


def test_A6_a_new_version_asks_again_who_has_read_the_briefing(cast, at):
    from visits.briefing.actions import acknowledge

    change = begun(cast, at, {"transport": "自驾"})
    acknowledge(stale(change.reception), by=cast.vgm, at=at)
    actions.submit(change, by=cast.sales, at=at)
    again = acknowledge(stands(change), by=cast.vgm, at=at)
    assert (again.version, stands(change).acknowledgements.count()) == (2, 2)


def test_records_1_2_tasks_and_the_itinerary_follow_the_new_date(cast, at):
    change = begun(cast, at, later(at))
    reception = change.reception
    before = dict(reception.tasks.values_list("template__code", "due_at"))
    starts = list(reception.itinerary.items.order_by("id").values_list("start", flat=True))
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    after = dict(reception.tasks.values_list("template__code", "due_at"))
    assert (len(after), after["room"] > before["room"]) == (len(before), True)
    moved = reception.itinerary.items.order_by("id").values_list("start", flat=True)
    assert list(moved) == [start + timedelta(days=3) for start in starts]
    assert starts


def test_records_1_2_the_host_of_the_new_version_gets_the_hosts_tasks(cast, at):
    change = begun(cast, at, {"host": cast.vgm2})
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    assert set(
        change.reception.tasks.filter(template__owner="host").values_list("assignee__username", flat=True)
    ) == {"vgm2"}


def test_A3_1b_a_delegate_answers_with_the_principals_rank(cast, at):
    from tests.factories.delegations import make_delegation

    change = begun(cast, at, {"proposed_tier": tier("vip"), "host": cast.gm})
    actions.submit(change, by=cast.sales, at=at)
    assert refused(actions.approve, change, by=cast.vgm, at=at)[0] == "forbidden"
    make_delegation(cast.gm, cast.vgm, at=at)
    assert list(Change.objects.pending_for(cast.vgm, at)) == [change]
    actions.approve(change, by=cast.vgm, at=at)
    assert (change.status, change.decided_by) == ("effective", cast.vgm)


def test_A1_a_secret_change_is_told_only_to_those_who_need_to_know(cast, at):
    change = begun(cast, at, {"transport": "自驾"})
    Reception.objects.filter(pk=change.reception_id).update(secret=True)
    actions.submit(stale(change), by=cast.sales, at=at)
    told = set(Notice.objects.filter(title__contains="第 2 版").values_list("to__username", flat=True))
    assert {"vgm", "sales_head"} <= told
    assert not told & {"general", "tech"}


LUNCH = {
    "held_on": date(2026, 10, 31),
    "meal": "lunch",
    "place": "公司食堂",
    "diners": 2,
    "price": Decimal(60),
}
HOTEL = {
    "hotel": "湖景楼",
    "rooms": 6,
    "check_in": date(2026, 10, 31),
    "check_out": date(2026, 11, 1),
    "price": Decimal(300),
}


def arranged(cast, at, status="preparing"):
    """A draft change of a reception with a lunch and rooms, the rooms booked by 综合部."""
    from visits.arrangements.actions import book

    needs, rows = ["meal", "bed"], {"meals": [LUNCH], "lodgings": [HOTEL]}
    reception = make_reception(cast, status, at=at, needs=needs, rows=rows)
    row = next(row for row in all_rows(stale(reception)) if row.KIND == "lodgings")
    book(row, by=cast.general, at=at, values={"confirmation": "HB-1"})
    return actions.start(stale(reception), by=cast.sales, at=at)


def test_records_1_2_arrangements_are_part_of_the_version(cast, at):
    change = arranged(cast, at)
    assert change.reception.sheet.estimated == Decimal(60 * 8 + 300 * 6)
    rows = {"meals": [{**LUNCH, "price": Decimal(50)}, {**LUNCH, "meal": "dinner"}], "lodgings": [HOTEL]}
    actions.save(change, by=cast.sales, at=at, fields={}, rows=rows, reason="加一顿晚餐")
    kinds = {one.kind: one.approval for one in judge(change.reception, change.base, change.proposed)}
    assert kinds == {"rows": False, "budget": True}
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    reception = Reception.objects.get(pk=change.reception_id)
    found = [(row.KIND.value, row.order, row.confirmation) for row in all_rows(reception)]
    assert sorted(found) == [("lodgings", 1, "HB-1"), ("meals", 1, ""), ("meals", 2, "")]
    assert reception.sheet.estimated == Decimal(50 * 8 + 60 * 8 + 300 * 6)
    rows = events_of(reception).get(verb="change").detail["rows"]
    assert [row[0] for row in rows] == ["安排 用餐", "安排 用餐"]


def test_records_1_2_a_booked_row_that_changes_keeps_its_booking_and_its_booker_reads_so(cast, at):
    change = arranged(cast, at)
    rows = {"meals": [LUNCH], "lodgings": [{**HOTEL, "rooms": 5}]}
    actions.save(change, by=cast.sales, at=at, fields={}, rows=rows, reason="少一间")
    actions.submit(change, by=cast.sales, at=at)
    assert change.status == "effective"
    row = next(row for row in all_rows(stands(change)) if row.KIND == "lodgings")
    assert (row.rooms, row.confirmation, row.booked_by) == (5, "HB-1", cast.general)
    (notice,) = Notice.objects.filter(to=cast.general, title__contains="请联系改订或退订")
    assert "6 间" in notice.body


def test_records_1_2_a_booked_row_that_goes_is_called_off_not_lost(cast, at):
    change = arranged(cast, at)
    actions.save(
        change, by=cast.sales, at=at, fields={"needs": ["meal"]}, rows={"meals": [LUNCH]}, reason="不住了"
    )
    actions.submit(change, by=cast.sales, at=at)
    (row,) = [row for row in all_rows(stands(change)) if row.KIND == "lodgings"]
    assert (row.freed_by, row.confirmation) == (cast.sales, "HB-1")


def test_records_1_2_a_new_date_takes_the_arrangements_along_when_asked(cast, at):
    change = arranged(cast, at)
    actions.save(change, by=cast.sales, at=at, fields=later(at), reason="推迟三天")
    code, sentence = refused(actions.submit, change, by=cast.sales, at=at)
    assert (code, "早于到达" in sentence) == ("invalid", True)
    seen = preview(change.reception, would_be(change.reception, change.proposed), at)
    assert [(row.label, row.booked) for row in seen.rows] == [("用餐第 1 行", False), ("住宿第 1 行", True)]
    assert actions.move_rows(change, by=cast.sales, at=at) == 2
    assert actions.move_rows(change, by=cast.sales, at=at) == 0
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    rows = {row.KIND.value: row for row in all_rows(stands(change))}
    assert (rows["meals"].held_on, rows["lodgings"].check_out) == (date(2026, 11, 3), date(2026, 11, 4))


def test_records_1_2_nothing_is_compressed_without_saying_so(cast, at):
    change = begun(cast, at, {"arrive_at": at + timedelta(hours=20), "leave_at": at + timedelta(hours=30)})
    seen = preview(change.reception, would_be(change.reception, change.proposed), at)
    actions.submit(change, by=cast.sales, at=at)
    actions.approve(change, by=cast.gm, at=at)
    assert seen.compressed == change.reception.tasks.open().filter(compressed=True).count() > 0
    assert not change.reception.tasks.open().filter(due_at__lt=at).exists()
