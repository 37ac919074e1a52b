"""A list of many rows as .xlsx: `bench/exports.py [--rows 100000]`, 15 columns of a call log, read from the database.

Against two things in the same run: deflating the very bytes that are written (the least that any writer must do), and
openpyxl's write-only mode, which reads the same rows.
"""

from __future__ import annotations

import argparse
import io
import random
import sqlite3
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import _run

KINDS = (
    "词",
    "时间",
    "词",
    "文本",
    "文本",
    "文本",
    "词",
    "整数",
    "小数",
    "文本",
    "词",
    "时间",
    "时间",
    "词",
    "文本",
)
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
SYLLABLES = "厨房卫生间水管漏水已关阀门请尽快上门查看业主在家电话联系电梯异响停运灯不亮空调不制冷门锁坏了物业费查询发票快递"


def rows(count: int) -> list[tuple[object, ...]]:
    """Calls as varied as real ones: text that hardly repeats, times, numbers, some empty cells."""
    rng = random.Random(7)
    words = lambda low, high: "".join(rng.choices(SYLLABLES, k=rng.randint(low, high)))  # noqa: E731
    return [
        (
            f"DH-2026-{number:06d}", (BEGUN + timedelta(seconds=number * 211)).isoformat(), rng.choice(("来电", "来访", "微信")),
            words(2, 3), f"{rng.randint(1, 30)}栋{rng.randint(101, 2404)}", words(8, 40), rng.choice(("急", "一般")),
            rng.randint(1, 9), rng.random() * 90, f"138****{rng.randint(0, 9999):04d}", rng.choice(("已关闭", "办理中")),
            (BEGUN + timedelta(seconds=number * 211 + 900)).isoformat(), None, rng.choice(("是", "否")), words(0, 30),
        )
        for number in range(count)
    ]  # fmt: skip


class Table:
    """The rows in a database file, read afresh by whoever asks."""

    def __init__(self, path: Path, count: int) -> None:
        self.file = sqlite3.connect(path)
        self.file.execute(f"CREATE TABLE calls ({', '.join(f'c{n}' for n in range(15))})")
        self.file.executemany(f"INSERT INTO calls VALUES ({', '.join('?' * 15)})", rows(count))
        self.file.commit()

    def read(self):
        """Each row as a list gets it: times as aware datetimes."""
        moment = datetime.fromisoformat
        for row in self.file.execute("SELECT * FROM calls"):
            yield (row[0], moment(row[1]), *row[2:11], moment(row[11]), *row[12:])


def dumped(table: Table) -> bytes:
    """By the house."""
    from reception.core.sheets import Column
    from reception.core.sheets.dump import dump

    file, columns = io.BytesIO(), [Column(f"第{n}列", 14, kind) for n, kind in enumerate(KINDS, 1)]
    dump(file, title="来电记录", columns=columns, rows=table.read(), at=BEGUN, mark="测量")
    return file.getvalue()


def openpyxl(table: Table) -> None:
    """By openpyxl's own fast way; the times made naive, as it asks."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("来电记录")
    for row in table.read():
        sheet.append([value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in row])
    book.save(io.BytesIO())


def memory(path: Path, count: int) -> float:
    """MB above what the same process has before it writes `count` rows into a file."""
    from reception.core.sheets import Column
    from reception.core.sheets.dump import dump

    columns = [Column(f"第{n}列", 14, kind) for n, kind in enumerate(KINDS, 1)]
    some = rows(1000)
    few = [(row[0], BEGUN, *row[2:11], BEGUN, *row[12:]) for row in some]
    for many in (few, (few[n % 1000] for n in range(count))):
        before = _run.peak()
        with path.open("wb") as file:
            dump(file, title="来电记录", columns=columns, rows=many, at=BEGUN, mark="测量")
    return _run.peak() - before


def main() -> None:
    """Print the rows of the table Speed that are about .xlsx."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--memory", type=int, default=0, help=argparse.SUPPRESS)
    asked, _ = parser.parse_known_args()
    with _run.folder() as place:
        _run.settle(Path(place))
        _run.django()
        if asked.memory:
            print(memory(Path(place) / "m.xlsx", asked.memory))
            return
        table = Table(Path(place) / "rows.sqlite3", asked.rows)
        first = dumped(table)
        raw = ZipFile(io.BytesIO(first)).read("xl/worksheets/sheet1.xml")
        ready = list(table.read())
        stand = type("Ready", (), {"read": lambda self: iter(ready)})()
        found = _run.rounds(
            ours=lambda: dumped(table),
            write=lambda: dumped(stand),
            deflate=lambda: zlib.compress(raw, 6),
            openpyxl=lambda: openpyxl(table),
        )
    size = f".xlsx {asked.rows:,} × 15"
    _run.ratio(
        f"{size}, writing against deflating the same bytes", found["write"], found["deflate"], "≤ 2, goal 1.1"
    )
    _run.ratio(
        f"{size}, openpyxl write-only against ours, with the read",
        found["openpyxl"],
        found["ours"],
        "≥ 5, goal 9",
    )
    (more,) = _run.child("bench/exports.py", "--memory", str(asked.rows))
    _run.amount(f"{size}, extra memory", more, "MB", "≤ 80, goal 40")


if __name__ == "__main__":
    main()
