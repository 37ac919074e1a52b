"""接待方案.xlsx: the same sections as the paper, one A4 sheet wide."""

from datetime import datetime
from typing import Any

from reception.core.sheets import TEXT, WORD, Book, Column, Sheet
from reception.core.sheets.sheet import put
from visits.briefing.plan import TITLE
from visits.requests.views_words import plain

COLUMNS = (Column("", 14), Column("", 16), Column("", 30), Column("", 22), Column("", 24))
LINE = 21  # points
_WIDE = 46  # Chinese characters that a line over four columns holds


def workbook(plan: dict[str, Any], at: datetime) -> Book:
    """The workbook of `plan` (see plan.plan), dated `at`. What people typed is text and never runs."""
    reception = plan["reception"]
    book = Book(f"{TITLE} {reception.no}", at=at)
    sheet = book.sheet(TITLE)
    sheet.page.oddFooter.left.text = f"{plan['organisation']}　打印：{plan['printed_at']}"
    sheet.title(f"{plan['organisation']} {reception.title}{TITLE}", f"No. {reception.no}")
    sheet.widths(COLUMNS)
    sheet.part("一、基本情况")
    for label, value in plan["basics"]:
        _wide(sheet, label, value)
    _tables(sheet, plan)
    _rest(sheet, plan)
    return book


def _tables(sheet: Sheet, plan: dict[str, Any]) -> None:
    """Guests, itinerary, work."""
    sheet.part("二、来宾")
    _row(sheet, ("姓名", "职务", "单位", "手机", "饮食、照顾"), head=True)
    for guest in plan["guests"]:
        name = f"{guest.name}（带队）" if guest.is_leader else guest.name
        care = " ".join(filter(None, (guest.diet, guest.care)))
        _row(sheet, (name, guest.title, guest.organisation, guest.phone, care))
    sheet.part("三、日程")
    _row(sheet, ("日期", "时间", "事项", "地点", "负责"), head=True)
    for day in plan["days"]:
        for row in day["rows"]:
            _row(sheet, (day["name"], row["hm"], row["item"].what, row["item"].place, row["who"]))
    sheet.part("四、分工")
    _row(sheet, ("部门", "负责人", "工作", "承办人", "时限"), head=True)
    for lane in plan["work"]:
        for duty, person, due in lane["rows"]:
            _row(sheet, (lane["name"], lane["head"], duty, person, due))


def _rest(sheet: Sheet, plan: dict[str, Any]) -> None:
    """Stays, money, notes, signatures."""
    sheet.part("五、用餐、住宿、用车")
    for label, lines in plan["stays"]:
        _wide(sheet, label, "\n".join(lines))
    sheet.part("六、费用预算")
    for row in plan["side"]["rows"]:
        _wide(sheet, row["label"], f"{row['plain_text']} 元{_note(row)}")
    _wide(sheet, "合计", f"{plan['side']['total_plain']} 元")
    for label, amount in (
        ("活动标准", plan["reception"].activity_budget),
        ("礼品标准", plan["reception"].gift_budget),
    ):
        if amount is not None:
            _wide(sheet, label, f"{plain(amount)} 元")
    sheet.part("七、注意事项")
    for number, text in enumerate(plan["notes"], 1):
        _wide(sheet, str(number), text)
    _wide(sheet, "接待要求", "；".join("、".join(words) for words in plan["conduct"]))
    sheet.part("八、签批")
    for sign in plan["signs"]:
        _wide(
            sheet,
            sign["label"],
            f"{sign['word']}{sign['reason']}\n签名：{sign['name']}　{sign['date']}".strip(),
            44,
        )


def _note(row: dict[str, Any]) -> str:
    return f"（标准 {row['standard_text']}）" if row["standard_text"] else ""


def _row(sheet: Sheet, cells: tuple[Any, ...], *, head: bool = False) -> None:
    """Five bordered cells."""
    for number, text in enumerate(cells, 1):
        put(sheet.page.cell(sheet.row, number), str(text or ""), WORD if head else TEXT)
    longest = max((len(str(text or "")) / (COLUMNS[n].width / 2) for n, text in enumerate(cells)), default=1)
    sheet.page.row_dimensions[sheet.row].height = LINE * max(1, min(4, -int(-longest // 1)))
    sheet.row += 1


def _wide(sheet: Sheet, label: str, text: Any, height: float = 0) -> None:
    """A label and words over the other four columns."""
    words = str(text or "")
    put(sheet.page.cell(sheet.row, 1), label, WORD)
    for number in range(2, 6):
        put(sheet.page.cell(sheet.row, number), words if number == 2 else "", TEXT)
    sheet.page.merge_cells(start_row=sheet.row, end_row=sheet.row, start_column=2, end_column=5)
    lines = sum(1 + len(line) // _WIDE for line in words.splitlines()) or 1
    sheet.page.row_dimensions[sheet.row].height = max(height, LINE if lines < 2 else 17 * min(lines, 20))
    sheet.row += 1
