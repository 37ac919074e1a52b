"""What the structure tests read: the project's own files and their syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("reception", "visits", "helpdesk")
WINGS = ("visits", "helpdesk")
FACES = ("reception.core.models", "visits.models", "helpdesk.models")


@cache
def modules() -> dict[str, Path]:
    """Every module of the application by its dotted name, migrations left out."""
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return {dotted(file): file for file in files if "migrations" not in file.parts}


def dotted(file: Path) -> str:
    """`visits/requests/__init__.py` → `visits.requests`."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def where(file: Path, node: ast.AST | None = None) -> str:
    """`visits/requests/views.py:12`, to be found with one click."""
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return f"{file.relative_to(ROOT)}{line}"


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def behind(face: str) -> dict[str, str]:
    """Of a face that only imports (`visits.models`): where each of its names really stands."""
    return {
        alias.asname or alias.name: node.module or ""
        for node in tree(modules()[face]).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def imports(name: str, nodes: Iterator[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """(project module imported, node) for the import statements among `nodes` of the module `name`."""
    package = name if modules()[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in nodes:
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            # `from package import module` is an import of the module, `from module import name` of the module itself
            found = [
                full if (full := f"{source}.{alias.name}") in modules() else source for alias in node.names
            ]
        else:
            continue
        yield from ((target, node) for target in found if target in modules())


def all_imports(name: str) -> list[tuple[str, ast.AST]]:
    """Every project module that the module imports anywhere, also inside functions; models' faces are seen through."""
    found = []
    for target, node in imports(name, ast.walk(tree(modules()[name]))):
        through = behind(target) if target in FACES and isinstance(node, ast.ImportFrom) else {}
        real = {through[alias.name] for alias in getattr(node, "names", []) if alias.name in through}
        found += [(module, node) for module in sorted(real) or [target]]
    return found


def top_imports(name: str) -> list[tuple[str, ast.AST]]:
    """Those imported when the module is loaded; what stands under TYPE_CHECKING or in a function is not."""
    return list(imports(name, loaded(tree(modules()[name]).body)))


def loaded(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements of a body that run on import."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            yield from loaded(node.orelse)
            continue
        yield node
        for field in ("body", "orelse", "finalbody", "handlers"):
            yield from loaded(getattr(node, field, []))
