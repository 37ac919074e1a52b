"""The frame: what stands in the rail for whom, counts, theme, search, inbox, health."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reception.core.notices import tell
from reception.core.notices.models import Notice
from reception.home import views_pages
from reception.home.rail import RAIL, rail_for
from tests.house.code import ROOT

pytestmark = pytest.mark.django_db
RAILS = {
    "gm": "待办 总览 接待 客户 资源 资料 任务 突发 文件 看板 报表 后台",
    "sales": "待办 接待 客户 资源 资料 任务 文件",
    "sales_head": "待办 接待 客户 资源 资料 任务 文件",
    "reception": "待办 总览 接待 客户 资源 资料 任务 文件",
    "office": "待办 总览 接待 客户 资源 资料 任务 文件",
    "clerk": "前台 待办 报修 访客 查询 投诉 其他 突发 电话 汇总 房号 文件 看板 报表",
    "assistant": "前台 待办 报修 访客 查询 投诉 其他 突发 电话 汇总 房号 文件 看板 报表",
    "repairer": "我的单 待办 文件",
    "manager": "前台 待办 报修 访客 查询 投诉 其他 突发 电话 汇总 更正 房号 文件 看板 报表",
    "director": "前台 待办 报修 访客 查询 投诉 其他 突发 电话 汇总 更正 房号 文件 看板 报表",
    "auditor": "前台 待办 总览 接待 客户 资源 资料 报修 访客 查询 投诉 其他 突发 电话 汇总 更正 房号 文件 看板 报表",
    "admin": "待办 更正 房号 文件 后台",
    "stranger": "待办 文件",
}


@pytest.mark.parametrize(("who", "labels"), RAILS.items())
def test_the_rail_shows_what_a_role_may_open(client, cast, login, who, labels):
    user = getattr(cast, who)
    items = rail_for(user, "/todo/", 0)
    assert " ".join(item.label for item in items) == labels
    login(client, user)
    opened = {item.label: client.get(item.url, follow=True).status_code for item in items}
    assert opened == dict.fromkeys(labels.split(), 200)


def test_a_phones_bar_holds_five_and_no_page_is_lost(client, cast, login):
    for who, kept in (("clerk", 4), ("repairer", 3)):
        items = rail_for(getattr(cast, who), "/helpdesk/calls/", 0)
        assert len([item for item in items if not item.rest]) == kept
    page = login(client, cast.clerk).get("/helpdesk/calls/").content.decode()
    more = page.split("更多</summary>")[1].split("</details>")[0]
    assert re.findall(r'<a href="([^"]+)"', more) == [
        item.url for item in rail_for(cast.clerk, "/", 0) if item.rest
    ]
    assert '<summary aria-current="true">' in page


def test_no_entry_of_the_rail_is_dead():
    assert all(reverse(entry.name).startswith("/") for entry in RAIL)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/visits/requests/JD-2026-0001/", "接待"),
        ("/visits/tasks/", "任务"),
        ("/todo/", "待办"),
        ("/x/", None),
    ],
)
def test_the_rail_marks_where_one_is(cast, path, label):
    assert next((i.label for i in rail_for(cast.sales, path, 0) if i.current), None) == label


@pytest.mark.parametrize(
    ("cookie", "theme"),
    [(None, "light"), ("dark", "dark"), ("auto-dark", "dark"), ("auto-light", "light"), ('"><b>', "light")],
)
def test_the_first_paint_has_the_right_theme(client, cast, login, cookie, theme):
    if cookie:
        client.cookies["theme"] = cookie
    page = login(client, cast.sales).get("/notices/").content.decode()
    assert re.search(r'<html lang="zh-CN" data-bs-theme="(\w+)">', page)[1] == theme  # type: ignore[index]


def test_the_frame_shows_who_one_is_and_what_is_unread(client, cast, login, at):
    tell([cast.clerk], title="一条", url="/todo/", at=at)
    page = login(client, cast.clerk).get("/search/").content.decode()
    assert 'aria-label="林晓雯，账户"' in page
    assert 'aria-label="消息，1 条未读"' in page
    assert "前台接待员" in page


@pytest.mark.parametrize("who", ["clerk", "sales", "gm", "manager", "auditor"])
def test_the_frame_costs_few_queries(client, cast, login, who):
    """Session, person with their roles, everything counted."""
    login(client, getattr(cast, who)).get("/search/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/")
    assert len(asked) == 3


# --- 消息 -----------------------------------------------------------------------------------------------------


def notice(user, at, url: str = "/todo/", title: str = "有事") -> Notice:
    tell([user], title=title, url=url, at=at)
    return Notice.objects.latest("pk")


def unread(user) -> int:
    return Notice.objects.filter(to=user, read_at=None).count()


@pytest.mark.parametrize(
    ("url", "led"),
    [
        ("/todo/", "/todo/"),
        ("https://elsewhere.test/", "/notices/"),
        ("//elsewhere.test/", "/notices/"),
        ("javascript:alert(1)", "/notices/"),
        ("", "/notices/"),
    ],
)
def test_opening_a_notice_reads_it_and_stays_in_the_house(client, cast, login, at, url, led):
    one = notice(cast.clerk, at, url)
    answer = login(client, cast.clerk).get(f"/notices/{one.pk}/")
    assert (answer.status_code, answer["Location"], unread(cast.clerk)) == (302, led, 0)


def test_somebody_elses_notice_does_not_exist(client, cast, login, at):
    one = notice(cast.clerk, at)
    assert login(client, cast.sales).get(f"/notices/{one.pk}/").status_code == 404
    assert unread(cast.clerk) == 1


@pytest.mark.parametrize("number", ["0", "999999999999999999999999"])
def test_a_notice_that_never_was_is_a_readable_404(client, cast, login, number):
    answer = login(client, cast.clerk).get(f"/notices/{number}/")
    assert (answer.status_code, "没有找到这张通知" in answer.content.decode()) == (404, True)


def test_all_notices_are_read_at_once(client, cast, login, at):
    for person in (cast.clerk, cast.clerk, cast.sales):
        notice(person, at)
    answer = login(client, cast.clerk).post("/notices/read/", follow=True)
    assert "2 条消息已标为已读" in answer.content.decode()
    assert (unread(cast.clerk), unread(cast.sales)) == (0, 1)


def test_reading_all_twice_is_no_error(client, cast, login):
    page = login(client, cast.clerk).post("/notices/read/", follow=True).content.decode()
    assert "没有未读消息" in page


def test_reading_all_needs_a_post_and_a_person(client, cast, login):
    assert client.post("/notices/read/")["Location"] == "/login/?next=/notices/read/"
    assert login(client, cast.clerk).get("/notices/read/").status_code == 405


def test_the_inbox_is_newest_first_and_paged(client, cast, login, at):
    for minute in range(51):
        notice(cast.clerk, at + timedelta(minutes=minute), title=f"第{minute:02d}条")
    page = login(client, cast.clerk).get("/notices/").content.decode()
    assert re.findall(r"第\d\d条", page) == [f"第{n:02d}条" for n in range(50, 0, -1)]
    older = re.search(r'href="(\?before=[^"]+)"', page)[1]  # type: ignore[index]
    assert re.findall(r"第\d\d条", client.get(f"/notices/{older}").content.decode()) == ["第00条"]


@pytest.mark.parametrize(
    ("page", "words"), [("/notices/", "还没有消息"), ("/todo/", "都办完了"), ("/search/", "想找什么")]
)
def test_an_empty_page_says_what_would_stand_there(client, cast, login, page, words):
    assert words in login(client, cast.stranger).get(page).content.decode()


# --- search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["无此物", "\x00", "%", "'; drop table", "远" * 500, "\ud83d"])
def test_search_finds_nothing_without_falling(client, cast, login, words):
    page = login(client, cast.auditor).get("/search/", {"q": words.encode("utf-8", "replace")})
    assert page.status_code == 200


def test_what_was_searched_stays_in_the_box_escaped(client, cast, login):
    page = login(client, cast.sales).get("/search/", {"q": '"><script>'}).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "没有找到" in page


# --- health ---------------------------------------------------------------------------------------------------


def test_health_asks_the_database(client):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json(), len(asked)) == (200, {"ok": True, "database": "up"}, 1)


def test_health_says_when_the_database_is_down(client, monkeypatch):
    class Down:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(views_pages, "connection", Down())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": "down"})


def test_the_first_page_of_somebody_without_a_role_is_todo(client, cast, login):
    assert login(Client(), cast.stranger).get("/")["Location"] == "/todo/"


# --- weight ---------------------------------------------------------------------------------------------------


def test_our_css_stays_small(client, cast, login):
    """Own CSS of an ordinary page, raw: 25 KB."""
    page = login(client, cast.sales).get("/todo/").content.decode()
    sheets = re.findall(r'href="/static/(css/[\w.]+)"', page)
    assert sheets == ["css/tokens.css", "css/base.css", "css/components.css"]
    assert sum((ROOT / "static" / sheet).stat().st_size for sheet in sheets) <= 25_000
