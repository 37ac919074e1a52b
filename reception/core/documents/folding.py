"""Text as it is searched: width, case and blanks folded by us, so that both engines find the same. Pure."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 60  # characters of a query
MOST = 12  # pairs of characters that a loose search asks for
WORD = re.compile(r"[\w.+#%/:-]*[\w%]")
UNSEEN = "\x00\u200b\u200c\u200d\u2060\ufeff"
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
RUN = re.compile(rf"{HAN.pattern}+|[^{HAN.pattern[1:-1]}]+")
# What people say around a question: it stands in every text, or in none. Longer ones first.
ASKING = re.compile(
    "什么时候|多少钱|可不可以|可以吗|能不能|是不是|有没有|为什么|我想问|想问|问一下|请问|什么|怎么样|怎么|怎样|多少|可以|没有|哪里|"
    "哪个|如何|我们|你们|他们|这个|那个|一下|的话|我想"
)


def folded(text: str) -> str:
    """The searched form: half-width, lower case, one blank for any run of blanks, no NUL."""
    return mapped(text)[0].strip()


def mapped(text: str) -> tuple[str, list[int]]:
    """(the searched form, not stripped, and for each of its characters the place in `text` it comes from)."""
    found: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if "\u4e00" <= char <= "\u9fff":  # nearly all of it, and nothing to fold
            found.append(char)
            places.append(place)
            continue
        for plain in unicodedata.normalize("NFKC", char).lower():
            if plain in UNSEEN or (plain.isspace() and (not found or found[-1] == " ")):
                continue
            plain = " " if plain.isspace() else plain
            found.append(plain)
            places.append(place)
    return "".join(found), places


def terms(query: str) -> list[str]:
    """The words of a query, folded: what stands between blanks and punctuation; each once, at most five."""
    words = list(dict.fromkeys(WORD.findall(folded(query[:LONGEST]))))
    return [word for word in words if not ASKING.fullmatch(word)][:5] or words[:5]


def pairs(words: list[str]) -> list[str]:
    """What a loose search asks for: pairs of neighbouring Chinese characters, and other words whole."""
    found: list[str] = []
    for piece in RUN.findall(ASKING.sub(" ", " ".join(words))):
        if HAN.match(piece):
            found += [piece[i : i + 2] for i in range(max(1, len(piece) - 1))]
        else:
            found += [word for word in piece.split() if len(word) > 1]
    # A single character says little beside a pair.
    return [one for one in dict.fromkeys(found) if len(one) > 1][:MOST] or found[:1]


@dataclass(frozen=True)
class Part:
    """A stretch of an excerpt; hit: it is what was searched for."""

    text: str
    hit: bool = False


def excerpt(text: str, words: list[str], width: int = 90) -> list[Part]:
    """The stretch of `text` (one paragraph) around its first hit, about `width` characters, the hits marked."""
    plain, places = mapped(text)
    spans = _spans(plain, words)
    if not spans:
        return [Part(text[:width] + ("…" if len(text) > width else ""))]
    first = places[spans[0][0]]
    start = 0 if len(text) <= width else max(0, min(first - width // 3, len(text) - width))
    end = min(len(text), start + width)
    parts = [Part("…")] if start else []
    here = start
    for begin, stop in spans:
        left, right = places[begin], places[stop - 1] + 1
        if left < here or right > end:
            continue
        parts += [Part(text[here:left]), Part(text[left:right], hit=True)]
        here = right
    parts += [Part(text[here:end]), *([Part("…")] if end < len(text) else [])]
    return [part for part in parts if part.text]


def _spans(plain: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in the searched form, merged where they touch, in order."""
    raw = sorted((m.start(), m.end()) for word in words for m in re.finditer(re.escape(word), plain))
    found: list[tuple[int, int]] = []
    for begin, end in raw:
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
