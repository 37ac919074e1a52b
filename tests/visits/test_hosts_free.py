"""Who is free to host: receptions, itinerary items, absences; and who is proposed instead (A4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reception.core.people.choices import Rank
from tests.factories.people import make_user
from tests.factories.visits import make_reception, tier
from visits.hosts.eligible import candidates, substitute
from visits.hosts.free import clashes, clashes_of
from visits.models import Absence, Item, Itinerary

pytestmark = pytest.mark.django_db
H = timedelta(hours=1)


def window(at, days=10):
    arrive = at + timedelta(days=days)
    return arrive, arrive + 30 * H


def away(user, start, end, by=None, at=None, kind="trip"):
    return Absence.objects.create(user=user, kind=kind, start=start, end=end, created_at=at or start, created_by=by or user)  # fmt: skip


def test_A4_a_reception_under_preparation_makes_its_host_busy_and_a_pending_one_perhaps(cast, at):
    make_reception(cast, "preparing", at=at)
    make_reception(cast, "pending", at=at, host=cast.vgm2)
    make_reception(cast, "draft", at=at, host=cast.gm)
    start, end = window(at)
    found = clashes_of([cast.vgm.pk, cast.vgm2.pk, cast.gm.pk], start, end)
    assert [(row.label, row.perhaps) for row in found[cast.vgm.pk]] == [
        ("主陪远航重工集团（JD-2026-0001）", False)
    ]
    assert [(row.label, row.perhaps) for row in found[cast.vgm2.pk]] == [
        ("主陪远航重工集团（JD-2026-0002）", True)
    ]
    assert found[cast.gm.pk] == []


def test_A4_the_reception_itself_and_what_only_touches_are_no_clash(cast, at):
    one = make_reception(cast, "preparing", at=at)
    start, end = window(at)
    answers = [
        clashes(cast.vgm, start, end, one),
        clashes(cast.vgm, end, end + H),
        clashes(cast.vgm, start - H, start),
    ]
    assert answers == [[], [], []]


def test_A4_companions_speakers_and_the_absent_are_busy(cast, at):
    one = make_reception(cast, "preparing", at=at)
    start, _ = window(at)
    one.colleagues.add(cast.tech)
    plan = Itinerary.objects.get(reception=one)
    plan.items.all().delete()
    Item.objects.create(itinerary=plan, what="技术交流", start=start + H, end=start + 2 * H, planned_start=start + H,
                        person=cast.quality)  # fmt: skip
    away(cast.gm, start, start + H, at=at)
    found = clashes_of([cast.tech.pk, cast.quality.pk, cast.gm.pk, cast.make.pk], start, start + 2 * H)
    labels = {pk: [row.label for row in rows] for pk, rows in found.items()}
    assert labels == {cast.tech.pk: ["陪同远航重工集团（JD-2026-0001）"], cast.quality.pk: ["技术交流（JD-2026-0001）"],
                      cast.gm.pk: ["出差"], cast.make.pk: []}  # fmt: skip


def test_A4_others_read_only_that_somebody_is_busy(cast, at):
    make_reception(cast, "pending", at=at)
    (found,) = clashes(cast.vgm, *window(at))
    assert found.sentence == "10月31日 10:00–11月1日 16:00 可能另有接待"


def test_A4_a_withdrawn_absence_is_none(cast, at):
    start, end = window(at)
    row = away(cast.vgm, start, end, at=at)
    Absence.objects.filter(pk=row.pk).update(withdrawn_at=at, withdrawn_by=cast.vgm)
    assert clashes(cast.vgm, start, end) == []


def test_A4_without_times_nobody_is_busy(cast, at):
    assert clashes_of([cast.vgm.pk], None, at) == {cast.vgm.pk: []}


@pytest.mark.parametrize(("code", "names"), [("vip", ["沈国栋"]), ("guest", ["何志远", "秦岚", "沈国栋"])])
def test_A4_only_who_satisfies_the_rule_is_a_candidate(cast, at, code, names):
    assert [str(one.user) for one in candidates(tier(code), *window(at))] == names


def test_A4_the_busy_one_comes_last_and_says_why(cast, at):
    make_reception(cast, "preparing", at=at)
    rows = candidates(tier("guest"), *window(at))
    assert [(str(one.user), one.state, one.load) for one in rows] == [
        ("秦岚", "空闲", 0), ("沈国栋", "空闲", 0), ("何志远", "有事", 1),
    ]  # fmt: skip
    assert rows[-1].why == "10月31日 10:00–11月1日 16:00 另有接待"


def test_A4_the_substitute_is_free_of_the_same_rank_and_named_with_the_reason(cast, at):
    start, end = window(at)
    away(cast.vgm, start, end, at=at)
    found = substitute(candidates(tier("guest"), start, end), cast.vgm)
    assert (found.user, found.reason) == (cast.vgm2, "副总经理，那段时间有空，本周主陪 0 场")


def test_A4_nobody_free_is_nobody_proposed(cast, at):
    start, end = window(at)
    for leader in (cast.gm, cast.vgm, cast.vgm2):
        away(leader, start, end, at=at)
    assert substitute(candidates(tier("guest"), start, end), cast.vgm) is None


def test_A4_one_candidate_or_thirty_cost_the_same_queries(cast, at):
    counts = []
    for more in (0, 29):
        for number in range(more):
            make_user(f"vice{number}", "leader", "leaders", Rank.VICE)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            candidates(tier("guest"), *window(at))
        counts.append(len(seen))
    assert counts == [7, 7]  # one of them is the tier's own
