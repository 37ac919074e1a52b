"""B4 in the browser's words: the board, what is free, booking from where one stands, and who may not."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from reception.core.flow import Refused
from reception.core.sheets.reader import read_lines
from tests.core.hostile_files import pdf
from tests.factories.resources import booked, day, make_resource
from tests.factories.visits import make_draft, make_reception, make_task, stale
from tests.visits.pages import browser, frozen, html
from visits.models import CarRow, Resource, ResourceBooking
from visits.resources import booking
from visits.resources.panel import panel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
BOARD, LIST = "/visits/resources/", "/visits/resources/list/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def room(cast, at):
    return make_resource(cast, at, "一号会议室", capacity=12, setup_before=30)


def wish(at, hours=(9, 11), days=1, **over):
    start, end = (day(at, days, hour).strftime("%Y-%m-%dT%H:%M") for hour in hours)
    return {"start": start, "end": end, "people": "6", "purpose": "产能评审", **over}


def test_B4_the_board_shows_a_day_and_every_empty_place_books(cast, at, room):
    made = booked(room, cast, at)
    page = html(browser(cast.sales).get(BOARD, {"on": "2026-10-22"}))
    assert (made.get_absolute_url() in page, "项目洽谈" in page, "09:00–11:00 已订·营销部顾清" in page) == (
        True,
        True,
        True,
    )
    assert 'class="setup" colspan="1"' in page
    links = page.count('aria-label="预订一号会议室')
    # 07:00, 08:00 (half an hour; the other is kept for preparation), 11 to 20.
    assert links == 12
    assert f"/visits/resources/{room.pk}/book/?start=2026-10-22T13%3A00&amp;end=2026-10-22T14%3A00" in page
    week = html(browser(cast.sales).get(BOARD, {"on": "2026-10-22", "view": "week"}))
    assert "<b>09:00–11:00</b> 项目洽谈" in week
    assert week.count('class="add"') == 5  # Monday and Tuesday are over
    assert 'aria-label="预订' not in html(browser(cast.auditor).get(BOARD, {"on": "2026-10-22"}))


def test_B4_a_secret_reception_is_only_a_time(cast, at, room):
    it = make_reception(cast, "preparing", at=at, secret=True)
    made = booked(room, cast, at, reception=it, purpose="密谈", days=10)
    said = {
        who: [
            word in html(browser(getattr(cast, who)).get(BOARD, {"on": "2026-10-31"}))
            for word in ("密谈", it.no, "另有安排")
        ]
        for who in ("sales", "tech")
    }
    assert said == {"sales": [True, False, False], "tech": [False, False, True]}
    assert browser(cast.tech).get(made.get_absolute_url()).status_code == 404
    token = html(browser(cast.tech).get(room.get_absolute_url())).split("/feed/")[1].split(".ics")[0]
    feed = browser().get(f"/visits/resources/feed/{token}.ics").content.decode()
    assert ("DTSTART:20261031T010000Z" in feed, it.no in feed, "密谈" in feed) == (True, False, False)


@pytest.mark.parametrize("rows", [1, 30])
def test_B4_the_pages_ask_the_same_for_one_row_and_thirty(cast, at, room, rows, django_assert_num_queries):
    for n in range(rows):
        booked(make_resource(cast, at, f"{n}号厅"), cast, at)
        booked(room, cast, at, days=2 + n)
    client = browser(cast.sales)
    client.get(BOARD)
    for path, asked in ((BOARD, 4), (f"{BOARD}?view=week", 5), (f"{LIST}?kind=room", 5), (room.get_absolute_url(), 9),
                        (f"{BOARD}find/?start=2026-10-22T09:00", 5), (f"{BOARD}{room.pk}/book/?start=2026-10-22T09:00", 5)):  # fmt: skip
        client.get(path)
        with django_assert_num_queries(asked):
            assert client.get(path).status_code == 200, path


def test_B4_booked_by_form_and_refused_with_what_else_there_is(cast, at, room):
    other = make_resource(cast, at, "二号会议室", capacity=20)
    client, path = browser(cast.sales), f"{BOARD}{room.pk}/book/"
    done = client.post(path, wish(at), follow=True)
    assert "一号会议室 10月22日 09:00–11:00 已订" in html(done)
    again = browser(cast.tech).post(path, wish(at, purpose="样件<评审>"))
    page = html(again)
    assert again.status_code == 409
    assert (
        "一号会议室这段时间没有空：10月22日 09:00–11:00 已订，营销部顾清。可改用二号会议室，或一号会议室 11:30 起。（B4）"
        in page
    )
    assert (
        f"{BOARD}{other.pk}/book/?start=2026-10-22T09%3A00&amp;end=2026-10-22T11%3A00&amp;people=6&amp;purpose="
        in page
    )
    assert 'value="样件&lt;评审&gt;"' in page
    assert ResourceBooking.objects.count() == 1


def test_B4_doors(cast, at, room):
    path, edit = f"{BOARD}{room.pk}/book/", f"{BOARD}{room.pk}/edit/"
    made = booked(room, cast, at)
    answers = [
        browser().post(path, wish(at)).status_code,
        browser(cast.clerk).post(path, wish(at)).status_code,
        browser(cast.auditor).post(path, wish(at)).status_code,
        browser(cast.sales).get(edit).status_code,
        browser(cast.sales).post(f"{BOARD}new/", {"name": "x"}).status_code,
        browser(cast.sales).post(f"{BOARD}{room.pk}/feed/").status_code,
        browser(cast.sales).post(f"{BOARD}{room.pk}/files/").status_code,
        browser(cast.clerk).get(BOARD).status_code,
        browser(cast.tech).post(f"{made.get_absolute_url()}free/", {"reason": "我要用"}).status_code,
        browser(cast.sales).post(f"{made.get_absolute_url()}free/", {"reason": " "}).status_code,
        browser(cast.sales).post(f"{made.get_absolute_url()}hold/").status_code,
        browser(cast.sales)
        .post(f"{made.get_absolute_url()}free/", {"reason": "取消", "revision": "7"})
        .status_code,
        browser(cast.sales).get(f"{BOARD}find/?for=JD-2026-9999").status_code,
    ]
    assert answers == [302, 403, 403, 403, 403, 403, 403, 403, 403, 422, 404, 409, 404]
    assert stale(made).status == "firm"


def test_B4_moved_freed_and_judged_on_its_page(cast, at, room):
    it = make_reception(cast, "receiving", at=at)
    made = booked(room, cast, at, reception=it)
    client, page = browser(cast.sales), made.get_absolute_url()
    assert "改到 10月22日 13:00–15:00" in html(
        client.post(f"{page}move/", wish(at, (13, 15), revision="0"), follow=True)
    )
    assert client.post(f"{page}judge/", {"score": "2", "note": "", "revision": "1"}).status_code == 422
    client.post(f"{page}judge/", {"score": "2", "note": "投影偏色", "revision": "1"})
    assert "投影偏色" in html(client.get(room.get_absolute_url()))
    assert "一号会议室已释放" in html(
        client.post(f"{page}free/", {"reason": "改在大厅", "revision": "2"}, follow=True)
    )
    assert client.post(f"{page}free/", {"reason": "再放", "revision": "3"}).status_code == 409


def test_B4_registered_changed_and_closed_by_the_office(cast, at):
    data = {"kind": "car", "name": "浙E·9A001", "source": "outside", "capacity": "7", "price": "600", "price_unit": "天",
            "price_until": "2026-10-01", "setup_before": "30", "setup_after": ""}  # fmt: skip
    client = browser(cast.office)
    assert client.post(f"{BOARD}new/", {**data, "capacity": "0"}).status_code == 422
    client.post(f"{BOARD}new/", data)
    car = Resource.objects.get()
    assert "协议价已过期" in html(client.get(car.get_absolute_url()))
    assert client.post(f"{BOARD}new/", data).status_code == 422
    client.post(f"{BOARD}{car.pk}/edit/", {**data, "closed_on": "2026-10-21", "revision": "0"})
    assert (
        client.post(f"{BOARD}{car.pk}/edit/", {**data, "name": "又一辆", "revision": "0"}).status_code == 409
    )
    assert "浙E·9A001" not in html(client.get(LIST, {"kind": "car"}))
    assert "浙E·9A001" in html(client.get(LIST, {"kind": "car", "state": "closed"}))
    assert browser(cast.sales).post(f"{BOARD}{car.pk}/book/", wish(at)).status_code == 409
    client.post(f"{BOARD}{car.pk}/files/", {"file": SimpleUploadedFile("协议.pdf", pdf(), "application/pdf")})
    assert "协议.pdf" in html(browser(cast.sales).get(car.get_absolute_url()))


def test_B4_the_list_answers_to_pinyin_and_is_taken_along(cast, at, room):
    make_resource(cast, at, "=cmd()楼", kind="hotel", source="outside")
    client = browser(cast.sales)
    assert [w in html(client.get(LIST, {"q": "yhhys"})) for w in ("一号会议室", "=cmd()楼")] == [True, False]
    answer = client.get(f"{BOARD}list.xlsx", {"source": "outside"})
    assert [line.cells[:3] for line in read_lines(BytesIO(answer.content), most=50)[3:]] == [
        ("酒店", "=cmd()楼", "外部")
    ]
    assert "一号会议室" in html(client.get("/search/", {"q": "会议室"}))


def test_B4_a_renewed_address_ends_the_old_one(cast, at, room):
    def token():
        return html(browser(cast.office).get(room.get_absolute_url())).split("/feed/")[1].split(".ics")[0]

    old = token()
    browser(cast.office).post(f"{BOARD}{room.pk}/feed/")
    answers = [
        browser().get(f"/visits/resources/feed/{one}.ics").status_code
        for one in (old, token(), f"{token()}x")
    ]
    assert answers == [404, 200, 404]


def rides(at):
    start = at + timedelta(days=10)
    return {"cars": [{"ride": "pick_up", "starts": start, "place": "湖滨站", "people": 6}]}


def test_B4_A5_6_a_task_books_a_car_from_where_it_stands_and_the_row_knows(cast, at):
    car = make_resource(cast, at, "浙E·7K208", kind="car", capacity=7, keeper="吴师傅", phone="13705726621")
    task = make_task(cast, at=at, code="pick_up", rows=rides(at))
    row, client = CarRow.objects.get(), browser(cast.general)
    page = html(client.get(task.get_absolute_url()))
    assert f"{BOARD}find/?task={task.pk}&amp;row=cars-{row.pk}" in page
    found = html(client.get(f"{BOARD}find/", {"task": task.pk, "row": f"cars-{row.pk}"}))
    assert "start=2026-10-31T10%3A00&amp;end=2026-10-31T12%3A00&amp;people=6" in found
    about = {"task": str(task.pk), "row": f"cars-{row.pk}"}
    done = client.post(f"{BOARD}{car.pk}/book/", wish(at, (10, 12), 10, **about), follow=True)
    assert done.redirect_chain[-1][0] == task.get_absolute_url()
    row.refresh_from_db()
    assert (row.plate, row.driver, row.driver_phone, bool(row.booked_at)) == (
        "浙E·7K208",
        "吴师傅",
        "13705726621",
        True,
    )
    made = ResourceBooking.objects.get()
    booking.free(made, by=cast.general, at=at, reason="换大车")
    row.refresh_from_db()
    assert (row.plate, row.booked_at) == ("", None)
    assert cast.sales.notices.filter(title__contains="要另订：浙E·7K208已释放：换大车").count() == 1


def test_B4_a_draft_books_and_the_reception_lists_it(cast, at, room):
    draft = make_draft(cast, at=at)
    client = browser(cast.sales)
    client.post(f"{BOARD}{room.pk}/book/", wish(at, (10, 12), 10, **{"for": draft.no}))
    page = html(client.get(draft.get_absolute_url()))
    assert ("10月31日 10:00–12:00·顾清" in page, "未提交" in page) == (True, True)
    assert "产能评审" not in html(browser(cast.sales2).get(BOARD, {"on": "2026-10-31"}))
    assert (
        browser(cast.tech).post(f"{BOARD}{room.pk}/book/", wish(at, **{"for": draft.no})).status_code == 404
    )


def test_B4_the_desk_reads_what_is_booked_and_opens_nothing(cast, at, room):
    reception = make_reception(cast, "preparing", at=at)
    made = booked(room, cast, at, reception=reception)
    shown = [
        render_to_string("visits/resources/_panel.html", {"resources": panel(reception, who)})
        for who in (cast.sales, cast.clerk)
    ]
    assert [made.get_absolute_url() in page for page in shown] == [True, False]
    assert [str(room) in page for page in shown] == [True, True]


def test_B4_the_office_overrides_on_the_form(cast, at, room):
    booked(room, cast, at)
    path = f"{BOARD}{room.pk}/book/"
    assert "强制预订的原因" not in html(browser(cast.sales2).post(path, wish(at)))
    assert "强制预订的原因" in html(browser(cast.office).post(path, wish(at)))
    done = browser(cast.office).post(path, wish(at, override="市领导到访"), follow=True)
    assert "强制预订的原因：市领导到访" in html(done)
    with pytest.raises(Refused):
        booked(room, cast, at, by=cast.tech)
