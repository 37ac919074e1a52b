"""Every page asks who you are, except those declared here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

OPEN = {"home:login", "home:healthz", "admin:login"}
# Answers to a stranger with something else than the sign-in page: its name, and what it answers.
OTHERWISE: dict[str, int] = {}
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
    import re

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


ALL = pages(get_resolver())


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), ALL, ids=[f"{name} {path}" for name, path in ALL])
def test_a_stranger_is_asked_to_sign_in(client, name, path):
    response = client.get(path)
    if name in OPEN:
        assert response.status_code == 200
    elif name in OTHERWISE:
        assert response.status_code == OTHERWISE[name]
    else:
        assert (response.status_code, response.headers.get("Location", "").split("?")[0]) in {
            (302, "/login/"),
            (302, "/admin/login/"),
        }


def test_every_open_page_exists():
    assert (OPEN | OTHERWISE.keys()) - {name for name, _ in ALL} == set()
