"""Guests of approved receptions are known at the door, 涉密 ones only to whom they concern (C4)."""

from datetime import timedelta

import pytest

from reception.core.clock.periods import day_bounds
from reception.core.expected import expected
from tests.factories.visits import make_reception
from visits.requests.expecting import guests
from visits.requests.models import Reception

pytestmark = pytest.mark.django_db


def known(user, at):
    return [(one.name, one.title, one.company, one.host) for one in expected(user, *day_bounds(at.date()))]


def test_C4_the_people_of_an_approved_reception_are_expected_on_its_days(cast, at):
    row = make_reception(cast, at=at)
    make_reception(cast, "pending", at=at)
    assert known(cast.clerk, row.arrive_at) == [("陆远", "采购总监", "远航重工集团", row.host)]
    assert known(cast.clerk, row.leave_at) == known(cast.clerk, row.arrive_at)
    assert known(cast.clerk, row.leave_at + timedelta(days=1)) == known(cast.clerk, at) == []


def test_C4_a_secret_reception_is_not_named_at_the_door(cast, at):
    row = make_reception(cast, at=at)
    Reception.objects.filter(pk=row.pk).update(secret=True)
    assert (known(cast.clerk, row.arrive_at), len(known(row.applicant, row.arrive_at))) == ([], 1)


@pytest.mark.parametrize("many", [1, 4])
def test_C4_who_is_expected_costs_two_queries(cast, at, many, django_assert_num_queries):
    for _ in range(many):
        row = make_reception(cast, at=at)
    cast.clerk.roles  # noqa: B018  read before counting
    with django_assert_num_queries(2):
        assert len(guests(cast.clerk, *day_bounds(row.arrive_at.date()))) == many
