"""D4.3.3 不可任意涂改: the old value struck out beside the new, with who, when and why, for every kind of record."""

import re
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from helpdesk.complaints import actions as complaints
from helpdesk.corrections.actions import correct
from helpdesk.corrections.chains import by_field, struck
from helpdesk.corrections.forms import packed
from helpdesk.corrections.models import Correction
from helpdesk.corrections.registry import KINDS, kind_of, raw
from helpdesk.emergencies import actions as emergencies
from helpdesk.enquiries import actions as enquiries
from helpdesk.log import actions as calls
from helpdesk.matters import actions as matters
from helpdesk.repairs import actions as repairs
from helpdesk.visitors import actions as visitors
from helpdesk.visitors.actions import sign_in
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.guards import missing
from reception.core.ledger.verify import verify
from tests.factories.helpdesk import (
    make_call,
    make_complaint,
    make_emergency,
    make_enquiry,
    make_matter,
    make_repair,
    make_unit,
)
from tests.helpdesk.test_visitor import come

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def records(cast, at):
    """One of each kind, written by the clerk, as far on as it goes."""
    make_unit("3栋1203")
    guest = {"name": "王", "purpose": "送合同", "host": cast.manager, "phone": "13700001111"}
    return {
        "DH": make_call(cast, at, "closed", kind="transfer", unit=make_unit(), place="厨房"),
        "WX": make_repair(cast, at, "closed"),
        "TS": make_complaint(cast, at, "closed", call=None),
        "TF": make_emergency(cast, at, "closed"),
        "FK": sign_in(by=cast.clerk, at=at, **guest),
        "CX": make_enquiry(cast, at, "closed"),
        "QT": make_matter(cast, at, "closed"),
    }


# Prefix → field, what is typed, how the old and the new read, and where the phone is.
WRONG = {
    "DH": ("place", "3-1203", "3栋1202 厨房", "3栋1203"),
    "WX": ("place", "3-1203", "3栋1202", "3栋1203"),
    "TS": ("content", "白天施工噪声", "夜间施工噪声，孩子睡不着", "白天施工噪声"),
    "TF": ("place", "2栋2单元1号梯", "2栋1单元1号梯", "2栋2单元1号梯"),
    "FK": ("name", "汪", "王", "汪"),
    "CX": ("content", "充电桩拆装要哪些材料", "充电桩报装需要哪些材料", "充电桩拆装要哪些材料"),
    "QT": ("content", "建议西门加装路灯", "建议东门加装路灯", "建议西门加装路灯"),
}


def refused(act, *args, **given):
    """(code, field) of the refusal."""
    with pytest.raises(Refused) as found, transaction.atomic():
        act(*args, **given)
    return found.value.code, found.value.field


def page(client, path, status=200):
    """The text of a page without its markup between words."""
    response = client.get(path)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("prefix", WRONG)
def test_D4_3_3_old_and_new_stand_on_page_and_paper_with_who_when_and_why(client, cast, at, prefix):
    one = records(cast, at)[prefix]
    name, typed, old, new = WRONG[prefix]
    before = list(Clock.objects.order_by("pk").values())
    client.force_login(cast.clerk)
    url, seen = f"/helpdesk/corrections/{one.no}/?field={name}", packed(kind_of(one).field(name).value(one))
    assert f'value="{name}"' in page(client, one.get_absolute_url()) and typed not in page(client, url)
    answer = client.post(url, {"value": typed, "reason": "听错了", "seen": seen})
    assert (answer.status_code, answer["Location"]) == (302, one.get_absolute_url())
    row, one = Correction.objects.get(), type(one).objects.get(pk=one.pk)
    assert (str(getattr(one, name)), row.old, row.new, row.number, row.signature) == (new, old, new, 1, cast.clerk.signature)  # fmt: skip
    if prefix in ("DH", "WX"):
        assert one.unit.label == "3栋1203"
    # The auditor reads both, on the page and on the paper; no clock moved, the ledger binds it.
    client.force_login(cast.auditor)
    for path in (one.get_absolute_url(), f"{one.get_absolute_url()}print/"):
        html = page(client, path)
        assert re.search(rf"<del><span[^>]*>原记</span>{re.escape(old)}</del>", html), path
        assert re.search(rf"<ins><span[^>]*>现为</span>\s*{re.escape(new)}\s*</ins>", html), path
        assert "更正：听错了" in html and cast.clerk.signature in html and cast.clerk.name in html
    parent = one.get_absolute_url().removesuffix(f"{one.no}/")
    book = load_workbook(BytesIO(client.get(f"{parent}list.xlsx").content), rich_text=True).active
    (line,) = [row for row in book.iter_rows(values_only=True) if row[0] == one.no]
    (told,) = [cell for cell in line if isinstance(cell, CellRichText)]
    assert (told[0].font.strike, told[0].text, told[-1].text.strip()) == (True, old, new)
    assert "更正：听错了" in line[-1]
    event = events_of(one).last()
    assert (event.verb, event.reason, event.detail["old"], event.detail["new"]) == (
        "correct",
        "听错了",
        old,
        new,
    )
    assert list(Clock.objects.order_by("pk").values()) == before and list(verify()) == []


