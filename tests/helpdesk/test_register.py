"""房号名册: people, numbers, companies; corrected in two presses, every change in the ledger, nobody deleted (E5.2.1a, C8)."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from helpdesk.directory import actions
from helpdesk.directory.models import Resident, recognise
from helpdesk.directory.numbers import number_fault, split_numbers
from helpdesk.imports import actions as imports
from helpdesk.models import Company, Lease, Phone, UnitImport
from helpdesk.register.finding import units
from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import errors, race, winners
from tests.factories.customers import workbook
from tests.factories.helpdesk import make_call, make_repair, make_resident, make_unit
from tests.factories.people import cast as make_cast

pytestmark = pytest.mark.django_db
BASE = "/helpdesk/directory/"
PERSON = {"name": "周敏", "title": "老师", "kind": "tenant", "company": "知行设计"}
DESK, KEEPERS = {"clerk", "clerk2", "assistant", "manager", "admin"}, {"assistant", "manager", "admin"}
# a POST: its address ({p}erson, {t}elephone, {u}nit, {c}ompany, {l}ease), what is typed, who may, what it leaves behind
POSTS = {
    "correct": ("phones/{t}/correct/", {"number": "139-0000-1111"}, DESK, lambda: Phone.objects.get(number="139-0000-1111").digits),
    "drop": ("phones/{t}/drop/", {"reason": "换号"}, DESK, lambda: not Phone.objects.exists()),
    "number": ("people/{p}/number/", {"number": "+86 512 6543 2100"}, DESK, lambda: Phone.objects.count() == 2),
    "change": ("people/{p}/change/", PERSON, KEEPERS, lambda: Resident.objects.filter(title="老师").exists()),
    "out": ("people/{p}/out/", {"on": "2026-10-01"}, KEEPERS, lambda: Resident.objects.filter(moved_out_on__isnull=False).exists()),
    "new": ("units/{u}/people/", {"name": "何立", "kind": "tenant", "number": "13900005602"}, KEEPERS, lambda: Resident.objects.count() == 2),
    "company": ("companies/{c}/change/", {"name": "知行建筑", "note": "二楼"}, KEEPERS, lambda: Company.objects.filter(name="知行建筑").exists()),
    "rent": ("companies/{c}/rent/", {"unit": "3-503", "since": ""}, KEEPERS, lambda: Lease.objects.count() == 2),
    "end": ("leases/{l}/end/", {"until": ""}, KEEPERS, lambda: Lease.objects.filter(until__isnull=False).exists()),
    "firm": ("companies/new/", {"name": "云帆科技", "note": ""}, KEEPERS, lambda: Company.objects.count() == 2),
}  # fmt: skip


@pytest.fixture
def estate(cast, at):
    """周敏 in 3栋502 by one number; 知行设计 rents 3栋502; 3栋503 is empty."""
    flat = make_unit("3栋502")
    make_unit("3栋503")
    zhou = make_resident("周敏", "138-0013 8000", unit=flat)
    zhou.clean()
    zhou.save()
    firm = actions.add_company(by=cast.manager, at=at, name="知行设计")
    lease = actions.rent(firm, by=cast.manager, at=at, unit=flat)
    return {"p": zhou.pk, "t": zhou.phones.get().pk, "u": flat.pk, "c": firm.pk, "l": lease.pk}


@pytest.fixture
def browser(client, cast, at):
    with time_machine.travel(at, tick=False):
        client.force_login(cast.manager)
        yield client


def url(post, estate):
    return BASE + POSTS[post][0].format(**estate)


@pytest.mark.parametrize("post", POSTS)
def test_E5_2_1a_every_post_works_and_says_so(browser, estate, post):
    answer = browser.post(url(post, estate), POSTS[post][1], follow=True)
    assert (answer.status_code, [message.tags for message in answer.context["messages"]]) == (
        200,
        ["success"],
    )
    assert POSTS[post][3]()


@pytest.mark.parametrize("post", POSTS)
def test_E5_2_1a_a_stranger_and_the_wrong_role_change_nothing(browser, cast, estate, post):
    found = {}
    for name in (
        "clerk",
        "clerk2",
        "assistant",
        "manager",
        "admin",
        "director",
        "auditor",
        "sales",
        "gm",
        "repairer",
    ):
        browser.force_login(getattr(cast, name))
        with transaction.atomic():
            found[name] = browser.post(url(post, estate), POSTS[post][1]).status_code
            transaction.set_rollback(True)
    assert {name for name, status in found.items() if status == 302} == POSTS[post][2]
    assert set(found.values()) <= {302, 403}
    browser.logout()
    assert browser.post(url(post, estate), POSTS[post][1]).headers["Location"].startswith("/login/")


@pytest.mark.parametrize("post", [post for post in POSTS if post not in ("new", "firm")])
def test_E5_2_1a_a_stale_page_changes_nothing_and_keeps_what_was_typed(browser, estate, post):
    answer = browser.post(url(post, estate), POSTS[post][1] | {"revision": 99})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert [
        value
        for key, value in POSTS[post][1].items()
        if key in ("number", "reason", "name") and value not in page
    ] == []
    assert "刚刚被别人改过" in page


BAD = {
    ("correct", "number", "12"): "不像电话号码", ("correct", "number", ""): "请写电话号码", ("number", "number", "138-0013-8000"): "已经有",
    ("number", "number", "1380013800"): "不是 11 位", ("drop", "reason", " "): "停用的原因", ("change", "name", ""): "请写姓名",
    ("change", "kind", "x"): "请选择身份", ("out", "on", "2026-10-22"): "今天以前", ("out", "on", "昨天"): "年月日",
    ("new", "name", "周敏\x00"): "", ("company", "name", ""): "请写公司名称", ("rent", "unit", "9-999"): "没有这个房号",
    ("rent", "unit", "3-502"): "已经租着", ("end", "until", "1999-01-01"): "2000 年以后", ("firm", "name", "知行设计"): "不用再登记",
    ("new", "number", "abc"): "不像电话号码",
}  # fmt: skip


@pytest.mark.parametrize(("post", "field", "value"), BAD)
def test_E5_2_1a_what_will_not_do_is_said(browser, estate, post, field, value):
    answer = browser.post(url(post, estate), POSTS[post][1] | {field: value})
    assert (
        (answer.status_code, POSTS[post][3]()) == (422, False)
        if post != "correct"
        else answer.status_code == 422
    )
    assert BAD[post, field, value] in answer.content.decode()


def test_E5_2_1a_the_wrong_state_is_refused(browser, cast, at, estate):
    assert browser.post(f"{BASE}people/{estate['p']}/back/").status_code == 409
    browser.post(f"{BASE}people/{estate['p']}/out/")
    assert browser.post(f"{BASE}people/{estate['p']}/out/").status_code == 409
    browser.post(f"{BASE}leases/{estate['l']}/end/")
    assert browser.post(f"{BASE}leases/{estate['l']}/end/").status_code == 409
    odd = [
        browser.post(f"{BASE}{path}").status_code
        for path in ("people/999/out/", "people/1/bomb/", "phones/999/drop/", "leases/999/end/")
    ]
    assert odd == [404] * 4


def test_E5_2_1a_a_corrected_number_stands_in_the_ledger_beside_the_old_one(browser, cast, at, estate):
    browser.force_login(cast.clerk)
    browser.post(url("correct", estate), {"number": "１３９ ００００ １１１１", "revision": 0})
    zhou = Resident.objects.get(pk=estate["p"])
    event = events_of(zhou).get()
    assert (event.label, event.detail, event.actor) == (
        "更正电话",
        {"电话": ["138-0013 8000", "１３９ ００００ １１１１"]},
        cast.clerk,
    )
    assert (recognise("13900001111"), recognise("13800138000")) == ([zhou], [])


def test_E5_2_1a_who_moved_out_is_kept_and_no_longer_recognised(cast, at, estate):
    zhou = Resident.objects.get(pk=estate["p"])
    call = make_call(cast, at, resident=zhou)
    actions.move_out(zhou, by=cast.manager, at=at, on=date(2026, 10, 1))
    call.refresh_from_db()
    assert (recognise("13800138000"), call.resident, zhou.phones.count()) == ([], zhou, 1)
    assert not units("周敏").exists()
    actions.move_back(zhou, by=cast.manager, at=at)
    assert recognise("13800138000") == [zhou]


FINDS = {
    "3-50": ["3栋502", "3栋503"], "3-502": ["3栋502"], "502": ["3栋502"], "3栋": ["3栋502", "3栋503"], "周敏": ["3栋502"],
    "zm": ["3栋502"], "ZHOUMIN": ["3栋502"], "8000": ["3栋502"], "13800138000": ["3栋502"], "知行": ["3栋502"], "zxsj": ["3栋502"],
    "3栋 周敏": ["3栋502"], "3栋503 周敏": [], "游泳": [], "%": [], "'": [],
}  # fmt: skip


@pytest.mark.engine
def test_E5_2_1a_units_are_found_by_room_name_sound_company_and_number(estate):
    assert {q: [unit.label for unit in units(q)] for q in FINDS} == FINDS


def test_C8_a_leader_is_flagged_and_found_though_without_a_unit(browser, cast, at, estate):
    browser.post(f"{BASE}people/{estate['p']}/change/", PERSON | {"is_leader": "on"})
    make_resident(
        "沈国栋",
        "8001",
        company="澄湖精密",
        is_leader=True,
        firm=actions.known_company("澄湖精密", by=cast.manager, at=at),
    )
    page = browser.get(f"{BASE}?who=leader").content.decode()
    assert ("沈国栋" in page, "公司领导" in page, "周敏" in page) == (True, True, True)
    assert recognise("138 0013 8000")[0].is_leader
    one = Resident.objects.get(name="沈国栋")
    assert (
        browser.post(f"{BASE}people/{one.pk}/number/", {"number": "13911112222"}).headers["Location"]
        == one.get_absolute_url()
    )


def test_E5_2_1a_numbers_are_whole_for_the_desk_and_masked_for_others(browser, cast, estate):
    page = f"{BASE}units/{estate['u']}/"
    seen = {}
    for name in ("clerk", "manager", "director", "auditor", "sales"):
        browser.force_login(getattr(cast, name))
        answer, sheet = browser.get(page), browser.get(f"{BASE}list.xlsx")
        numbers = [text for text in ("138-0013 8000", "138****8000") if text in answer.content.decode()]
        cells = (
            list(load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
            if sheet.status_code == 200
            else []
        )
        seen[name] = (answer.status_code, numbers, [row[8] for row in cells[3:4]])
    whole, hidden = (200, ["138-0013 8000"], ["138-0013 8000"]), (200, ["138****8000"], ["138****8000"])
    assert seen == {
        "clerk": whole,
        "manager": whole,
        "director": hidden,
        "auditor": hidden,
        "sales": (403, [], []),
    }


def test_E5_2_1a_the_page_of_a_unit_says_what_happened_there(browser, cast, at, estate):
    flat = Resident.objects.get(pk=estate["p"]).unit
    make_repair(cast, at, unit=flat)
    make_call(cast, at, kind="enquiry", unit=flat, place="3栋502", content="物业费怎么交")
    make_repair(cast, at, unit=make_unit("3栋503"), content="隔壁的灯不亮")
    page = browser.get(flat.get_absolute_url()).content.decode()
    assert ("WX-2026-0001" in page, "物业费怎么交" in page, "隔壁的灯" in page) == (True, True, False)


def test_E5_2_1a_the_workbook_of_the_list_is_read_by_the_import_and_changes_nothing(
    browser, cast, at, estate
):
    rows = imports.read(BytesIO(browser.get(f"{BASE}list.xlsx").content))
    assert [judged.verdict for judged in imports.judge_all(rows, at)] == ["same", "same"]


@pytest.mark.parametrize("many", [1, 30])
def test_E5_2_1a_what_the_pages_cost(browser, cast, at, estate, many):
    """The list: session, person, remembered filter, units, people, buildings of the filter, counts (7: two of them are
    the names that the filter and the rows show)."""
    flat = Resident.objects.get(pk=estate["p"]).unit
    for index in range(many):
        one = make_resident(f"住{index}", f"1390000{index:04d}", unit=make_unit(f"3栋{600 + index}"))
        make_resident(
            f"户{index}",
            f"1370000{index:04d}",
            unit=flat,
            firm=actions.known_company(f"甲{index}", by=cast.manager, at=at),
        )
        make_repair(cast, at - timedelta(minutes=index), unit=flat)
        assert one.pk
    found = {}
    for name, path in (
        ("list", BASE),
        ("unit", f"{BASE}units/{flat.pk}/"),
        ("companies", f"{BASE}companies/"),
        ("company", f"{BASE}companies/{estate['c']}/"),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        found[name] = len(queries)
    assert found == {"list": 7, "unit": 8, "companies": 4, "company": 6}


def test_E5_2_1a_a_cell_may_hold_several_numbers():
    assert split_numbers("138 0013 8000 / 0512-65432100，801；13900139000") == [
        "138 0013 8000",
        "0512-65432100转801",
        "13900139000",
    ]
    assert split_numbers("13800138000、13900139000") == ["13800138000", "13900139000"]
    assert [
        number_fault(text) for text in ("138-0013 8000", "8001", "+1 415 555 0100", "0512-65432100转801")
    ] == [""] * 4


def test_E5_2_1a_the_database_knows_a_company_rents_a_unit_once(cast, at, estate):
    lease = Lease.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lease.objects.create(company=lease.company, unit=lease.unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lease.objects.create(
            company=lease.company, unit=lease.unit, since=date(2026, 1, 2), until=date(2026, 1, 1)
        )
    Lease.objects.create(company=lease.company, unit=lease.unit, until=date(2026, 1, 1))


VALUES = ("\x00", "9" * 5000, "%\\", "😀~1~2~3", "长" * 9000, "~~~~", "1~~~99999999999999999999")


def test_E5_2_1a_no_question_breaks_a_page(browser, estate):
    asked = {
        BASE: ("q", "building", "kind", "who", "after"),
        f"{BASE}list.xlsx": ("q", "building"),
        f"{BASE}companies/": ("q", "after"),
    }
    found = [
        (path, name, value[:9]) for path, names in asked.items() for name in names for value in VALUES
        if browser.get(path, {name: value}).status_code >= 500
    ]  # fmt: skip
    for post in ("correct", "change", "out", "rent", "firm", "new"):
        for name in POSTS[post][1] | {"revision": ""}:
            for value in (*VALUES[:5], "0001-01-01", "9999-12-31"):
                if (
                    browser.post(
                        url(post, estate),
                        POSTS[post][1]
                        | {name: value, "revision": 99}
                        | ({name: value} if name == "revision" else {}),
                    ).status_code
                    >= 500
                ):
                    found.append((post, name, value[:9]))
    assert found == []


# --- the pages of the import -------------------------------------------------------------------------------------------


def test_E5_2_1a_upload_preview_confirm_result(browser, cast):
    answer = browser.post(
        f"{BASE}import/",
        {"file": workbook(["楼栋", "房号", "姓名"], ["8栋", "101", "赵一"], ["8栋", "", "钱二"])},
        follow=True,
    )
    page = answer.content.decode()
    assert [
        text
        for text in (
            "确认后写入 1 行；1 行有错，会跳过",
            "8栋101",
            "新住户 赵一（业主）",
            "没有房号，请补上。",
        )
        if text not in page
    ] == []
    batch = UnitImport.objects.get()
    assert "还没有导完（0/2 行）" in browser.get(f"{BASE}import/").content.decode()
    step = browser.post(
        f"{batch.get_absolute_url()}advance/", {"seen": 0}, headers={"X-Requested-With": "fetch"}
    )
    assert step.json() == {"done": 2, "total": 2, "finished": True}
    assert "导入完成。" in browser.get(batch.get_absolute_url()).content.decode()
    assert "房号导入完成《客户.xlsx》：新增 1 行，有错 1 行" in browser.get("/notices/").content.decode()
    assert browser.post(f"{batch.get_absolute_url()}advance/", {"seen": 0}, follow=True).status_code == 200
    assert Resident.objects.filter(name="赵一").count() == 1


def test_E5_2_1a_the_import_is_for_keepers_and_its_preview_its_owners(browser, cast):
    browser.post(f"{BASE}import/", {"file": workbook(["房号"], ["8栋101"])})
    batch = UnitImport.objects.get().get_absolute_url()
    found = {}
    for name in ("assistant", "clerk", "sales"):
        browser.force_login(getattr(cast, name))
        found[name] = [
            browser.get(f"{BASE}import/").status_code,
            browser.get(batch).status_code,
            browser.post(f"{batch}advance/").status_code,
        ]
    assert found == {"assistant": [200, 404, 404], "clerk": [403] * 3, "sales": [403] * 3}
    browser.logout()
    assert [browser.post(path).status_code for path in (f"{BASE}import/", f"{batch}advance/")] == [302, 302]
    browser.force_login(cast.manager)
    answers = [
        browser.post(f"{BASE}import/", {"file": file} if file else {})
        for file in (None, BytesIO(b"x"), workbook(["甲"], ["乙"]))
    ]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert browser.get(f"{BASE}import/template.xlsx").status_code == 200


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_E5_2_1a_two_clerks_correct_one_number_and_one_wins(at):
    cast = make_cast()
    zhou = make_resident("周敏", "13800138000", unit=make_unit("3栋502"))
    phones = [Phone.objects.select_related("resident").get(resident=zhou) for _ in range(2)]
    outcomes = race(
        *[lambda p=phone, n=n, by=by: actions.correct_number(p, by=by, at=at, number=n)
          for phone, n, by in zip(phones, ("13900000001", "13900000002"), (cast.clerk, cast.clerk2), strict=True)]
    )  # fmt: skip
    assert (len(winners(outcomes)), [(type(error), error.code) for error in errors(outcomes)]) == (
        1,
        [(Refused, "stale")],
    )
    assert (Phone.objects.count(), events_of(zhou).count()) == (1, 1)
