"""复制新建 and 催办 (records §1.2): two buttons beside the procedure, with everything that keeps them honest."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.people.models import Department
from tests.engines.race import errors, race, winners
from tests.factories.visits import PATHS, expense, make_draft, make_reception, settle, stale
from tests.visits.pages import browser, frozen, html
from visits.models import Reception
from visits.requests import actions, settling
from visits.requests.copying import NOT_COPIED, copy
from visits.requests.snapshot import FIELDS
from visits.requests.urging import turn_of, urge

pytestmark = pytest.mark.django_db
GUESTS = [{"name": "陆远", "title": "采购总监", "is_leader": True}, {"name": "温若谷", "diet": "素食"}]
LINES = [{"item": "meal", "label": "午餐", "quantity": 2, "people": 8}]
MINUTE = timedelta(minutes=1)


def press(who, reception, button, **data):
    return browser(who).post(f"/visits/requests/{reception.no}/{button}/", data)


def rows(reception, name, *columns):
    return list(getattr(reception, name).values_list(*columns))


# --- 复制新建 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", PATHS)
def test_A3_1a_any_form_of_mine_is_the_start_of_a_new_one(cast, at, state):
    """Guests and lines come along, what belongs to that one visit does not; the old one stays as it is."""
    source = make_reception(
        cast,
        state,
        at=at,
        guests=GUESTS,
        lines=LINES,
        letter_no="函1号",
        overspend_reason="订早了",
        accompany=3,
    )
    before = stale(source)
    made = copy(source, by=cast.sales, at=at + timedelta(days=1))
    assert (made.status, made.no, made.applicant, made.submitted_at) == (
        "draft",
        "JD-2026-0002",
        cast.sales,
        None,
    )
    kept = [name for name in FIELDS if name not in NOT_COPIED]
    assert [getattr(made, name) for name in kept] == [getattr(source, name) for name in kept]
    assert (made.arrive_at, made.leave_at, made.letter_no, made.overspend_reason) == (None, None, "", "")
    columns = ("order", "name", "title", "is_leader", "diet")
    assert rows(made, "guests", *columns) == rows(source, "guests", *columns) != []
    columns = ("order", "item", "label", "quantity", "people", "unit_price")
    assert rows(made, "lines", *columns) == rows(source, "lines", *columns) != []
    assert [(e.verb, e.label) for e in events_of(made)] == [
        ("create", "新建申请"), ("copy", f"复制自 {source.no}"),
    ]  # fmt: skip
    assert (stale(source).status, stale(source).revision) == (before.status, before.revision)


def test_A3_1a_a_retroactive_one_is_copied_as_an_ordinary_one(cast, at):
    source = make_draft(
        cast, at=at, arrive_at=at - timedelta(days=2), retroactive=True, retro_reason="临时到访",
        retro_agreed_by="何志远", retro_agreed_at=at - timedelta(days=2),
    )  # fmt: skip
    made = copy(source, by=cast.sales, at=at)
    assert (made.retroactive, made.retro_reason, made.retro_agreed_by, made.retro_agreed_at) == (
        False,
        "",
        "",
        None,
    )


def test_copy_works_and_opens_the_new_form(cast, at):
    source = make_reception(cast, "rejected", at=at, guests=GUESTS)
    with frozen(at):
        answer = browser(cast.sales).post(f"/visits/requests/{source.no}/copy/", follow=True)
    page = html(answer)
    assert answer.redirect_chain == [("/visits/requests/JD-2026-0002/edit/", 302)]
    assert "温若谷" in page
    assert "已按 JD-2026-0001 新建 JD-2026-0002，请填写到达和离开时间" in page


def test_a_colleague_of_the_department_copies_it_as_their_own(cast, at):
    source = make_reception(cast, "archived", at=at)
    with frozen(at):
        assert press(cast.sales2, source, "copy").status_code == 302
    made = Reception.objects.get(no="JD-2026-0002")
    assert (made.applicant, made.applicant_phone, made.department) == (
        cast.sales2, cast.sales2.phone, source.department,
    )  # fmt: skip


def test_copy_asks_who_one_is(cast, at):
    source = make_reception(cast, "rejected", at=at)
    answer = press(None, source, "copy")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")
    assert Reception.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("office", 403), ("auditor", 403), ("tech", 404), ("stranger", 403)]
)
def test_copy_is_for_the_applicant_and_the_department(cast, at, who, status):
    """Of another department: refused with a sentence when it may be read, else it does not exist."""
    source = make_reception(cast, "pending", at=at)
    with frozen(at):
        assert press(getattr(cast, who), source, "copy").status_code == status
    assert Reception.objects.count() == 1


def test_somebody_elses_draft_cannot_be_copied(cast, at):
    """The wrong state: what was never submitted is its applicant's alone."""
    assert press(cast.sales2, make_draft(cast, at=at), "copy").status_code == 404
    assert Reception.objects.count() == 1