@pytest.mark.parametrize("prefix", WRONG)
def test_D4_3_3_who_may_and_what_is_void_stays(client, cast, at, prefix):
    one = records(cast, at)[prefix]
    name, typed, _, _ = WRONG[prefix]
    now = at + timedelta(days=2)
    may = set()
    for who, user in vars(cast).items():
        with transaction.atomic():
            try:
                correct(type(one).objects.get(pk=one.pk), name, typed, by=user, at=now, reason="听错")
                may.add(who)
            except Refused as no:
                assert no.code == "forbidden"
            transaction.set_rollback(True)
    # The recorder, and whoever may correct what others wrote.
    assert may == {"clerk", "manager", "director"}
    voids = {
        "DH": calls, "WX": repairs, "TS": complaints, "TF": emergencies, "FK": visitors, "CX": enquiries, "QT": matters,
    }  # fmt: skip
    voids[prefix].void(type(one).objects.get(pk=one.pk), by=cast.director, at=now, reason="整张写错")
    found = type(one).objects.get(pk=one.pk)
    assert refused(correct, found, name, typed, by=cast.manager, at=now, reason="听错")[0] == "state"
    client.force_login(cast.manager)
    html = page(client, one.get_absolute_url())
    assert "这份记录已作废" in html and "整张写错" in html and "m-correct" not in html
    assert "已作废" in page(client, f"{one.get_absolute_url()}print/").split("<table>")[0]


def test_D4_3_3_what_is_refused_keeps_what_was_typed(client, cast, at):
    call = make_call(cast, at, "closed", place="3栋大堂")
    url, seen = f"/helpdesk/corrections/{call.no}/?field=place", packed("3栋大堂")
    typed = {"value": "4栋大堂", "reason": "听错", "seen": seen}
    assert client.post(url, typed).status_code == 302 and not Correction.objects.exists()  # a stranger
    for who, status in (("auditor", 403), ("clerk2", 403), ("sales", 404), ("repairer", 404)):
        client.force_login(getattr(cast, who))
        assert client.post(url, typed).status_code == status, who
        assert client.get(url).status_code == status, who
    client.force_login(cast.clerk)
    for spoilt, words in (
        ({"reason": ""}, "请写明更正的原因"),
        ({"reason": "长" * 501}, "最多 500 个字"),
        ({"value": "3栋大堂"}, "和原来一样"),
        ({"value": "长" * 200}, "最多 120 个字"),
    ):
        answer = client.post(url, {**typed, **spoilt})
        text = answer.content.decode()
        assert (answer.status_code, Correction.objects.count()) == (422, 0), spoilt
        assert (words in text and "听错" in text) or "reason" in spoilt
    assert client.post(url, {**typed, "reason": "", "seen": "[" * 19000}).status_code == 422
    # Somebody was faster: the new text is kept, and the next press is about what stands there now.
    correct(call, "place", "5栋大堂", by=cast.manager, at=at + MINUTE, reason="看回放")
    late = client.post(url, typed)
    html = late.content.decode()
    assert (late.status_code, "4栋大堂" in html, "5栋大堂" in html) == (409, True, True)
    again = client.post(url, {**typed, "seen": packed("5栋大堂")})
    assert (again.status_code, [row.new for row in Correction.objects.of(call)]) == (
        302,
        ["5栋大堂", "4栋大堂"],
    )
    # Twice sent, once done.
    once = {**typed, "seen": packed("4栋大堂"), "value": "6栋大堂", "_once": "a"}
    assert [client.post(url, once).status_code for _ in range(2)] == [302, 302]
    assert Correction.objects.of(call).count() == 3
    for path in ("XX-2026-0001/?field=place", "DH-2026-9999/?field=place", f"{call.no}/?field=status"):
        assert client.post(f"/helpdesk/corrections/{path}", typed).status_code in (200, 404), path
    assert Correction.objects.count() == 3 and call.status == "closed"
    html = page(client, call.get_absolute_url())
    first, second, third = (
        html.index(f"</span>{words}</del>") for words in ("3栋大堂", "5栋大堂", "4栋大堂")
    )
    assert first < second < third


