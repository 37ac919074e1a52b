"""A5: assigned, acknowledged, handed over, blocked, ticked, evidenced, reconfirmed: what departments do with a task."""

from datetime import timedelta

import pytest

from reception.core.clock import clocks_of, sweep
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import Department
from tests.factories.people import make_user
from tests.factories.visits import finish_task, make_reception, make_task, stale
from tests.visits.pages import browser, frozen, html
from visits.models import Task, TaskTemplate
from visits.tasks import actions, offering, ticking

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field


def line(task, words):
    check = task.checks.get(words=words)
    check.task = task
    return check


@pytest.fixture
def colleague(cast):
    return make_user("general2", "staff", "general", name="沈宁")


# --- 指派 and 领取 ---------------------------------------------------------------------------------------


def test_A5_6_the_head_assigns_and_the_colleague_acknowledges(cast, at, colleague):
    task = make_task(cast, at=at)
    actions.assign(task, by=cast.general, at=at, person=colleague)
    assert (task.status, task.assignee, task.taken_at) == ("todo", colleague, None)
    assert {clock.owner for clock in clocks_of(task)} == {colleague}
    assert colleague.notices.order_by("-id")[0].title == f"{task.no} 会议室或领导办公室：吴江已指派"
    actions.take(task, by=colleague, at=at)
    assert (task.status, task.taken_by) == ("taken", colleague)


def test_A5_6_only_the_head_assigns_and_only_within_the_department(cast, at, colleague):
    task = make_task(cast, at=at)
    assert refusal(actions.assign, task, by=colleague, at=at, person=colleague) == ("forbidden", "")
    assert refusal(actions.assign, task, by=cast.general, at=at, person=cast.tech) == ("invalid", "person")
    assert refusal(actions.assign, task, by=cast.general, at=at, person=None) == ("invalid", "person")
    assert stale(task).assignee is None


# --- 移交 ------------------------------------------------------------------------------------------------


def test_A5_a_task_handed_to_a_colleague_stays_until_they_accept(cast, at, colleague):
    task = make_task(cast, "taken", at=at)
    offering.hand_over(task, by=cast.general, at=at, reason="出差两天", person=colleague)
    assert (task.status, task.assignee, task.offered_to) == ("taken", cast.general, colleague)
    assert colleague.notices.order_by("-id")[0].title == f"{task.no} 会议室或领导办公室：吴江已移交"
    offering.accept(task, by=colleague, at=at)
    assert (task.assignee, task.taken_by, task.offered_at) == (colleague, colleague, None)
    assert [clock.owner for clock in clocks_of(task)] == [colleague]
    assert cast.general.notices.order_by("-id")[0].title == f"{task.no} 会议室或领导办公室：沈宁已接收"


def test_A5_another_department_accepts_or_declines_with_its_reason(cast, at):
    task = make_task(cast, "taken", at=at)
    office = Department.objects.get(code="office")
    offering.hand_over(task, by=cast.general, at=at, reason="领导办公室由办公室安排", department=office)
    assert Task.objects.visible_to(cast.office).filter(pk=task.pk).exists()
    assert refusal(offering.accept, task, by=cast.tech, at=at) == ("forbidden", "")
    assert refusal(offering.decline, task, by=cast.office, at=at, reason=" ") == ("missing", "reason")
    offering.decline(task, by=cast.office, at=at, reason="当天没有人")
    assert (task.department.code, task.assignee, task.offered_at) == ("general", cast.general, None)
    offering.hand_over(task, by=cast.general, at=at, reason="再请办公室", department=office)
    offering.accept(task, by=cast.office, at=at)
    fresh = stale(task)
    assert (fresh.department.code, fresh.assignee, fresh.status) == ("office", cast.office, "taken")


def test_A5_one_hand_over_at_a_time_and_it_can_be_taken_back(cast, at, colleague):
    task = make_task(cast, "taken", at=at)
    assert refusal(offering.hand_over, task, by=cast.general, at=at, reason="x")[1] == "to"
    own = cast.general.department
    assert refusal(offering.hand_over, task, by=cast.general, at=at, reason="x", department=own)[1] == "to"
    assert (
        refusal(offering.hand_over, task, by=cast.general, at=at, reason="x", person=cast.general)[1] == "to"
    )
    offering.hand_over(task, by=cast.general, at=at, reason="出差", person=colleague)
    again = {"by": cast.general, "at": at, "reason": "x", "person": colleague}
    assert refusal(offering.hand_over, task, **again) == ("state", "")
    offering.recall(task, by=cast.general, at=at)
    assert refusal(offering.accept, task, by=colleague, at=at) == ("state", "")


