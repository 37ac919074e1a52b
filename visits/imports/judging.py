"""What a row would do to the register: pure, so that the preview, the import and the command say the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reception.core.spelling import tidy
from visits.customers.choices import CustomerKind
from visits.imports.choices import Verdict
from visits.imports.columns import FIELDS

LONGEST = {"name": 80, "address": 120, "note": 1000, "contact": 40, "title": 40, "phone": 30}
KINDS = {label: value for value, label in CustomerKind.choices}
LABELS = {name: names[0] for name, names in FIELDS.items()}
PHONE = re.compile(r"[+（(]?\d[\d\s\-()（）/、,，转]{3,28}$")
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
OWN = ("kind", "address", "note")


@dataclass
class Entry:
    """A customer as the register holds it: own columns, and people by name → (职务, 手机)."""

    values: dict[str, str]
    people: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """verdict; told: the sentence of the preview; cells: what is written, cleaned."""

    verdict: Verdict
    told: str
    cells: dict[str, str]


class Register:
    """What is known while rows are judged one after the other: a row counts for those below it."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        self.seen: dict[tuple[str, str], int] = {}
        self.said: dict[tuple[str, str], tuple[str, int]] = {}

    def judge(self, line: int, raw: dict[str, str]) -> Judged:
        """The verdict of one row; what it changes is known from here on."""
        cells = clean(raw)
        wrong = " ".join([*_faults(raw, cells), *self._clashes(line, cells)])
        if wrong:
            return Judged(Verdict.WRONG, wrong, cells)
        self._note(line, cells)
        entry = self.entries.get(cells["name"])
        if entry is None:
            self.entries[cells["name"]] = Entry({"kind": CustomerKind.BUYER, "address": "", "note": ""})
            self._learn(cells)
            return Judged(Verdict.NEW, _new(cells), cells)
        changes = [*_changed(entry, cells), *_people(entry, cells)]
        self._learn(cells)
        return (
            Judged(Verdict.CHANGED, "；".join(changes), cells) if changes else Judged(Verdict.SAME, "", cells)
        )

    def _clashes(self, line: int, cells: dict[str, str]) -> Iterable[str]:
        """The same person twice in one file, or two rows that say different things of one customer."""
        name, contact = cells["name"], cells.get("contact", "")
        if not name:
            return
        before = self.seen.get((name, contact))
        if before:
            yield f"与第 {before} 行重复（{'单位和联系人' if contact else '单位'}相同），请只留一行。"
        for key in OWN:
            said = self.said.get((name, key))
            if said and cells.get(key) and cells[key] != said[0]:
                yield f"{LABELS[key]}与第 {said[1]} 行不一致，请改成一样的。"

    def _note(self, line: int, cells: dict[str, str]) -> None:
        self.seen[cells["name"], cells.get("contact", "")] = line
        for key in OWN:
            if cells.get(key):
                self.said.setdefault((cells["name"], key), (cells[key], line))

    def _learn(self, cells: dict[str, str]) -> None:
        """What this row writes; an empty cell leaves what is there."""
        entry = self.entries[cells["name"]]
        entry.values.update({key: cells[key] for key in OWN if cells.get(key)})
        if cells.get("contact"):
            title, phone = entry.people.get(cells["contact"], ("", ""))
            entry.people[cells["contact"]] = (cells.get("title") or title, cells.get("phone") or phone)


def clean(raw: dict[str, str]) -> dict[str, str]:
    """Blanks tidied, the kind as its code when it is one."""
    cells = {key: UNSEEN.sub("\ufffd", tidy(value)) for key, value in raw.items()}
    cells["name"] = cells.get("name", "")
    cells["kind"] = KINDS.get(cells.get("kind", ""), cells.get("kind", ""))
    return cells


def _faults(raw: dict[str, str], cells: dict[str, str]) -> Iterable[str]:
    """Everything that is wrong with the row by itself."""
    if not cells["name"]:
        yield "没有单位名称，请补上。"
    for key, value in cells.items():
        if UNSEEN.search(raw.get(key, "")):
            yield f"{LABELS[key]}里有看不见的字符，请重新输入。"
        elif value in ERRORS:
            yield f"{LABELS[key]}是 Excel 的错误值 {value}，请改成内容。"
        elif len(value) > LONGEST.get(key, len(value)):
            yield f"{LABELS[key]}最多 {LONGEST[key]} 个字，现在有 {len(value)} 个。"
    for key in ("name", "contact"):
        if cells.get(key, "").startswith(FORMULA):
            yield f"{LABELS[key]}不能以“{cells[key][0]}”开头，像是公式，请改正。"
    if cells["kind"] and cells["kind"] not in CustomerKind.values:
        yield f"没有“{cells['kind'][:20]}”这个类别，请填：{'、'.join(KINDS)}。"
    if (cells.get("title") or cells.get("phone")) and not cells.get("contact"):
        yield "填了职务或手机，却没有联系人姓名，请补上。"
    if cells.get("phone") and not PHONE.match(cells["phone"]):
        yield "手机只能是数字、空格、加号和短横，请改正。"


def _new(cells: dict[str, str]) -> str:
    return f"联系人 {cells['contact']}" if cells.get("contact") else ""


def _changed(entry: Entry, cells: dict[str, str]) -> Iterable[str]:
    """地址：大连 → 沈阳."""
    words = dict(CustomerKind.choices)
    for key in OWN:
        new, old = cells.get(key, ""), entry.values.get(key, "")
        if new and new != old:
            shown = (words.get(old, old), words.get(new, new)) if key == "kind" else (old[:40], new[:40])
            yield f"{LABELS[key]}：{shown[0] or '空'} → {shown[1]}"


def _people(entry: Entry, cells: dict[str, str]) -> Iterable[str]:
    """新增联系人 陆远, or what changes of one we know. A phone is not spelled out."""
    name = cells.get("contact", "")
    if not name:
        return
    if name not in entry.people:
        yield f"新增联系人 {name}"
        return
    title, phone = entry.people[name]
    if cells.get("title") and cells["title"] != title:
        yield f"{name}的职务：{title or '空'} → {cells['title']}"
    if cells.get("phone") and cells["phone"] != phone:
        yield f"{name}的手机更新"