def test_D4_3_2_a_corrected_time_moves_no_clock_and_takes_no_breach_away(cast, at):
    call = make_call(cast, at, reply_due_at=at + timedelta(hours=1))
    clock = Clock.objects.of(call).get()
    now = at + timedelta(hours=5)
    assert clock.late(now)
    correct(call, "recorded_at", at - timedelta(hours=3), by=cast.clerk, at=now, reason="看通话单，是七点")
    call.refresh_from_db()
    assert (call.recorded_at, call.backdate_reason) == (at - timedelta(hours=3), "看通话单，是七点")
    after = Clock.objects.of(call).get()
    assert (after.started_at, after.due_at, after.late(now)) == (clock.started_at, clock.due_at, True)
    ahead = {"by": cast.clerk, "at": now, "reason": "错"}
    assert refused(correct, call, "recorded_at", now + MINUTE, **ahead) == ("invalid", "value")
    assert refused(correct, call, "rings", 21, **ahead) == ("invalid", "rings")
    correct(call, "rings", 5, **{**ahead, "reason": "数错了，占线"})
    assert (call.rings, call.rings_reason) == (5, "数错了，占线")
    # What contradicts the rest of the record is refused in words, not with a crash.
    order = make_repair(cast, at, "finished", unit=make_unit("3栋1202"))
    assert refused(correct, order, "place", "门口", **ahead) == ("invalid", "value")
    assert refused(correct, order, "signed_name", "", **ahead) == ("invalid", "value")
    # A wrong correction is taken back, up to the moment when the leaving was noted.
    guest = come(cast, at, "left")
    for value in (at + MINUTE, at + 10 * MINUTE):
        correct(guest, "left_at", value, by=cast.clerk, at=now, reason="看监控")
    assert guest.left_at == at + 10 * MINUTE
    assert refused(correct, guest, "left_at", at + 11 * MINUTE, **ahead) == ("invalid", "value")
    # The time of a move, a signature, a status: no correction's business; what is not written yet neither.
    for name in ("arrived_at", "status", "arrive_due_at", "no"):
        assert refused(correct, order, name, now, **ahead)[0] == "invalid"
    assert refused(correct, order, "close_word", "好", **ahead)[0] == "state"


def test_D4_3_3_a_telephone_is_masked_as_the_field_is(client, cast, at):
    order = make_repair(cast, at, "handed")
    correct(order, "phone", "139 0000 2222", by=cast.clerk, at=at, reason="少听一位")
    row, event = Correction.objects.get(), events_of(order).last()
    assert (row.old, row.new, order.phone) == ("13800138000", "13900002222", "13900002222")
    assert (event.detail["old"], event.detail["new"]) == ("138****8000", "139****2222")
    client.force_login(cast.admin)
    for path in ("/admin/helpdesk/correction/", f"/admin/helpdesk/correction/{row.pk}/change/", "/helpdesk/corrections/"):  # fmt: skip
        html = page(client, path)
        assert "138****8000" in html and "13800138000" not in html, path
    assert "13900002222" not in page(client, "/helpdesk/corrections/?q=13900002222").split("</form>")[-1]
    client.force_login(cast.auditor)
    assert "13800138000" in page(client, "/helpdesk/corrections/?q=13800138000").split("</form>")[-1]
    # A visitor's host reads the record, not the telephone.
    guest = sign_in(by=cast.clerk, at=at, name="王", purpose="谈事", host=cast.sales, phone="13700001111")
    correct(guest, "phone", "13700002222", by=cast.clerk, at=at, reason="听错")
    client.force_login(cast.sales)
    assert "13700001111" not in page(client, guest.get_absolute_url())


