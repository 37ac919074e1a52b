"""A file over 300 lines, a function over 40, a template over 100 is two things; no style or script inside a page."""

import re

from tests.house.code import ROOT, functions, modules, where

FILE, FUNCTION, TEMPLATE = 300, 40, 100
SCRIPTS = (ROOT / "dev.py", *sorted((ROOT / "tools").glob("*.py")), *sorted((ROOT / "bench").glob("*.py")))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.I
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.I)


def sources():
    return [*modules().values(), *SCRIPTS]


def templates():
    """Every page of ours, wherever it stands."""
    return sorted(
        file
        for folder in ("templates", "reception", "visits", "helpdesk")
        for file in (ROOT / folder).rglob("*.html")
    )


def lines(file) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_no_file_over_300_lines():
    assert [f"{where(file)}: {n}" for file in sources() if (n := lines(file)) > FILE] == []


def test_no_function_over_40_lines():
    found = [
        f"{where(file, node)} {node.name}: {n}"
        for file in sources()
        for node in functions(file)
        if (n := node.end_lineno - node.lineno + 1) > FUNCTION
    ]
    assert found == []


def test_no_template_over_100_lines():
    assert [f"{where(file)}: {n}" for file in templates() if (n := lines(file)) > TEMPLATE] == []


def test_no_style_or_script_inside_a_page():
    found = [
        f"{where(file)}:{number}"
        for file in templates()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


def test_colours_stand_only_in_tokens():
    """A hash or colour function elsewhere escapes the dark theme; anchors (`href="#x"`) are not colours."""
    sheets = [file for file in sorted((ROOT / "static").rglob("*.css")) if file.name != "tokens.css"]
    found = [
        f"{where(file)}:{number}"
        for file in sheets
        for number, line in enumerate(
            re.sub(
                r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), file.read_text(encoding="utf-8"), flags=re.S
            ).splitlines(),
            1,
        )
        if ":" in line and COLOUR.search(line.split(":", 1)[1])
    ]
    assert found == []


def test_what_is_inline_is_seen():
    """Negative control."""
    bad = ["<script>x</script>", '<p style="a">', "<a onclick='x'>", "<style>", '<a href="javascript:x">']
    fair = [
        '<script src="{% static "js/x.js" %}" defer></script>',
        '<input name="once">',
        '<p class="style">',
    ]
    assert [text for text in bad if not INLINE.search(text)] == []
    assert [text for text in fair if INLINE.search(text)] == []
