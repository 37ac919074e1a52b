"""The pictures in README, taken from the running demo: `.venv/bin/python -m tests.journeys.pictures`."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.browser import ARGS, Visitor, chromium
from tests.journeys.house import House, build_demo, open_house
from tools.serve import ROOT

FOLDER = ROOT / "docs" / "img"


def reception(house: House) -> str:
    """The number of a reception that is being prepared, with the most people coming."""
    with sqlite3.connect(house.database) as connection:
        found = connection.execute(
            "SELECT no FROM visits_reception r JOIN core_user u ON u.id = r.applicant_id"
            " WHERE status = 'preparing' AND username = 'sales' ORDER BY headcount DESC, r.id LIMIT 1"
        ).fetchone()
    return found[0]


def main() -> None:
    """Open the demo, sign in as who works there, photograph."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        with open_house(build_demo(Path(folder)), Path(folder)) as house:
            views = {
                "desk.png": ("clerk", 1440, "/desk/"),
                "reception.png": ("sales", 1440, f"/visits/requests/{reception(house)}/"),
            }
            for name, (who, width, path) in views.items():
                visitor = Visitor(browser, house.url, width).sign_in(who)
                visitor.page.goto(path)
                visitor.page.wait_for_timeout(500)
                visitor.page.screenshot(path=FOLDER / name)
                visitor.context.close()
        browser.close()


if __name__ == "__main__":
    main()
