"""接待申请表.xlsx: the paper form (A9) as a workbook, one A4 page, from the same cells as the printed one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reception.core.sheets import TEXT, WORD, Book, Column, Sheet
from reception.core.sheets.sheet import put
from visits.requests.paper_fit import lines

TITLE = "接待申请表"
# label, value, label, value, label, value: as on the paper.
COLUMNS = (Column("", 10), Column("", 20), Column("", 10), Column("", 18), Column("", 10), Column("", 20))
LINE, SIGN, MORE = 16, 40, 12  # heights in points: a row, a signature, each further line of a row
HEADS = ("来宾姓名", "单位", "性别", "职务", "带队", "饮食、照顾")


def workbook(paper: dict[str, Any], at: datetime) -> Book:
    """The workbook of `paper` (see views_print.paper), dated `at`. What people typed is text and never runs."""
    reception = paper["reception"]
    book = Book(f"{TITLE} {reception.no}", at=at)
    sheet = book.sheet(TITLE)
    sheet.page.page_setup.fitToHeight = 1
    sheet.page.oddFooter.left.text = f"依据《客户接待管理制度》　打印：{paper['printed_at']}"
    sheet.title(f"{paper['organisation']} {TITLE}".strip(), f"No. {reception.no}")
    sheet.widths(COLUMNS)
    for cells in _facts(paper):
        _line(sheet, cells)
    _guests(sheet, paper)
    for sign in paper["signs"]:
        words = "\n".join(filter(None, (sign["word"] + sign["reason"],)))
        _line(sheet, (sign["label"], f"{words}\n签名：{sign['name']}　{sign['date']}".lstrip("\n")), SIGN)
    if paper["sheet"].continues:
        _annex(book.sheet("附页"), paper)
    return book


def _annex(sheet: Sheet, paper: dict[str, Any]) -> None:
    """What the page has no room for, whole."""
    sheet.title(f"{TITLE} 附页", f"No. {paper['reception'].no}")
    sheet.widths(COLUMNS)
    for label, rows in paper["sheet"].annex:
        text = "\n".join(rows)
        _line(sheet, (label, text), 15 * lines(text) + 6)
    if paper["sheet"].annex_guests:
        _cells(sheet, HEADS, heads=range(1, 7))
        _roster(sheet, paper["sheet"].annex_guests)


def _facts(paper: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rows above the roster: three pairs, or a pair that goes across."""
    one, texts = paper["reception"], paper["texts"]
    ticks = "　".join(f"{'☑' if on else '□'} {label}" for label, on in paper["needs"])
    host = f"{one.host or ''} {one.host.position or ''}".strip() if one.host else ""
    rows = [
        ("责任部门", one.department, "经办人", one.applicant, "电话", one.applicant_phone),
        ("申请日期", paper["applied_on"], "接待性质", one.get_nature_display(), "状态", _state(one)),
        ("来访单位", one.customer_name, "公函字号", one.letter_no, "人数", one.headcount),
        ("联系人", one.contact_name, "职务", one.contact_title, "手机", one.contact_phone),
        ("目的", one.get_purpose_display(), "交通方式", one.transport, "是否涉密", "涉密" if one.secret else "否"),
        ("到达离开", paper["time_line"]), ("事由", texts["subject"]),
        ("拟定级别", one.proposed_tier, "核定级别", one.tier, "主陪领导", host),
        ("陪同人员", one.companions), ("接待需要", ticks),
        *((label, "\n".join(rows)) for label, rows in paper["sheet"].sections),
        ("费用估算", texts["estimate"]), ("超标说明", texts["overspend"]),
        ("活动标准", _budget(one.activity_budget), "礼品标准", _budget(one.gift_budget), "定级说明", one.tier_reason),
        ("补办", texts["retro"]), ("备注", texts["note"]),
    ]  # fmt: skip
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


def _state(reception: Any) -> str:
    """已归档（补办）."""
    return reception.get_status_display() + ("（补办）" if reception.retroactive else "")


def _budget(amount: Any) -> str:
    """800.00 元, or nothing when the leader set none."""
    return "" if amount is None else f"{amount:,.2f} 元"


def _guests(sheet: Sheet, paper: dict[str, Any]) -> None:
    """The roster as far as it fits the page, as the paper has it."""
    _cells(sheet, HEADS, heads=range(1, 7))
    _roster(sheet, paper["guests"])
    for _ in paper["blank"]:
        _cells(sheet, ("",) * 6)
    if paper["sheet"].annex_guests:
        _line(sheet, ("", f"另有 {len(paper['sheet'].annex_guests)} 位来宾，见附页。"))


def _roster(sheet: Sheet, guests: Sequence[Any]) -> None:
    """One row a guest."""
    for guest in guests:
        leads = "是" if guest.is_leader else ""
        care = " ".join(filter(None, (guest.diet, guest.care)))
        _cells(sheet, (guest.name, guest.organisation, guest.get_gender_display(), guest.title, leads, care))


def _line(sheet: Sheet, cells: Sequence[str], height: float = 0) -> None:
    """One row of the form: three pairs, or one pair whose value goes across the page."""
    across = len(cells) == 2
    _cells(sheet, [*cells, "", "", "", ""] if across else cells, heads=(1,) if across else (1, 3, 5))
    row = sheet.row - 1
    if across:
        sheet.page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=6)
        height = height or LINE + (lines(cells[1]) - 1) * MORE
    sheet.page.row_dimensions[row].height = height or LINE


def _cells(sheet: Sheet, cells: Sequence[str], heads: Sequence[int] | range = ()) -> None:
    """Six bordered cells; those of `heads` (from 1) are labels."""
    for number, text in enumerate(cells, 1):
        put(sheet.page.cell(sheet.row, number), text, WORD if number in heads else TEXT)
    sheet.page.row_dimensions[sheet.row].height = LINE
    sheet.row += 1