@pytest.mark.engine
def test_D4_3_3_no_correction_is_ever_changed_or_deleted(cast, at):
    call = make_call(cast, at, place="大堂")
    correct(call, "place", "3栋大堂", by=cast.clerk, at=at, reason="补全")
    for sql in ("UPDATE helpdesk_correction SET reason='改'", "DELETE FROM helpdesk_correction"):
        with (
            pytest.raises(DatabaseError, match="台账只能追加"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(new="x")
    assert missing(connection) == set() and Correction.objects.get().new == "3栋大堂"
    for broken in ({"reason": ""}, {"old": "x", "new": "x"}, {"number": 1}):
        row = Correction.objects.get()
        row.pk, row.number = None, 2
        for name, value in broken.items():
            setattr(row, name, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.text("东西南北门厅12", min_size=1, max_size=6), min_size=1, max_size=6))
def test_D4_3_3_the_chain_gives_back_the_first_and_the_present_value(cast, at, values):
    with transaction.atomic():
        call = make_call(cast, at, content="原来的话")
        told = ["原来的话"]
        for words in values:
            try:
                correct(call, "content", words, by=cast.clerk, at=at, reason="改")
                told.append(words)
            except Refused as no:
                assert (no.code, words) == ("invalid", told[-1])
        rows = list(Correction.objects.of(call))
        call.refresh_from_db()
        assert [row.old for row in rows] + [call.content] == told
        assert all(one.new_value == two.old_value for one, two in pairwise(rows))
        assert [row.number for row in rows] == list(range(1, len(told)))
        assert [one.old for one in struck(rows, call.content)] == told[:-1]
        transaction.set_rollback(True)


def test_D4_3_3_a_step_that_writes_over_a_correction_is_seen(cast, at):
    one = make_emergency(cast, at, "handling")
    correct(one, "place", "2栋2单元", by=cast.clerk, at=at, reason="听错")
    emergencies.amend(one, by=cast.clerk, at=at, place="2栋3单元")
    rows = list(Correction.objects.of(one).filter(field="place"))
    assert [one.old for one in struck(rows, "2栋3单元")] == ["2栋1单元1号梯", "2栋2单元"]
    assert [row.reason for row in rows] == ["听错", "补充情况"]
    # Where nothing kept the step's own writing, the value it wrote over is struck out all the same.
    assert [found.old for found in struck(rows[:1], "2栋3单元")] == ["2栋1单元1号梯", "2栋2单元"]


def test_the_list_and_its_workbook_are_for_the_manager_and_the_auditor(
    client, cast, at, django_assert_max_num_queries
):
    """D4.3.3"""
    for one in range(30):
        call = make_call(cast, at, place=f"{one}号岗亭")
        correct(call, "place", f"{one}号岗", by=cast.clerk, at=at + MINUTE * one, reason=f"=改{one}")
    for who, status in (
        ("clerk", 403),
        ("sales", 403),
        ("manager", 200),
        ("director", 200),
        ("auditor", 200),
    ):
        client.force_login(getattr(cast, who))
        assert client.get("/helpdesk/corrections/?clear=1", follow=True).status_code == status, who
    client.force_login(cast.auditor)
    with django_assert_max_num_queries(6):
        html = page(client, "/helpdesk/corrections/")
    assert html.count("<del>") == 30 and html.index("29号岗亭") < html.index("28号岗亭")
    assert page(client, "/helpdesk/corrections/?q=17号岗亭").count("<del>") == 1
    assert page(client, "/helpdesk/corrections/?kind=WX").count("<del>") == 0
    assert page(client, "/helpdesk/corrections/?since=2026-10-22&until=x").count("<del>") == 0
    for far in ("9999-12-31", "0001-01-01"):  # no instant of another time zone
        assert client.get("/helpdesk/corrections/", {"since": far, "until": far}).status_code == 200, far
    sheet = load_workbook(BytesIO(client.get("/helpdesk/corrections/list.xlsx?q=17号岗亭").content)).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"17号岗亭", "17号岗", "地址", cast.clerk.signature} <= set(cells)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_D4_3_3_the_admin_is_no_second_way_to_edit_a_desk_record(client, cast, at):
    """Not even for a superuser: the desk's records are read there, and set right on their page."""
    cast.admin.is_superuser = True
    cast.admin.save()
    client.force_login(cast.admin)
    for one in records(cast, at).values():
        base = f"/admin/helpdesk/{one._meta.model_name}/"
        before = type(one).objects.filter(pk=one.pk).values().get()
        assert client.get(f"{base}{one.pk}/change/").status_code == 200
        assert (
            client.post(f"{base}{one.pk}/change/", {"place": "x", "content": "x", "name": "x"}).status_code
            == 403
        )
        assert client.post(f"{base}{one.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{base}add/").status_code == 403
        assert type(one).objects.filter(pk=one.pk).values().get() == before


