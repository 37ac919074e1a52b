"""A workbook somebody sent: read as text, weighed before it is opened, refused with a sentence."""

import re
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from reception.core.flow import Refused
from reception.core.sheets import reader
from reception.core.sheets.reader import read_lines


def book(*rows):
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file


def zipped(**parts):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file


def rewritten(file, name, change):
    """The same workbook with one part changed."""
    out = BytesIO()
    with ZipFile(file) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return out


def refusal(file, most=100):
    with pytest.raises(Refused) as no:
        read_lines(file, most=most)
    assert (no.value.code, no.value.field) == ("invalid", "file")
    return no.value.message


def test_cells_read_as_a_person_reads_them():
    rows = [
        ["单位", 13800138000, 1.5, True, date(2026, 3, 25), datetime(2026, 3, 25, 9, 40), None, "  空白 "]
    ]
    (line,) = read_lines(book(*rows), most=10)
    assert line.cells == ("单位", "13800138000", "1.5", "是", "2026-03-25", "2026-03-25 09:40", "", "空白")


def test_rows_keep_their_numbers_and_empty_ones_are_left_out():
    lines = read_lines(book(["甲"], [], [None, ""], ["乙"]), most=10)
    assert [(line.number, line.cells[0]) for line in lines] == [(1, "甲"), (4, "乙")]


def test_a_formula_is_never_more_than_its_last_result():
    (line,) = read_lines(book(["甲", "=1+1", '=HYPERLINK("http://x","y")']), most=10)
    assert line.cells == ("甲",)


@pytest.mark.parametrize("content", [b"", b"name,phone\n", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_said(content):
    assert refusal(BytesIO(content)).startswith("这不是 .xlsx 工作簿")


def test_another_zip_is_no_workbook():
    assert refusal(zipped(readme_xml="x")).startswith("这不是 .xlsx 工作簿")


def test_a_damaged_workbook_is_said():
    broken = rewritten(book(["甲"]), "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])
    assert refusal(broken).startswith("这个文件打不开")
    assert refusal(zipped(xl__workbook_xml="<x/>", **{"[Content_Types]_xml": "<x/>"})).startswith(
        "这个文件打不开"
    )


def test_too_large_is_said_before_anything_is_unpacked(monkeypatch):
    monkeypatch.setattr(reader, "load_workbook", None)
    assert refusal(BytesIO(b"x" * (reader.HEAVIEST + 1))) == (
        "文件有 5.0 MB，最大 5 MB。请去掉图片和多余的工作表，或分成几个文件。"
    )
    bomb = rewritten(book(["甲"]), "xl/worksheets/sheet1.xml", lambda data: b" " * (reader.UNPACKED + 1))
    assert len(bomb.getvalue()) < reader.HEAVIEST
    assert refusal(bomb).startswith("工作簿展开后太大")
    many = zipped(
        xl__workbook_xml="", **{"[Content_Types]_xml": ""}, **{f"part{n}": "" for n in range(reader.PARTS)}
    )
    assert refusal(many).startswith("工作簿展开后太大")


def test_entities_do_not_multiply():
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"ha" * 5000 + b'">'
    laughs += b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(5)) + b"]>"
    file = rewritten(
        book(["甲"]), "xl/worksheets/sheet1.xml", lambda data: laughs + b"<worksheet>&f;</worksheet>"
    )
    assert refusal(file).startswith("这个文件打不开")


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_holds():
    def lie(data):
        return re.sub(rb"<dimension [^>]*>", b'<dimension ref="A1:XFD1048576"/>', data)

    lines = read_lines(rewritten(book(["甲"], ["乙"]), "xl/worksheets/sheet1.xml", lie), most=100)
    assert [line.cells[0] for line in lines] == ["甲", "乙"]


def test_too_many_rows_are_said_and_far_rows_are_not_followed():
    assert refusal(book(*(["甲"] for _ in range(11))), most=10) == "一次最多导入 10 行，请分成几个文件。"
    far = rewritten(
        book(["甲"]), "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", b'<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'),
    )  # fmt: skip
    assert [line.number for line in read_lines(far, most=100)] == [1]


def test_only_so_many_columns_are_read():
    (line,) = read_lines(book(["x"] * 300), most=10)
    assert len(line.cells) == reader.COLUMNS
