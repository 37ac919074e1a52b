"""A person's browser that notices everything a person should never meet: errors, refused styles, barriers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HEIGHTS = {1440: 900, 1024: 768, 375: 812}
WIDTHS = tuple(HEIGHTS)
THEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Answers that a refused form gives on purpose; a test that expects one looks at the page itself.
REFUSALS = {403, 404, 409, 422}
WATCH_POLICY = """document.addEventListener('securitypolicyviolation', e =>
  console.error('CSP ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber))"""


# How long a busy machine may take to answer, in milliseconds: only a failure waits as long.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """The machine's own Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@dataclass
class Findings:
    """What went wrong on a page while somebody used it."""

    lines: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """Errors and warnings of the page; a failed load is judged by its response instead."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.lines.append(f"console {message.type}: {message.text}")

    def crash(self, error: Exception) -> None:
        """A script that threw."""
        self.lines.append(f"script: {error}")

    def answer(self, response: Response) -> None:
        """5xx anywhere; 4xx where it is no deliberate refusal of a page or a form."""
        asked = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and not (asked and response.status in REFUSALS)):
            self.lines.append(f"{response.status} {response.request.method} {response.url}")

    def failure(self, request: Request) -> None:
        """A request without an answer, unless the person simply went on."""
        if request.failure != "net::ERR_ABORTED":
            self.lines.append(f"no answer: {request.url} {request.failure}")


class Visitor:
    """One person at one browser window: `page` to act on, `findings` of everything since it was opened."""

    def __init__(self, browser: Browser, url: str, width: int = 1440) -> None:
        phone = width < 500
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(WATCH_POLICY)
        self.findings = Findings()
        self.context.on("console", self.findings.console)
        self.context.on("weberror", lambda error: self.findings.crash(error.error))
        self.context.on("response", self.findings.answer)
        self.context.on("requestfailed", self.findings.failure)
        self.page: Page = self.context.new_page()

    def sign_in(self, username: str, password: str = "demo") -> Visitor:
        """Through the sign-in form, as a person does."""
        self.page.goto("/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        return self


def set_theme(page: Page, theme: str) -> None:
    """As the switch in the top bar does; `reduced_motion` leaves no transition to wait for."""
    page.emulate_media(color_scheme=theme)
    page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA on the page as it stands."""
    # Without preload: axe would write a page's imported sheets inline, which our policy rightly refuses.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
        if one["id"] != "target-size" or too_small(page, node["target"][0])
    ]


def too_small(page: Page, target: str) -> bool:
    """Whether it stays too small in the middle of the window: half under a bar that floats is a matter of scrolling."""
    page.locator(target).evaluate("one => one.scrollIntoView({ block: 'center' })")
    options = {"runOnly": {"type": "rule", "values": ["target-size"]}, "preload": False}
    return bool(Axe().run(page, context=target, options=options).response["violations"])


def sideways(page: Page) -> list[str]:
    """Whether the page can be pushed sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"wider than the window: {wide} > {room}"] if wide > room + 1 else []


def looks(page: Page, themes: tuple[str, ...], widths: tuple[int, ...]) -> Iterator[str]:
    """Findings of every theme at every width."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        for theme in themes:
            set_theme(page, theme)
            yield from (f"{page.url} {width} {theme} {line}" for line in barriers(page) + sideways(page))
    set_theme(page, themes[0])
    if before:
        page.set_viewport_size(before)


def calm(visitor: Visitor, *, themes: tuple[str, ...] = THEMES, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that nothing is wrong with the page now, and nothing went wrong on the way here."""
    found = visitor.findings.lines + list(looks(visitor.page, themes, widths))
    # Said by hand: pytest explains comparisons in test modules only.
    assert found == [], "\n".join(found)
