"""Pages of enquiries: every move's five answers, what the page keeps, what the lists cost (C3, E5.2)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.views_moves import DOORS
from helpdesk.log.models import Call
from reception.core.notices.models import Notice
from tests.factories.documents import make_document
from tests.factories.helpdesk import make_call, make_enquiry

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ANSWER = {"words": "三样材料：身份证、产权证、申请表", "way": "phone", "closes": "on"}
DUE = "2026-10-21T16:00"
# move: state before, who, what is typed, state after
MOVES = {
    "answer": ("recorded", "clerk", ANSWER, "closed"),
    "promise": ("recorded", "clerk2", {"contact": "138 0013 8000", "reply_due_at": DUE}, "waiting"),
    "reply": ("waiting", "assistant", {"words": "三样材料", "way": "wechat"}, "replied"),
    "hand": ("waiting", "clerk", {"note": "请看容量够不够"}, "sent"),
    "accept": ("sent", "tech", {}, "accepted"),
    "advise": ("accepted", "tech", {"words": "容量够，可以报装", "way": "phone"}, "waiting"),
    "hand_back": ("accepted", "tech", {"reason": "归工程部管"}, "waiting"),
    "withdraw": ("sent", "clerk", {"reason": "方经理出差了"}, "waiting"),
    "attempt": ("waiting", "clerk", {"note": "响了八声没人接"}, "waiting"),
    "rearrange": ("waiting", "clerk", {"reason": "李女士在开会", "contact": "8001", "reply_due_at": DUE}, "waiting"),
    "notify": ("recorded", "clerk", {}, "recorded"),
    "take": ("notified", "assistant", {}, "recorded"),
    "close": ("answered", "clerk", {}, "closed"),
    "void": ("closed", "manager", {"reason": "重复登记了"}, "void"),
}  # fmt: skip
SPECIALIST = ("accept", "advise", "hand_back")


def ready(cast, at, move, status=""):
    """The enquiry, where to post, the data, who."""
    before, who, typed, _ = MOVES[move]
    one = make_enquiry(cast, at, status or before)
    data = {**typed, "revision": one.revision} | ({"specialist": cast.tech.pk} if move == "hand" else {})
    return one, f"{one.get_absolute_url()}{move}/", data, getattr(cast, who)


@pytest.fixture(autouse=True)
def later(at):
    """Ten minutes after everything was walked."""
    with time_machine.travel(at + 10 * MINUTE, tick=False):
        yield


def costs(client, url):
    """Queries of the second look at a page."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("move", MOVES)
