"""The workbook to fill in: headings as the import knows them, and a sheet that says what goes where."""

from datetime import datetime
from io import BytesIO

from reception.core.sheets import Book, Column
from visits.customers.choices import CustomerKind
from visits.imports.columns import FIELDS, HEADINGS, MOST

WIDTHS = (28, 14, 26, 30, 12, 16, 18)
SAYS = {
    "name": "必填，最多 80 个字。登记过的单位按名称对上，只补充或更新，不会重复建立。",
    "kind": f"不填为“{CustomerKind.BUYER.label}”。可填：{'、'.join(CustomerKind.labels)}。",
    "address": "选填，最多 120 个字。",
    "note": "选填，最多 1000 个字。",
    "contact": "选填。同一单位有几位联系人，就写几行，单位名称相同。",
    "title": "选填，要先有联系人。",
    "phone": "选填，要先有联系人。请把这一列设为文本。",
}


def template(at: datetime) -> bytes:
    """The bytes of 客户导入模板.xlsx, dated `at`."""
    book = Book("客户导入模板", at=at)
    sheet = book.sheet("客户", landscape=True)
    columns = [Column(label, width) for label, width in zip(HEADINGS, WIDTHS, strict=True)]
    sheet.widths(columns)
    block = sheet.table(columns, [[""] * len(columns) for _ in range(20)])
    sheet.freeze(block)
    notes = book.sheet("填写说明")
    parts = [Column("列", 14), Column("怎么填", 70)]
    notes.title(
        "客户导入填写说明", f"列的次序不限，多出的列不理会；空着的格子不改动原来的内容；一次最多 {MOST} 行。"
    )
    notes.widths(parts)
    notes.table(parts, [(names[0], SAYS[key]) for key, names in FIELDS.items()])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
