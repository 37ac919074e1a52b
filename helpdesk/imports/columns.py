"""Which column of a workbook is what: headings in any order, under the names people use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reception.core.flow import Refused
from reception.core.sheets.reader import Line

MOST = 5000  # rows of one import
HEAD_WITHIN = 10  # titles may stand above the headings
# field: (heading of the template, other names it goes by)
FIELDS = {
    "building": ("楼栋", "楼号", "栋号", "楼座", "楼", "栋", "座"),
    "unit_no": ("单元", "单元号"),
    "room": ("房号", "房间号", "室号", "门牌号", "房间", "地址", "房屋地址", "房产"),
    "kind": ("用途", "房屋用途", "房屋类型", "物业类型"),
    "name": ("姓名", "业主姓名", "住户姓名", "住户", "业主", "联系人", "客户姓名"),
    "title": ("称呼", "性别称呼"),
    "who": ("身份", "住户类型", "客户类型", "与房屋关系"),
    "company": ("公司名称", "公司", "单位", "单位名称", "企业名称", "商户名称"),
    "phones": ("电话", "手机", "联系电话", "手机号", "联系方式", "手机号码", "电话号码"),
    "leader": ("公司领导", "领导", "是否领导"),
    "out": ("搬出日期", "搬出", "迁出日期", "退租日期"),
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
        if "room" in {field for field, _ in places} or len(places) > 2:
            return _read(places, lines[at + 1 :])
    raise Refused(
        "invalid",
        f"没有找到“房号”这一列。第一行请写列名：{'、'.join(HEADINGS)}，次序不限。",
        field="file",
    )


def _places(line: Line) -> list[tuple[str, int]]:
    """(field, column) for every heading that is known."""
    plain = (cell.replace(" ", "").replace("　", "").strip("*＊:：") for cell in line.cells)
    return [(NAMES[cell], index) for index, cell in enumerate(plain) if cell in NAMES]


def _read(places: list[tuple[str, int]], lines: Sequence[Line]) -> list[Row]:
    fields = [field for field, _ in places]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        raise Refused("invalid", f"“{FIELDS[twice][0]}”有两列，不知道该用哪一列。请只留一列。", field="file")
    if "room" not in fields:
        raise Refused("invalid", "有列名，但没有“房号”这一列，请补上。", field="file")
    rows = list(_rows(places, lines))
    if not rows:
        raise Refused("invalid", "列名下面没有内容，请填好再上传。", field="file")
    return rows


def _rows(places: list[tuple[str, int]], lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        cells = {field: line.cells[index] if index < len(line.cells) else "" for field, index in places}
        if any(cells.values()):
            yield Row(line.number, cells)
