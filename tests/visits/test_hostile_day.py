"""Hostile input at the doors of the day itself: itinerary, welcome, screens, absences. As test_hostile has it."""

import pytest
from django.db import transaction

from tests.factories.day import make_day, plan_of
from tests.visits.pages import LOCAL, browser, frozen
from tests.visits.test_hostile import poisoned, says, traces
from tests.visits.test_welcome import TEXT, soon
from visits.models import Absence, Item, ScreenLink, WelcomeText
from visits.welcome import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def edited(cast, at):
    day = make_day(cast, at, "receiving")
    noon = at.replace(hour=12)
    row = {"kind": "meal", "what": "午餐", "start": noon.strftime(LOCAL), "end": noon.replace(hour=13).strftime(LOCAL),
           "place": "食堂", "department": cast.general.department_id, "person": cast.general.pk, "note": "", "id": ""}  # fmt: skip
    data = {f"items-0-{name}": value for name, value in row.items()}
    data |= {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "revision": plan_of(day).revision}
    fields = {"text": "items-0-what items-0-place items-0-note do", "time": "items-0-start items-0-end",
              "choice": "items-0-kind items-0-department items-0-person", "number": "items-0-id",
              "total": "items-TOTAL_FORMS items-INITIAL_FORMS", "revision": "revision"}  # fmt: skip
    return cast.sales, f"/visits/requests/{day.no}/itinerary/edit/", data, fields


def shifted(cast, at):
    url = f"/visits/requests/{make_day(cast, at, 'receiving').no}/itinerary/shift/"
    return cast.vgm, url, {"minutes": "20", "revision": ""}, {"number": "minutes", "revision": "revision"}


def plain(tail):
    def target(cast, at):
        url = f"/visits/requests/{make_day(cast, at, 'receiving').no}/itinerary/{tail}/"
        return cast.sales, url, {"revision": ""}, {"revision": "revision"}

    target.__name__ = tail
    return target


def written(cast, at):
    url = f"/visits/requests/{soon(cast, at).no}/welcome/write/"
    return cast.sales, url, {"text": TEXT, "revision": "0"}, {"text": "text", "revision": "revision"}


def proved(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    url = f"/visits/requests/{one.no}/welcome/proofread/"
    return cast.general, url, {"number": "1", "revision": ""}, {"number": "number", "revision": "revision"}


def screened(cast, at):
    return cast.general, "/visits/screens/", {"name": "屏", "days": "3"}, {"text": "name", "number": "days"}


def absent(cast, at):
    data = {
        "user": cast.vgm.pk,
        "kind": "trip",
        "start": "2026-11-01T09:00",
        "end": "2026-11-01T18:00",
        "note": "",
    }
    return (
        cast.office,
        "/visits/absences/",
        data,
        {"text": "note", "time": "start end", "choice": "user kind"},
    )


TARGETS = [edited, shifted, plain("undo"), plain("redraft"), written, proved, screened, absent]


def left():
    """What these doors leave beside what all doors do."""
    rows = list(Item.objects.order_by("pk").values_list("pk", "start", "what"))
    return traces(), rows, WelcomeText.objects.count(), ScreenLink.objects.count(), Absence.objects.count()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
def test_hostile_input_is_refused_with_a_sentence_and_leaves_no_trace(cast, at, target):
    user, url, data, fields = target(cast, at)
    client = browser(user)
    client.raise_request_exception = False
    wrong, before = [], left()
    for name, values in poisoned(data, fields):
        with transaction.atomic():
            answer = client.post(url, values)
            refused = answer.status_code >= 400
            if answer.status_code >= 500 or (refused and not says(answer)):
                wrong.append((name, answer.status_code))
            if refused and left() != before:
                wrong.append((name, "half written"))
            transaction.set_rollback(True)
    assert wrong == []
