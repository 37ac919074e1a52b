"""Every page asks who you are, except those declared here."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

OPEN = {"home:login", "home:healthz", "helpdesk:field_worker"}
# Answers to a stranger with something else than the sign-in page: its name, and what it answers.
OTHERWISE: dict[str, int] = {
    "board:wall_link": 404,
    "helpdesk:field_link": 404,
    "helpdesk:field_step": 405,
    "visits:calendar_feed": 404,
    "visits:satisfaction_guest": 404,
    "visits:screen_link": 404,
    "visits:resource_feed": 404,
}
SAMPLES = ("1", "2026-10", "2026-10-21", "JD-2026-0001", "approve", "x")


def sample_path(pattern: RoutePattern) -> str:
    """The route with something in each place that its converter takes."""
    path = str(pattern)
    for name, converter in pattern.converters.items():
        value = next(s for s in SAMPLES if matches(converter, s))
        start = path.index("<")
        end = path.index(">", start)
        assert path[start : end + 1].endswith(f"{name}>")
        path = path[:start] + value + path[end + 1 :]
    return path


def matches(converter, text: str) -> bool:
    """Whether the converter takes this text whole."""
    if not re.fullmatch(converter.regex, text):
        return False
    try:
        converter.to_python(text)
    except ValueError:
        return False
    return True


def pages(resolver: URLResolver, prefix: str = "/", space: str = "") -> list[tuple[str, str]]:
    """(name, an address) of every route; a regular expression is only ever Django's own catch-all."""
    found = []
    for entry in resolver.url_patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        here = prefix + sample_path(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((space + (entry.name or here), here))
        else:
            found += pages(entry, here, space + (f"{entry.namespace}:" if entry.namespace else ""))
    return found


@pytest.fixture
def everything() -> list[tuple[str, str]]:
    """All pages of the house."""
    return pages(get_resolver())


def answer(client: Client, path: str) -> int | str:
    """What a stranger gets there: a status, or where they are sent."""
    response = client.get(path)
    return response.headers["Location"].split("?")[0] if response.status_code == 302 else response.status_code


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in_everywhere(client, everything):
    expected = {name: {200} for name in OPEN} | {name: {status} for name, status in OTHERWISE.items()}
    sign_in = {"/login/", "/admin/login/"}
    answers = [(name, path, answer(client, path)) for name, path in everything]
    assert [found for found in answers if found[2] not in expected.get(found[0], sign_in)] == []


def test_every_open_page_exists(everything):
    assert (OPEN | OTHERWISE.keys()) - {name for name, _ in everything} == set()