def test_E5_2_a_move_has_five_answers(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    before = one.status

    def post(user=None, where=url, **more):
        client.logout()
        if user:
            client.force_login(user)
        answer = client.post(where, data | more)
        return answer.status_code, Enquiry.objects.get(pk=one.pk).status

    assert post() == (302, before)
    assert post(cast.auditor) == (403, before)
    assert post(cast.make) == (404, before)
    assert post(who, revision=one.revision + 7) == (409, before)
    assert post(who) == (302, MOVES[move][3])
    # From the wrong state it is refused, and what was typed stays.
    over, there, typed, who = ready(cast, at, move, "void")
    client.force_login(who)
    page = client.post(there, typed)
    assert (page.status_code, Enquiry.objects.get(pk=over.pk).status) == (
        404 if move in SPECIALIST else 409,
        "void",
    )
    assert (
        move in SPECIALIST
        or not MOVES[move][2]
        or next(iter(MOVES[move][2].values())) in page.content.decode()
    )


def test_every_move_is_tried():
    assert set(MOVES) == set(DOORS)


def test_E5_2_a_refused_form_stands_open_with_its_sentence(client, cast, at):
    one, url, data, who = ready(cast, at, "promise")
    client.force_login(who)
    page = client.post(url, data | {"contact": "", "_once": "a"})
    text = page.content.decode()
    assert (page.status_code, "请留下联络方式" in text, DUE in text, 'id="m-promise" open' in text) == (
        422,
        True,
        True,
        True,
    )
    late = client.post(url, data | {"reply_due_at": "2026-10-21T09:00", "_once": "a"})
    assert (late.status_code, "答复时限要在现在之后" in late.content.decode()) == (422, True)
    first = client.post(url, data | {"_once": "a"})["Location"]
    assert (client.post(url, data | {"_once": "a"})["Location"], one.call_backs.count()) == (first, 1)


def test_E5_2_1d_the_desk_s_call_yields_its_record(client, cast, at):
    client.force_login(cast.clerk)
    paper = make_document(cast, at)
    call = {"channel": "phone", "rings": "2", "kind": "enquiry", "number": "13800138000", "caller_name": "吴", "place": "6-301",
            "company": "知行设计", "content": "装修押金什么时候退", "save": "record"}  # fmt: skip
    said = client.post(
        "/desk/", call | {"handling": "answer", "reply": "三个月", "sources": [paper.no]}, follow=True
    )
    assert "CX-2026-0001 已登记，已答复关闭" in said.content.decode()
    said = client.post("/desk/", call | {"handling": "promise", "reply_due_at": DUE}, follow=True)
    assert "CX-2026-0002 已登记，16:00前回电，到时提醒" in said.content.decode()
    client.post("/desk/", call | {"handling": "transfer", "transfer_to": "财务 小李"})
    assert list(Enquiry.objects.order_by("pk").values_list("status", "company", "contact", "citations__title")) == [
        ("closed", "知行设计", "", "装修管理规定"), ("waiting", "知行设计", "13800138000", None), ("recorded", "知行设计", "", None)
    ]  # fmt: skip
    wrong = client.post(
        "/desk/", call | {"handling": "answer", "reply": "三个月", "sources": ["WJ-2099-0001"]}
    )
    assert (wrong.status_code, "请重新查一遍" in wrong.content.decode(), Call.objects.count()) == (
        422,
        True,
        3,
    )


def test_E5_2_1d_a_call_written_down_before_gets_its_record_from_its_page(client, cast, at):
    call = make_call(cast, at, kind="help", content="问门禁卡补办")
    client.force_login(cast.clerk)
    answer = client.post(f"{call.get_absolute_url()}enquire/", {"revision": call.revision})
    one = Enquiry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, one.get_absolute_url())
    assert one.no in client.get(call.get_absolute_url()).content.decode()
    assert client.post(f"{call.get_absolute_url()}enquire/", {"revision": call.revision}).status_code == 409


def test_E5_2_1b_a_promise_to_somebody_without_a_number_asks_for_one(client, cast, at):
    """Who came in person left no number: the page of the call asks for it, or the move could never be made."""
    due = at + timedelta(hours=2)
    call = make_call(cast, at, kind="enquiry", channel="visit", number="", reply_due_at=due)
    with time_machine.travel(at, tick=False):
        client.force_login(cast.clerk)
        assert 'name="contact"' in client.get(call.get_absolute_url()).content.decode()
        empty = client.post(f"{call.get_absolute_url()}enquire/", {"revision": 0, "contact": " "})
        assert (empty.status_code, "请留下联络方式" in empty.content.decode()) == (422, True)
        typed = {"revision": 0, "contact": "13800002222"}
        assert client.post(f"{call.get_absolute_url()}enquire/", typed).status_code == 302
    found = Enquiry.objects.get()
    assert (found.status, found.contact, found.reply_due_at) == ("waiting", "13800002222", due)