def test_copy_pressed_twice_makes_one(cast, at):
    source = make_reception(cast, "cancelled", at=at)
    with frozen(at):
        answers = [press(cast.sales, source, "copy", _once="c" * 32)["Location"] for _ in range(2)]
    assert answers == ["/visits/requests/JD-2026-0002/edit/"] * 2
    assert Reception.objects.count() == 2


def test_copy_is_a_post(cast, at):
    source = make_reception(cast, "cancelled", at=at)
    assert browser(cast.sales).get(f"/visits/requests/{source.no}/copy/").status_code == 405


@pytest.mark.parametrize(
    ("state", "who", "shown"),
    [
        ("rejected", "sales", True),
        ("archived", "sales2", True),
        ("draft", "sales", False),
        ("pending", "gm", False),
    ],
)
def test_the_copy_button_is_for_whom_it_works(cast, at, state, who, shown):
    reception = make_reception(cast, state, at=at)
    with frozen(at):
        page = html(browser(getattr(cast, who)).get(f"/visits/requests/{reception.no}/"))
    assert ("复制新建" in page) == shown


# --- 催办 ------------------------------------------------------------------------------------------------------

TURN = """
state      people
review     sales_head
pending    gm,vgm,vgm2
auditing   office,reception
"""


def waiting(cast, at):
    return make_reception(cast, "pending", at=at)


def urged(reception):
    return events_of(reception).filter(verb="urge").count()


@pytest.mark.parametrize("line", TURN.strip().splitlines()[1:])
def test_A3_1b_the_one_whose_turn_it_is_is_urged(cast, at, line):
    state, names = line.split()
    reception = make_reception(cast, state, at=at)
    told = urge(reception, by=cast.sales, at=at + MINUTE)
    assert {person.username for person in told} == set(names.split(","))
    for person in told:
        notice = person.notices.order_by("-id").first()
        desk = "costs/" if state == "auditing" else "decide/"
        assert (notice.level, notice.url) == ("urgent", reception.get_absolute_url() + desk)
        assert f"{cast.sales}催办，请审" in notice.title
    event = events_of(reception).last()
    assert (event.verb, event.label, event.actor, event.detail["to"]) == (
        "urge", "催办", cast.sales, [str(person) for person in told],
    )  # fmt: skip


def test_A7a_the_leader_who_has_to_confirm_is_urged_before_the_auditors(cast, at):
    reception = make_reception(cast, "settling", at=at)
    settle(reception, expense(ours=9), at=at, over_reason="临时增加", approver=cast.vgm)
    assert turn_of(reception) == [cast.vgm]
    settling.confirm_over(reception, by=cast.vgm, at=at)
    assert cast.vgm not in turn_of(Reception.objects.get(pk=reception.pk))


@pytest.mark.parametrize("state", [state for state in PATHS if state not in TURN])
def test_A3_1b_where_nobody_is_waited_for_nobody_is_urged(cast, at, state):
    reception = make_reception(cast, state, at=at)
    with pytest.raises(Refused) as no:
        urge(reception, by=cast.sales, at=at)
    assert (no.value.code, "不用催办" in no.value.message, urged(reception)) == ("state", True, 0)


@pytest.mark.parametrize(
    "who", ["sales2", "sales_head", "gm", "vgm", "office", "reception", "tech", "stranger"]
)
def test_A3_1b_only_the_applicant_urges(cast, at, who):
    reception = waiting(cast, at)
    with pytest.raises(Refused) as no:
        urge(reception, by=getattr(cast, who), at=at)
    assert (no.value.code, urged(reception)) == ("forbidden", 0)


