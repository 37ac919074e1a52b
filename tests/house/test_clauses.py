"""docs/clauses.md is true: every page, rule and test it names exists, and no test of a clause is left out."""

import ast
import re
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.clauses import IDS, PAGE, PAGES, RULES, TESTS, clauses_of, proofs, read

SECTIONS, NOT_BEGUN = read(PAGE.read_text(encoding="utf-8"))


def url_names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Every name that `reverse` knows, with its namespaces."""
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found |= {prefix + entry.name} if entry.name else set()
        else:
            found |= url_names(entry, prefix + (f"{entry.namespace}:" if entry.namespace else ""))
    return found


def listed(kind: str) -> list[tuple[str, str]]:
    return [(clause, name) for clause, section in SECTIONS.items() for name in section.lists[kind]]


def test_every_clause_is_there_once():
    assert sorted([*SECTIONS, *NOT_BEGUN]) == sorted(IDS)
    heads = re.findall(r"^## (\S+)", PAGE.read_text(encoding="utf-8"), re.M)
    assert sorted(heads) == sorted(set(heads)), "a second section of a clause hides in the first"


def test_every_page_is_a_url():
    known = url_names(get_resolver())
    assert [(clause, name) for clause, name in listed(PAGES) if name not in known] == []


@pytest.mark.parametrize(("clause", "name"), listed(RULES))
def test_every_rule_can_be_imported(clause, name):
    module, _, attribute = name.partition(":")
    assert callable(getattr(import_module(module), attribute)), f"{clause}: {name}"


def test_every_clause_begun_has_a_rule_and_a_test():
    assert [c for c, s in SECTIONS.items() if not (s.lists[RULES] and s.lists[TESTS])] == []


def test_the_lists_of_tests_are_those_of_the_files():
    """When this fails: `python -m tests.house.clauses`, and a section for a clause that has just begun."""
    written = {(clause, name) for clause, section in SECTIONS.items() for name in section.lists[TESTS]}
    proved = {(clause, name) for clause, names in proofs().items() for name in names}
    assert (sorted(written - proved), sorted(proved - written)) == ([], [])


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("test_A4_a_head_may_not_host", ["A4"]),
        ("test_D4_4_1_half_an_hour", ["D4.4.1"]),
        ("test_A3_1a_and_A7b", ["A3.1a", "A7b"]),
        ("test_A44_nothing", []),
        ("test_a4_is_paper", []),
    ],
)
def test_clauses_are_read_from_names(name, clauses):
    function = ast.parse(f"def {name}(): ...").body[0]
    assert clauses_of(function) == clauses
