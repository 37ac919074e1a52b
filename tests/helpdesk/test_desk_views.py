"""The desk: one key makes a call a repair, and nothing that was typed is lost (C6, C7, D4.1, D4.4.1, E5.2.1)."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from reception.core.clock.models import Clock
from reception.core.clock.periods import local
from reception.core.notices.models import Notice
from tests.factories.helpdesk import category, make_call, make_repair, make_resident, make_unit, step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BAD = "<script>alert(1)</script>"


@pytest.fixture
def desk(client, cast, at):
    """The desk as the clerk sees it at `at`."""
    with time_machine.travel(at, tick=False):
        client.force_login(cast.clerk)
        yield client


def typed(**given):
    """A repair call as the browser sends it."""
    return {
        "channel": "phone", "rings": "2", "kind": "repair", "number": "138 0013 8000", "place": "3-1202",
        "caller_name": "周敏", "caller_title": "女士", "content": "厨房水管漏水", "when": "now", "urgency": "normal",
        "save": "dispatch", **given,
    }  # fmt: skip


def enquiry(**given):
    """An enquiry answered on the line."""
    return typed(
        **{
            "kind": "enquiry",
            "content": "问押金",
            "handling": "answer",
            "reply": "三十天内退",
            "save": "record",
            **given,
        }
    )


def test_D4_4_1_one_key_records_the_call_opens_the_order_and_sends_somebody(desk, cast, at):
    unit = make_unit("3栋1202")
    response = desk.post("/desk/", typed(repairer=cast.repairer.pk, repeated="on", important="on"))
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    call, order = Call.objects.get(), Repair.objects.get()
    assert (call.status, call.rings, call.number, call.unit, call.repeated) == (
        "converted",
        2,
        "13800138000",
        unit,
        True,
    )
    assert (order.status, order.repairer, order.call, order.unit) == ("handed", cast.repairer, call, unit)
    assert (order.arrive_due_at, order.agreed, order.important) == (at + 30 * MINUTE, False, True)
    assert Clock.objects.open().get(rule="repair.arrive").due_at == at + 30 * MINUTE
    assert "已派给陈建国，10:30前到场" in desk.get("/desk/").content.decode()


def test_D4_4_1_another_time_is_agreed_with_its_reason(desk, cast, at):
    when = at + timedelta(hours=5)
    later = {
        "when": "later", "appoint_at": f"{local(when):%Y-%m-%dT%H:%M}", "agreed_reason": "下班才在家", "agreed_with": "周女士",
    }  # fmt: skip
    assert desk.post("/desk/", typed(repairer=cast.repairer.pk, **later)).status_code == 302
    order = Repair.objects.get()
    assert (order.agreed, order.arrive_due_at, order.agreed_with) == (True, when, "周女士")


def test_without_a_name_the_least_busy_of_the_trade_goes(desk, cast, at):
    make_repair(cast, at, "handed")
    assert desk.post("/desk/", typed()).status_code == 302
    assert Repair.objects.latest("id").repairer == cast.repairer2


def test_only_saved_the_order_waits_for_somebody_to_send(desk):
    desk.post("/desk/", typed(save="record"))
    assert (Call.objects.get().status, Repair.objects.get().status) == ("converted", "waiting")


def test_E5_2_1_an_enquiry_is_answered_or_promised_or_passed_on(desk, at):
    due = at + 60 * MINUTE
    desk.post("/desk/", enquiry())
    desk.post("/desk/", enquiry(handling="promise", reply_due_at=f"{local(due):%Y-%m-%dT%H:%M}"))
    desk.post("/desk/", enquiry(handling="transfer", transfer_to="财务 小李"))
    rows = list(Call.objects.order_by("id").values_list("status", "handling", "reply", "reply_due_at"))
    assert rows == [
        ("closed", "当场答复", "三十天内退", None),
        ("led_on", "承诺回复", "", due),
        ("led_on", "转接：财务 小李", "", None),
    ]


def test_D4_4_4_an_emergency_needs_no_more_and_reaches_the_manager(desk, cast):
    data = typed(kind="emergency", content="电梯困人", handling="later", save="record")
    assert desk.post("/desk/", data).status_code == 302
    told = set(Notice.objects.values_list("to__username", flat=True))
    assert told == {"manager", "director", "energy", "gm", "vgm", "vgm2"}


def test_the_other_kinds_are_a_second_choice(desk):
    desk.post("/desk/", enquiry(kind="other", other_kind="help"))
    assert Call.objects.get().kind == "help"


@pytest.mark.parametrize(("given", "field", "sentence"), [
    ({"content": ""}, "content", "请写下来电的内容。"),
    ({"caller_name": " "}, "caller_name", "请问清来电人贵姓。"),
    ({"number": ""}, "number", "请填来电号码，好回电。"),
    ({"place": ""}, "place", "请填地址"),
    ({"rings": "more"}, "rings_count", "请填响了几声。"),
    ({"rings": "more", "rings_count": "5"}, "rings_reason", "超过三声才接，请写原因。"),
    ({"rings": "more", "rings_count": "21", "rings_reason": "忙"}, "rings_count", "振铃次数最多填 20。"),
    ({"when": "later"}, "appoint_at", "请填另约的上门时间。"),
    ({"when": "later", "appoint_at": "2026-10-21T09:00", "agreed_reason": "a", "agreed_with": "b"}, "appoint_at", "之后"),
    ({"kind": "enquiry", "handling": "answer"}, "reply", "当场答复了什么"),
    ({"kind": "enquiry", "handling": "promise"}, "reply_due_at", "答应什么时候回复"),
    ({"kind": "enquiry", "handling": "later"}, "handling", "请选处理方式"),
    ({"kind": "nonsense"}, "kind", "没有这一项"),
    ({"repairer": "999999"}, "repairer", "不在派工名单里"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(desk, given, field, sentence):
    response = desk.post("/desk/", {**typed(company=f"知行{BAD}"), **given})
    text = response.content.decode()
    assert response.status_code == 422
    assert (Call.objects.count(), Repair.objects.count()) == (0, 0)
    assert f'id="id_{field}_error"' in text
    assert sentence in text
    assert "知行&lt;script&gt;" in text
    assert BAD not in text


def test_C6_a_slow_answer_is_kept_with_its_reason(desk):
    desk.post("/desk/", typed(rings="more", rings_count="6", rings_reason="正在接另一个电话"))
    assert Call.objects.values_list("rings", "rings_reason").get() == (6, "正在接另一个电话")


def test_a_visit_needs_no_number_and_no_rings(desk):
    assert desk.post("/desk/", typed(channel="visit", number="", rings="")).status_code == 302
    assert Call.objects.values_list("channel", "rings").get() == ("visit", None)


def test_a_refused_dispatch_leaves_no_half_of_it(desk, cast):
    """A category of another kind is refused by the action, after the form was content."""
    wrong = category("漏水").__class__.objects.filter(kind="complaint").first()
    response = desk.post("/desk/", typed(category=wrong.pk))
    assert (response.status_code, Call.objects.count(), Repair.objects.count()) == (422, 0, 0)


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.post("/desk/", typed())
    assert (response.status_code, response["Location"].split("?")[0], Call.objects.count()) == (
        302,
        "/login/",
        0,
    )


@pytest.mark.parametrize("who", ["auditor", "director", "repairer", "sales"])
def test_only_the_desk_records_calls(client, cast, who):
    client.force_login(getattr(cast, who))
    assert (client.post("/desk/", typed()).status_code, Call.objects.count()) == (403, 0)


def test_whoever_only_reads_the_desk_gets_no_form(client, cast):
    client.force_login(cast.auditor)
    text = client.get("/desk/").content.decode()
    assert ('id="call"' in text, "未结事项" in text) == (False, True)


def test_a_form_sent_twice_is_one_call(desk):
    answers = [desk.post("/desk/", typed(_once="same")).headers.get("Location") for _ in range(2)]
    assert (answers, Call.objects.count(), Repair.objects.count()) == (["/desk/", "/desk/"], 1, 1)


def test_a_refused_form_may_be_sent_again_corrected(desk):
    assert desk.post("/desk/", typed(content="", _once="same")).status_code == 422
    assert desk.post("/desk/", typed(_once="same")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_are_one_call(cast):
    def press():
        browser = Client(raise_request_exception=False)
        browser.force_login(cast.clerk)
        answers.append(browser.post("/desk/", typed(_once="race")).headers.get("Location"))
        connection.close()

    answers = []
    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, Call.objects.count(), Repair.objects.count()) == (["/desk/"] * 5, 1, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_for_one_and_for_thirty(client, cast, at, count):
    for index in range(count):
        make_repair(cast, at + index * MINUTE, "handed", unit=make_unit(f"3栋{1000 + index}"))
        make_call(cast, at + index * MINUTE)
    client.force_login(cast.clerk)
    with time_machine.travel(at + 40 * MINUTE, tick=False):
        client.get("/desk/")
        with CaptureQueriesContext(connection) as queries:
            text = client.get("/desk/").content.decode()
        assert text.count("<li data-id=") == min(12, 2 * count)
        assert len(queries) == 9
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/open/")
        assert len(queries) == 7


def test_what_presses_most_stands_first(desk, cast, at):
    promised = make_call(cast, at - MINUTE, content="问押金", reply_due_at=at + 300 * MINUTE)
    soon = make_repair(cast, at - 20 * MINUTE, "handed")
    late = make_repair(cast, at - 60 * MINUTE, "handed", unit=make_unit("3栋904"))
    alarm = make_call(cast, at - 2 * MINUTE, kind="emergency", content="电梯困人").emergencies.get()
    text = desk.get("/desk/open/").content.decode()
    order = sorted([promised, soon, late, alarm], key=lambda one: text.index(f'data-id="{one.no}"'))
    assert [one.no for one in order] == [alarm.no, late.no, soon.no, promised.no]


def test_the_list_is_filtered_and_the_poll_keeps_the_filter(desk, cast, at):
    order, call = make_repair(cast, at - MINUTE, "handed"), make_call(cast, at - MINUTE)
    text = desk.get("/desk/open/?show=repair").content.decode()
    assert (f'data-id="{order.no}"' in text, f'data-id="{call.no}"' in text) == (True, False)
    assert 'hx-get="/desk/open/?show=repair" hx-trigger="every 30s"' in text
    assert 'aria-current="true">报修 1</a>' in text


def figures(client):
    """The line of figures as words → value."""
    import re

    text = client.get("/desk/").content.decode()
    return dict(re.findall(r"<div><span>([^<]+)</span><b[^>]*>([^<]+)</b></div>", text))


def test_C6_figures_of_an_empty_day_divide_by_nothing(desk):
    assert figures(desk) == {
        "今日来电": "0", "三声内接听": "—", "30分钟到场": "—", "未结": "0", "超时": "0", "待回电": "0",
    }  # fmt: skip


def test_C6_figures_count_the_day_and_an_order_not_reached_is_late(desk, cast, at):
    make_call(cast, at - MINUTE, rings=2)
    make_call(cast, at - 2 * MINUTE, rings=5, rings_reason="忙", reply_due_at=at + MINUTE)
    make_call(cast, at - timedelta(days=1), "closed", rings=9, rings_reason="忙")
    make_repair(cast, at - 120 * MINUTE, "arrived")
    make_repair(cast, at - 60 * MINUTE, "handed", unit=make_unit("3栋904"))
    assert figures(desk) == {
        "今日来电": "2", "三声内接听": "50.0%", "30分钟到场": "50.0%", "未结": "4", "超时": "1", "待回电": "1",
    }  # fmt: skip


def test_C8_a_leader_is_known_by_the_number(desk):
    make_resident("沈国栋", "135 0000 9999", is_leader=True, company="澄湖精密制造", kind="staff")
    person = desk.get("/desk/lookup/?number=13500009999").json()["people"][0]
    assert (person["name"], person["leader"], person["company"]) == ("沈国栋", True, "澄湖精密制造")


def test_a_shared_number_offers_everybody_and_a_stranger_nobody(desk, cast, at):
    unit = make_unit("1栋904")
    make_resident("张伟", "13900001111", unit=unit)
    make_resident("张晓", "139-0000-1111", unit=unit)
    make_call(cast, at - MINUTE, unit=unit, content="问停车")

    def known(number):
        return [one["name"] for one in desk.get("/desk/lookup/", {"number": number}).json()["people"]]

    assert known("+86 139 0000 1111") == ["张伟", "张晓"]
    assert (known("13900002222"), known(""), known("x" * 500)) == ([], [], [])
    assert (
        desk.get("/desk/lookup/?number=13900001111").json()["people"][0]["history"]
        == "近90天1次，上次问停车，待处理"
    )


def test_a_number_the_log_knows_is_known(desk, cast, at):
    make_call(cast, at - MINUTE, number="13612345678", caller_name="何", caller_title="先生", place="西门岗")
    person = desk.get("/desk/lookup/?number=13612345678").json()["people"][0]
    assert (person["name"], person["title"], person["unit"], person["id"]) == ("何", "先生", "西门岗", "")


def test_E5_2_1a_units_complete_themselves(desk):
    make_resident("周敏", unit=make_unit("3栋1202"))
    answer = desk.get("/desk/units/?q=3-1202").json()
    assert answer == {"exact": "3栋1202", "units": [{"label": "3栋1202", "hint": "3-1202 周敏"}]}
    assert desk.get("/desk/units/?q=").json() == {"exact": "", "units": []}


def test_words_suggest_category_hand_and_what_was_reported_already(desk, cast, at):
    order = make_repair(cast, at - 5 * MINUTE, "handed")
    answer = desk.get("/desk/suggest/", {"text": "厨房漏水", "place": "3-1202", "kind": "repair"}).json()
    assert answer["category"] == {"id": category("漏水").pk, "label": "水·漏水"}
    assert answer["repairer"] == cast.repairer2.pk
    assert [row["no"] for row in answer["similar"]] == [order.no]
    enquiry = desk.get("/desk/suggest/", {"text": "问物业费怎么交", "kind": "enquiry"}).json()
    assert (enquiry["category"]["label"], enquiry["repairer"], enquiry["similar"]) == ("收费", None, [])


def test_one_line_fills_the_draft(desk):
    make_unit("3栋502")
    draft = desk.get("/desk/line/", {"q": "3-502 张 漏水 下午4点 急"}).json()
    assert draft == {
        "number": "", "caller_name": "张", "caller_title": "", "place": "3栋502", "content": "漏水",
        "appoint_at": "2026-10-21T16:00", "urgency": "urgent", "important": False, "company": "", "kind": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["lookup/?number=13800138000", "units/?q=3", "suggest/?text=水", "line/?q=水"]
)
def test_only_the_desk_may_ask(client, cast, path):
    client.force_login(cast.auditor)
    assert client.get(f"/desk/{path}").status_code == 403


def test_D4_4_1_the_desk_counts_as_the_report_does(desk, cast, at):
    """One definition: the line above the desk and the month's report never disagree."""
    from helpdesk.report.desk import desk_figures

    def order(room, before, status, **reported):
        return make_repair(
            cast, at - timedelta(minutes=before), status, unit=make_unit(f"3栋{room}"), **reported
        )

    order(1, 120, "arrived")
    order(2, 200, "closed")
    order(3, 90, "handed")
    order(4, 10, "handed")
    order(5, 60, "cancelled")
    soon = {"appoint_at": at - 20 * MINUTE, "agreed_reason": "外出", "agreed_with": "周女士"}
    order(6, 60, "handed", **soon)
    moved = order(7, 100, "handed")  # late, and then agreed anew: late it stays
    step(
        cast,
        moved,
        "rearrange",
        at - 30 * MINUTE,
        appoint_at=at + 60 * MINUTE,
        agreed_with="周女士",
        reason="外出",
    )
    early = order(8, 50, "handed")  # agreed anew while there was time: the half hour was never due
    step(
        cast,
        early,
        "rearrange",
        at - 40 * MINUTE,
        appoint_at=at + 60 * MINUTE,
        agreed_with="周女士",
        reason="外出",
    )
    slow = order(9, 150, "acknowledged")
    step(cast, slow, "arrive", slow.last_at + 60 * MINUTE)
    make_call(cast, at - MINUTE, rings=5, rings_reason="忙", reply_due_at=at + MINUTE)
    make_call(cast, at - MINUTE, channel="visit", number="", rings=None)
    told = desk_figures(at)
    assert figures(desk) == {
        "今日来电": str(told.phone),
        "三声内接听": f"{told.prompt.part / told.prompt.base:.1%}",
        "30分钟到场": f"{told.on_time.part / told.on_time.base:.1%}",
        "未结": str(told.left),
        "超时": str(told.late),
        "待回电": str(told.replies),
    }
