"""A pasted roster (records §1.1 来宾): what people really paste, and what nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.guests.roster import MOST, WIDTHS, GuestRow, parse

SHEET = "序号\t姓名\t性别\t单位\t职务\t手机\t带队\t饮食禁忌\n1\t陆远\t男\t远航重工集团\t采购总监\t13800001111\t是\t\n2\t王敏\t女\t远航重工集团\t质量经理\t\t\t素食\n"


def names(roster):
    return [row.name for row in roster.rows]


def said(roster):
    return [(problem.line, problem.message) for problem in roster.problems]


def test_a_sheet_with_its_header():
    roster = parse(SHEET)
    assert roster.rows == [
        GuestRow("陆远", "m", "远航重工集团", "采购总监", "13800001111", is_leader=True),
        GuestRow("王敏", "f", "远航重工集团", "质量经理", diet="素食"),
    ]
    assert roster.problems == []


def test_columns_in_any_order_and_unknown_ones_left_out():
    roster = parse("职务，手机，身份证，姓名\n总监，13800001111，320000，陆远")
    assert roster.rows == [GuestRow("陆远", title="总监", phone="13800001111")]


@pytest.mark.parametrize(
    "line",
    [
        "陆远\t男\t采购总监\t13800001111",
        "陆远,男,采购总监,13800001111",
        "陆远，男，采购总监，13800001111",
        "陆远 男 采购总监 13800001111",
        "陆远、男、采购总监、13800001111",
        "陆远；男；采购总监；13800001111",
        "1、陆远，男，采购总监，13800001111",
        "1. 陆远 男 采购总监 13800001111",
        "（1）陆远 男 采购总监 13800001111",
        "1 陆远 男 采购总监 13800001111",
        "陆远　男　13800001111　采购总监",
    ],
)
def test_one_guest_however_it_is_separated(line):
    assert parse(line).rows == [GuestRow("陆远", "m", title="采购总监", phone="13800001111")]


def test_a_line_of_names_is_that_many_guests():
    assert names(parse("陆远、王敏、陈志强")) == ["陆远", "王敏", "陈志强"]
    assert names(parse("陆远 经理")) == ["陆远"]


@pytest.mark.parametrize("line", ["陆远（带队） 总监", "陆远 总监 带队", "*陆远 总监", "陆远★ 总监"])
def test_the_leaders_mark(line):
    assert parse(line).rows == [GuestRow("陆远", title="总监", is_leader=True)]


def test_only_one_leads():
    roster = parse("陆远（带队） 总监\n王敏（带队） 经理")
    assert [(row.name, row.is_leader) for row in roster.rows] == [("陆远", True), ("王敏", False)]
    assert said(roster) == [(2, "第 2 行：带队人已是陆远，只能有一位。")]


def test_windows_lines_blank_lines_and_a_byte_order_mark():
    assert names(parse("\ufeff陆远 总监\r\n\r\n   \r王敏 经理\n")) == ["陆远", "王敏"]


def test_what_cannot_be_read_is_said_by_line_and_the_rest_is_kept():
    roster = parse("姓名\t手机\n陆远\t请查通讯录\n\t13800001111\n王敏\t\n王敏\t")
    assert [(row.name, row.phone) for row in roster.rows] == [("陆远", ""), ("王敏", ""), ("王敏", "")]
    assert said(roster) == [
        (2, "第 2 行：手机“请查通讯录”认不出，请核对后补填。"),
        (3, "第 3 行没有认出姓名，请补上姓名。"),
        (5, "第 5 行：王敏在名单里重复了，请核对。"),
    ]


def test_too_long_is_cut_and_said():
    roster = parse("姓名\t职务\n陆远\t" + "总" * 50)
    assert (len(roster.rows[0].title), said(roster)) == (40, [(2, "第 2 行：职务超过 40 字，已截短。")])


def test_too_many_are_said():
    roster = parse("\n".join(f"来宾{number}" for number in range(MOST + 2)))
    assert (len(roster.rows), len(roster.problems)) == (MOST, 2)


def test_nothing_pasted():
    assert (parse("").rows, parse("").problems) == ([], [])


PIECES = st.sampled_from(
    [
        "姓名",
        "陆远",
        "男",
        "总监",
        "13800001111",
        "带队",
        "\t",
        "\n",
        "、",
        "，",
        ",",
        " ",
        "1.",
        "*",
        "=cmd()",
        "<b>",
        "是",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=40).map("".join)))
def test_it_never_raises_and_every_row_fits_its_table(text):
    roster = parse(text)
    for row in roster.rows:
        assert row.name.strip()
        assert row.gender in ("", "m", "f")
        assert all(len(getattr(row, column)) <= width for column, width in WIDTHS.items())
    assert sum(row.is_leader for row in roster.rows) <= 1
    assert all(problem.line >= 1 and problem.message for problem in roster.problems)
