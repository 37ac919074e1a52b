"""A calendar as RFC 5545 text: only what a feed of appointments needs. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

FOLD = 75  # octets of a line, its end not counted
_UNFIT = dict.fromkeys((*range(9), *range(11, 32), 127))


@dataclass(frozen=True)
class Entry:
    """One appointment. Times are aware; `end` None makes it a moment."""

    uid: str
    title: str
    start: datetime
    end: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""


def calendar(name: str, entries: Iterable[Entry], at: datetime) -> str:
    """The whole feed, its lines ended by CRLF; `at` is when it was written. Times stand in UTC."""
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//yinghou//visits//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(name)}",
    )
    lines = [*head, *(line for entry in entries for line in _event(entry, at)), "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in lines for part in fold(line))


def _event(entry: Entry, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(entry.uid)}"
    yield f"DTSTAMP:{utc(at)}"
    yield f"DTSTART:{utc(entry.start)}"
    if entry.end and entry.end > entry.start:
        yield f"DTEND:{utc(entry.end)}"
    yield f"SUMMARY:{escape(entry.title)}"
    for name, value in (("LOCATION", entry.place), ("DESCRIPTION", entry.text)):
        if value:
            yield f"{name}:{escape(value)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield "END:VEVENT"


def utc(at: datetime) -> str:
    """20261031T020000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """A TEXT value: backslash, semicolon and comma escaped, line ends as \\n, other control characters gone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").translate(_UNFIT)


def fold(line: str) -> Iterator[str]:
    """Parts of at most FOLD octets, each but the first begun by a blank; no character is cut in two."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > FOLD:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
