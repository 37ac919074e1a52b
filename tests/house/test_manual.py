"""The manual names every page of both wings, and every picture and page that it names exists."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.house.test_urls import pages

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual"
PICTURES = ROOT / "docs" / "img" / "manual"
HEAVIEST = 4_000_000  # bytes of all pictures together
# Parts of a page that the browser asks for while somebody types.
PARTS = {
    "desk:open",
    "desk:lookup",
    "desk:line",
    "desk:units",
    "desk:suggest",
    "helpdesk:enquiry_sources",
    "helpdesk:visitor_hint",
    "helpdesk:field_worker",
    "visits:customer_hint",
    "visits:decide_checks",
    "visits:change_preview",
    "visits:estimate",
}
SPACES = {"visits", "helpdesk", "desk", "clock"}
PLACES = {
    "no": "单号",
    "pk": "编号",
    "number": "行号",
    "kind": "种类",
    "token": "口令",
    "month": "月份",
    "span": "年月",
    "on": "日期",
    "word": "种类",
    "days": "日期或月份",
}


def texts() -> dict[Path, str]:
    """Every page of the manual."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(MANUAL.glob("*.md"))}


def routes() -> dict[str, str]:
    """name → the address as the manual writes it, of every route of both wings and of the clocks."""
    found: dict[str, str] = {}

    def gather(resolver: URLResolver, prefix: str, space: str) -> None:
        for entry in resolver.url_patterns:
            here = prefix + re.sub(
                r"<\w+:(\w+)>", lambda place: PLACES.get(place[1], place[1]), str(entry.pattern)
            )
            if isinstance(entry, URLResolver):
                gather(entry, here, entry.namespace or space)
            elif space in SPACES:
                found.setdefault(f"{space}:{entry.name}", here)

    gather(get_resolver(), "/", "")
    return found


def links(path: Path, text: str) -> list[Path]:
    """The files that this page links to or shows."""
    return [(path.parent / target).resolve() for target in re.findall(r"\]\(([^)#:]+)\)", text)]


def test_what_the_manual_links_to_exists():
    missing = [
        (page.name, link.name)
        for page, text in texts().items()
        for link in links(page, text)
        if not link.exists()
    ]
    assert missing == []


def test_every_picture_is_shown_and_light():
    shown = {link for page, text in texts().items() for link in links(page, text)}
    stored = set(PICTURES.glob("*.png"))
    assert stored - shown == set()
    assert sum(picture.stat().st_size for picture in stored) <= HEAVIEST


def test_every_page_of_the_manual_is_reached_from_its_contents():
    contents = set(links(MANUAL / "README.md", texts()[MANUAL / "README.md"]))
    assert set(texts()) - contents == {MANUAL / "README.md"}


@pytest.mark.django_db
def test_every_page_of_the_wings_is_in_the_manual(cast):
    """A route that answers a GET with anything but 405 is a page, for somebody who may do everything. When this fails:
    a row in docs/manual/README.md, and a sentence on the page of its noun."""
    cast.gm.groups.set(Group.objects.all())
    client = Client()
    client.force_login(cast.gm)
    is_page = {
        name for name, path in pages(get_resolver())
        if name.split(":")[0] in SPACES and client.get(path).status_code != 405
    }  # fmt: skip
    whole = "\n".join(texts().values())
    addresses = routes()
    assert sorted(addresses[name] for name in is_page - PARTS if f"`{addresses[name]}`" not in whole) == []


def test_every_address_in_the_manual_is_one():
    written = {
        address
        for text in texts().values()
        for address in re.findall(r"`(/(?:visits|helpdesk|desk|clocks)/[^`]*)`", text)
    }
    assert sorted(written - set(routes().values())) == []
