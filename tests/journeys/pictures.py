"""The pictures of README and of the manual, taken from the running demo: `.venv/bin/python -m tests.journeys.pictures`.

With a word, only those whose name holds it: `… pictures decide`.
"""

from __future__ import annotations

import io
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.journeys.browser import ARGS, Visitor, chromium
from tests.journeys.house import House, build_demo, open_house
from tools.serve import ROOT

FOLDER = ROOT / "docs" / "img"
COLOURS = 96  # of a picture of the manual: calm pages need no more
WIDE, PHONE = 1280, 375


@dataclass(frozen=True)
class View:
    """A picture: of which page, by whom, how wide; `act` brings the page to where it is photographed."""

    name: str
    who: str
    path: str
    width: int = WIDE
    act: Callable[[Page], None] | None = None


def nothing(page: Page) -> None:
    """The page as it opens."""


def press(word: str) -> Callable[[Page], None]:
    """Press the button, link or fold of that name."""

    def act(page: Page) -> None:
        page.get_by_text(word, exact=True).first.click()
        page.wait_for_load_state()

    return act


def below(selector: str) -> Callable[[Page], None]:
    """Down to that part of the page."""
    return lambda page: page.locator(selector).first.evaluate("one => one.scrollIntoView()")


def needs(page: Page) -> None:
    """The form with two needs unfolded."""
    for word in ("用餐", "住宿"):
        page.locator("label", has_text=word).first.click()
    page.evaluate("window.scrollTo(0, 0)")


def one(house: House, sql: str) -> str:
    """The first value of the first row."""
    with sqlite3.connect(house.database) as connection:
        found = connection.execute(sql).fetchone()
    assert found, sql
    return str(found[0])


def reception(house: House, status: str, more: str = "") -> str:
    """The page of a reception of `sales` in that state, with the most people coming."""
    no = one(
        house,
        "SELECT no FROM visits_reception r JOIN core_user u ON u.id = r.applicant_id"
        f" WHERE status = '{status}' AND username = 'sales' {more} ORDER BY headcount DESC, r.id LIMIT 1",
    )
    return f"/visits/requests/{no}/"


def views(house: House) -> list[View]:
    """Every picture, in the order of README and the manual."""
    coming, waiting = reception(house, "preparing"), reception(house, "pending")
    task = one(
        house, "SELECT id FROM visits_task WHERE duty LIKE '会议室%' AND status = 'todo' ORDER BY due_at"
    )
    customer = one(house, "SELECT customer_id FROM visits_gift GROUP BY 1 ORDER BY count(*) DESC, 1")
    return [
        View("desk", "clerk", "/desk/", 1440),
        View("reception", "sales", coming, 1440),
        View("manual/list", "sales", "/visits/requests/"),
        View("manual/apply", "sales", "/visits/requests/new/", act=needs),
        View("manual/show", "sales", coming),
        View("manual/todo-phone", "gm", "/todo/", PHONE),
        View("manual/decide", "gm", f"{waiting}decide/"),
        View("manual/decide-phone", "gm", f"{waiting}decide/", PHONE),
        View("manual/delegations", "gm", "/delegations/"),
        View("manual/absences", "vgm", "/visits/absences/"),
        View("manual/change", "sales", coming, act=press("发起变更")),
        View("manual/cancel", "sales", f"{coming}cancelling/"),
        View("manual/tasks", "general", "/visits/tasks/"),
        View("manual/task-phone", "general", f"/visits/tasks/{task}/", PHONE),
        View("manual/ready", "sales", f"{coming}ready/"),
        View("manual/briefing-phone", "vgm", f"{coming}briefing/", PHONE),
        View("manual/itinerary", "sales", f"{coming}itinerary/"),
        View("manual/welcome", "general", f"{coming}welcome/"),
        View("manual/costs", "sales", f"{reception(house, 'auditing')}costs/"),
        View("manual/costs-report", "office", "/visits/costs/"),
        View("manual/customers", "office", "/visits/customers/"),
        View("manual/customer", "office", f"/visits/customers/{customer}/"),
        View("manual/templates", "admin", "/visits/tasks/templates/"),
        *desk_views(house),
    ]


def newest(house: House, table: str, status: str) -> str:
    """The page of the newest record of the desk in that state."""
    no = one(house, f"SELECT no FROM helpdesk_{table} WHERE status = '{status}' ORDER BY id DESC")
    nouns = {
        "complaint": "complaints",
        "emergency": "emergencies",
        "enquiry": "enquiries",
        "repair": "repairs",
    }
    return f"/helpdesk/{nouns[table]}/{no}/"


def desk_views(house: House) -> list[View]:
    """Every picture of the chapter 前台."""
    complaint = newest(house, "complaint", "verified")
    late = one(house, "SELECT subject_id FROM core_clock WHERE subject_kind = 'helpdesk.complaint'"
               " AND breached_at IS NOT NULL ORDER BY id DESC")  # fmt: skip
    return [
        View("manual/desk", "clerk", "/desk/"),
        View("manual/calls", "clerk", "/helpdesk/calls/"),
        View("manual/enquiry", "clerk", newest(house, "enquiry", "recorded")),
        View("manual/call-backs", "manager", "/helpdesk/enquiries/promises/"),
        View("manual/repair", "clerk", newest(house, "repair", "finished")),
        View("manual/my-repairs-phone", "repairer", "/helpdesk/my/", PHONE),
        View("manual/complaint", "manager", complaint),
        View("manual/emergency", "clerk", newest(house, "emergency", "handling")),
        View("manual/visitor-new", "clerk", "/helpdesk/visitors/new/"),
        View("manual/matter-new", "clerk", "/helpdesk/matters/new/"),
        View("manual/correct", "manager", complaint.replace("complaints", "corrections") + "?field=customer"),
        View("manual/why", "manager", f"/clocks/helpdesk.complaint/{late}/"),
    ]


def save(data: bytes, place: Path, colours: int | None) -> None:
    """The screenshot as a small PNG."""
    place.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    (picture.quantize(colours, dither=Image.Dither.NONE) if colours else picture).save(place, optimize=True)


def take(browser: object, house: House, view: View) -> None:
    """Sign in, go there, photograph."""
    visitor = Visitor(browser, house.url, view.width).sign_in(view.who)  # type: ignore[arg-type]
    answer = visitor.page.goto(view.path)
    assert answer and answer.status == 200, (view, answer and answer.status)
    (view.act or nothing)(visitor.page)
    visitor.page.wait_for_timeout(500)
    save(visitor.page.screenshot(), FOLDER / f"{view.name}.png", COLOURS if "/" in view.name else None)
    visitor.context.close()


def main(word: str = "") -> None:
    """Open the demo, sign in as who works there, photograph."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        with open_house(build_demo(Path(folder)), Path(folder)) as house:
            for view in views(house):
                if word in view.name:
                    take(browser, house, view)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
