"""Colours that depend on the day's figures: a browser meets one only when a figure is high enough, so they are reckoned."""

import re

import pytest

from tests.house.code import ROOT

LEAST = 4.5  # WCAG 2.2 AA, text of ordinary size
THEMES = {"light": r"^:root,\[data-bs-theme\]\{", "dark": r"^\[data-bs-theme=dark\],\.dark\{"}


def colours(theme: str) -> dict[str, tuple[int, ...]]:
    """The six-digit tokens of a theme, as red, green, blue."""
    text = (ROOT / "static/css/tokens.css").read_text()
    block = re.split(THEMES[theme], text, maxsplit=1, flags=re.M)[1].split("\n}", 1)[0]
    return {
        name: tuple(bytes.fromhex(code if len(code) == 6 else "".join(c * 2 for c in code)))
        for name, code in re.findall(r"--([\w-]+):#([0-9a-f]{6}|[0-9a-f]{3});", block)
    }  # fmt: skip


def luminance(colour: tuple[float, ...]) -> float:
    """Of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """1 to 21, whichever is the lighter."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: tuple[int, ...], share: int, ground: tuple[int, ...]) -> tuple[float, ...]:
    """`share` per cent of a colour laid over a ground."""
    return tuple((a * share + b * (100 - share)) / 100 for a, b in zip(colour, ground, strict=True))


@pytest.mark.parametrize("theme", THEMES)
def test_D4_4_5_a_number_is_read_on_every_shade_of_the_reports_colour_scale(theme):
    css = (ROOT / "static/css/report.css").read_text()
    own = colours(theme)
    inks = re.findall(r"\[class\*=heat\] a\{color:var\(--([\w-]+)\)", css)
    shares = re.findall(r"\.heat\d\{background:color-mix\(in srgb,var\(--brand\) (\d+)%,transparent\)", css)
    assert (inks, len(shares)) == (["ink"], 4)
    grounds = [mixed(own["brand"], int(share), own["paper"]) for share in shares]
    assert [
        share for share, ground in zip(shares, grounds, strict=True) if contrast(own["ink"], ground) < LEAST
    ] == []
    # The negative control: the links' own colour on the darkest shade is what a reader could not read.
    assert theme == "light" or contrast(own["brand"], grounds[-1]) < LEAST