# --- 清单 ------------------------------------------------------------------------------------------------


def test_A5_6_lines_are_ticked_one_by_one_with_who_and_when(cast, at, colleague):
    task = make_task(cast, at=at)
    later = at + timedelta(minutes=5)
    ticking.tick(line(task, "茶水"), by=colleague, at=later)
    check = line(task, "茶水")
    assert (check.ticked_by, check.ticked_at, clocks_of(check)[0].stopped_at) == (colleague, later, later)
    assert line(task, "投影播放").ticked_at is None
    event = events_of(task).last()
    assert (event.label, event.detail) == ("打勾", {"line": "茶水"})
    assert refusal(ticking.tick, line(task, "茶水"), by=cast.general, at=later)[0] == "stale"
    assert refusal(ticking.tick, line(task, "投影播放"), by=cast.tech, at=later)[0] == "forbidden"


def test_A5_6_a_tick_is_taken_back_only_with_a_reason_and_asked_again(cast, at):
    task = make_task(cast, at=at)
    ticking.tick(line(task, "茶水"), by=cast.general, at=at)
    assert refusal(ticking.untick, line(task, "茶水"), by=cast.general, at=at, reason=" ")[1] == "reason"
    ticking.untick(line(task, "茶水"), by=cast.general, at=at, reason="点错了")
    assert line(task, "茶水").ticked_at is None
    assert [clock.stopped_at for clock in clocks_of(line(task, "茶水"))] == [at, None]


def test_A5_6_a_timed_line_is_asked_for_at_its_own_hour_after_the_booking_is_done(cast, at):
    task = make_task(cast, at=at)
    actions.finish(task, by=cast.general, at=at)  # the room is booked; tea is not yet due
    tea = line(task, "茶水")
    sweep(tea.due_at - timedelta(minutes=61))
    title = f"{task.no} 会议室或领导办公室：茶水：到点了，还没有打勾"
    assert not cast.general.notices.filter(title__contains="茶水").exists()
    sweep(tea.due_at - timedelta(minutes=59))
    assert cast.general.notices.filter(title__contains="茶水：快到时间了").count() == 1
    sweep(tea.due_at + timedelta(minutes=1))
    assert cast.general.notices.filter(title=title).count() == 1
    assert cast.reception.notices.filter(title=title).count() == 1
    ticking.tick(tea, by=cast.general, at=tea.due_at + timedelta(minutes=2))
    assert clocks_of(tea)[0].breached_at == tea.due_at


def test_A5_2_a_line_left_unticked_needs_a_reason_that_stays(cast, at):
    task = make_task(cast, at=at, code="docs", needs=["docs"])
    assert refusal(actions.finish, task, by=cast.sales_head, at=at) == ("missing", "reason")
    actions.finish(task, by=cast.sales_head, at=at, reason="电子版，不用清点")
    event = events_of(task).last()
    assert (event.reason, event.detail) == ("电子版，不用清点", {"left": ["按人数清点份数"]})


def test_A5_dropping_a_task_silences_its_lines(cast, at):
    task = make_task(cast, "dropped", at=at)
    assert all(clock.stopped_at for check in task.checks.all() for clock in clocks_of(check))
    assert refusal(ticking.tick, line(task, "茶水"), by=cast.general, at=at)[0] == "state"


# --- 凭据 and 再确认 --------------------------------------------------------------------------------------


def test_A5_6_the_car_is_done_with_plate_and_driver(cast, at):
    task = make_task(cast, at=at, code="pick_up")
    with pytest.raises(Refused) as no:
        actions.finish(task, by=cast.general, at=at, evidence=" ")
    assert (no.value.code, no.value.field, no.value.message) == (
        "missing", "evidence", "请填写车牌号、司机电话，或传一张照片，再点“完成”。",
    )  # fmt: skip
    actions.finish(task, by=cast.general, at=at, evidence="浙E·7K208 吴师傅")
    assert stale(task).evidence == "浙E·7K208 吴师傅"


def test_A5_6_the_car_is_reconfirmed_four_hours_before_and_missing_it_climbs(cast, at):
    task = finish_task(make_task(cast, at=at, code="pick_up"), at=at)
    due = task.reception.arrive_at - timedelta(hours=4)
    assert task.reconfirm_due_at == due
    sweep(due - timedelta(minutes=30))
    assert cast.general.notices.filter(title=f"{task.no} 接站车辆：请再确认一次").count() == 1
    sweep(due + timedelta(minutes=1))
    late = f"{task.no} 接站车辆：还没有再确认，请马上核对"
    people = (cast.general, cast.reception, cast.office)
    assert [person.notices.filter(title=late).count() for person in people] == [1, 1, 0]
    sweep(due + timedelta(minutes=61))
    assert cast.office.notices.filter(title=late).count() == 1
    after = due + timedelta(minutes=70)
    actions.reconfirm(task, by=cast.general, at=after)
    assert (task.reconfirmed_by, task.reconfirmed_at, task.status) == (cast.general, after, "done")
    assert refusal(actions.reconfirm, task, by=cast.general, at=after)[0] == "state"


