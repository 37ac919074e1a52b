"""Small things a person's hands do that Playwright has no word for."""

from __future__ import annotations

from playwright.sync_api import Page


def choose(page: Page, label: str, words: str) -> None:
    """Pick the option whose text contains `words` from the list labelled `label`."""
    box = page.get_by_label(label)
    box.select_option(value=box.locator("option", has_text=words).first.get_attribute("value"))
