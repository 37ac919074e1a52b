"""Who sees which reception and task, what waits for whom; the same queries for one row and for many."""

from datetime import timedelta

import pytest

from reception.core.people.models import User
from tests.factories.visits import make_draft, make_reception
from visits.models import Reception, Task

pytestmark = pytest.mark.django_db


def fresh(user):
    """The person as the next request loads them."""
    return User.objects.get(pk=user.pk)


# What each of the cast sees of: a never submitted draft, one in review, one in preparation (it has tasks)
SEEN = """
sales        draft review preparing
sales2       -     review preparing
sales_head   -     review preparing
gm           -     review preparing
vgm2         -     review preparing
reception    -     review preparing
office       -     review preparing
auditor      -     review preparing
general      -     -      preparing
tech         -     -      preparing
clerk        -     -      -
admin        -     -      -
stranger     -     -      -
"""


@pytest.mark.parametrize("row", SEEN.strip().splitlines())
def test_A3_2_who_sees_what(cast, at, row):
    name, *states = row.split()
    for state in ("draft", "review", "preparing"):
        make_reception(cast, state, at=at)
    seen = (
        Reception.objects.visible_to(fresh(getattr(cast, name)))
        .order_by("id")
        .values_list("status", flat=True)
    )
    assert list(seen) == [state for state in states if state != "-"]


def test_A4_the_host_sees_the_reception_before_any_task(cast, at):
    reception = make_reception(cast, "review", at=at, tier="regular", host=cast.tech)
    assert list(Reception.objects.visible_to(cast.tech)) == [reception]


def test_a_withdrawn_request_stays_visible_to_those_who_were_told(cast, at):
    from visits.requests import actions

    reception = make_reception(cast, "pending", at=at)
    actions.withdraw(reception, by=cast.sales, at=at)
    assert list(Reception.objects.visible_to(cast.vgm)) == [reception]


def test_A3_1b_pending_for_is_what_this_leader_may_decide(cast, at):
    guest = make_reception(cast, "pending", at=at)
    vip = make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    make_reception(cast, "review", at=at)
    waiting = {
        name: set(Reception.objects.pending_for(getattr(cast, name)))
        for name in ("gm", "vgm", "sales_head", "office")
    }
    assert waiting == {"gm": {guest, vip}, "vgm": {guest}, "sales_head": set(), "office": set()}


def test_A3_1b_review_for_is_the_heads_own_department(cast, at):
    review = make_reception(cast, "review", at=at)
    make_reception(cast, "pending", at=at)
    found = {
        name: list(Reception.objects.review_for(getattr(cast, name)))
        for name in ("sales_head", "tech", "sales", "gm")
    }
    assert found == {"sales_head": [review], "tech": [], "sales": [], "gm": []}


def test_tasks_are_seen_by_their_department_the_responsible_one_and_the_overseers(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    count = {name: Task.objects.visible_to(fresh(getattr(cast, name))).count() for name in (
        "sales", "sales2", "gm", "reception", "auditor", "general", "quality", "clerk",
    )}  # fmt: skip
    everything = reception.tasks.count()
    assert count == {
        "sales": everything, "sales2": everything, "gm": everything, "reception": everything, "auditor": everything,
        "general": 4, "quality": 3, "clerk": 0,
    }  # fmt: skip


def test_coming_is_the_next_arrival_first(cast, at):
    later = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(days=12))
    sooner = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(days=8))
    make_reception(cast, "pending", at=at)
    assert list(Reception.objects.coming(at)) == [sooner, later]
    assert list(Reception.objects.coming(at + timedelta(days=10))) == [later]


@pytest.mark.parametrize("rows", [1, 5])
def test_a_list_costs_the_same_for_one_row_and_for_many(cast, at, rows, django_assert_num_queries):
    for _ in range(rows):
        make_reception(cast, "preparing", at=at)
    general = fresh(cast.general)
    with django_assert_num_queries(3):  # the person's roles, receptions, tasks
        page = list(Reception.objects.visible_to(general).for_list())
        assert [(r.title, str(r.tier_now), str(r.host), str(r.department)) for r in page] == [
            ("远航重工集团考察", "嘉宾级", "何志远", "营销部")
        ] * rows
        board = list(Task.objects.visible_to(general).open().for_board())
        assert {(str(t.department), t.reception.title) for t in board} == {("综合部", "远航重工集团考察")}


@pytest.mark.parametrize("waiting", [1, 5])
def test_what_waits_for_a_leader_costs_the_same_for_one_and_for_many(
    cast, at, waiting, django_assert_num_queries
):
    for _ in range(waiting):
        make_reception(cast, "pending", at=at)
    gm = fresh(cast.gm)
    with django_assert_num_queries(3):  # roles, position, receptions
        assert len(list(Reception.objects.pending_for(gm).for_page())) == waiting


def test_titles_of_a_half_empty_draft(cast, at):
    assert make_draft(cast, at=at, customer_name="", purpose="").title == "未填单位来访"
    assert make_draft(cast, at=at, purpose="other").title == "远航重工集团来访"
