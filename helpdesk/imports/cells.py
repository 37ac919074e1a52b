"""One row by itself: its cells cleaned, and what is wrong with them. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.numbers import number_fault, split_numbers
from helpdesk.directory.places import figure, parse_place, tidy
from helpdesk.imports.columns import FIELDS

LABELS = {key: names[0] for key, names in FIELDS.items()}
LONGEST = {"building": 20, "unit_no": 8, "room": 40, "name": 40, "title": 8, "company": 80, "phones": 200}
KINDS = {label: value for value, label in UnitKind.choices} | {
    "公寓": "home",
    "店铺": "shop",
    "写字楼": "office",
}
WHOS = {label: value for value, label in ResidentKind.choices} | {
    "租客": "tenant",
    "承租人": "tenant",
    "产权人": "owner",
}
YES, NO = ("是", "Y", "YES", "1", "√"), ("否", "N", "NO", "0", "")
HERE = ("在住", "未搬出")
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BUILDING, UNIT = re.compile(r"\d{1,3}|[A-Z]\d?"), re.compile(r"\d{1,2}|[A-Z]")
ROOM = re.compile(r"[A-Z0-9]{1,8}")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: .*)?")


def clean(raw: dict[str, str]) -> dict[str, str]:
    """Blanks tidied, the address in its three parts, choices as their codes where they are one, a day as 2026-03-25."""
    cells = {key: " ".join(UNSEEN.sub("\ufffd", raw.get(key, "")).split()) for key in FIELDS}
    building, unit_no, room = (tidy(cells[key]).replace(" ", "") for key in ("building", "unit_no", "room"))
    whole = parse_place(room) if not building else None
    if whole:
        building, unit_no, room = whole.building, whole.unit_no or unit_no, whole.room
    cells["building"] = figure(re.sub(r"(号楼|号|栋|幢|座|楼|#)+$", "", building)).lstrip("0")
    cells["unit_no"] = figure(unit_no.removesuffix("单元")).lstrip("0")
    cells["room"] = re.sub(r"(室|号房|房|号)$", "", room)
    cells["kind"] = KINDS.get(cells["kind"], cells["kind"])
    cells["who"] = WHOS.get(cells["who"], cells["who"])
    leader = unicodedata.normalize("NFKC", cells["leader"]).upper()
    cells["leader"] = "yes" if leader in YES else "no" if leader and leader in NO else cells["leader"]
    cells["out"] = "here" if cells["out"] in HERE else _day(cells["out"])
    return cells


def _day(text: str) -> str:
    """2026-03-25 of 2026/3/25 or 2026年3月25日; anything else as it is."""
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, found.groups())).isoformat() if found else text
    except ValueError:
        return text


def label_of(cells: dict[str, str], building: str) -> str:
    """The address as everybody writes it: 3栋1202, 2栋1单元301."""
    return f"{building}{cells['unit_no'] + '单元' if cells['unit_no'] else ''}{cells['room']}"


def building_name(code: str) -> str:
    """3栋, A座."""
    return f"{code}{'座' if code[:1].isalpha() else '栋'}"


def faults(raw: dict[str, str], cells: dict[str, str], today: date) -> Iterator[str]:
    """Everything that is wrong with the row by itself, as sentences."""
    for key, value in raw.items():
        text = value.strip()
        if UNSEEN.search(text):
            yield f"{LABELS[key]}里有看不见的字符，请重新输入。"
        elif text in ERRORS:
            yield f"{LABELS[key]}是 Excel 的错误值 {text}，请改成内容。"
        elif len(text) > LONGEST.get(key, len(text)):
            yield f"{LABELS[key]}最多 {LONGEST[key]} 个字，现在有 {len(text)} 个。"
        elif key in ("name", "company") and text.startswith(FORMULA):
            yield f"{LABELS[key]}不能以“{text[0]}”开头，像是公式，请改正。"
    yield from _place_faults(cells)
    yield from _choice_faults(cells, today)
    if not cells["name"]:
        yield from (
            f"填了{LABELS[key]}，却没有姓名，请补上。"
            for key in ("phones", "title", "who", "leader", "out")
            if cells[key]
        )
    yield from filter(None, map(number_fault, split_numbers(cells["phones"])))


def _place_faults(cells: dict[str, str]) -> Iterator[str]:
    """The address: building and room, of a form that a caller can say."""
    if not cells["room"]:
        yield "没有房号，请补上。"
    elif not ROOM.fullmatch(cells["room"]):
        yield f"房号“{cells['room'][:12]}”认不出来，请写成 1202、S12，或 3栋1202。"
    elif not cells["building"]:
        yield "没有楼栋，请补上，或把房号写成 3栋1202。"
    elif not BUILDING.fullmatch(cells["building"]):
        yield f"楼栋“{cells['building'][:12]}”认不出来，请写成 3栋、3 或 A座。"
    if cells["unit_no"] and not UNIT.fullmatch(cells["unit_no"]):
        yield f"单元“{cells['unit_no'][:12]}”认不出来，请写成 1 或 1单元。"


def _choice_faults(cells: dict[str, str], today: date) -> Iterator[str]:
    if cells["kind"] and cells["kind"] not in UnitKind.values:
        yield f"没有“{cells['kind'][:12]}”这个用途，请填：{'、'.join(UnitKind.labels)}。"
    if cells["who"] and cells["who"] not in ResidentKind.values:
        yield f"没有“{cells['who'][:12]}”这个身份，请填：{'、'.join(ResidentKind.labels)}。"
    if cells["leader"] not in ("", "yes", "no"):
        yield "公司领导请填“是”或“否”。"
    if cells["out"] in ("", "here"):
        return
    try:
        day = date.fromisoformat(cells["out"])
    except ValueError:
        yield f"搬出日期“{cells['out'][:12]}”要写成 2026-03-25；又住回来的写“在住”。"
    else:
        if not date(2000, 1, 1) <= day <= today:
            yield "搬出日期要在 2000 年以后、今天以前，请核对。"
