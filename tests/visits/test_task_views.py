"""The pages of department tasks (A5): the list by due time, one task, and its four buttons."""

import pytest

from tests.factories.visits import make_task
from tests.visits.pages import browser, frozen, html
from visits.models import Task

LIST = "/visits/tasks/"
# move, from, what is sent, to; the task is 会议室 of 综合部, its head 吴江 presses
MOVES = [
    ("take", "todo", {}, "taken"),
    ("finish", "todo", {"note": "二楼贵宾厅"}, "done"),
    ("finish", "taken", {"note": "二楼贵宾厅"}, "done"),
    ("give_back", "taken", {"reason": "出差"}, "todo"),
    ("drop", "todo", {"reason": "客户自行安排"}, "dropped"),
    ("block", "todo", {"reason": "贵宾厅在检修"}, "blocked"),
    ("block", "taken", {"reason": "贵宾厅在检修"}, "blocked"),
    ("unblock", "blocked", {"note": "改用三楼"}, "taken"),
    ("finish", "blocked", {"note": "改用三楼"}, "done"),
    ("redo", "done", {"reason": "客户换了会议室"}, "taken"),
    ("revive", "dropped", {}, "todo"),
]


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def post(who, task, move, **data):
    fresh = Task.objects.get(pk=task.pk)
    return browser(who).post(f"/visits/tasks/{task.pk}/{move}/", {"revision": fresh.revision, **data})


def status(task):
    return Task.objects.values_list("status", flat=True).get(pk=task.pk)


def test_a_task_of_others_does_not_exist(cast, at):
    task = make_task(cast, at=at)
    assert browser(cast.general).get(f"/visits/tasks/{task.pk}/").status_code == 200
    assert browser(cast.make).get(f"/visits/tasks/{task.pk}/").status_code == 404
    assert (post(cast.make, task, "take").status_code, status(task)) == (404, "todo")
    assert browser(cast.general).get("/visits/tasks/999999/").status_code == 404


@pytest.mark.parametrize(("move", "source", "data", "target"), MOVES)
def test_a_button_works(cast, at, move, source, data, target):
    task = make_task(cast, source, at=at)
    response = post(cast.general, task, move, **data)
    assert (response.status_code, response["Location"], status(task)) == (
        302,
        f"/visits/tasks/{task.pk}/",
        target,
    )


@pytest.mark.parametrize(("move", "source", "data", "target"), MOVES)
def test_a_stranger_is_sent_to_sign_in(cast, at, move, source, data, target):
    task = make_task(cast, source, at=at)
    assert (post(None, task, move, **data)["Location"].split("?")[0], status(task)) == ("/login/", source)


@pytest.mark.parametrize(("move", "source", "data", "target"), MOVES)
def test_the_wrong_role_is_refused(cast, at, move, source, data, target):
    task = make_task(cast, source, at=at)
    assert (post(cast.auditor, task, move, **data).status_code, status(task)) == (403, source)


@pytest.mark.parametrize(("move", "source", "data", "target"), MOVES)
def test_from_the_wrong_state_it_is_refused(cast, at, move, source, data, target):
    wrong = "done" if move == "revive" else "dropped"
    task = make_task(cast, wrong, at=at)
    assert (post(cast.general, task, move, **data).status_code, status(task)) == (409, wrong)


@pytest.mark.parametrize(("move", "source", "data", "target"), MOVES)
def test_an_old_page_is_refused(cast, at, move, source, data, target):
    task = make_task(cast, source, at=at)
    response = post(cast.general, task, move, **{**data, "revision": 99})
    assert (response.status_code, status(task)) == (409, source)
    assert all(words in html(response) for words in data.values())


def test_two_colleagues_take_once(cast, at):
    task = make_task(cast, at=at)
    seen = task.revision
    first = post(cast.general, task, "take", revision=seen)
    second = post(cast.general, task, "take", revision=seen)
    assert (first.status_code, second.status_code, status(task)) == (302, 409, "taken")


@pytest.mark.parametrize("move", ["give_back", "drop"])
def test_a_reason_is_asked_for_and_hostile_words_stay_escaped(cast, at, move):
    task = make_task(cast, "taken", at=at)
    assert post(cast.general, task, move, reason="").status_code == 422
    response = post(cast.general, task, move, reason="<script>" + "长" * 10_000)
    assert (response.status_code, status(task)) == (422, "taken")
    assert "&lt;script&gt;长" in html(response)


def test_an_unknown_move_does_not_exist(cast, at):
    task = make_task(cast, at=at)
    assert post(cast.general, task, "bomb").status_code == 404
    assert browser(cast.general).get(f"/visits/tasks/{task.pk}/take/").status_code == 405
