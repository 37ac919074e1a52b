"""One demo database for all journeys, a fresh copy of it served for each, and people with browsers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import ARGS, Visitor, chromium
from tests.journeys.house import House, open_house, shared_demo

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PICTURES = Path(__file__).resolve().parents[2] / "test-results"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Leave the outcome on the test, for the fixture that photographs failures."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    program = chromium()
    if program is None:
        pytest.skip("没有 Chromium · no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, loaded once, whether one process runs the journeys or several do."""
    base = tmp_path_factory.getbasetemp()
    return shared_demo((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo")


@pytest.fixture
def house(demo: Path, tmp_path: Path) -> Iterator[House]:
    """An open house with the demo in it, for this journey alone."""
    with open_house(demo, tmp_path) as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`visit("clerk", width=375)`: that person, signed in, in a window of their own; None stays outside."""
    visitors: list[Visitor] = []

    def enter(username: str | None, width: int = 1440) -> Visitor:
        visitors.append(visitor := Visitor(browser, house.url, width))
        return visitor.sign_in(username) if username else visitor

    yield enter
    for number, visitor in enumerate(visitors):
        if request.node.stash.get(FAILED, False):
            PICTURES.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name)
            visitor.page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
        visitor.context.close()
