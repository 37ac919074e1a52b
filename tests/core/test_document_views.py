"""The pages of documents: every POST works, and is refused to a stranger, the wrong role, in the wrong state, when stale."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reception.core.documents import actions
from reception.core.documents.models import Document, Reading, Version
from reception.core.files.models import Attachment
from reception.core.notices.models import Notice
from tests.core.hostile_files import image
from tests.factories.documents import make_document
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WRITTEN = {
    "title": "停车办法",
    "kind": "rules",
    "text": "一、收费\n每月 150 元。",
    "changed": "",
    "must_roles": ["clerk"],
}
# a POST: the state before, what is typed, the state it does not go from, what it leaves behind (asked of the row)
POSTS = {
    "publish": ("draft", {"valid_from": ""}, "in_force", lambda d: d.status == "in_force"),
    "remind": ("in_force", {}, "draft", lambda d: d.reminded_by is not None),
    "withdraw": ("in_force", {"reason": "不用了"}, "draft", lambda d: d.status == "withdrawn"),
    "edit": ("in_force", WRITTEN, None, lambda d: d.title == "停车办法"),
    "read/1": (
        "in_force",
        {},
        "withdrawn",
        lambda d: Reading.objects.filter(version__document=d).count() == 1,
    ),
    "files": ("in_force", "file", None, lambda d: Attachment.objects.of(d).live().count() == 1),
}


@pytest.fixture
def browser(client, cast, at):
    with time_machine.travel(at + DAY, tick=False):
        client.force_login(cast.manager)
        yield client


def ready(cast, at, post):
    """(the document before `post`, its address, what is typed)."""
    state, data, _, _ = POSTS[post]
    document = make_document(cast, at, state, must_roles=["clerk"])
    data = {"file": SimpleUploadedFile("价目.jpg", image())} if data == "file" else dict(data)
    return document, f"{document.get_absolute_url()}{post}/", data | {"revision": document.revision}


@pytest.mark.parametrize("post", POSTS)
def test_B3b_every_post_works_and_says_so(browser, cast, at, post):
    document, url, data = ready(cast, at, post)
    answer = browser.post(url, data, follow=True)
    assert (answer.status_code, [message.tags for message in answer.context["messages"]]) == (
        200,
        ["success"],
    )
    assert POSTS[post][3](Document.objects.get(pk=document.pk))


@pytest.mark.parametrize("post", POSTS)
def test_B3b_a_stranger_is_asked_to_sign_in(client, cast, at, post):
    document, url, data = ready(cast, at, post)
    assert client.post(url, data).headers["Location"].startswith("/login/")
    assert not POSTS[post][3](Document.objects.get(pk=document.pk))


@pytest.mark.parametrize("post", [post for post in POSTS if post != "read/1"])
def test_B3b_whoever_is_no_keeper_is_refused(browser, cast, at, post):
    document, url, data = ready(cast, at, post)
    browser.force_login(cast.clerk)
    assert browser.post(url, data).status_code == (404 if document.status == "draft" else 403)
    assert not POSTS[post][3](Document.objects.get(pk=document.pk))


def test_B3b_who_may_not_see_it_has_not_read_it(browser, cast, at):
    document = make_document(cast, at, readers=["assistant"])
    browser.force_login(cast.clerk)
    assert browser.post(f"{document.get_absolute_url()}read/1/").status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("post", [post for post in POSTS if POSTS[post][2]])
def test_B3b_the_wrong_state_is_refused_with_a_sentence(browser, cast, at, post):
    document = make_document(cast, at, POSTS[post][2])
    data = POSTS[post][1] | {"revision": document.revision}
    answer = browser.post(f"{document.get_absolute_url()}{post}/", data)
    assert (answer.status_code, Document.objects.get(pk=document.pk).revision) == (409, document.revision)


@pytest.mark.parametrize("post", ["publish", "withdraw", "edit", "remind"])
def test_B3b_a_stale_page_changes_nothing_and_keeps_what_was_typed(browser, cast, at, post):
    document, url, data = ready(cast, at, post)
    Document.objects.filter(pk=document.pk).update(revision=7)
    answer = browser.post(url, data)
    assert (answer.status_code, POSTS[post][3](Document.objects.get(pk=document.pk))) == (409, False)
    typed = [value for key, value in data.items() if key in ("reason", "title")]
    assert [value for value in typed if value not in answer.content.decode()] == []


def test_B3b_reading_an_older_version_is_refused(browser, cast, at):
    document = make_document(cast, at)
    actions.edit(document, by=cast.manager, at=at, kind="rules", title="甲", text="新", changed="改")
    actions.publish(document, by=cast.manager, at=at)
    assert browser.post(f"{document.get_absolute_url()}read/1/").status_code == 409
    assert not Reading.objects.exists()


def test_B3b_the_same_form_twice_is_one_document(browser):
    first, second = (browser.post("/documents/new/", WRITTEN | {"_once": "a"}) for _ in range(2))
    assert (
        first.headers["Location"] == second.headers["Location"] == Document.objects.get().get_absolute_url()
    )
    assert Version.objects.get().published_at is None
    assert not Notice.objects.exists(), "a draft is nobody's business"


@pytest.mark.parametrize("field", ["title", "kind", "text"])
def test_B3b_what_is_missing_is_said_and_the_rest_is_kept(browser, field):
    answer = browser.post("/documents/new/", WRITTEN | {field: ""})
    assert (answer.status_code, Document.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert [
        value
        for key, value in WRITTEN.items()
        if key in ("title", "text") and key != field and value not in page
    ] == []


def test_B3b_read_from_the_inbox_goes_back_there_and_the_notice_is_read(browser, cast, at):
    document = make_document(cast, at, must_roles=["clerk"])
    browser.force_login(cast.clerk)
    notice = Notice.objects.get(to=cast.clerk)
    assert browser.post(notice.answer_url, {"next": "notices"}).headers["Location"] == "/notices/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert Reading.objects.get().version.document == document


def test_B3b_files_are_for_who_sees_the_document_and_removal_says_why(browser, cast, at):
    document = make_document(cast, at, readers=["assistant"])
    base = document.get_absolute_url()
    assert browser.post(f"{base}files/", {}).status_code == 422
    assert browser.post(f"{base}files/", {"file": SimpleUploadedFile("a.exe", b"MZ" * 99)}).status_code == 422
    browser.post(f"{base}files/", {"file": SimpleUploadedFile("价目.jpg", image())})
    file = Attachment.objects.get()
    seen = {}
    for name in ("manager", "assistant", "clerk", "auditor"):
        browser.force_login(getattr(cast, name))
        seen[name] = browser.get(file.get_absolute_url()).status_code
    assert seen == {"manager": 200, "assistant": 200, "clerk": 404, "auditor": 200}
    away = f"{base}files/{file.pk}/remove/"
    tries = [
        (who, {"reason": reason})
        for who, reason in (("assistant", "旧"), ("manager", ""), ("manager", "旧"), ("manager", "旧"))
    ]
    found = []
    for who, data in tries:
        browser.force_login(getattr(cast, who))
        found.append(browser.post(away, data).status_code)
    assert found == [403, 422, 302, 404]
    assert Attachment.objects.get().removed_reason == "旧"


def test_B3b_who_sees_what(browser, cast, at):
    make_document(cast, at, title="公开的")
    make_document(cast, at, title="限岗位的", readers=["assistant"])
    make_document(cast, at, "draft", title="草稿的")
    make_document(cast, at, "withdrawn", title="废止的")
    words = ("公开的", "限岗位的", "草稿的", "废止的")
    seen = {}
    for name in ("clerk", "assistant", "stranger", "auditor", "manager"):
        browser.force_login(getattr(cast, name))
        pages = "".join(
            browser.get(f"/documents/?state={state}").content.decode() for state in ("", "withdrawn", "draft")
        )
        ok = [
            no
            for no in Document.objects.values_list("no", flat=True)
            if browser.get(f"/documents/{no}/").status_code == 200
        ]
        seen[name] = ([word for word in words if word in pages], len(ok))
    public, everything = ["公开的", "废止的"], list(words)
    assert seen == {
        "clerk": (public, 2), "stranger": (public, 2), "assistant": (["公开的", "限岗位的", "废止的"], 3),
        "auditor": (everything, 4), "manager": (everything, 4),
    }  # fmt: skip


def test_C3_a_search_shows_the_hit_and_what_is_near(browser, cast, at):
    browser.force_login(cast.clerk)
    make_document(cast, at)
    page = browser.get("/documents/?q=押金").content.decode()
    assert "装修<mark>押金</mark> 3000 元" in page and "二、押金" in page
    assert "没有一份文件里写着全部的词" in browser.get("/documents/?q=装修押金什么时候退").content.decode()
    assert "没有找到" in browser.get("/documents/?q=游泳").content.decode()
    assert "装修管理规定" in browser.get("/search/?q=押金").content.decode()
    make_document(cast, at, title="<script>", text="<b>押金</b> &amp;")
    assert (
        "&lt;b&gt;<mark>押金</mark>&lt;/b&gt; &amp;amp;" in browser.get("/documents/?q=押金").content.decode()
    )


def test_B3b_what_changed_and_the_print(browser, cast, at):
    document = make_document(cast, at)
    base = document.get_absolute_url()
    assert browser.get(f"{base}compare/").status_code == 404
    actions.edit(
        document, by=cast.manager, at=at, kind="rules", title="甲", text="一、施工时间\n改了", changed="时间"
    )
    assert "<del>" in browser.get(f"{base}compare/").content.decode()
    assert "草稿，未生效" in browser.get(f"{base}print/?v=2").content.decode()
    assert "10月21日起有效" in browser.get(f"{base}print/").content.decode()
    odd = [browser.get(f"{base}?v={v}").status_code for v in ("9", "x", "-1", "1\x00", "９")]
    assert odd == [404] * 5
    browser.force_login(cast.clerk)
    assert browser.get(f"{base}?v=2").status_code == 404, "the draft is the keepers'"


def test_B3b_workbooks_show_what_the_page_shows(browser, cast, at):
    document = make_document(cast, at, must_roles=["clerk"])
    actions.read(document, by=cast.clerk, at=at, number=1)
    rows = sheet(browser.get(f"{document.get_absolute_url()}readers.xlsx"))
    assert [row[:4] for row in rows[3:]] == [
        ("林晓雯", "客户服务部", "第 1 版", "已阅"), ("周宁", "客户服务部", "第 1 版", "未阅"),
    ]  # fmt: skip
    rows = sheet(browser.get("/documents/list.xlsx?q=押金"))
    assert [row[2] for row in rows[3:]] == ["装修管理规定"]
    browser.force_login(cast.clerk)
    assert browser.get(f"{document.get_absolute_url()}readers.xlsx").status_code == 403


def sheet(answer):
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("many", [1, 30])
def test_B3b_what_the_pages_cost(browser, cast, at, many):
    """The list: session, person, filter, rows, counts. A document: versions, readers, files, trail beside these."""
    for _ in range(many):
        document = make_document(cast, at, must_roles=["clerk"], must_departments=[cast.repairer.department])
    for index in range(many):
        reader = make_user(f"reader{index}", "clerk")
        actions.read(document, by=reader, at=at, number=1)
    urls = {"list": "/documents/", "search": "/documents/?q=押金", "one": document.get_absolute_url()}
    found = {}
    for who, page in COST:
        browser.force_login(getattr(cast, who))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(urls[page]).status_code == 200
        found[who, page] = len(queries)
    assert found == COST


COST = {
    ("manager", "list"): 5, ("manager", "search"): 5, ("manager", "one"): 8, ("clerk", "list"): 5, ("clerk", "search"): 5,
    ("clerk", "one"): 8,
}  # fmt: skip


def test_B3b_the_admin_publishes_by_the_same_action(browser, cast, at):
    browser.force_login(cast.admin)
    draft, done = make_document(cast, at, "draft"), make_document(cast, at)
    browser.post(
        "/admin/core/document/", {"action": "publish_drafts", "_selected_action": [draft.pk, done.pk]}
    )
    assert Version.objects.get(document=draft).published_by == cast.admin
    page = browser.get(f"/admin/core/document/{draft.pk}/change/")
    assert (page.status_code, b'name="_save"' in page.content) == (200, False)


HOSTILE = {
    "/documents/": ("q", "kind", "state", "before", "kept"), "/documents/list.xlsx": ("q", "kind", "state"),
}  # fmt: skip
VALUES = ("\x00", "9" * 5000, "%\\", "😀~1", "押" * 9000)


def test_B3b_no_question_and_no_field_breaks_a_page(browser, cast, at):
    document = make_document(cast, at, must_roles=["clerk"])
    found = [
        (url, name, value[:9]) for url, names in HOSTILE.items() for name in names for value in VALUES
        if browser.get(url, {name: value}).status_code >= 500
    ]  # fmt: skip
    base = document.get_absolute_url()
    fields = {"new/": (*WRITTEN, "department", "readers", "must_departments"), f"{document.no}/publish/": ("valid_from", "revision"),
              f"{document.no}/withdraw/": ("reason", "revision"), f"{document.no}/edit/": ("revision",)}  # fmt: skip
    before = Document.objects.count()
    for path, names in fields.items():
        for name in names:
            for value in (*VALUES, "0001-01-01", "9999-12-31", "-1"):
                status = browser.post(f"/documents/{path}", WRITTEN | {name: value}).status_code
                found += [(path, name, value[:9], status)] if status >= 500 else []
    assert found == []
    assert browser.get(base).status_code == 200
    assert Document.objects.count() >= before
    odd = [browser.post(f"/documents/{no}/publish/").status_code for no in ("x", "%00", "9" * 60)]
    assert (odd, browser.post(f"{base}bomb/").status_code) == ([404] * 3, 404)
