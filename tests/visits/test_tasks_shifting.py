"""records §1.2: what a new date or tier does to the tasks, previewed without writing and then carried out."""

from datetime import timedelta

import pytest

from reception.core.clock import clocks_of
from reception.core.ledger import events_of, writing
from tests.factories.visits import finish_task, inside, make_reception, tier
from visits.models import Reception, Task, TaskTemplate
from visits.tasks.shifting import preview, shift

pytestmark = pytest.mark.django_db


def code(moved):
    return moved.task.template.code if moved.task else moved.row.template.code


def facts(found):
    return {code(one): (one.kind, one.old_due, one.new_due, one.compressed, one.done) for one in found}


def moved_to(reception, by, at, **fields):
    """The reception after a change that came into force."""
    Reception.objects.filter(pk=reception.pk).update(**fields)
    fresh = Reception.objects.select_related("tier", "host", "department__head").get(pk=reception.pk)
    with inside():
        found = shift(fresh, by=by, at=at)
    return fresh, found


def test_A5_the_same_date_moves_nothing(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    later = at + timedelta(hours=3)
    assert preview(reception, reception.arrive_at, reception.leave_at, reception.tier, later) == []


def test_A5_a_week_later_every_task_moves_a_week_and_nothing_is_written(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    week = timedelta(days=7)
    before = list(Task.objects.order_by("pk").values())
    found = preview(reception, reception.arrive_at + week, reception.leave_at + week, reception.tier, at)
    assert {one.kind for one in found} == {"move"}
    assert [one.new_due - one.old_due for one in found] == [week] * reception.tasks.count()
    assert [one.new_due for one in found] == sorted(one.new_due for one in found)
    assert list(Task.objects.order_by("pk").values()) == before


def test_A5_a_date_too_near_is_now_and_says_so_but_what_was_due_stays_due(cast, at):
    reception = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(days=10))
    plan = reception.tasks.get(template__code="plan")
    late = plan.due_at + timedelta(hours=1)  # the plan is late, the rest is not
    near = late + timedelta(hours=20)
    found = facts(preview(reception, near, near + timedelta(hours=30), reception.tier, late))
    room = reception.tasks.get(template__code="room")
    assert found["room"] == ("move", room.due_at, late, True, False)
    assert "plan" not in found


def test_A8_1_a_higher_tier_brings_its_tasks_and_times_a_lower_one_drops_them(cast, at):
    reception = make_reception(cast, "preparing", at=at, tier="business", host=cast.gm)
    up = preview(reception, reception.arrive_at, reception.leave_at, tier("vip"), at)
    assert {code(one) for one in up if one.kind == "add"} == {"contingency"}
    assert facts(up)["plan"][0] == "move"
    down = preview(reception, reception.arrive_at, reception.leave_at, tier("regular"), at)
    assert {code(one) for one in down if one.kind == "drop"} == {
        "tech_talk", "solution", "schedule", "site", "parts", "cert", "after_sales", "pick_up", "see_off",
    }  # fmt: skip


def test_A8_1_a_new_need_brings_its_tasks(cast, at):
    reception = make_reception(cast, "preparing", at=at, needs=[])
    same = (reception.arrive_at, reception.leave_at, reception.tier, at)
    assert {code(one) for one in preview(reception, *same, needs=frozenset({"bed"}))} == {"bed"}


def test_A5_shifting_moves_times_and_clocks_and_an_earlier_breach_stays(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    task = reception.tasks.get(template__code="room")
    late, week = task.due_at + timedelta(hours=2), timedelta(days=7)
    old_due = task.due_at
    moved_to(
        reception, cast.sales, late, arrive_at=reception.arrive_at + week, leave_at=reception.leave_at + week
    )
    task = Task.objects.get(pk=task.pk)
    first, second = clocks_of(task)
    assert (first.breached_at, first.stopped_at) == (old_due, late)
    assert (second.due_at, second.stopped_at, task.due_at) == (old_due + week, None, old_due + week)
    event = events_of(task).last()
    assert (event.verb, event.detail["old_due"][:10]) == ("shift", old_due.astimezone(None).isoformat()[:10])


def test_A5_lines_and_reconfirmations_follow_and_are_asked_again(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    week = timedelta(days=7)
    car, room = (reception.tasks.get(template__code=name) for name in ("pick_up", "room"))
    Task.objects.filter(pk=car.pk).update(reconfirmed_at=at, reconfirmed_by=cast.general)
    moved_to(
        reception, cast.sales, at, arrive_at=reception.arrive_at + week, leave_at=reception.leave_at + week
    )
    after = Task.objects.get(pk=car.pk)
    assert (after.reconfirm_due_at, after.reconfirmed_at) == (car.reconfirm_due_at + week, None)
    tea = room.checks.get(words="茶水")
    assert tea.due_at == reception.arrive_at + week - timedelta(hours=1)
    assert [clock.due_at for clock in clocks_of(tea) if clock.stopped_at is None] == [tea.due_at]


def test_A5_what_is_done_is_marked_to_be_checked_not_undone(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    task = finish_task(reception.tasks.get(template__code="room"), at=at)
    week = timedelta(days=7)
    _, found = moved_to(
        reception, cast.sales, at, arrive_at=reception.arrive_at + week, leave_at=reception.leave_at + week
    )
    after = Task.objects.get(pk=task.pk)
    assert (after.status, after.recheck, after.due_at) == ("done", True, task.due_at)
    assert facts(found)["room"] == ("move", task.due_at, task.due_at + week, False, True)


def test_A8_1_what_a_change_dropped_another_brings_back_but_not_what_people_dropped(cast, at):
    from visits.tasks import actions

    reception = make_reception(cast, "preparing", at=at)
    actions.drop(reception.tasks.get(template__code="parts"), by=cast.quality, at=at, reason="客户不看")
    down, _ = moved_to(reception, cast.gm, at, tier=tier("regular"), tier_reason="从简")
    cert = down.tasks.get(template__code="cert")
    assert (cert.status, cert.changed_out, events_of(cert).last().reason) == (
        "dropped",
        True,
        "随变更不再需要",
    )
    up, _ = moved_to(down, cast.gm, at, tier=tier("guest"), tier_reason="")
    assert up.tasks.get(template__code="cert").status == "todo"
    assert up.tasks.get(template__code="parts").status == "dropped"
    assert up.tasks.count() == reception.tasks.count()


def test_A8_1_an_edited_template_moves_no_task_that_was_made_before(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    task = reception.tasks.get(template__code="room")
    TaskTemplate.objects.filter(code="room").update(offset="-1d")
    week = timedelta(days=7)
    found = facts(
        preview(reception, reception.arrive_at + week, reception.leave_at + week, reception.tier, at)
    )
    assert found["room"][2] == task.due_at + week


def test_A5_each_department_hears_once(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    cast.general.notices.all().delete()
    week = timedelta(days=7)
    moved_to(
        reception, cast.sales, at, arrive_at=reception.arrive_at + week, leave_at=reception.leave_at + week
    )
    assert [notice.title for notice in cast.general.notices.all()] == [
        f"{reception.no} 远航重工集团考察变更：您的任务 4 项改时限"
    ]


def test_A4_a_new_host_gets_the_hosts_tasks(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    moved_to(reception, cast.sales, at, host=cast.vgm2)
    rows = reception.tasks.filter(template__owner="host").values_list("assignee__username", "status")
    assert list(rows) == [("vgm2", "todo")] * 2


def test_A3_1b_the_decision_to_begin_is_asked_for_the_new_arrival(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    week = timedelta(days=7)
    moved_to(
        reception, cast.sales, at, arrive_at=reception.arrive_at + week, leave_at=reception.leave_at + week
    )
    rows = [(clock.due_at, clock.stopped_at) for clock in clocks_of(reception) if clock.rule == "visits.go"]
    assert rows == [(reception.arrive_at, at), (reception.arrive_at + week, None)]


def test_shifting_is_part_of_an_action(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    with writing():
        assert shift(reception, by=cast.sales, at=at) == []