@pytest.mark.parametrize(("minutes", "again"), [(0, False), (59, False), (60, True), (61, True)])
def test_A3_1b_at_most_once_an_hour(cast, at, minutes, again):
    reception = waiting(cast, at)
    urge(reception, by=cast.sales, at=at)
    if again:
        urge(reception, by=cast.sales, at=at + minutes * MINUTE)
    else:
        with pytest.raises(Refused) as no:
            urge(reception, by=cast.sales, at=at + minutes * MINUTE)
        assert no.value.message == "10:00 已催办过，每小时最多一次，11:00 以后可以再催。"
    assert urged(reception) == 1 + again


def test_A3_1b_a_leader_with_the_page_open_goes_on_deciding(cast, at):
    """Urging leaves the revision alone: it must not make the very decision stale that it asks for."""
    reception = waiting(cast, at)
    seen = reception.revision
    urge(reception, by=cast.sales, at=at)
    actions.approve(stale(reception), by=cast.gm, at=at, tier=reception.proposed_tier, expect=seen)
    assert stale(reception).status == "preparing"


def test_A3_1b_what_was_decided_meanwhile_is_not_urged(cast, at):
    reception = waiting(cast, at)
    old = stale(reception)
    actions.approve(reception, by=cast.gm, at=at, tier=reception.proposed_tier)
    with pytest.raises(Refused) as no:
        urge(old, by=cast.sales, at=at)
    assert (no.value.code, urged(reception)) == ("state", 0)


def test_A3_1b_without_anybody_to_urge_it_says_so(cast, at):
    reception = make_reception(cast, "review", at=at)
    Department.objects.filter(pk=reception.department_id).update(head=None)
    with pytest.raises(Refused, match="请联系管理员"):
        urge(Reception.objects.get(pk=reception.pk), by=cast.sales, at=at)
    assert urged(reception) == 0


def test_urge_works_and_says_whom_it_told(cast, at):
    reception = make_reception(cast, "review", at=at)
    with frozen(at):
        assert press(cast.sales, reception, "urge")["Location"] == reception.get_absolute_url()
        page = html(browser(cast.sales).get(reception.get_absolute_url()))
    assert urged(reception) == 1
    assert "10:00 已催办过，每小时最多一次，11:00 以后可以再催。" in page


def test_urge_asks_who_one_is(cast, at):
    reception = waiting(cast, at)
    answer = press(None, reception, "urge")
    assert (answer.status_code, answer["Location"].split("?")[0], urged(reception)) == (302, "/login/", 0)


@pytest.mark.parametrize(
    ("who", "status"), [("sales2", 403), ("office", 403), ("tech", 404), ("stranger", 403)]
)
def test_urge_is_the_applicants(cast, at, who, status):
    reception = waiting(cast, at)
    with frozen(at):
        assert (press(getattr(cast, who), reception, "urge").status_code, urged(reception)) == (status, 0)


def test_urge_in_the_wrong_state_is_refused_with_a_sentence(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    with frozen(at):
        answer = press(cast.sales, reception, "urge")
    assert (answer.status_code, urged(reception)) == (409, 0)
    assert "没有在等谁" in html(answer)


def test_urge_again_too_soon_is_refused_and_pressed_twice_is_one(cast, at):
    reception = waiting(cast, at)
    with frozen(at):
        twice = [press(cast.sales, reception, "urge", _once="d" * 32).status_code for _ in range(2)]
        again = press(cast.sales, reception, "urge", _once="e" * 32)
    assert (twice, again.status_code, urged(reception)) == ([302, 302], 409, 1)
    assert "11:00 以后可以再催" in html(again)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_1b_urged_twice_at_the_same_instant_is_once(cast, at):
    reception = waiting(cast, at)
    one, other = stale(reception), stale(reception)
    outcomes = race(
        lambda: urge(one, by=cast.sales, at=at + MINUTE), lambda: urge(other, by=cast.sales, at=at + MINUTE)
    )
    (lost,) = errors(outcomes)
    assert (len(winners(outcomes)), lost.code, urged(reception)) == (1, "state", 1)
    assert "每小时最多一次" in lost.message
    assert list(verify()) == []