def test_A5_6_what_needs_no_reconfirmation_refuses_one(cast, at):
    assert refusal(actions.reconfirm, make_task(cast, at=at), by=cast.general, at=at)[0] == "state"


# --- 受阻 ------------------------------------------------------------------------------------------------


def test_A5_a_blocked_task_says_why_since_when_and_who_is_asked_and_its_clock_goes_on(cast, at):
    task = make_task(cast, at=at)
    actions.block(task, by=cast.general, at=at, reason="贵宾厅在检修", helper=cast.office)
    fresh = stale(task)
    assert (fresh.status, fresh.block_reason, fresh.blocked_at, fresh.helper, fresh.assignee) == (
        "blocked", "贵宾厅在检修", at, cast.office, cast.general,
    )  # fmt: skip
    title = f"{task.no} 会议室或领导办公室：吴江已受阻"
    assert [p.notices.filter(title=title).count() for p in (cast.sales, cast.office, cast.reception)] == [
        1,
        1,
        1,
    ]
    assert clocks_of(task)[0].paused_at is None
    assert Task.objects.visible_to(cast.office).filter(pk=task.pk).exists()
    actions.unblock(task, by=cast.general, at=at, note="改用三楼会议室")
    fresh = stale(task)
    assert (fresh.status, fresh.blocked_at, fresh.block_reason, fresh.helper) == ("taken", None, "", None)


# --- 重办、仍然有效、恢复 ------------------------------------------------------------------------------------


def test_A5_what_a_change_touched_is_confirmed_or_done_again(cast, at):
    task = finish_task(make_task(cast, at=at), at=at)
    assert refusal(actions.still_valid, task, by=cast.general, at=at)[0] == "state"
    Task.objects.filter(pk=task.pk).update(recheck=True)
    task = stale(task)
    actions.still_valid(task, by=cast.general, at=at)
    assert (task.status, task.recheck) == ("done", False)
    actions.redo(task, by=cast.general, at=at, reason="换了会议室")
    assert (task.status, task.done_at, task.assignee) == ("taken", None, cast.general)
    assert [clock.stopped_at for clock in clocks_of(task)] == [at, None]


def test_A5_a_dropped_task_comes_back_due_at_once_when_its_time_is_past(cast, at):
    task = make_task(cast, "dropped", at=at)
    late = task.due_at + timedelta(hours=1)
    actions.revive(task, by=cast.general, at=late)
    fresh = stale(task)
    assert (fresh.status, fresh.due_at, fresh.compressed, fresh.assignee) == ("todo", late, True, None)
    assert clocks_of(fresh)[-1].due_at == fresh.reception.arrive_at
    assert refusal(actions.revive, make_task(cast, "dropped", at=at), by=cast.tech, at=at)[0] == "forbidden"


# --- pages -------------------------------------------------------------------------------------------------


@pytest.fixture
def standing(at):
    with frozen(at):
        yield


def post(who, task, path, **data):
    return browser(who).post(f"/visits/tasks/{task.pk}/{path}/", data)


def test_A5_6_a_line_is_ticked_on_the_page(cast, at, standing):
    task = make_task(cast, at=at)
    tea = line(task, "茶水")
    response = post(cast.general, task, f"checks/{tea.pk}/tick")
    assert (response.status_code, response["Location"]) == (302, f"/visits/tasks/{task.pk}/#checks")
    assert line(task, "茶水").ticked_by == cast.general
    assert "吴江 10月21日 周三 10:00 打勾" in html(browser(cast.general).get(f"/visits/tasks/{task.pk}/"))
    assert post(cast.general, task, f"checks/{tea.pk}/tick").status_code == 409
    assert post(cast.general, task, f"checks/{tea.pk}/untick", reason="").status_code == 422
    assert post(cast.general, task, f"checks/{tea.pk}/untick", reason="点错了").status_code == 302


