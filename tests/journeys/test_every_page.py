"""Every kind of page that a link leads to, for every login: no barrier, no refused style, no script error."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.browser import THEMES, WIDTHS, Visitor, looks

# The oldest rights first: who meets a kind of page first stands for everybody.
LOGINS = ("clerk", "manager", "sales", "gm", "tech", "reception", "repairer", "auditor")
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"


def kind(url: str) -> str:
    """The URL's name; "" for what is no page of ours: the stock admin, files, signing out."""
    path = urlsplit(url).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if name.startswith(("admin:", "files:")) or name.endswith(("logout", "xlsx")) else name


def walk(visitor: Visitor, seen: set[str]) -> list[str]:
    """Follow links to one page of each kind; look closely at the kinds that nobody has seen yet."""
    findings, waiting, been = [], [visitor.page.url], set[str]()
    host = urlsplit(visitor.page.url).netloc
    while waiting:
        url = waiting.pop(0)
        if (name := kind(url)) in been or not name:
            continue
        been.add(name)
        answer = visitor.page.goto(url)
        if answer is None or answer.status != 200:
            findings.append(f"{url}: {answer and answer.status}")
        if name not in seen:
            findings += looks(visitor.page, THEMES, WIDTHS)
        waiting += [link for link in visitor.page.evaluate(LINKS) if urlsplit(link).netloc == host]
    seen |= been
    return findings


def test_the_sign_in_page(visit):
    visitor = visit(None)
    visitor.page.goto("/login/")
    assert [*looks(visitor.page, THEMES, WIDTHS), *visitor.findings.lines] == []


def test_every_kind_of_page(visit):
    seen: set[str] = set()
    found = []
    for login in LOGINS:
        visitor = visit(login)
        found += [f"{login}: {line}" for line in walk(visitor, seen) + visitor.findings.lines]
    assert found == []
    assert {
        "visits:request_list",
        "visits:request",
        "visits:decide",
        "helpdesk:repair",
        "desk:desk",
        "home:todo",
    } <= seen


def test_the_guests_page(visit):
    """The one page of the wing for people who do not sign in: found by the link that the office shows."""
    office, guest = visit("office"), visit(None, width=375)
    office.page.goto("/visits/requests/?status=settling")
    office.page.goto(office.page.evaluate("document.querySelector('main .items a').href") + "satisfaction/")
    address = office.page.get_by_label("链接").input_value()
    guest.page.goto(address)
    assert [
        *looks(office.page, THEMES, WIDTHS),
        *looks(guest.page, THEMES, WIDTHS),
        *guest.findings.lines,
    ] == []
    guest.page.goto(address)
    guest.page.locator("input[name=overall][value='5']").check(force=True)
    guest.page.get_by_role("button", name="提交评价").click()
    guest.page.get_by_text("已收到您的评价").wait_for()
