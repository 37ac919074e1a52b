"""Which column of a workbook is what: headings in any order, under the names people use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reception.core.flow import Refused
from reception.core.sheets.reader import Line

MOST = 5000  # rows of one import
HEAD_WITHIN = 10  # titles may stand above the headings
# field: (heading of the template, other names it goes by)
FIELDS = {
    "name": ("单位名称", "单位", "客户", "客户名称", "公司", "公司名称", "来访单位", "名称", "企业名称"),
    "kind": ("客户类别", "类别", "类型", "客户类型"),
    "address": ("地址", "单位地址", "公司地址", "所在地"),
    "note": ("备注", "说明", "其他"),
    "contact": ("联系人", "姓名", "联系人姓名", "对方联系人"),
    "title": ("职务", "职位", "联系人职务"),
    "phone": ("手机", "电话", "手机号", "联系电话", "联系方式", "手机号码"),
}
NAMES = {name: field for field, names in FIELDS.items() for name in names}
HEADINGS = tuple(names[0] for names in FIELDS.values())


@dataclass(frozen=True)
class Row:
    """One row below the headings: its number in the sheet, and its fields as text."""

    line: int
    cells: dict[str, str]


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The rows below the headings. Raises Refused (invalid, field "file") when no heading is known, when one stands
    twice, or when nothing stands below."""
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        places = _places(line)
        if "name" in {field for field, _ in places}:
            return _read(places, lines[at + 1 :])
    raise Refused(
        "invalid",
        f"没有找到“单位名称”这一列。第一行请写列名：{'、'.join(HEADINGS)}，次序不限。",
        field="file",
    )


def _places(line: Line) -> list[tuple[str, int]]:
    """(field, column) for every heading that is known."""
    plain = (cell.replace(" ", "").replace("　", "").strip("*＊:：") for cell in line.cells)
    return [(NAMES[cell], index) for index, cell in enumerate(plain) if cell in NAMES]


def _read(places: list[tuple[str, int]], lines: Sequence[Line]) -> list[Row]:
    seen: set[str] = set()
    for field, _ in places:
        if field in seen:
            raise Refused(
                "invalid", f"“{FIELDS[field][0]}”有两列，不知道该用哪一列。请只留一列。", field="file"
            )
        seen.add(field)
    rows = list(_rows(places, lines))
    if not rows:
        raise Refused("invalid", "列名下面没有内容，请填好再上传。", field="file")
    return rows


def _rows(places: list[tuple[str, int]], lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        cells = {field: line.cells[index] if index < len(line.cells) else "" for field, index in places}
        if any(cells.values()):
            yield Row(line.number, cells)
