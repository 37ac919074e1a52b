"""A document's text as blocks: plain paragraphs with headings, no mark-up language. Pure.

A line is a paragraph. A heading begins with #, or is a short line such as “一、收费标准”, “第二章 施工”. A line that
begins with - or · is an item of a list. Everything is shown as written, escaped by the page.
"""

import re
from dataclasses import dataclass, field

HEADING = re.compile(r"^(第[一二三四五六七八九十百\d]+章|[一二三四五六七八九十]+、)")
ENDS = ("。", "；", "：", "，", "！", "？")
ITEM = re.compile(r"^[-·•]\s*")


@dataclass
class Block:
    """kind: head, text or list; a list's items stand in `items`."""

    kind: str
    text: str = ""
    items: list[str] = field(default_factory=list)


def lines(text: str) -> list[str]:
    """The paragraphs, without empty lines."""
    return [line for line in (raw.strip() for raw in text.splitlines()) if line]


def is_heading(line: str) -> bool:
    """Whether a line is a heading."""
    return line.startswith("#") or (len(line) <= 30 and bool(HEADING.match(line)) and not line.endswith(ENDS))


def plain_line(line: str) -> str:
    """A paragraph without the mark of a heading or an item."""
    return ITEM.sub("", line.lstrip("# ")) or line


def blocks(text: str) -> list[Block]:
    """The text as it is drawn."""
    found: list[Block] = []
    for line in lines(text):
        if is_heading(line):
            found.append(Block("head", line.lstrip("# ")))
        elif ITEM.match(line):
            if not found or found[-1].kind != "list":
                found.append(Block("list"))
            found[-1].items.append(ITEM.sub("", line))
        else:
            found.append(Block("text", line))
    return found


def heading_of(paragraphs: list[str], place: int) -> str:
    """The heading under which the paragraph at `place` stands; "" for none."""
    for line in reversed(paragraphs[: place + 1]):
        if is_heading(line):
            return line.lstrip("# ")
    return ""
