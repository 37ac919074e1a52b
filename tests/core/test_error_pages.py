"""Errors are pages of ours: what failed, what to do, a way on."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from reception.core.flow import Refused
from reception.core.web.refusals import RefusedMiddleware
from reception.home import views

pytestmark = pytest.mark.django_db


def asked(user=None, path="/x/", **headers):
    request = RequestFactory().get(path, headers=headers)
    if user:
        request.user = user
    return request


def test_an_unknown_address_is_404_inside_the_frame(client, cast, login):
    answer = login(client, cast.clerk).get("/nowhere/")
    page = answer.content.decode()
    assert (answer.status_code, "没有这一页" in page, "主导航" in page) == (404, True, True)


def test_an_unknown_address_is_404_for_a_stranger_too(client, db):
    answer = client.get("/nowhere/")
    page = answer.content.decode()
    assert (answer.status_code, "没有这一页" in page, "主导航" in page) == (404, True, False)


def test_the_loaders_sentence_is_on_the_page(cast):
    answer = views.not_found(asked(cast.clerk), Http404("没有找到这张维修单。"))
    assert "没有找到这张维修单。" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(PermissionDenied(), "您的岗位不能打开这一页"), (PermissionDenied("请找郑维"), "请找郑维")],
)
def test_403_says_whom_to_ask(cast, error, sentence):
    answer = views.forbidden(asked(cast.clerk), error)
    assert (answer.status_code, sentence in answer.content.decode()) == (403, True)


def test_more_fields_than_any_form_has_is_a_page_too(cast):
    answer = Client().post("/login/", {f"x{number}": "" for number in range(4001)})
    assert (answer.status_code, "送来的内容读不了" in answer.content.decode()) == (400, True)


def test_another_houses_name_is_refused_in_our_words(cast, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = Client().get("/login/", headers={"host": "elsewhere.test"})
    page = answer.content.decode()
    assert (answer.status_code, "送来的内容读不了" in page, "elsewhere" in page) == (400, True, False)


def test_a_form_without_its_token_says_that_the_text_is_kept(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    answer = client.post("/notices/read/", headers={"referer": "http://testserver/notices/?before=x"})
    page = answer.content.decode()
    assert (answer.status_code, "留在本机" in page) == (403, True)
    assert 'href="/notices/?before=x"' in page


def test_the_way_back_never_leaves_the_house(cast):
    page = views.csrf_failure(asked(cast.clerk, referer="http://elsewhere.test/x")).content.decode()
    assert "elsewhere" not in page


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [("forbidden", 403, "您不能这样办"), ("stale", 409, "看最新情况"), ("invalid", 422, "返回修改")],
)
def test_a_refusal_nobody_caught_is_a_page(cast, code, status, words):
    answer = RefusedMiddleware(lambda request: None).process_exception(  # type: ignore[arg-type, return-value]
        asked(cast.clerk, referer="http://testserver/todo/"), Refused(code, "别人先办了。")
    )
    page = answer.content.decode()
    assert (answer.status_code, "别人先办了。" in page, words in page) == (status, True, True)
    assert 'href="/todo/"' in page


def test_a_failure_has_a_number_that_stands_in_the_log(caplog, django_assert_num_queries):
    with caplog.at_level(logging.ERROR, logger="reception"), django_assert_num_queries(0):
        answer = views.server_error(asked(path="/desk/"))
    page = answer.content.decode()
    number = caplog.messages[0].split()[0]
    assert (answer.status_code, number.startswith("E-"), number in page) == (500, True, True)
    assert caplog.messages[0].endswith("GET /desk/")
