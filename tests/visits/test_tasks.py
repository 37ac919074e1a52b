"""A3.2 and A5: departments take, finish, give back and drop their tasks; late ones climb the ladder."""

from datetime import timedelta

import pytest

from reception.core.clock import clocks_of, sweep
from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.factories.people import make_user
from tests.factories.visits import make_reception, make_task, stale
from visits.models import Task
from visits.tasks import actions

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.message


def test_A3_2_a_department_takes_and_finishes_its_task(cast, at):
    task = make_task(cast, at=at)
    actions.take(task, by=cast.general, at=at)
    assert (task.status, task.assignee, task.taken_by, task.taken_at) == (
        "taken",
        cast.general,
        cast.general,
        at,
    )
    later = at + timedelta(hours=2)
    actions.finish(task, by=cast.general, at=later, note="二楼贵宾厅")
    fresh = stale(task)
    assert (fresh.status, fresh.done_by, fresh.done_at, fresh.note) == (
        "done",
        cast.general,
        later,
        "二楼贵宾厅",
    )
    assert [event.verb for event in events_of(task)] == ["take", "finish"]
    assert clocks_of(task)[0].stopped_at == later


def test_A3_2_the_applicant_hears_that_a_task_is_done(cast, at):
    task = make_task(cast, "done", at=at)
    assert cast.sales.notices.order_by("-id")[0].title == f"{task.no} 会议室或领导办公室：吴江已完成"


def test_A3_2_finishing_at_once_makes_the_finisher_the_assignee(cast, at):
    task = make_task(cast, "done", at=at)
    assert (task.assignee, task.taken_at) == (cast.general, None)


def test_A3_2_another_departments_task_is_not_theirs(cast, at):
    task = make_task(cast, at=at)
    for person in (cast.tech, cast.sales, cast.reception):
        assert refusal(actions.take, task, by=person, at=at) == (
            "forbidden",
            "这项任务由综合部办理，请联系该部门。",
        )
    assert refusal(actions.finish, task, by=cast.clerk, at=at)[0] == "forbidden"
    assert stale(task).status == "todo"


def test_A3_2_a_colleague_finishes_only_what_nobody_took(cast, at):
    colleague = make_user("general2", "staff", "general", name="沈宁")
    task = make_task(cast, "taken", at=at)
    assert refusal(actions.finish, task, by=colleague, at=at) == (
        "forbidden", "这项任务由吴江办理，要换人请部门负责人先退还。",
    )  # fmt: skip
    actions.give_back(task, by=cast.general, at=at, reason="外出")
    assert (task.status, task.assignee, task.taken_at) == ("todo", None, None)
    assert actions.take(task, by=colleague, at=at).assignee == colleague


def test_A3_2_not_to_be_done_is_decided_by_the_head_or_the_applicant_with_a_reason(cast, at):
    task = make_task(cast, at=at)
    assert refusal(actions.drop, task, by=cast.general, at=at, reason=" ")[0] == "missing"
    assert refusal(actions.drop, task, by=cast.tech, at=at, reason="不用") == (
        "forbidden", "不办要由综合部负责人或接待经办人决定，请联系他们。",
    )  # fmt: skip
    actions.drop(task, by=cast.sales, at=at, reason="改在客户处开会")
    assert (stale(task).status, clocks_of(task)[0].stopped_at) == ("dropped", at)


def test_A5_a_late_task_climbs_to_head_manager_and_office_and_stays_late(cast, at):
    task = make_task(cast, at=at)
    due_at = task.due_at
    people = (cast.general, cast.reception, cast.office, cast.assistant, cast.manager)

    def heard():
        sweep(due_at + timedelta(days=40))
        return [p.notices.filter(title=f"{task.no} {task.title}：已超时").count() for p in people]

    assert heard() == [1, 1, 1, 0, 0]
    actions.finish(task, by=cast.general, at=due_at + timedelta(days=41), reason="当天已备好")
    clock = clocks_of(task)[0]
    assert clock.breached_at == due_at
    assert (task.is_late(due_at + timedelta(days=42)), heard()) == (True, [1, 1, 1, 0, 0])


def test_A5_one_clock_a_task_owned_by_the_head_or_the_host(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    for task in reception.tasks.select_related("department__head", "assignee"):
        (clock,) = [one for one in clocks_of(task) if one.rule == "visits.task"]
        assert (clock.rule, clock.due_at, clock.owner) == (
            "visits.task", task.due_at, task.assignee or task.department.head,
        )  # fmt: skip


def test_A8_1_a_duty_the_tier_does_not_have_can_be_added(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    count = reception.tasks.count()
    when = at + timedelta(days=2)
    task = actions.add(
        reception, by=cast.sales, at=at, department=cast.general.department, duty="车内备水", due_at=when
    )
    assert (task.no, task.template, task.status) == (f"{reception.no}-{count + 1:02d}", None, "todo")
    assert clocks_of(task)[0].due_at == when
    assert refusal(
        actions.add, reception, by=cast.tech, at=at, department=cast.tech.department, duty="x", due_at=when
    )[0] == "forbidden"  # fmt: skip
    assert refusal(
        actions.add, reception, by=cast.sales, at=at, department=cast.tech.department, duty="x", due_at=at
    ) == ("invalid", "时限要晚于现在，请改一个时间。")  # fmt: skip


def test_a_stale_page_takes_nothing(cast, at):
    task = make_task(cast, at=at)
    old = stale(task)
    actions.take(task, by=cast.general, at=at)
    assert refusal(actions.take, old, by=cast.general, at=at)[0] == "stale"
    assert refusal(actions.finish, stale(task), by=cast.general, at=at, expect=0)[0] == "stale"


def test_overdue_is_open_and_past(cast, at):
    task = make_task(cast, at=at)
    after = task.due_at + timedelta(minutes=1)
    general = cast.general.department
    assert task in Task.objects.of_department(general).overdue(after)
    assert task not in Task.objects.of_department(general).overdue(task.due_at)
    actions.finish(task, by=cast.general, at=after)
    assert task not in Task.objects.of_department(general).overdue(after)
    assert not Task.objects.of_department(None).exists()


def test_a_task_knows_its_page_and_its_receptions_number_by_itself(cast, at, django_assert_num_queries):
    task = stale(make_task(cast, at=at))
    with django_assert_num_queries(0):
        assert (task.get_absolute_url(), task.reception_no) == (f"/visits/tasks/{task.pk}/", "JD-2026-0001")
