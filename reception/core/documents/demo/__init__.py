"""A dozen believable documents of the estate and the company, walked by the real actions at past times.

A text's file: words before a line of dashes, the first version below; “=== 12 | why” begins the next version,
published so many days ago, as lines “old => new” of what it changes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from reception.core.clock.periods import local
from reception.core.documents import actions
from reception.core.documents.choices import Kind
from reception.core.documents.models import Document
from reception.core.documents.policies import must_read
from reception.core.people.models import Department, User

HERE = Path(__file__).parent
KINDS = {label: value for value, label in Kind.choices}
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def build(at: datetime) -> None:
    """Every text as a document; most of the people who are asked have read it, the newest is still being read."""
    people = {user.username: user for user in User.objects.select_related("department")}
    departments = {row.code: row for row in Department.objects.all()}
    files = [(file.stem, *_parsed(file.read_text(encoding="utf-8"))) for file in HERE.glob("*.txt")]
    for name, words, versions in sorted(files, key=lambda found: -float(found[1]["天"])):
        _one(name, words, versions, people, departments, at)


def _parsed(text: str) -> tuple[dict[str, str], list[tuple[float, str, str]]]:
    """(the words, the versions as (days ago, what changed, text))."""
    head, *parts = text.split("\n===")
    head, _, first = head.partition("\n---\n")
    words = dict(line.split("：", 1) for line in head.splitlines())
    versions = [(float(words["天"]), "", first.strip())]
    for part in parts:
        line, _, body = part.partition("\n")
        days, _, changed = line.partition("|")
        versions.append((float(days), changed.strip(), "\n".join(_changed(versions[-1][2], body))))
    return words, versions


def _changed(text: str, body: str) -> Iterator[str]:
    """The lines of `text` with the replacements that `body` lists; a line without “=>” is added at the end."""
    rows = [line.split(" => ") for line in body.strip().splitlines()]
    for line in text.splitlines():
        for pair in rows:
            if len(pair) == 2:
                line = line.replace(pair[0], pair[1])
        yield line
    yield from (pair[0] for pair in rows if len(pair) == 1)


def _one(name: str, words: dict[str, str], versions: list[tuple[float, str, str]], people: dict[str, User],
         departments: dict[str, Department], at: datetime) -> None:  # fmt: skip
    """One document with its versions and readings."""
    keeper = people[words.get("起草", "manager")]
    given: dict[str, Any] = {
        "kind": KINDS[words["种类"]], "title": words["标题"], "department": departments[words["归口"]],
        "must_roles": words.get("请阅", "").split(), "readers": words.get("限", "").split(),
        "must_departments": [departments[code] for code in words.get("部门", "").split()],
        "steps": words.get("用在", "").split(),
    }  # fmt: skip
    document: Document | None = None
    for days, changed, text in versions:
        when = _working(at - days * DAY) if days >= 1 else at - days * DAY
        written = {**given, "text": text, "changed": changed}
        if document is None:
            document = actions.draft(by=keeper, at=when, **written)
        else:
            actions.edit(document, by=keeper, at=when, **written)
        if words.get("停在") == "草稿":
            continue
        out = when + 20 * MINUTE  # a draft of ten to midnight is out the next day
        actions.publish(document, by=keeper, at=out, valid_from=local(out).date())
        _read(document, out, at)
    if document and "废止" in words:
        actions.withdraw(document, by=keeper, at=at - 30 * DAY, reason=words["废止"])


def _working(at: datetime) -> datetime:
    """The same Shanghai day, at half past nine."""
    return local(at).replace(hour=9, minute=30, second=0, microsecond=0)


def _read(document: Document, since: datetime, at: datetime) -> None:
    """One after the other reads it, three hours and a bit apart; who would do so in the future has not yet."""
    number = document.versions.newest().get().number
    for index, person in enumerate(must_read(document).order_by("pk"), 1):
        when = since + index * 190 * MINUTE
        if when < at:
            actions.read(document, by=person, at=when, number=number)
