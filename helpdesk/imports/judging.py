"""What a row would do to the register: pure, so that the preview, the import and the command say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.numbers import normalize, split_numbers
from helpdesk.imports.cells import LABELS, building_name, clean, faults, label_of
from helpdesk.imports.choices import Verdict

Key = tuple[str, str, str]  # code of the building, unit, room
OWN = ("title", "who", "company", "leader", "out")
SPOKEN = dict(ResidentKind.choices) | {"yes": "是", "no": "否", "here": "在住"}


@dataclass
class Person:
    """A person as the register holds them: own columns as a row says them, and digits → number as written."""

    values: dict[str, str]
    phones: dict[str, str] = field(default_factory=dict)


@dataclass
class Flat:
    """A unit as the register holds it, with its people by name; namesakes: names that two people there bear."""

    kind: str
    people: dict[str, Person] = field(default_factory=dict)
    namesakes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Judged:
    """verdict; told: the sentence of the preview; cells: what is written, cleaned."""

    verdict: Verdict
    told: str
    cells: dict[str, str]


class Register:
    """What is known while rows are judged one after the other: a row counts for those below it."""

    def __init__(self, buildings: dict[str, str], flats: dict[Key, Flat], today: date) -> None:
        self.buildings, self.flats, self.today = buildings, flats, today
        self.seen: dict[tuple[Key, str], int] = {}
        self.kinds: dict[Key, tuple[str, int]] = {}

    def judge(self, line: int, raw: dict[str, str]) -> Judged:
        """The verdict of one row; what it changes is known from here on."""
        cells = clean(raw)
        key = (cells["building"], cells["unit_no"], cells["room"])
        wrong = " ".join([*faults(raw, cells, self.today), *self._clashes(line, key, cells)])
        if wrong:
            return Judged(Verdict.WRONG, wrong, cells)
        self.seen[key, cells["name"]] = line
        if cells["kind"]:
            self.kinds.setdefault(key, (cells["kind"], line))
        changes, new = self._changes(key, cells)
        self._learn(key, cells)
        verdict = Verdict.NEW if new else Verdict.CHANGED if changes else Verdict.SAME
        return Judged(verdict, "；".join(changes), cells)

    def _clashes(self, line: int, key: Key, cells: dict[str, str]) -> Iterator[str]:
        """The same person twice in one file, two uses of one unit, two people of one name."""
        before = self.seen.get((key, cells["name"]))
        if before and key[2]:
            yield f"与第 {before} 行重复（房号{'和姓名' if cells['name'] else ''}相同），请只留一行。"
        said = self.kinds.get(key)
        if said and cells["kind"] and cells["kind"] != said[0]:
            yield f"用途与第 {said[1]} 行不一致，请改成一样的。"
        flat = self.flats.get(key)
        if flat and cells["name"] in flat.namesakes:
            yield f"名册里这一户有两位{cells['name']}，分不清是哪一位，请在页面上改。"

    def _changes(self, key: Key, cells: dict[str, str]) -> tuple[list[str], bool]:
        """(what the row changes in words, whether something is new)."""
        told, flat = [], self.flats.get(key)
        if key[0] not in self.buildings:
            told.append(f"新楼栋 {building_name(key[0])}")
        if flat is None:
            kind = UnitKind(cells["kind"] or UnitKind.HOME).label
            told.append(
                f"新房号 {label_of(cells, self.buildings.get(key[0]) or building_name(key[0]))}（{kind}）"
            )
        elif cells["kind"] and cells["kind"] != flat.kind:
            told.append(f"用途：{UnitKind(flat.kind).label} → {UnitKind(cells['kind']).label}")
        person = flat.people.get(cells["name"]) if flat else None
        if cells["name"]:
            told += _met(cells) if person is None else _moved(person, cells)
        return told, flat is None or (bool(cells["name"]) and person is None)

    def _learn(self, key: Key, cells: dict[str, str]) -> None:
        """What this row writes; an empty cell leaves what is there."""
        self.buildings.setdefault(key[0], building_name(key[0]))
        flat = self.flats.setdefault(key, Flat(cells["kind"] or UnitKind.HOME))
        flat.kind = cells["kind"] or flat.kind
        if cells["name"]:
            person = flat.people.setdefault(
                cells["name"], Person(dict.fromkeys(OWN, "") | {"who": ResidentKind.OWNER})
            )
            person.values.update({name: cells[name] for name in OWN if cells[name]})
            person.phones.update(numbers_of(cells))


def numbers_of(cells: dict[str, str]) -> dict[str, str]:
    """digits → number as written, of a row."""
    return {normalize(number): number for number in split_numbers(cells["phones"])}


def _met(cells: dict[str, str]) -> list[str]:
    """新住户 周敏（租户），电话 138…."""
    who = SPOKEN[cells["who"] or ResidentKind.OWNER]
    numbers = "、".join(numbers_of(cells).values())
    parts = [f"新住户 {cells['name']}{cells['title']}（{who}）", f"电话 {numbers}" if numbers else "",
             cells["company"], "公司领导" if cells["leader"] == "yes" else ""]  # fmt: skip
    gone = f"，{cells['out']} 已搬出" if cells["out"] not in ("", "here") else ""
    return ["，".join(filter(None, parts)) + gone]


def _moved(person: Person, cells: dict[str, str]) -> Iterator[str]:
    """称呼：先生 → 女士；电话：加 139…."""
    for name in OWN:
        old, new = person.values[name], cells[name]
        if name in ("leader", "out"):
            old = old or ("no" if name == "leader" else "here")
        if new and new != old:
            yield f"{LABELS[name]}：{SPOKEN.get(old, old) or '空'} → {SPOKEN.get(new, new)}"
    added = [number for digits, number in numbers_of(cells).items() if digits not in person.phones]
    if added:
        yield f"电话：加 {'、'.join(added)}"
