"""Hostile input at every door of the service desk: a sentence and a 4xx, never a 500, and nothing half-written."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.models import Emergency, Outside
from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Material, Repair
from helpdesk.repairs.views_moves import DOORS
from helpdesk.visitors.models import Visitor
from reception.core.clock.models import Clock
from reception.core.ledger import Event
from reception.core.notices.models import Notice
from reception.core.web.models import Once
from tests.factories.helpdesk import make_call, make_repair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
MINUTE = timedelta(minutes=1)
NUL, HUGE, LONG = "甲\x00乙", "9" * 60, "长" * 20_000
TEXTS = (NUL, LONG, "<script>alert(1)</script>", "\ufffe\u202e", "١٢٣٤٥٦٧٨")
FIGURES = ("\x00", HUGE, f"-{HUGE}", "1e400", "NaN", "Infinity", "-0", "９", "9" * 5000)
DATES = ("\x00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T25:61", "0001-01-01", "9999-12-31", HUGE)
NUMBERED = (
    "resident",
    "category",
    "repairer",
    "rings_count",
    "score",
    "revision",
    "quantity",
    "price",
    "FORMS",
    "person",
    "department",
    "host",
    "specialist",
    "people",
    "duty",
    "worker",
    "praised",
)


def values(name):
    """What is hostile to a field of that name."""
    if name.endswith(("_at", "since", "until")):
        return DATES
    return FIGURES if name.endswith(NUMBERED) else TEXTS


WRITTEN = (
    Call,
    Enquiry,
    CallBack,
    Matter,
    Repair,
    Material,
    Emergency,
    Outside,
    Complaint,
    Visitor,
    Clock,
    Event,
    Notice,
    Once,
)
GETS = {
    "/desk/": ("show",),
    "/desk/open/": ("show",),
    "/desk/lookup/": ("number",),
    "/desk/line/": ("q",),
    "/desk/units/": ("q",),
    "/desk/suggest/": ("text", "place", "kind"),
    "/desk/begun/": ("keys",),
    "/helpdesk/calls/": ("q", "channel", "kind", "status", "since", "until", "before"),
    "/helpdesk/repairs/": ("q", "state", "late", "slip", "repairer", "category", "before"),
    "/helpdesk/visitors/": ("q", "state", "before"),
    "/helpdesk/visitors/new/": ("key",),
    "/helpdesk/visitors/hint/": ("name",),
    "/helpdesk/enquiries/": ("q", "state", "late", "category", "before"),
    "/helpdesk/enquiries/sources/": ("look", "sources"),
    "/helpdesk/enquiries/promises/": ("month",),
    "/helpdesk/complaints/": ("q", "state", "late", "department", "category", "before"),
    "/helpdesk/matters/": ("q", "kind", "state", "late", "department", "before"),
    "/helpdesk/collective/": ("before",),
    "/helpdesk/emergencies/": ("q", "state", "category", "grade", "before"),
    "/helpdesk/reports/2026-10/": ("months",),
    "/helpdesk/reports/2026-10/report.xlsx": ("months",),
    "/board/": ("month",),
    "/helpdesk/reports/2026-10/rows/": (
        "of",
        "part",
        "kind",
        "category",
        "day",
        "weekday",
        "hour",
        "bin",
        "who",
        "before",
    ),
    "/search/": ("q",),
}
CURSORS = (
    "0001-01-01T00:00:00+14:00~1", "9999-12-31T23:59:59-14:00~1", f"2026-10-01T00:00:00+08:00~-{HUGE}",
    f"2026-10-01T00:00:00+08:00~{HUGE}", "2026-10-01T00:00:00~1", "~", "~~", "2026-10-01T00:00:00+08:00~1\x00",
    "2026-10-01T00:00:00+08:00~١",
)  # fmt: skip
MONTHS = (
    "0000-00",
    "0001-01",
    "9999-12",
    "2026-13",
    "2026-00",
    "２０２６-10",
    "٢٠٢٦-10",
    "2026-1",
    "x",
    "-",
    "%00",
    "2026-10%00",
)
CALL = {
    "channel": "phone", "rings": "2", "kind": "repair", "number": "13800138000", "place": "大堂", "caller_name": "周",
    "caller_title": "女士", "content": "灯不亮", "when": "now", "urgency": "normal", "handling": "answer",
    "save": "dispatch",
}  # fmt: skip
AGREED = {
    "when": "later",
    "appoint_at": "2026-10-21T16:00",
    "agreed_reason": "下班后",
    "agreed_with": "周女士",
}
TRIED = {
    **dict.fromkeys(("_once", "begun", "join", "channel", "rings", "kind", "number", "resident", "place", "caller_name", "caller_title"), CALL),
    **dict.fromkeys(("company", "content", "category", "when", "urgency", "important", "repairer", "repeated", "save"), CALL),
    **dict.fromkeys(("appoint_at", "agreed_reason", "agreed_with"), CALL | AGREED),
    **dict.fromkeys(("rings_count", "rings_reason"), CALL | {"rings": "more", "rings_count": "5", "rings_reason": "忙"}),
    **dict.fromkeys(("reply", "handling"), CALL | {"kind": "enquiry", "reply": "已答"}),
    **dict.fromkeys(("recorded_at", "backdate_reason"), CALL | {"recorded_at": "2026-10-21T09:00", "backdate_reason": "停电"}),
    "other_kind": CALL | {"kind": "other", "reply": "已答"},
    "reply_due_at": CALL | {"kind": "enquiry", "handling": "promise", "reply_due_at": "2026-10-21T16:00"},
    "transfer_to": CALL | {"kind": "enquiry", "handling": "transfer", "transfer_to": "工程部"},
}  # fmt: skip
ROWS = {
    "m-TOTAL_FORMS": "1",
    "m-INITIAL_FORMS": "0",
    "m-0-name": "角阀",
    "m-0-quantity": "1",
    "m-0-unit_price": "35",
}
FINISH = {
    "measures": "换了角阀",
    "cause": "老化",
    "signed_name": "周敏",
    "unsigned_reason": "",
    "score": "5",
    "opinion": "好",
}
# move: the state it starts from, who makes it, what is typed
MOVES = {
    "dispatch": ("waiting", "assistant", {"repairer": "", "agreed": "later", **AGREED}),
    "acknowledge": ("handed", "repairer", {}),
    "arrive": ("acknowledged", "repairer", {}),
    "work": ("arrived", "repairer", {}),
    "pause": ("working", "repairer", {"hold": "material", "words": "角阀"}),
    "finish": ("working", "repairer", {**FINISH, **ROWS, "m-0-spec": "DN15", "m-MAX_NUM_FORMS": "9"}),
    "slip": ("finished", "clerk", {"slip_note": "交回"}),
    "revisit": ("slip_back", "clerk", {"revisit_note": "说好了", "score": "5"}),
    "close": ("revisited", "clerk", {"close_word": "谢谢"}),
    "reassign": ("handed", "assistant", {"repairer": "", "reason": "请假"}),
    "rearrange": (
        "handed",
        "assistant",
        {"appoint_at": "2026-10-21T16:00", "agreed_with": "周", "reason": "外出"},
    ),
    "mark_important": ("handed", "clerk", {"reason": "影响全楼"}),
    "cancel": ("handed", "assistant", {"reason": "自己修好了"}),
    "force_close": ("finished", "manager", {"reason": "底联遗失"}),
    "void": ("working", "manager", {"reason": "重复登记"}),
    "sign": ("handed", "repairer", {}),
    "give_back": ("acknowledged", "repairer", {"reason": "没有材料"}),
    "introduce": ("waiting", "clerk", {}),
    "receive": ("waiting", "assistant", {}),
    "explain": (
        "finished",
        "clerk",
        {"slip_reason": "other", "slip_words": "师傅休假", "slip_expected_on": "2026-10-30"},
    ),
    "link": ("handed", "clerk", {"origin": "WX-2026-0001"}),
}


COUNTS = "SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {model._meta.db_table})" for model in WRITTEN)


def written():
    """How many rows there are of everything that a move may write; one statement, for it is asked thousands of times."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return cursor.fetchone()