def test_A5_6_ticking_asks_who_and_whose(cast, at, standing):
    task, other = make_task(cast, at=at), make_task(cast, at=at, code="sign", needs=["sign"])
    tea = line(task, "茶水")
    assert post(None, task, f"checks/{tea.pk}/tick")["Location"].startswith("/login/")
    assert post(cast.auditor, task, f"checks/{tea.pk}/tick").status_code == 403
    assert post(cast.make, task, f"checks/{tea.pk}/tick").status_code == 404
    assert post(cast.general, other, f"checks/{tea.pk}/tick").status_code == 404
    dropped = make_task(cast, "dropped", at=at)
    assert post(cast.general, dropped, f"checks/{line(dropped, '茶水').pk}/tick").status_code == 409
    assert line(task, "茶水").ticked_at is None


def test_A5_the_page_hands_over_assigns_and_blocks(cast, at, standing, colleague):
    task = make_task(cast, at=at)
    office = Department.objects.get(code="office")
    assert post(cast.general, task, "assign", person=colleague.pk).status_code == 302
    assert stale(task).assignee == colleague
    response = post(cast.general, task, "hand_over", to="", reason="出差")
    assert (
        response.status_code,
        "请选择移交给哪位同事或哪个部门。" in html(response),
        "出差" in html(response),
    ) == (422, True, True)
    assert post(cast.general, task, "hand_over", to=f"d{office.pk}", reason="由办公室安排").status_code == 302
    assert "移交给办公室" in html(browser(cast.office).get(f"/visits/tasks/{task.pk}/"))
    assert post(cast.office, task, "accept").status_code == 302
    assert post(cast.office, task, "block", reason="没有空房间", helper=cast.general.pk).status_code == 302
    assert (stale(task).status, stale(task).helper, stale(task).assignee) == (
        "blocked",
        cast.general,
        cast.office,
    )


def test_A5_6_what_is_asked_for_at_the_end_is_asked_on_the_page(cast, at, standing):
    task = make_task(cast, at=at, code="pick_up")
    response = post(cast.general, task, "finish", evidence="", note="车已订")
    assert (response.status_code, "请填写车牌号、司机电话" in html(response), "车已订" in html(response)) == (
        422,
        True,
        True,
    )
    assert post(cast.general, task, "finish", evidence="浙E·7K208").status_code == 302
    assert "浙E·7K208" in html(browser(cast.general).get(f"/visits/tasks/{task.pk}/"))


@pytest.mark.parametrize(
    "data", [{"to": "u999999"}, {"to": "x"}, {"to": "d-1"}, {"to": "\x00"}, {"to": "9" * 5000}]
)
def test_a_hand_over_to_nobody_is_refused_with_a_sentence(cast, at, standing, data):
    task = make_task(cast, at=at)
    response = post(cast.general, task, "hand_over", reason="出差", **data)
    assert (response.status_code, stale(task).offered_at) == (422, None)


def test_A5_a_late_task_says_how_far_its_clock_climbed(cast, at):
    task = make_task(cast, at=at)
    with frozen(task.due_at + timedelta(hours=1)):
        sweep(task.due_at + timedelta(hours=1))
        assert "已超时，已提醒承办人、接待经理" in html(
            browser(cast.general).get(f"/visits/tasks/{task.pk}/")
        )


@pytest.mark.parametrize("lines", [1, 12])
def test_the_page_of_a_task_asks_the_same_for_few_and_many_lines(
    cast, at, standing, lines, django_assert_num_queries
):
    TaskTemplate.objects.filter(code="room").update(checklist="\n".join(f"第{n}项" for n in range(lines)))
    task = make_task(cast, at=at)
    client = browser(cast.general)
    client.get(f"/visits/tasks/{task.pk}/")
    with django_assert_num_queries(11):
        assert len(client.get(f"/visits/tasks/{task.pk}/").context["lines"]) == lines


def test_A3_2_after_the_guests_left_nothing_beside_the_tasks_rings(cast, at):
    reception = make_reception(cast, "settling", at=at)
    running = [
        clock
        for task in reception.tasks.all()
        for subject in (task, *task.checks.all())
        for clock in clocks_of(subject)
        if clock.stopped_at is None and clock.rule != "visits.task"
    ]
    assert running == []


# --- 增加任务 ------------------------------------------------------------------------------------------------


