"""Every kind of page that a link leads to, for every login: no barrier, no refused style, no script error."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.journeys.browser import THEMES, WIDTHS, Visitor, looks

# The oldest rights first: who meets a kind of page first stands for the others of the group. Two groups, for two
# processes walk at once, each with the spaces whose pages it has to meet; what both meet is looked at twice.
GROUPS = {
    ("clerk", "manager", "repairer", "auditor"): {"helpdesk", "desk", "board", "clock", "exports"},
    ("sales", "gm", "tech", "reception"): {"home", "visits", "documents"},
}
# Kinds of page that links lead to in the demo: who takes a link away sees it here.
PAGES = {
    f"{space}:{name}"
    for space, names in {
        "home": "todo started done copied notices search delegations",
        "visits": "desk request_list request request_new request_edit request_print request_cancel decide copies change"
        " briefing itinerary itinerary_edit plan_print place_cards badges welcome screen screens ready absences calendar"
        " task_list task task_add task_templates row_book costs costs_print cost_correct costs_report report report_print report_rows standards"
        " standards_print customer_list customer customer_new customer_edit customer_import promise promise_list"
        " meeting_list meeting meeting_edit meeting_agenda meeting_people meeting_handouts meeting_seats meeting_plan meeting_tents meeting_cards meeting_guide"
        " material_list material material_new material_edit material_handed material_certificates reception_materials resource_board resource_list resource_find resource resource_new resource_edit resource_book booking",
        "helpdesk": "call_list call call_print begun_list correction_list repair_list repair_board repair repair_print repair_record my_repairs field field_invite report report_rows emergency_list emergency"
        " emergency_print enquiry_list enquiry enquiry_new enquiry_print call_backs complaint_list complaint complaint_print"
        " visitor_list visitor visitor_print visitor_new visitors_inside"
        " matter_list matter matter_new matter_print matter_praise collective_list collective collective_print directory unit company_list company company_new unit_import handed_list handed handed_edit handed_print day_list day day_print book_list book book_blank",
        "documents": "document_list document document_new document_edit document_compare document_print"
        " document_step document_templates document_fill document_unread",
        "desk": "desk",
        "board": "board receptions wall",
        "clock": "why",
        "exports": "export_list",
    }.items()
    for name in names.split()
}
# An SVG link's href is no text: read as it is written.
LINKS = "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), document.baseURI).href)"


def kind(url: str) -> str:
    """The URL's name; "" for what is no page of ours: the stock admin, files, signing out."""
    path = urlsplit(url).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if name.startswith(("admin:", "files:")) or name.endswith(("logout", "xlsx")) else name


def fetched(visitor: Visitor, url: str) -> tuple[int, list[str]]:
    """What the address answers to this person, and where its links lead."""
    answer = visitor.page.context.request.get(url)
    links = re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', answer.text())
    return answer.status, [urljoin(answer.url, unescape(link)) for link in links]


def walk(visitor: Visitor, seen: set[str]) -> list[str]:
    """Follow links to one page of each kind; look closely at the kinds that nobody has seen yet."""
    findings, waiting, been = [], [visitor.page.url], set[str]()
    host = urlsplit(visitor.page.url).netloc
    while waiting:
        url = waiting.pop(0)
        if (name := kind(url)) in been or not name:
            continue
        been.add(name)
        if name in seen:
            # Somebody looked at this kind already: what it answers and where it leads is enough, without drawing it.
            status, links = fetched(visitor, url)
        else:
            answer = visitor.page.goto(url)
            status, links = answer and answer.status, visitor.page.evaluate(LINKS)
            findings += looks(visitor.page, THEMES, WIDTHS)
        if status != 200:
            findings.append(f"{url}: {status}")
        waiting += [link for link in links if urlsplit(link).netloc == host]
    seen |= been
    return findings


def test_the_sign_in_page(visit):
    visitor = visit(None)
    visitor.page.goto("/login/")
    assert [*looks(visitor.page, THEMES, WIDTHS), *visitor.findings.lines] == []


def space(page: str) -> str:
    """The part of the house that a kind of page belongs to; of the documents, the desk's scripts have versions."""
    return "desk" if page == "documents:document_compare" else page.partition(":")[0]


@pytest.mark.parametrize("logins", GROUPS, ids="-".join)
def test_every_kind_of_page(visit, logins):
    seen: set[str] = set()
    found = []
    for login in logins:
        visitor = visit(login)
        found += [f"{login}: {line}" for line in walk(visitor, seen) + visitor.findings.lines]
    assert found == [], "\n".join(found)
    assert {page for page in PAGES if space(page) in GROUPS[logins]} - seen == set()


def test_every_space_has_its_group():
    assert set(map(space, PAGES)) == set().union(*GROUPS.values())
