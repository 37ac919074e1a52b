"""B4 at its seams: a change of date, an override and a closure of the resource, met by each other."""

import pytest

from reception.core.flow import Refused
from tests.factories.resources import booked, day, make_resource
from tests.factories.visits import inside, make_draft, make_reception, stale
from visits.requests import actions as requests
from visits.resources import booking, following
from visits.resources.actions import OWN, change_resource

pytestmark = pytest.mark.django_db


def close(resource, cast, at, on):
    fields = {name: getattr(resource, name) for name in OWN} | {"closed_on": on}
    change_resource(resource, by=cast.office, at=at, fields=fields)


def test_B4_a_new_date_never_moves_a_booking_into_the_closure(cast, at):
    room = make_resource(cast, at, "一号会议室", closed_on=day(at, 12, 0).date())
    make_resource(cast, at, "二号会议室")
    it = make_reception(cast, "preparing", at=at)
    made = booked(room, cast, at, reception=it, days=10)
    said = [(one.clash, one.advice) for one in following.shifts(it, 2)]
    assert said == [("一号会议室从 2026-11-02 起停用", "可改用二号会议室")]
    with inside():
        following.move_along(it, 2, by=cast.sales, at=at)
    assert (stale(made).status, stale(made).start) == ("freed", day(at, 10, 9))


def test_B4_only_the_office_leaves_a_reason_of_override(cast, at):
    room = make_resource(cast, at, "一号会议室")
    made = booked(room, cast, at)
    with pytest.raises(Refused) as no:
        booking.move(made, by=cast.sales, at=at, start=day(at, 2, 9), end=day(at, 2, 11), override="领导说的")
    assert (no.value.code, no.value.field) == ("forbidden", "override")
    with pytest.raises(Refused) as no:
        booked(room, cast, at, days=3, override="领导说的")
    assert no.value.code == "forbidden"
    assert (stale(made).start, stale(made).override_reason) == (day(at, 1, 9), "")


def test_B4_a_planned_one_in_the_closure_stops_the_submission(cast, at):
    room = make_resource(cast, at, "一号会议室")
    draft = make_draft(cast, at=at)
    made = booked(room, cast, at, reception=draft, days=10)
    close(stale(room), cast, at, day(at, 5, 0).date())
    with pytest.raises(Refused) as no:
        requests.submit(stale(draft), by=cast.sales, at=at)
    assert (no.value.code, "停用" in no.value.message) == ("state", True)
    assert stale(made).status == "planned"
