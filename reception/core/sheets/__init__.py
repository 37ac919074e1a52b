"""Workbooks (.xlsx) for paper and for archives: `Book` → `Sheet` → tables, charts, print set-up.

Everything typed by people is written as text that cannot run (`text.py`); the same content gives the
same bytes (`archive.py`); long tables are streamed (`stream.py`). Import from here.
"""

from reception.core.sheets.book import MIME, Book, save_whole
from reception.core.sheets.charts import lines, pareto
from reception.core.sheets.sheet import NONE, Block, Row, Sheet
from reception.core.sheets.styles import (
    ALARM,
    DATE,
    DECIMAL,
    MOMENT,
    MONEY,
    PLAIN,
    POINTS,
    RATE,
    TEXT,
    TIME,
    TOTAL,
    WHOLE,
    WORD,
    Column,
)
from reception.core.sheets.text import Struck

__all__ = [
    "ALARM",
    "DATE",
    "DECIMAL",
    "MIME",
    "MOMENT",
    "MONEY",
    "NONE",
    "PLAIN",
    "POINTS",
    "RATE",
    "TEXT",
    "TIME",
    "TOTAL",
    "WHOLE",
    "WORD",
    "Block",
    "Book",
    "Column",
    "Row",
    "Sheet",
    "Struck",
    "lines",
    "pareto",
    "save_whole",
]
