"""The register as a workbook: what the list shows, under its filters."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from reception.core.sheets import DATE, WHOLE, Book, Column
from visits.customers.choices import CustomerKind

COLUMNS = (
    Column("单位名称", 30), Column("客户类别", 14), Column("地址", 28), Column("来访次数", 10, WHOLE),
    Column("上次来访", 13, DATE), Column("待兑现承诺", 12, WHOLE), Column("最早到期", 13, DATE),
)  # fmt: skip


def register(rows: Iterable[dict[str, Any]], at: datetime, note: str) -> bytes:
    """The bytes of 客户.xlsx, dated `at`; rows as views_list.table gives them."""
    book = Book("客户", at=at)
    sheet = book.sheet("客户", landscape=True)
    sheet.title("客户", note)
    sheet.widths(COLUMNS)
    block = sheet.table(COLUMNS, (
        (row["name"], CustomerKind(row["kind"]).label, row["address"], row["times"], row["last"], row["owed"], row["first"])
        for row in rows
    ))  # fmt: skip
    sheet.freeze(block)
    sheet.filter(block)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
