"""Reads docs/clauses.md; `python -m tests.house.clauses` brings its lists of tests up to date.

A section is `## A4 title`, then `- 页面` (URL names), `- 规则` (module:function) and `- 测试` (ids), each name in
backticks. Clauses not begun stand as a plain list under `## 尚未开始`.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from tests.house.code import ROOT, functions

PAGE = ROOT / "docs" / "clauses.md"
IDS = [
    "A1",
    "A2",
    "A3.1a",
    "A3.1b",
    "A3.2",
    "A4",
    "A5.1",
    "A5.2",
    "A5.3",
    "A5.4",
    "A5.5",
    "A5.6",
    "A6",
    "A7a",
    "A7b",
    "A8.1",
    "A8.2",
    "A9",
    "B1",
    "B2a",
    "B2b",
    "B3a",
    "B3b",
    "B4",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "D3",
    "D4.1",
    "D4.2",
    "D4.3.1",
    "D4.3.2",
    "D4.3.3",
    "D4.3.4",
    "D4.3.5",
    "D4.4.1",
    "D4.4.2",
    "D4.4.3",
    "D4.4.4",
    "D4.4.5",
    "D6",
    "E5.2.1a",
    "E5.2.1b",
    "E5.2.1c",
    "E5.2.1d",
    "E5.2.2",
    "E5.3.1",
    "E5.3.2",
    "E5.3.3",
    "E5.3.4",
    "E5.3.5",
    "E5.3.6",
    "E5.3.7",
    "E5.4",
]
BY_NAME = {clause.replace(".", "_"): clause for clause in sorted(IDS, key=len, reverse=True)}
IN_NAME = re.compile(rf"(?:^|_)({'|'.join(BY_NAME)})(?=_|$)")
NOT_BEGUN = "尚未开始"
PAGES, RULES, TESTS = "页面", "规则", "测试"


@dataclass
class Clause:
    """One section: the clause, its title, and what stands in its three lists."""

    title: str
    lists: dict[str, list[str]] = field(default_factory=lambda: {PAGES: [], RULES: [], TESTS: []})


def read(text: str) -> tuple[dict[str, Clause], list[str]]:
    """(sections by clause id, ids not begun) of the page."""
    sections: dict[str, Clause] = {}
    not_begun: list[str] = []
    clause, current = None, ""
    for line in text.splitlines():
        if line.startswith("## "):
            name, _, title = line[3:].strip().partition(" ")
            clause = sections.setdefault(name, Clause(title)) if name != NOT_BEGUN else None
            current = NOT_BEGUN if clause is None else ""
        elif current == NOT_BEGUN:
            not_begun += line.split()
        elif clause and (listed := re.match(rf"- ({PAGES}|{RULES}|{TESTS})", line)):
            current = listed[1]
        if clause and current in clause.lists:
            clause.lists[current] += re.findall(r"`([^`]+)`", line)
    return sections, not_begun


def clauses_of(test: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The clauses that a test's name proves: `test_A4_…`, `test_D4_4_1_…`."""
    return [BY_NAME[found] for found in IN_NAME.findall(test.name)]


def proofs() -> dict[str, list[str]]:
    """Every pytest id by the clause in its name, as the files stand."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for function in functions(file):
            for clause in clauses_of(function) if function.name.startswith("test") else ():
                found.setdefault(clause, []).append(f"{file.relative_to(ROOT)}::{function.name}")
    return found


def begun(text: str, known: dict[str, list[str]]) -> str:
    """The page with an empty section for every clause that has a test now, and was not begun before."""
    fresh = [clause for clause in read(text)[1] if clause in known]
    head, _, tail = text.partition(f"## {NOT_BEGUN}")
    sections = "".join(f"## {clause}\n- {PAGES}\n- {RULES}\n- {TESTS}\n\n" for clause in fresh)
    for clause in fresh:
        tail = re.sub(rf"(?m)(^| ){re.escape(clause)}(?= |$)", "", tail)
    return f"{head}{sections}## {NOT_BEGUN}{tail}"


def write() -> None:
    """Bring every `- 测试` list up to the test files; titles, pages and rules are written by hand."""
    known = proofs()
    text = begun(PAGE.read_text(encoding="utf-8"), known)
    for clause in read(text)[0]:
        ids = "".join(f"\n  - `{name}`" for name in known.get(clause, []))
        section = rf"(## {re.escape(clause)}(?: [^\n]*)?\n(?:(?!## ).)*?- {TESTS})[^\n]*(?:\n  - `[^`]*`)*"
        text = re.sub(section, lambda found, ids=ids: found[1] + ids, text, count=1, flags=re.S)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