def test_E5_2_2_whoever_stands_at_the_desk_is_written_down_and_received(client, cast, at):
    url = "/helpdesk/enquiries/new/"
    assert client.get(url).status_code == 302
    client.force_login(cast.auditor)
    assert client.post(url, {}).status_code == 403
    client.force_login(cast.clerk)
    data = {"caller_name": "丁薇", "place": "A座1806", "content": "想租车位<b>", "handling": "alert"}
    for wrong, sentence in (
        ({"caller_name": ""}, "请问清贵姓"), ({"content": " "}, "请写查询的内容"), ({"handling": "answer"}, "当场答复了什么"),
        ({"handling": "promise", "number": "8"}, "答应什么时候回复"), ({"handling": "promise", "reply_due_at": DUE}, "请留下联络方式"),
    ):  # fmt: skip
        page = client.post(url, data | wrong)
        assert (page.status_code, sentence in page.content.decode(), "车位<b>" in page.content.decode()) == (
            422,
            True,
            False,
        )
    page = client.post(url, data, follow=True).content.decode()
    one = Enquiry.objects.get()
    assert (f"{one.no} 已登记，已通知管家、客服经理" in page, one.channel, one.call.channel) == (
        True,
        "来访",
        "visit",
    )
    client.force_login(cast.manager)
    notice = Notice.objects.get(to=cast.manager, answer="我来接待")
    assert client.post(notice.answer_url, {"next": "notices"})["Location"] == "/notices/"
    assert "郑维" in client.get(one.get_absolute_url()).content.decode()
    client.force_login(cast.assistant)
    assert client.post(notice.answer_url, {"next": "notices"}).status_code == 409
    assert Enquiry.objects.get().taken_by == cast.manager


def test_E5_2_2_one_press_on_the_desk_calls_them_for_a_visitor(client, cast, at):
    client.force_login(cast.clerk)
    visit = {
        "channel": "visit",
        "kind": "enquiry",
        "caller_name": "丁",
        "content": "想租车位",
        "handling": "answer",
        "save": "alert",
    }
    said = client.post("/desk/", visit, follow=True).content.decode()
    assert "CX-2026-0001 已登记，已通知管家、客服经理，等人接待" in said
    assert Notice.objects.filter(answer="我来接待").count() == 2
    assert Enquiry.objects.get().status == "recorded"
    # A repair is no enquiry: the same press on it changes nothing of what must be said.
    assert client.post("/desk/", visit | {"kind": "advice"}).status_code == 422


def test_E5_2_1b_on_the_desk_the_call_back_that_is_due_rings_at_the_top(client, cast, at):
    make_call(cast, at - timedelta(days=2), kind="help")  # late since the day before yesterday
    one = make_enquiry(cast, at, "waiting")
    client.force_login(cast.clerk)
    text = client.get("/desk/open/?show=reply").content.decode()
    assert text.index("DH-2026-0001") < text.index(f'data-id="{one.no}"') and "12:00前回电" in text
    with time_machine.travel(at + timedelta(hours=2, minutes=9), tick=False):
        text = client.get("/desk/open/?show=reply").content.decode()
        assert text.index(f'data-id="{one.no}"') < text.index("DH-2026-0001") and "该回电了" in text
        assert "待回电" in text or "待回电" in client.get("/desk/").content.decode()


def test_E5_2_1b_the_page_of_promises_counts_a_month_and_its_workbook_says_the_same(client, cast, at):
    make_enquiry(cast, at, "waiting")
    make_enquiry(cast, at, "replied")
    client.force_login(cast.auditor)
    url = "/helpdesk/enquiries/promises/"
    assert "林晓雯" in client.get(url).content.decode()
    assert "没有答应过回电" in client.get(f"{url}?month=2026-09").content.decode()
    for wrong in ("2026-13", "x", "٢٠٢٦-10", "2026-1", "1999-01", "%00"):
        assert client.get(f"{url}?month={wrong}").status_code == 404
    sheet = load_workbook(BytesIO(client.get(f"{url}list.xlsx?month=2026-10").content)).active
    rows = [
        [cell.value for cell in row]
        for row in sheet.iter_rows()
        if row[0].value in ("林晓雯", str(cast.tech))
    ]
    assert rows == [["林晓雯", 2, 1, 0, 1, 0, "100.0%", 0, 0], [str(cast.tech), 0, 0, 0, 0, 0, "—", 1, 1]]
    client.force_login(cast.tech)
    assert [client.get(f"{url}{name}").status_code for name in ("", "list.xlsx")] == [403, 403]


def test_C3_the_documents_are_looked_up_while_the_answer_is_written(client, cast, at):
    paper = make_document(cast, at)
    url = "/helpdesk/enquiries/sources/"
    assert client.get(url).status_code == 302
    client.force_login(cast.clerk)
    text = client.get(url, {"look": "装修押金"}).content.decode()
    assert ("《装修管理规定》第 1 版" in text, "checked" in text) == (True, False)
    text = client.get(url, {"look": "没有这个词", "sources": [paper.no, "WJ-2099-0001"]}).content.decode()
    assert (text.count('type="checkbox"'), "checked" in text) == (1, True)
    assert "没有查到" in client.get(url, {"look": "月球\x00"}).content.decode()


