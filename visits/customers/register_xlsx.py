"""The register as a workbook: what the list shows, under its filters."""

from typing import Any

from reception.core.sheets import DATE, WHOLE, Column
from visits.customers.choices import CustomerKind

COLUMNS = (
    Column("单位名称", 30), Column("客户类别", 14), Column("地址", 28), Column("来访次数", 10, WHOLE),
    Column("上次来访", 13, DATE), Column("待兑现承诺", 12, WHOLE), Column("最早到期", 13, DATE),
)  # fmt: skip


def cells(row: dict[str, Any]) -> tuple[object, ...]:
    """One row, as views_list.table gives it."""
    return (row["name"], CustomerKind(row["kind"]).label, row["address"], row["times"], row["last"], row["owed"], row["first"])  # fmt: skip
