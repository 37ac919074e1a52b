"""Imports run one way: wings on the ground, the roof on the wings, and inside a folder from choices to urls."""

import ast

import pytest

from tests.house.code import WINGS, all_imports, imports, modules, top_imports, tree, where

LAYERS = ("choices", "flow", "models", "policies", "actions", "forms", "views", "urls")
TOP_NOUNS = {
    "visits": {
        "bookings",
        "requests",
        "briefing",
        "changes",
        "desk",
        "hosts",
        "itinerary",
        "materials",
        "meetings",
        "notes",
        "readiness",
        "reports",
        "satisfaction",
        "welcome",
    },
    "helpdesk": {"board", "books", "collective", "daybook", "drill", "handed", "log", "report"},
}
# Faces of a wing: they look down at every noun, and no noun looks at them.
FACES = {
    "models",
    "admin",
    "urls",
    "desk_urls",
    "apps",
    "todo",
    "mine",
    "search",
    "demo",
    "views",
    "management",
}


def breaches(rule) -> list[str]:
    """`file:line imports target` for every import for which rule(importer, imported) is true."""
    return [
        f"{where(file, node)} imports {target}"
        for name, file in modules().items()
        for target, node in all_imports(name)
        if rule(name, target)
    ]


def inside(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or stands in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_core_imports_no_wing_and_no_roof():
    allowed = ("reception.core", "reception")
    assert (
        breaches(
            lambda a, b: inside(a, "reception.core") and not (inside(b, *allowed[:1]) or b == allowed[1])
        )
        == []
    )


def test_the_wings_never_meet():
    assert breaches(lambda a, b: any(inside(a, w) and inside(b, *(set(WINGS) - {w})) for w in WINGS)) == []


def test_only_the_roof_sees_both_wings():
    def breach(a: str, b: str) -> bool:
        return inside(b, *WINGS) and not inside(a, *WINGS, "reception.home", "reception.urls")

    assert breaches(breach) == []


def test_no_wing_imports_the_roof():
    assert (
        breaches(
            lambda a, b: inside(a, *WINGS) and inside(b, "reception") and not inside(b, "reception.core")
        )
        == []
    )


def test_layers_of_a_folder_run_from_choices_to_urls():
    def breach(a: str, b: str) -> bool:
        (folder, _, low), (other, _, high) = a.rpartition("."), b.rpartition(".")
        known = folder == other and low in LAYERS and high in LAYERS
        return known and LAYERS.index(high) > LAYERS.index(low)

    assert breaches(breach) == []


def test_no_rule_action_or_model_imports_a_view_form_or_url():
    def breach(a: str, b: str) -> bool:
        low, high = a.rpartition(".")[2], b.rpartition(".")[2]
        return low in LAYERS[:5] and high in LAYERS[5:]

    assert breaches(breach) == []


def noun(name: str, wing: str) -> str:
    """`requests` of `visits.requests.actions`; "" for a module that stands at the wing's top."""
    parts = name.split(".")
    return parts[1] if parts[0] == wing and len(parts) > 1 and parts[1] not in FACES else ""


@pytest.mark.parametrize("wing", WINGS)
def test_lower_nouns_never_import_the_orchestrating_one(wing):
    def breach(a: str, b: str) -> bool:
        low, high = noun(a, wing), noun(b, wing)
        return bool(low) and high in TOP_NOUNS[wing] and low not in TOP_NOUNS[wing]

    assert breaches(breach) == []


@pytest.mark.parametrize("wing", WINGS)
def test_no_noun_imports_its_wings_faces(wing):
    def breach(a: str, b: str) -> bool:
        parts = b.split(".")
        return bool(noun(a, wing)) and parts[0] == wing and len(parts) > 1 and parts[1] in FACES

    assert breaches(breach) == []


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach one another (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph[node]:
            if target not in index:
                visit(target)
            if target in stack:
                low[node] = min(low[node], low[target])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return found


def test_no_modules_import_one_another_in_a_circle():
    graph = {name: {target for target, _ in top_imports(name)} - {name} for name in modules()}
    assert circles(graph) == []


def test_the_circle_finder_finds_one():
    """Negative control."""
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_openpyxl_only_where_sheets_are_made():
    def makes_sheets(name: str) -> bool:
        return inside(name, "reception.core.sheets") or name.endswith("_xlsx")

    found = [
        where(file, node)
        for name, file in modules().items()
        if not makes_sheets(name)
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "openpyxl")
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "openpyxl" for a in node.names))
    ]
    assert found == []


CLOCK_READERS = {"now", "localdate", "today", "utcnow"}


def reads_the_clock(node: ast.AST) -> bool:
    """`timezone.now()`, `datetime.now()`, `date.today()`, `time.time()`, and `timezone.now` handed over as a default."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return False
    pair = (node.value.id, node.attr)
    return pair == ("time", "time") or (
        pair[0] in {"timezone", "datetime", "date"} and node.attr in CLOCK_READERS
    )


def may_read_the_clock(name: str) -> bool:
    """Views, admin, commands and the doors of web; below them time is the argument `at`."""
    parts = name.split(".")
    return bool({"admin", "commands", "middleware", "templatetags"} & set(parts)) or any(
        part == "views" or part.startswith("views_") or part.endswith("_views") for part in parts
    )


# Doors that are neither called views nor middleware.
DOORS = {"reception.core.web.once", "reception.core.web.refusals", "reception.home.context"}


def test_time_is_an_argument_below_the_views():
    found = [
        where(file, node)
        for name, file in modules().items()
        if not may_read_the_clock(name) and name not in DOORS
        for node in ast.walk(tree(file))
        if reads_the_clock(node)
    ]
    assert found == []


def test_relative_imports_are_understood():
    """Negative control: the reader resolves what it reads."""
    name = "reception.core.procedures"
    node = ast.parse(
        "from .flow import Move\nfrom reception.core import flow\nimport reception.core.flow"
    ).body
    assert {target for target, _ in imports(name, iter(node))} == {"reception.core.flow"}
