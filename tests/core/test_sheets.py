"""Workbooks: nothing that people typed can run, the same content gives the same bytes, A4 comes out of the printer."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reception.core.clock.periods import SHANGHAI
from reception.core.sheets import (
    ALARM,
    DATE,
    MOMENT,
    RATE,
    TEXT,
    TIME,
    WHOLE,
    Block,
    Book,
    Column,
    Struck,
    lines,
    pareto,
    stream,
)
from reception.core.sheets.text import LONGEST, clean

AT = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
HOSTILE = [
    '=HYPERLINK("http://evil.example","点我")', "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
    "＝1+1", "=cmd|' /C calc'!A0", "<t>=1</t>", "]]>&amp;<f>1+1</f>", "\x00\x07坏字\ufffe", "_x003D_1+1", "—", "",
]  # fmt: skip
COLUMNS = (Column("内容", 30), Column("受理", 12, TIME), Column("率", 8, RATE), Column("件", 8, WHOLE))


def saved(book: Book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(texts: list[str], streamed: bool) -> bytes:
    """One sheet with the texts in its first column."""
    book = Book("试", at=AT)
    sheet = book.sheet("明细", landscape=True)
    sheet.title("明细")
    rows = [(text, AT, 0.5, 3) for text in texts]
    sheet.stream(COLUMNS, rows, len(rows)) if streamed else sheet.table(COLUMNS, rows)
    return saved(book)


def cells(data: bytes):
    return [row[0] for row in load_workbook(io.BytesIO(data))["明细"].iter_rows(min_row=3)]


def formulas(data: bytes) -> int:
    """How many cells of any sheet hold a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return sum(
            len(re.findall(rb"<f[ >/]", file.read(n))) for n in file.namelist() if "worksheets/sheet" in n
        )


@pytest.mark.parametrize("streamed", [False, True])
def test_D4_4_5_hostile_cells_are_text(streamed):
    data = written(HOSTILE, streamed)
    found = cells(data)
    assert [cell.value for cell in found] == [clean(text) or None for text in HOSTILE]
    assert {cell.data_type for cell in found if cell.value is not None} == {"s"}
    risky = [
        cell
        for cell in found
        if str(cell.value or "").strip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    ]
    assert len(risky) == 11
    assert {cell.quotePrefix for cell in risky} == {True}
    assert formulas(data) == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6), st.booleans())
def test_D4_4_5_whatever_was_typed_comes_back_as_text(texts, streamed):
    data = written(texts, streamed)
    assert [cell.value or "" for cell in cells(data)] == [clean(text) for text in texts]
    assert formulas(data) == 0


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates(), st.sampled_from(HOSTILE),
    st.text(max_size=8), st.text("甲乙 <=+-&", max_size=5), st.builds(Struck, st.just(("旧",)), st.just("新")),
    st.datetimes(datetime(1950, 1, 1)), st.datetimes(datetime(1986, 1, 1), datetime(1994, 1, 1), timezones=st.just(UTC)),
)  # fmt: skip
ALIKE = st.one_of(
    *(st.lists(st.one_of(st.none(), kind), max_size=12) for kind in (
        st.text("甲乙 <=+-&\n", max_size=3), st.sampled_from(["甲", "乙 丙", ""]), st.floats(), st.integers(), st.dates(),
        st.datetimes(timezones=st.sampled_from([UTC, SHANGHAI])), st.datetimes(datetime(1992, 1, 2), timezones=st.just(UTC)),
    ))
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(ALIKE, st.lists(ODD, max_size=8)), st.sampled_from((TEXT, WHOLE, TIME)))
def test_E5_3_7_a_column_is_written_as_its_cells_one_by_one(values, kind):
    one = stream._writer(kind, 5, 6)
    assert stream._column(kind, 5, 6)(values) == [one(value) for value in values]


