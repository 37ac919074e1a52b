"""The harness itself: it must see what is wrong, or its silence proves nothing."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import Visitor, barriers, sideways

PAGE = """<!doctype html><html lang="zh-CN"><title>x</title><main><h1>x</h1>{}</main></html>"""


@pytest.fixture
def show(browser: Browser):
    """`show(html, policy)`: a page of one's own, as if a server had sent it."""
    opened = []

    def shown(body: str, policy: str = "default-src 'none'; style-src 'self'", status: int = 200) -> Visitor:
        opened.append(visitor := Visitor(browser, "http://house.test"))
        visitor.page.route(
            "http://house.test/**",
            lambda route: route.fulfill(
                status=status,
                body=PAGE.format(body),
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": policy},
            ),
        )
        visitor.page.goto("/")
        visitor.page.wait_for_timeout(50)
        return visitor

    yield shown
    for visitor in opened:
        visitor.context.close()


def test_a_sound_page_is_calm(show):
    visitor = show("<p>好</p>")
    assert (visitor.findings.lines, barriers(visitor.page), sideways(visitor.page)) == ([], [], [])


def test_an_inline_style_is_seen_as_a_policy_violation(show):
    lines = show('<p style="color:red">x</p>').findings.lines
    assert any(line.startswith("console error: CSP style-src") for line in lines)


def test_a_script_that_throws_is_seen(show):
    lines = show("<script>null.x</script>", "default-src 'unsafe-inline'").findings.lines
    assert any(line.startswith("script: ") for line in lines)


def test_a_server_error_is_seen_and_a_refusal_is_not(show):
    assert [line.split(" ", 1)[0] for line in show("x", status=500).findings.lines] == ["500"]
    assert show("x", status=422).findings.lines == []


def test_a_barrier_is_seen(show):
    assert [line.split(":")[0] for line in barriers(show("<input>").page)] == ["label"]


def test_a_page_that_can_be_pushed_sideways_is_seen(show):
    visitor = show("<p>x</p>")
    visitor.page.evaluate("document.querySelector('p').style.width = '5000px'")
    assert len(sideways(visitor.page)) == 1