def test_every_kind_says_what_may_be_set_right():
    """Each correctable field is a column, asked by a form, shown in words; no move's own time is among them."""
    for kind in KINDS.values():
        columns = {column.name for column in kind.model._meta.get_fields()}
        for field in kind.fields:
            assert field.name in columns and field.ask().label == f"{field.label}更正为"
            assert not field.since or field.since in columns
            assert field.name not in ("status", "no", "created_at", "created_by", "recorder_name", "revision")
    # The day's summary (HZ) is corrected only once it is signed: tests/helpdesk/test_daybook_corrected.py.
    assert {*WRONG, "HZ"} == {kind.prefix for kind in KINDS.values()}
    assert raw(True) is True


def test_D4_3_3_what_hangs_together_is_named_when_one_of_them_is_set_right(client, cast, at):
    """The call's room is corrected; its order still says the wrong one, and the page says so."""
    make_unit("3栋1202"), make_unit("3栋1203")
    call = make_call(cast, at, kind="repair", place="3-1202")
    order = calls.convert(call, by=cast.clerk, at=at)
    client.force_login(cast.clerk)
    url = f"/helpdesk/corrections/{call.no}/?field=place"
    html = client.post(
        url, {"value": "3-1203", "reason": "听错", "seen": packed("3栋1202")}, follow=True
    ).content
    assert f"{order.no} 的地址还是原来的写法" in html.decode()
    url = f"/helpdesk/corrections/{order.no}/?field=place"
    html = client.post(
        url, {"value": "3-1203", "reason": "听错", "seen": packed("3栋1202")}, follow=True
    ).content
    assert "还是原来的写法" not in html.decode()


STRANGE = ("a\x00b", "-1", "长" * 5000)
TIMES = ("2026-13-45T99:99", "0001-01-01T00:00", "9999-12-31T23:59", "2025-01-01T00:00")


@pytest.mark.parametrize("prefix", WRONG)
def test_D4_3_3_no_value_breaks_a_correction(client, cast, at, prefix):
    one = records(cast, at)[prefix]
    client.force_login(cast.manager)
    kind, answers = kind_of(one), set()
    for field in kind.fields:
        url = f"/helpdesk/corrections/{one.no}/?field={field.name}"
        for strange in STRANGE + (TIMES if field.name.endswith("_at") else ()):
            found = type(one).objects.get(pk=one.pk)
            given = {"value": strange, "reason": "试", "seen": packed(field.value(found))}
            answers.add(client.post(url, given).status_code)
        answers.add(client.post(url, {**given, "seen": strange, "reason": "a\x00b"}).status_code)
    assert answers <= {302, 409, 422}, answers
    found = type(one).objects.get(pk=one.pk)
    for name, rows in by_field(Correction.objects.of(found)).items():
        assert rows[-1].new_value == raw(kind.field(name).value(found)), name
    assert client.get(found.get_absolute_url()).status_code == 200