def test_E5_3_7_every_second_of_a_day_is_written_alike():
    moments = [datetime(2026, 10, 31, tzinfo=UTC) + timedelta(seconds=second) for second in range(86_400)]
    one = stream._writer(TIME, 5, 6)
    assert stream._column(TIME, 5, 6)(moments) == [one(moment) for moment in moments]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    text = clean("长" * 40_000)
    assert (len(text), text[-9:]) == (LONGEST, "…（过长，已截断）")


@pytest.mark.parametrize("streamed", [False, True])
def test_times_are_real_and_in_shanghai(streamed):
    row = next(load_workbook(io.BytesIO(written(["甲"], streamed)))["明细"].iter_rows(min_row=3))
    assert row[1].value == datetime(2026, 11, 1, 0, 0)
    assert [cell.number_format for cell in row] == ["@", "yyyy-mm-dd hh:mm", "0.0%", "#,##0"]


def test_a_table_and_a_stream_say_the_same():
    kinds = (TEXT, TIME, DATE, MOMENT, RATE, WHOLE)
    columns = [Column(kind, 10, kind) for kind in kinds]
    rows = [("甲", AT, date(2026, 2, 28), AT, 0.123, 7), (None, None, None, None, "—", "—")]
    found = []
    for streamed in (False, True):
        book = Book("试", at=AT)
        sheet = book.sheet("表")
        sheet.stream(columns, rows, 2) if streamed else sheet.table(columns, rows)
        page = load_workbook(io.BytesIO(saved(book)))["表"]
        found.append(
            [
                [(c.value, c.style, c.number_format, c.alignment.horizontal) for c in row]
                for row in page.iter_rows()
            ]
        )
    assert found[0] == found[1]


def example() -> Book:
    book = Book("报告", at=AT)
    sheet = book.sheet("2 总览")
    columns = (Column("月份", 10), Column("受理", 8, WHOLE), Column("占比", 8, RATE))
    sheet.widths(columns)
    sheet.title("总览", "2026年10月")
    block = sheet.table(
        columns, [("9月", 3, 0.3), ("10月", 7, 1.0)], lambda row: ALARM if row[1] == 7 else ""
    )
    sheet.freeze(block, 1)
    sheet.filter(block)
    lines(sheet, block, "线", (2,), "E3")
    pareto(sheet, Block(block.head, block.last, 3), "帕累托", (1, 2, 3), "E20")
    return book


def test_the_same_content_gives_the_same_bytes():
    first = saved(example())
    assert saved(example()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    facts = load_workbook(io.BytesIO(first)).properties
    assert (facts.creator, facts.created, facts.modified) == (
        "迎候",
        datetime(2026, 10, 31, 16),
        datetime(2026, 10, 31, 16),
    )


def test_a_sheet_is_ready_for_a4():
    page = load_workbook(io.BytesIO(saved(example())))["2 总览"]
    setup = page.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True
    assert (page.freeze_panes, page.print_title_rows, page.auto_filter.ref) == ("B4", "$3:$3", "A3:C5")
    assert page.oddFooter.left.text == "制表：　　　　　审核："
    assert page.oddFooter.right.text == "第 &P 页／共 &N 页"
    assert [type(chart).__name__ for chart in page._charts] == ["LineChart", "BarChart"]
    assert page["A5"].fill.start_color.rgb != page["A4"].fill.start_color.rgb


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "报告.xlsx"
    path.write_text("旧")

    def broken():
        yield ("甲", AT, 0.1, 1)
        raise RuntimeError("数据库断了")

    book = Book("试", at=AT)
    book.sheet("明细").stream(COLUMNS, broken(), 2)
    with pytest.raises(RuntimeError, match="数据库断了"):
        book.save_as(path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("报告.xlsx", "旧")]
    example().save_as(path)
    assert load_workbook(path).sheetnames == ["2 总览"]
    assert [file.name for file in tmp_path.iterdir()] == ["报告.xlsx"]
