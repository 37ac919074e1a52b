"""文件 where they are needed: 待办, the step of the work, who has not read (B3b, C1)."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from openpyxl import load_workbook

from reception.core.documents import actions
from reception.core.documents.choices import Step
from reception.core.documents.policies import unread
from reception.core.documents.unread import gaps
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import Department
from reception.home.guides import GUIDES, step_of
from tests.factories.documents import make_document
from tests.factories.people import make_user
from tests.house.test_urls import pages

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = {"hall", "meeting"}


@pytest.fixture
def browser(client, cast, at):
    with time_machine.travel(at + DAY, tick=False):
        client.force_login(cast.clerk)
        yield client


def test_B3b_what_one_is_asked_to_read_waits_in_todo_until_it_is_read(browser, cast, at):
    document = make_document(cast, at, must_roles=["clerk"])
    make_document(cast, at, title="与我无关")
    make_document(cast, at, title="看不到的", must_roles=["clerk"], readers=["manager"])
    actions.edit(document, by=cast.manager, at=at, kind="rules", title="装修管理规定", text="新", changed="押金提高",
                 must_roles=["clerk"])  # fmt: skip
    actions.publish(document, by=cast.manager, at=at)
    page = browser.get("/todo/").content.decode()
    assert ("请阅读《装修管理规定》" in page, "第 2 版·押金提高" in page, "与我无关" in page, "看不到的" in page) == (
        True, True, False, False,
    )  # fmt: skip
    assert '<span class="dot">1<' in page
    browser.post(f"{document.get_absolute_url()}read/2/")
    page = browser.get("/todo/").content.decode()
    assert ("装修管理规定》</a>" in page, '<span class="dot">' in page) == (False, False)


def test_B3b_a_step_opens_its_documents_with_one_click(browser, cast, at):
    rules = make_document(cast, at, steps=["repair"])
    one = browser.get("/documents/for/repair/")
    assert (one.status_code, one["Location"]) == (302, rules.get_absolute_url())
    make_document(cast, at, title="报修话术", kind="script", text="一、问清\n您好", steps=["repair", "call"])
    make_document(cast, at, title="内部的", readers=["manager"], steps=["repair"])
    make_document(cast, at, "draft", title="还没发", steps=["repair"])
    make_document(cast, at, title="明天起", steps=["repair"], valid_from=(at + 3 * DAY).date())
    page = browser.get("/documents/for/repair/").content.decode()
    order = [page.index(word) for word in ("报修话术</a>", "装修管理规定</a>")]
    assert order == sorted(order)
    assert [word for word in ("内部的", "还没发", "明天起") if word in page] == []
    assert "这一步还没有挂文件" in browser.get("/documents/for/day/").content.decode()
    assert browser.get("/documents/for/nothing/").status_code == 404
    links = {
        path: "/documents/for/" in browser.get(path).content.decode()
        for path in ("/desk/", "/helpdesk/repairs/", "/todo/")
    }
    assert links == {"/desk/": True, "/helpdesk/repairs/": True, "/todo/": False}


def test_B3b_every_step_has_its_screens_and_every_screen_exists():
    routes = [path for _, path in pages(get_resolver())]
    assert [pattern for pattern, _ in GUIDES if not any(re.match(pattern, path) for path in routes)] == []
    assert {step.value for _, step in GUIDES} == set(Step.values) - LATER
    said = {
        "/visits/requests/new/": "apply", "/visits/requests/JD-2026-0001/": "prepare", "/visits/requests/": "",
        "/visits/requests/JD-2026-0001/decide/": "decide", "/visits/tasks/3/": "prepare", "/helpdesk/my/": "repair",
        "/visits/requests/JD-2026-0001/briefing/": "host", "/documents/": "", "/visits/customers/": "customer",
    }  # fmt: skip
    assert {path: step_of(path) for path in said} == said


def test_B3b_where_a_document_is_used_is_ticked_and_kept_by_the_ledger(browser, cast, at):
    document = make_document(cast, at, steps=["repair", "call"])
    browser.force_login(cast.manager)
    form = {
        "title": document.title,
        "kind": "rules",
        "text": "一、施工时间\n改了",
        "changed": "改",
        "revision": document.revision,
    }
    url = f"{document.get_absolute_url()}edit/"
    assert browser.get(url).content.decode().count(" checked") == 2
    assert browser.post(url, form | {"steps": ["x"]}).status_code == 422
    assert browser.post(url, form | {"steps": ["call", "day"]}).status_code == 302
    assert sorted(document.uses.values_list("step", flat=True)) == ["call", "day"]
    assert events_of(document).get(verb="describe").detail == {
        "用在哪一步": ["接电话、报修", "接电话、值班与汇总"]
    }
    with pytest.raises(Refused) as caught:
        make_document(cast, at, steps=["x"])
    assert caught.value.field == "steps"


def test_B3b_who_has_not_read_stands_in_one_list_and_is_reminded_there(browser, cast, at):
    one = make_document(cast, at, must_roles=["clerk"])
    two = make_document(
        cast,
        at,
        title="停车办法",
        must_departments=[cast.repairer.department],
        readers=["repairer", "manager"],
    )
    make_document(cast, at, "withdrawn", title="旧的", must_roles=["clerk"])
    make_document(cast, at, title="都看过", must_roles=["director"])
    actions.read(
        make_document(cast, at, title="主任的", must_roles=["director"]), by=cast.director, at=at, number=1
    )
    actions.read(one, by=cast.clerk, at=at, number=1)
    for gap in gaps(Department.objects.all()):
        assert [user.pk for user in gap.waiting] == list(
            unread(gap.document, gap.version).order_by("department__order", "pk").values_list("pk", flat=True)
        ), "the list says what the document says"
    browser.force_login(cast.manager)
    page = browser.get("/documents/unread/").content.decode()
    assert ("停车办法" in page, "旧的" in page, "主任的" in page, "周宁" in page) == (
        True,
        False,
        False,
        True,
    )
    post = {"revision": one.revision, "next": "unread"}
    assert browser.post(f"{one.get_absolute_url()}remind/", post)["Location"] == "/documents/unread/"
    assert "今天催过" in browser.get("/documents/unread/").content.decode()
    only = f"/documents/unread/?department={cast.repairer.department_id}"
    assert (
        "停车办法" in browser.get(only).content.decode(),
        "周宁" in browser.get(only).content.decode(),
    ) == (True, False)
    rows = list(
        load_workbook(BytesIO(browser.get("/documents/unread.xlsx").content)).active.iter_rows(
            values_only=True
        )
    )
    assert ("停车办法", 1, 1) in [(row[1], row[2], row[6]) for row in rows[3:] if row[0] == two.no]
    browser.force_login(cast.clerk)
    assert [browser.get(f"/documents/unread{tail}").status_code for tail in ("/", ".xlsx")] == [403, 403]


@pytest.mark.parametrize("many", [1, 30])
def test_B3b_what_the_new_pages_cost(browser, cast, at, many):
    for index in range(many):
        make_document(cast, at, title=f"文件{index}", must_roles=["clerk"], steps=["repair"])
        make_user(f"reader{index}", "clerk")
    make_document(cast, at, title="另一份", must_departments=[cast.repairer.department], steps=["repair"])
    found = {}
    for who, path in COST:
        browser.force_login(getattr(cast, who))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        found[who, path] = len(queries)
    assert found == COST


COST = {("clerk", "/documents/for/repair/"): 4, ("manager", "/documents/unread/"): 6}
