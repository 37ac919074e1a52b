"""What changed between two versions, paragraph by paragraph and character by character. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reception.core.documents.blocks import lines

ALIKE = 0.4  # from here on two paragraphs are one that was changed
LONGEST = 2000  # characters that are compared one by one


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph. kind: same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One paragraph. kind: same, gone, new or changed."""

    kind: str
    pieces: tuple[Piece, ...]


def compare(old: str, new: str) -> list[Change]:
    """The paragraphs of both, in order: same, gone, new, or changed with what changed inside."""
    before, after = lines(old), lines(new)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole("same", line) for line in before[a:b]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def _whole(kind: str, line: str) -> Change:
    return Change(kind, (Piece(kind, line),))


def _replaced(before: list[str], after: list[str]) -> Iterator[Change]:
    """Paragraphs that stand in the same place are one that was changed, where they are alike."""
    both = min(len(before), len(after))
    for old, new in zip(before, after, strict=False):
        if len(old) <= LONGEST and len(new) <= LONGEST:
            matcher = SequenceMatcher(None, old, new, autojunk=False)
            if matcher.ratio() >= ALIKE:
                yield Change("changed", tuple(_pieces(matcher, old, new)))
                continue
        yield _whole("gone", old)
        yield _whole("new", new)
    yield from (_whole("gone", line) for line in before[both:])
    yield from (_whole("new", line) for line in after[both:])


def _pieces(matcher: SequenceMatcher, old: str, new: str) -> Iterator[Piece]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", old[a:b])
        else:
            yield from (Piece(kind, text) for kind, text in (("gone", old[a:b]), ("new", new[c:d])) if text)
