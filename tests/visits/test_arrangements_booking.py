"""已订 and 已退: what 综合部 writes down about a row, and what a cancellation calls off (A5.6, records §1.2)."""

from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import race
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.arrangements.actions import book, free
from visits.arrangements.choices import Booking
from visits.arrangements.queries import rows_of
from visits.models import CarRow, LodgingRow
from visits.requests import actions

pytestmark = pytest.mark.django_db
BED = {"hotel": "湖景楼", "rooms": 6}


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def reception(cast, at):
    return arranged(cast, at, "preparing")


def arranged(cast, at, status):
    """A visit with a hotel for the night and a car from the station."""
    came = at + timedelta(days=10)
    rows = {
        "lodgings": [{**BED, "check_in": came.date(), "check_out": came.date() + timedelta(days=1)}],
        "cars": [{"ride": "pick_up", "starts": came, "place": "湖滨站", "people": 6}],
    }
    return make_reception(cast, status, at=at, rows=rows, needs=["bed", "pick", "meal", "room"])


def page(row):
    return f"/visits/requests/{row.reception.no}/rows/{row.KIND.value}/{row.pk}/"


def bed(reception):
    return rows_of(reception)["lodgings"][0]


def stored(row):
    return type(row).objects.get(pk=row.pk)


def test_A5_6_a_row_is_tentative_until_it_is_booked(cast, at, reception):
    assert bed(arranged(cast, at, "draft")).booking == Booking.PLANNED
    assert bed(reception).booking == Booking.TENTATIVE
    book(bed(reception), by=cast.general, at=at, values={"confirmation": "HB-3301"})
    assert stored(bed(reception)).booking == Booking.FIRM


def test_A5_6_the_department_writes_down_the_booking(cast, at, reception):
    row = bed(reception)
    response = browser(cast.general).post(page(row), {"seen": row.token, "confirmation": "HB-3301"})
    assert (response.status_code, response["Location"]) == (302, f"/visits/requests/{reception.no}/#rows")
    row = stored(row)
    assert (row.confirmation, row.booked_by, row.booked_at) == ("HB-3301", cast.general, at)
    event = events_of(reception).last()
    assert (event.verb, event.label, event.reason) == ("book", "已订 住宿第 1 行", "确认号 HB-3301")
    assert cast.sales.notices.last().title == f"{reception.no} 住宿第 1 行已订：确认号 HB-3301"
    shown = html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
    assert "已订" in shown and "确认号 HB-3301" in shown


def test_A5_6_a_car_says_its_plate_and_driver(cast, at, reception):
    row = rows_of(reception)["cars"][0]
    client = browser(cast.general)
    refused = client.post(page(row), {"seen": row.token, "plate": "湖A·12345"})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"driver_phone"})
    assert "湖A·12345" in html(refused)
    values = {"plate": "湖A·12345", "driver": "周师傅", "driver_phone": "13900001111"}
    assert client.post(page(row), {"seen": row.token, **values}).status_code == 302
    assert CarRow.objects.filter(pk=row.pk, **values, booked_by=cast.general).count() == 1


def test_A5_6_a_hotel_without_confirmation_says_how(cast, at, reception):
    row = bed(reception)
    refused = browser(cast.general).post(page(row), {"seen": row.token})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"confirmation"})
    done = browser(cast.general).post(page(row), {"seen": row.token, "booking_note": "前台电话留房"})
    assert (done.status_code, stored(row).booking_note) == (302, "前台电话留房")


def test_A5_6_a_stranger_is_sent_to_sign_in(reception):
    row = bed(reception)
    for url in (page(row), f"{page(row)}free/"):
        response = browser().post(url, {"confirmation": "X"})
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    assert stored(row).booked_at is None


def test_A5_6_other_departments_do_not_book(cast, at, reception):
    row = bed(reception)
    said = {who.username: browser(who).post(page(row), {"seen": "/", "confirmation": "X"}).status_code
            for who in (cast.tech, cast.sales, cast.gm, cast.clerk, cast.stranger)}  # fmt: skip
    assert said == {"tech": 403, "sales": 403, "gm": 403, "clerk": 403, "stranger": 403}
    with pytest.raises(Refused) as no:
        book(row, by=cast.tech, at=at, values={"confirmation": "X"})
    assert no.value.message == "住宿由综合部预订和登记，请联系该部门。（A5.6）"
    assert stored(row).booked_at is None


@pytest.mark.parametrize("status", ["pending", "settling", "archived"])
def test_A5_6_only_between_approval_and_departure(cast, at, status):
    row = bed(arranged(cast, at, status))
    response = browser(cast.reception).post(page(row), {"seen": row.token, "confirmation": "X"})
    assert (response.status_code, stored(row).booked_at) == (409, None)


def test_A5_6_a_stale_page_is_refused_and_keeps_what_was_typed(cast, at, reception):
    row = bed(reception)
    book(row, by=cast.reception, at=at, values={"confirmation": "HB-1"})
    response = browser(cast.general).post(page(row), {"seen": "/", "confirmation": "HB-2"})
    assert response.status_code == 409
    assert "刚刚被别人改过" in html(response) and "HB-2" in html(response)
    assert stored(row).confirmation == "HB-1"


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_6_two_who_book_at_once(cast, at, reception):
    def act(name):
        row = LodgingRow.objects.select_related("reception").get()
        return lambda: book(row, by=cast.general, at=at, values={"confirmation": name}, seen="/")

    outcomes = race(act("HB-1"), act("HB-2"))
    assert sorted(getattr(one.error, "code", "done") for one in outcomes) == ["done", "stale"]
    assert events_of(reception).filter(verb="book").count() == 1


def test_A5_6_a_booking_is_called_off_with_its_reason(cast, at, reception):
    row = bed(reception)
    client = browser(cast.general)
    with pytest.raises(Refused):
        free(row, by=cast.general, at=at, reason="没订过")
    book(row, by=cast.general, at=at, values={"confirmation": "HB-1"})
    refused = client.post(f"{page(row)}free/", {"seen": row.token, "reason": " "})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    assert client.post(f"{page(row)}free/", {"seen": row.token, "reason": "客户自住"}).status_code == 302
    assert stored(row).booking == Booking.FREED
    again = stored(row)
    assert client.post(page(row), {"seen": again.token, "confirmation": "HB-2"}).status_code == 302
    assert stored(row).booking == Booking.FIRM


def test_records_1_2_a_cancellation_frees_every_row_and_tells_who_booked(cast, at, reception):
    book(bed(reception), by=cast.general, at=at, values={"confirmation": "HB-1"})
    actions.ask_cancel(reception, by=cast.sales, at=at, reason="客户改期")
    actions.cancel(reception, by=cast.gm, at=at)
    assert [row.booking for row in (bed(reception), rows_of(reception)["cars"][0])] == [Booking.FREED] * 2
    assert cast.general.notices.filter(title=f"{reception.no} 已取消，请退订 1 项：住宿第 1 行").count() == 1
    cancelled = events_of(reception).get(verb="cancel")
    assert [text.split("：")[0] for text in cancelled.detail["rows"] if "联系退订" in text] == ["住宿第 1 行"]


def test_A5_6_rows_of_what_one_may_not_see_do_not_exist(cast, at):
    draft = arranged(cast, at, "draft")
    assert browser(cast.general).get(page(bed(draft))).status_code == 404
    assert browser(cast.general).get(f"/visits/requests/{draft.no}/rows/nothing/1/").status_code == 404