def test_D6_the_list_filters_is_remembered_and_goes_out_as_a_workbook(client, cast, at):
    client.force_login(cast.clerk)
    url = "/helpdesk/enquiries/"
    assert "登记来电" in client.get(url).content.decode()
    one, over = make_enquiry(cast, at, "waiting"), make_enquiry(cast, at, "closed", place="6栋301")
    for query, seen in (
        ("state=open", (True, False)), ("state=promised", (True, False)), ("state=closed", (False, True)), ("late=1", (False, False)),
        ("q=6-301", (False, True)), (f"q={one.no}", (True, False)), ("q=没有", (False, False)), (f"category={one.category_id}", (True, True)),
    ):  # fmt: skip
        text = client.get(f"{url}?{query}").content.decode()
        assert (one.get_absolute_url() in text, over.get_absolute_url() in text) == seen, query
    assert client.get(url)["Location"].startswith(f"{url}?category=")
    book = load_workbook(BytesIO(client.get(f"{url}list.xlsx?state=closed").content)).active
    row = next(row for row in book.iter_rows(values_only=True) if row[0] == over.no)
    assert (row[8], row[10], row[13], row[15]) == (
        "方可" if str(cast.tech) == "方可" else str(cast.tech),
        "容量够，可以报装",
        "已关闭",
        "林晓雯",
    )


def test_E5_2_it_waits_for_whose_turn_it_is_and_is_found_by_whom_may_see_it(client, cast, at):
    one = make_enquiry(cast, at, "sent")
    seen = {}
    for name in ("clerk", "tech", "make", "gm"):
        client.force_login(getattr(cast, name))
        pages = (client.get("/todo/"), client.get("/search/?q=充电桩"), client.get(one.get_absolute_url()))
        seen[name] = (
            one.no in pages[0].content.decode(),
            one.no in pages[1].content.decode(),
            pages[2].status_code,
        )
    assert seen == {
        "clerk": (False, True, 200),
        "tech": (True, True, 200),
        "make": (False, False, 404),
        "gm": (False, False, 404),
    }
    client.force_login(cast.tech)
    text = client.get(one.get_absolute_url()).content.decode()
    assert ("接手办理" in text, one.call.no in text, one.phone in text) == (True, False, True)
    client.post(f"{one.get_absolute_url()}accept/", {"revision": one.revision})
    assert one.no in client.get("/done/").content.decode()


def test_D6_the_paper_carries_the_promise_the_specialist_and_the_names(client, cast, at):
    bad = "<script>alert(1)</script>\"'"
    one = make_enquiry(cast, at, "closed", content=bad)
    client.force_login(cast.auditor)
    text = client.get(f"{one.get_absolute_url()}print/").content.decode()
    for words in (
        "信息接待记录",
        one.no,
        "记录人：林晓雯",
        str(cast.tech),
        "容量够，可以报装",
        "按时回复",
        "138 0013 8000",
    ):
        assert words in text, words
    assert "<script>alert" not in text + client.get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_lists_cost_the_same_for_one_and_for_thirty(client, cast, at, many):
    for _ in range(many):
        make_enquiry(cast, at, "waiting")
    client.force_login(cast.manager)
    client.get("/helpdesk/enquiries/?state=open")
    assert costs(client, "/helpdesk/enquiries/?state=open") == 6
    assert costs(client, "/helpdesk/enquiries/promises/") == 5
    assert costs(client, "/desk/") <= 10


def test_the_pages_cost_few_queries(client, cast, at):
    client.force_login(cast.manager)
    found = {
        state: costs(client, make_enquiry(cast, at, state).get_absolute_url())
        for state in ("recorded", "accepted", "closed")
    }
    # The ninth of the closed one: its corrections.
    assert found == {"recorded": 7, "accepted": 8, "closed": 9}
