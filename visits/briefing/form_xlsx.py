"""接待申请表.xlsx: the paper form (A9) as a workbook, one A4 page, from the same cells as the printed one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reception.core.sheets import TEXT, WORD, Book, Column, Sheet
from reception.core.sheets.sheet import put
from visits.requests.views_words import when

TITLE = "接待申请表"
# label, value, label, value, label, value: as on the paper.
COLUMNS = (Column("", 10), Column("", 20), Column("", 10), Column("", 18), Column("", 10), Column("", 20))
LINE, SIGN, TALL = 21, 58, 42  # heights in points
_WIDE = 62  # Chinese characters that a line over five columns holds


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
    return book


def _facts(paper: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rows above the roster: three pairs, or a pair that goes across."""
    one, side = paper["reception"], paper["side"]
    ticks = "　".join(f"{'☑' if on else '□'} {label}" for label, on in paper["needs"])
    host = f"{one.host or ''} {one.host.position or ''}".strip() if one.host else ""
    rows = [
        ("责任部门", one.department, "经办人", one.applicant, "电话", one.applicant_phone),
        ("申请日期", paper["applied_on"], "接待性质", one.get_nature_display(), "状态", _state(one)),
        ("来访单位", one.customer_name, "人数", one.headcount, "目的", one.get_purpose_display()),
        ("联系人", one.contact_name, "职务", one.contact_title, "手机", one.contact_phone),
        ("到达离开", paper["time_line"]), ("交通方式", one.transport), ("事由", one.subject),
        ("拟定级别", one.proposed_tier, "核定级别", one.tier, "主陪领导", host),
        ("陪同人员", one.companions), ("接待需要", ticks), ("费用估算", _estimate(side)),
        ("超标说明", one.overspend_reason),
        ("活动标准", _budget(one.activity_budget), "礼品标准", _budget(one.gift_budget), "定级说明", one.tier_reason),
        ("补办", _retro(one)), ("备注", one.note),
    ]  # fmt: skip
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


def _state(reception: Any) -> str:
    """已归档（补办）."""
    return reception.get_status_display() + ("（补办）" if reception.retroactive else "")


def _estimate(side: dict[str, Any]) -> str:
    """用餐 1,800（标准 3,000）；合计 1,800 元, as on the paper."""
    rows = [
        f"{row['label']} {row['plain_text']}"
        + (f"（标准 {row['standard_text']}）" if row["standard_text"] else "")
        for row in side["rows"]
    ]
    return "；".join([*rows, f"合计 {side['total_plain']} 元"])


def _budget(amount: Any) -> str:
    """800.00 元, or nothing when the leader set none."""
    return "" if amount is None else f"{amount:,.2f} 元"


def _retro(reception: Any) -> str:
    """Why it is applied for afterwards; nothing for others."""
    if not reception.retroactive:
        return ""
    return (
        f"{reception.retro_reason}（{reception.retro_agreed_by} {when(reception.retro_agreed_at)} 口头同意）"
    )


def _guests(sheet: Sheet, paper: dict[str, Any]) -> None:
    """The roster as far as it fits the page, as the paper has it."""
    _cells(sheet, ("来宾姓名", "单位", "性别", "职务", "带队", "饮食、照顾"), heads=range(1, 7))
    for guest in paper["guests"]:
        leads = "是" if guest.is_leader else ""
        care = " ".join(filter(None, (guest.diet, guest.care)))
        _cells(sheet, (guest.name, guest.organisation, guest.get_gender_display(), guest.title, leads, care))
    for _ in paper["blank"]:
        _cells(sheet, ("",) * 6)
    if paper["more_guests"]:
        _line(sheet, ("", f"另有 {paper['more_guests']} 位来宾，见系统内名单。"))


def _line(sheet: Sheet, cells: Sequence[str], height: float = 0) -> None:
    """One row of the form: three pairs, or one pair whose value goes across the page."""
    across = len(cells) == 2
    _cells(sheet, [*cells, "", "", "", ""] if across else cells, heads=(1,) if across else (1, 3, 5))
    row = sheet.row - 1
    if across:
        sheet.page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=6)
        lines = sum(1 + len(text) // _WIDE for text in cells[1].splitlines())
        height = height or (LINE if lines < 2 else min(TALL, 16 * lines))
    sheet.page.row_dimensions[row].height = height or LINE


def _cells(sheet: Sheet, cells: Sequence[str], heads: Sequence[int] | range = ()) -> None:
    """Six bordered cells; those of `heads` (from 1) are labels."""
    for number, text in enumerate(cells, 1):
        put(sheet.page.cell(sheet.row, number), text, WORD if number in heads else TEXT)
    sheet.page.row_dimensions[sheet.row].height = LINE
    sheet.row += 1