def typed(at, **over):
    due = (at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    general = Department.objects.get(code="general").pk
    return {
        "department": general,
        "duty": "车内备水",
        "due_at": due,
        "checklist": "矿泉水\n纸巾",
        "blocking": "on",
        **over,
    }


def test_A8_1_a_duty_is_added_on_the_page_with_its_lines(cast, at, standing):
    reception = make_reception(cast, "preparing", at=at)
    path = f"/visits/requests/{reception.no}/tasks/add/"
    assert "增加任务" in html(browser(cast.sales).get(reception.get_absolute_url()))
    response = browser(cast.sales).post(path, typed(at))
    task = reception.tasks.get(duty="车内备水")
    assert (response["Location"], task.blocking, [row.words for row in task.checks.all()]) == (
        task.get_absolute_url(), True, ["矿泉水", "纸巾"],
    )  # fmt: skip


def test_A8_1_adding_a_duty_asks_who_what_and_when(cast, at, standing):
    reception = make_reception(cast, "preparing", at=at)
    path = f"/visits/requests/{reception.no}/tasks/add/"
    assert browser().post(path, typed(at))["Location"].startswith("/login/")
    assert browser(cast.auditor).post(path, typed(at)).status_code == 403
    assert browser(cast.tech).post(path, typed(at)).status_code == 403
    closed = make_reception(cast, "closing", at=at)
    assert browser(cast.sales).post(f"/visits/requests/{closed.no}/tasks/add/", typed(at)).status_code == 409
    for over in (
        {"duty": ""},
        {"department": ""},
        {"due_at": ""},
        {"due_at": "2026-10-01T08:00"},
        {"due_at": "0001-01-01T00:00"},
    ):
        response = browser(cast.sales).post(path, typed(at, **over))
        assert (response.status_code, "矿泉水" in html(response)) == (422, True), over
    assert not reception.tasks.filter(duty="车内备水").exists()


# --- 照片、安排、待办 -----------------------------------------------------------------------------------------


def picture(name="car.png", kind="PNG"):
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, kind)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")


def test_A5_6_a_photograph_is_evidence_as_good_as_words(cast, at, standing):
    task = make_task(cast, at=at, code="pick_up")
    assert post(cast.general, task, "photos", photo=picture()).status_code == 302
    page = browser(cast.general).get(f"/visits/tasks/{task.pk}/")
    (photo,) = page.context["photos"]
    assert (photo.role, photo.uploaded_by) == ("evidence", cast.general)
    assert browser(cast.general).get(photo.get_absolute_url()).status_code == 200
    assert browser(cast.make).get(photo.get_absolute_url()).status_code == 404
    assert post(cast.general, task, "finish", evidence="").status_code == 302
    assert stale(task).status == "done"


def test_A5_6_only_a_photograph_from_whoever_may_in_a_task_that_lives(cast, at, standing):
    from django.core.files.uploadedfile import SimpleUploadedFile

    task = make_task(cast, at=at, code="pick_up")
    text = SimpleUploadedFile("a.txt", b"x", content_type="text/plain")
    assert post(None, task, "photos", photo=picture())["Location"].startswith("/login/")
    assert post(cast.auditor, task, "photos", photo=picture()).status_code == 403
    assert post(cast.make, task, "photos", photo=picture()).status_code == 404
    assert post(cast.general, task, "photos", photo=text).status_code == 422
    assert post(cast.general, task, "photos").status_code == 422
    dropped = make_task(cast, "dropped", at=at)
    assert post(cast.general, dropped, "photos", photo=picture()).status_code == 409


def test_A5_6_the_task_shows_the_row_of_the_form_that_it_books(cast, at, standing):
    from visits.arrangements.models import CarRow

    task = make_task(cast, at=at, code="pick_up")
    for order, ride in enumerate(("pick_up", "see_off"), 1):
        CarRow.objects.create(reception=task.reception, order=order, ride=ride, place="湖州站", people=6)
    page = browser(cast.general).get(f"/visits/tasks/{task.pk}/")
    (row,) = page.context["rows"]
    assert (row["row"].ride, row["booking"], row["books"]) == ("pick_up", "拟订", True)
    assert f"/visits/requests/{task.reception.no}/rows/" in html(page) or "登记预订" in html(page)


def test_A5_what_waits_for_me_holds_hand_overs_reconfirmations_and_rechecks(cast, at, colleague):
    task = make_task(cast, "taken", at=at)
    assert task not in Task.objects.waiting_for(colleague, at)
    offering.hand_over(task, by=cast.general, at=at, reason="出差", person=colleague)
    assert task in Task.objects.waiting_for(colleague, at)
    car = finish_task(make_task(cast, at=at, code="pick_up"), at=at)
    assert car not in Task.objects.waiting_for(cast.general, at)
    assert car in Task.objects.waiting_for(cast.general, car.reconfirm_due_at)
    room = finish_task(make_task(cast, at=at), at=at)
    Task.objects.filter(pk=room.pk).update(recheck=True)
    assert room in Task.objects.waiting_for(cast.general, at)
    with frozen(car.reconfirm_due_at):
        page = html(browser(cast.general).get("/todo/"))
    assert ("要再确认" in page, "变更后待复核" in page) == (True, True)