def unharmed(client, method, url, data):
    """Whether the answer is one of ours and, unless it is a success, nothing was written."""
    before = written()
    status = getattr(client, method)(url, data).status_code
    kept = status == 302 or written() == before
    return status if status >= 500 or not kept else None


def harmed(client, method, url, fields, base):
    """The fields and values that were not answered well."""
    tries = [(name, value, {**base, name: value}) for name in fields for value in values(name)]
    return [
        (name, value[:30], bad) for name, value, data in tries if (bad := unharmed(client, method, url, data))
    ]


@pytest.fixture
def desk(client, cast, at):
    """The manager at the desk, who may read everything; time stands."""
    with time_machine.travel(at, tick=False):
        client.force_login(cast.manager)
        yield client


@pytest.mark.parametrize("url", GETS)
def test_no_question_breaks_a_page(desk, cast, at, url):
    """E5.2: whatever stands in the address, the page answers."""
    make_call(cast, at - MINUTE)
    if url.startswith("/desk/"):
        desk.force_login(cast.clerk)
    assert harmed(desk, "get", url, GETS[url], {}) == []


@pytest.mark.parametrize("url", ["/helpdesk/calls/", "/helpdesk/repairs/", "/helpdesk/emergencies/"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_broken_cursor_is_the_first_page(desk, cast, at, url, cursor):
    make_repair(cast, at - MINUTE)
    assert desk.get(url, {"before": cursor}).status_code == 200


@pytest.mark.parametrize("tail", ["", "report.xlsx"])
@pytest.mark.parametrize("month", MONTHS)
def test_a_month_that_is_none_is_not_found(desk, month, tail):
    """D4.4.5"""
    assert desk.get(f"/helpdesk/reports/{month}/{tail}").status_code == 404


@pytest.mark.parametrize("no", ["%00", "WX-2026-0001%00", HUGE, LONG[:300], "%F0%9F%92%A9", "..%2f", "'--"])
@pytest.mark.parametrize("noun", ["calls", "repairs", "emergencies", "complaints", "visitors"])
def test_a_number_that_is_none_is_not_found(desk, noun, no):
    base = f"/helpdesk/{noun}/{no}/"
    pages = [desk.get(base), desk.post(f"{base}close/", {}), desk.post(f"{base}reply_close/", {})]
    assert {page.status_code for page in pages} == {404}


@pytest.mark.parametrize("move", ["bomb", "_", "-1", "status", "print"])
def test_a_move_that_is_none_is_not_made(desk, cast, at, move):
    order, call = make_repair(cast, at - MINUTE), make_call(cast, at - MINUTE)
    found = [desk.post(f"{one.get_absolute_url()}{move}/").status_code for one in (order, call)]
    assert (found, Repair.objects.get().status, Call.objects.get().status) == (
        [405 if move == "print" else 404] * 2, "waiting", "open",
    )  # fmt: skip


@pytest.mark.parametrize("field", TRIED)
def test_no_field_of_the_call_breaks_the_desk(client, cast, at, field):
    """C7, D4.4.1"""
    with time_machine.travel(at, tick=False):
        client.force_login(cast.clerk)
        assert harmed(client, "post", "/desk/", [field], TRIED[field]) == []


@pytest.mark.parametrize("move", MOVES)
def test_no_field_of_a_move_breaks_the_order(client, cast, at, move):
    """D4.4.1, E5.3"""
    state, who, typed = MOVES[move]
    order = make_repair(cast, at, state)
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        client.force_login(getattr(cast, who))
        given = {**typed, "revision": order.revision, "_once": "a"}
        if "repairer" in typed:
            given["repairer"] = (cast.repairer2 if move == "reassign" else cast.repairer).pk
        # A spoilt revision first, then each field beside a revision that nobody has seen: a refusal either way.
        assert harmed(client, "post", f"{order.get_absolute_url()}{move}/", given, given) == []


def test_every_move_is_tried():
    assert set(MOVES) == set(DOORS)


@pytest.mark.parametrize("move", ["reply_close", "convert", "complain", "alarm", "join", "void"])
def test_no_field_of_a_call_s_move_breaks_the_call(client, cast, at, move):
    call = make_call(cast, at - MINUTE)
    with time_machine.travel(at, tick=False):
        client.force_login(cast.manager if move == "void" else cast.clerk)
        given = {
            "revision": call.revision,
            "reply": "已答",
            "courtesy": "both",
            "_once": "a",
            "reason": "重复",
        }
        given |= {"wish": "快些", "against_person": cast.clerk2.pk, "against_department": "", "order": "WX-1"}
        assert harmed(client, "post", f"{call.get_absolute_url()}{move}/", given, given) == []


@pytest.mark.parametrize(
    "rows",
    [{}, {"m-TOTAL_FORMS": "x"}, {"m-TOTAL_FORMS": "-1"}, {"m-TOTAL_FORMS": "99999"}, {"m-TOTAL_FORMS": "1"}],
)
def test_tampered_material_rows_are_refused(client, cast, at, rows):
    """E5.3: the order stays where it was, what was typed is still there."""
    order = make_repair(cast, at, "working")
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        client.force_login(cast.repairer)
        response = client.post(
            f"{order.get_absolute_url()}finish/", {**FINISH, "revision": order.revision, **rows}
        )
    assert (response.status_code, Repair.objects.get().status) == (422, "working")
    assert "换了角阀" in response.content.decode()


def test_a_bill_beyond_all_bounds_is_refused(client, cast, at):
    """E5.3: each line may be possible, their sum is not."""
    order = make_repair(cast, at, "working")
    many = {f"m-{i}-{name}": value for i in range(30)
            for name, value in (("name", "铜"), ("quantity", "10000"), ("unit_price", "1000000"))}  # fmt: skip
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        client.force_login(cast.repairer)
        typed = {**FINISH, **many, "m-TOTAL_FORMS": "30", "m-INITIAL_FORMS": "0", "revision": order.revision}
        response = client.post(f"{order.get_absolute_url()}finish/", typed)
    assert (response.status_code, Repair.objects.get().status, Material.objects.count()) == (
        422,
        "working",
        0,
    )


@pytest.mark.parametrize(
    "url", ["/desk/lookup/", "/desk/line/", "/desk/units/", "/desk/suggest/", "/desk/open/", "/helpdesk/my/"]
)
def test_what_only_reads_is_never_posted_to(desk, cast, url):
    assert desk.post(url).status_code == 405
