"""区域, 投诉, 电话与查询, 回访, 突发 and the corrected details, against recounts and against the records' own walk (D4.4.5)."""

import io
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from helpdesk.cases.choices import Kind
from helpdesk.complaints import actions as complaint
from helpdesk.corrections.actions import correct
from helpdesk.emergencies import actions as alarm
from helpdesk.enquiries import actions as enquiry
from helpdesk.log.actions import alarm as raise_alarm
from helpdesk.matters import actions as matter
from helpdesk.report.build import build
from helpdesk.report.report_xlsx import workbook
from helpdesk.report.sheets.registry import WRITERS
from helpdesk.report.spans import Span, span_of
from tests.factories.helpdesk import (
    make_call,
    make_complaint,
    make_emergency,
    make_enquiry,
    make_matter,
    make_repair,
    make_unit,
    step,
)
from tests.helpdesk.stories import CHINA, Story, write
from tests.helpdesk.strategies import histories

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 11, 1, tzinfo=CHINA)
LATER = datetime(2026, 12, 24, tzinfo=CHINA)
MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))
BUILDINGS = ("3栋", "5栋")


def until(end: datetime) -> Span:
    """October as far as `end`."""
    return Span(date(2026, 10, 1), 1, START, end, False)


def book_of(span: Span, **kinds) -> tuple[bytes, object]:
    """The bytes of a workbook, and the same read back."""
    file = io.BytesIO()
    workbook(build(span)).save(file)
    return file.getvalue(), load_workbook(file, **kinds)


def said(book: bytes) -> dict[str, list[tuple]]:
    """Everything a workbook says, by sheet."""
    return {sheet.title: list(sheet.values) for sheet in load_workbook(io.BytesIO(book))}


def came(stories: list[Story]) -> list[Story]:
    """What was received in October and stood at its end as one matter."""
    return [one for one in stories if one.state(START) == "absent" and one.state(END) != "absent"]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories())
def test_D4_4_5_every_new_table_equals_the_recount(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        report = build(span_of("2026-10", 1, LATER))
        transaction.set_rollback(True)
    placed = Counter(
        (
            BUILDINGS[one.room] if one.order_at and not one.returned else "公共区域与其他",
            Kind(one.kind_at(END)).label,
        )
        for one in came(stories)
    )
    assert report.areas.kinds.counts == placed
    assert report.areas.kinds.total == report.figures["received"]
    assert sum(report.areas.repairs.sums()) == report.areas.repairs.total == report.figures["repairs"]
    rung = Counter(
        (at.isoweekday(), at.hour)
        for one in stories
        if one.is_call
        and one.channel == "phone"
        and (one.order_at or not one.struck(END))
        and START <= one.at < END
        for at in [one.at.astimezone(CHINA)]
    )
    assert Counter({(row.weekday, row.hour): row.phone for row in report.hours if row.phone}) == rung
    asked = [
        one for one in stories if one.case == "enquiry" and one.case_stands(END) and one.case_at >= START
    ]
    assert sum(row.received for row in report.asked) == sum(row.waiting for row in report.asked) == len(asked)
    made = [one for one in stories if one.case == "complaint" and one.case_at < END]
    alive = [one for one in made if one.case_stands(END) or one.case_voided >= START]
    assert len(report.complaints.rows) == len(alive)
    assert sum(row.open for row in report.complaints.rows) == sum(one.case_stands(END) for one in made)
    alarms = [one for one in stories if one.case == "emergency" and one.case_stands(END)]
    assert sorted(row.first_report for row in report.alarms) == sorted(
        (one.case_at - one.at) / MINUTE for one in alarms
    )
    found = report.opinions
    assert (found.total.satisfied, found.total.revisits) == (
        report.figures["satisfied"],
        report.figures["revisits"],
    )
    for parts in (found.trades, found.categories):
        assert sum((row.scores for row in parts), Counter()) == found.total.scores


def test_D4_4_5_a_place_belongs_to_its_building(cast, at):
    unit = make_unit("3栋1202")
    make_unit("13栋101")
    for place in ("3栋大堂", "13栋电梯间", "东门岗亭"):
        make_call(cast, at, place=place)
    make_call(cast, at, unit=unit)
    kinds = build(until(at + HOUR)).areas.kinds
    assert {area: kinds.row(area) for area in kinds.areas} == {"3栋": [2], "13栋": [1], "公共区域与其他": [1]}
    assert (kinds.heads, kinds.sums(), kinds.total) == (["查询"], [4], 4)


def walked(cast, at) -> dict:
    """One of everything, on its way."""
    promised = make_enquiry(cast, at, "waiting")
    call = make_call(cast, at - 4 * MINUTE, kind="emergency", content="地下室冒烟", place="3栋地下室")
    return {
        "complaint": make_complaint(cast, at, "working"),
        "unsatisfied": make_complaint(cast, at, "done"),
        "matter": make_matter(cast, at, "signed"),
        "enquiry": promised,
        "alarm": make_emergency(cast, at, "handling"),
        "late": call,
        "order": make_repair(cast, at, "working"),
        "call": make_call(cast, at, place="3栋大堂", content="问停车费"),
    }


def go_on(cast, found: dict, at: datetime) -> None:
    """What happens to all of it afterwards."""
    done, clerk = found["complaint"], cast.clerk
    complaint.finish(done, by=cast.repairer, at=at, cause="没有巡查", measures="已停工")
    complaint.feedback(done, by=clerk, at=at, way="phone", opinion="satisfied")
    complaint.close(done, by=clerk, at=at)
    complaint.feedback(
        found["unsatisfied"], by=clerk, at=at, way="phone", opinion="unsatisfied", opinion_words="照旧"
    )
    matter.finish(found["matter"], by=cast.repairer, at=at, result="已加装", verdict="adopted")
    enquiry.reply(found["enquiry"], by=clerk, at=at, words="三样材料")
    alarm.control(found["alarm"], by=clerk, at=at, measures="已切断电源")
    step(cast, found["order"], "finish", at)
    correct(found["call"], "content", "问停车位", by=clerk, at=at, reason="听错")


def test_D4_4_5_what_happened_after_the_cut_off_is_not_seen(cast, at):
    found = walked(cast, at)
    cut = at + 2 * HOUR
    before, _ = book_of(until(cut))
    go_on(cast, found, cut + HOUR)
    after, again = book_of(until(cut))
    states = {row[0].value: row[11].value for row in again["13 明细"].iter_rows(min_row=4)}
    assert sorted(states.values()) == [
        "其他·办理中", "待处理", "投诉·处理中", "投诉·处理完毕", "查询·待回复", "突发·处置中", "突发·接报", "维修中",
    ]  # fmt: skip
    old, new = said(before), said(after)
    assert [
        (name, *pair) for name in old for pair in zip(old[name], new[name], strict=True) if pair[0] != pair[1]
    ] == []
    assert before == after


def test_D4_4_2_the_sheet_of_complaints_follows_each(cast, at):
    for status in ("closed", "again", "working", "void"):
        make_complaint(cast, at, status)
    found = build(until(at + DAY)).complaints
    assert [(row.state, row.opinion, row.department) for row in found.rows] == [
        ("已关闭", "满意", "工程部"), ("再处理", "", "工程部"), ("处理中", "", "工程部"), ("已作废", "", ""),
    ]  # fmt: skip
    assert (len(found.received), found.unsatisfied, found.took.value) == (3, 1, 8)
    (handled,) = found.handled
    assert (handled.department, handled.sent, handled.due.part, handled.due.base) == ("工程部", 3, 2, 3)
    rows = list(book_of(until(at + DAY))[1]["6 投诉"].values)
    heads = next(row for row in rows if row[0] == "期初遗留")
    flow = dict(zip(heads, rows[rows.index(heads) + 1], strict=True))
    assert [
        flow[name] for name in ("期初遗留", "新增", "已关闭", "作废", "期末未关闭", "其中 有效", "未核实")
    ] == [0, 4, 1, 1, 2, 3, 1]


def test_D4_4_4_the_first_report_is_measured_from_the_call(cast, at):
    call = make_call(cast, at, kind="help", content="地下室冒烟", place="3栋地下室")
    raised = raise_alarm(call, by=cast.clerk, at=at + 4 * MINUTE)
    alarm.acknowledge(raised, by=cast.manager, at=at + 6 * MINUTE)
    make_emergency(cast, at, "void")
    report = build(until(at + HOUR))
    (row,) = report.alarms
    assert (row.first_report, row.first_answer, row.control, row.answered) == (4, 2, None, 1)
    assert report.figures["first_report"].value == 4
    assert (report.figures["received"], report.figures["left"]) == (2, 1), (
        "a false alarm was a call all the same"
    )
    assert {one.big for one in report.categories if one.flow.left} == {"突发"}


def test_E5_2_1_a_promise_that_an_enquiry_took_over_is_counted_there(cast, at):
    promised = make_enquiry(cast, at, "waiting", reply_due_at=at + 2 * HOUR)
    enquiry.reply(promised, by=cast.clerk, at=at + HOUR, words="三样材料")
    late = make_enquiry(cast, at, "waiting")
    enquiry.rearrange(late, by=cast.clerk, at=at + 3 * HOUR, reply_due_at=at + 5 * HOUR, reason="还没问到")
    enquiry.reply(late, by=cast.clerk, at=at + 4 * HOUR, words="下周才有")
    make_call(cast, at, reply_due_at=at + HOUR)
    report = build(until(at + DAY))
    assert (report.figures["replied"].part, report.figures["replied"].base) == (2, 4)
    (row,) = report.asked
    assert (row.received, row.at_once, row.later, row.waiting) == (2, 0, 2, 0)
    assert row.took.value == pytest.approx(150)


def test_D4_3_3_what_was_corrected_is_struck_out_in_the_details(cast, at):
    call = make_call(cast, at, place="3栋1202", number="13800138000")
    correct(call, "place", "3栋1203", by=cast.clerk, at=at + MINUTE, reason="听错房号")
    correct(call, "number", "13911112222", by=cast.clerk, at=at + MINUTE, reason="记错")
    correct(call, "place", "3栋1204", by=cast.clerk, at=at + DAY, reason="又听错")
    cells = book_of(until(at + HOUR), rich_text=True)[1]["13 明细"][4]
    place, phone = cells[8].value, cells[7].value
    assert isinstance(place, CellRichText) and isinstance(phone, CellRichText)
    assert [(block.text, bool(block.font.strike)) for block in place if block.text.strip()] == [
        ("3栋1202", True), ("3栋1203", False),
    ]  # fmt: skip
    assert str(phone).split() == ["138****8000", "139****2222"]
    assert "听错房号" in cells[21].value and "又听错" not in cells[21].value


def test_D4_4_5_the_sheets_are_set_up_for_paper_and_reading(cast, at):
    found = walked(cast, at)
    step(cast, found["order"], "finish", at + HOUR, score=1, opinion="=等太久")
    book = book_of(until(at + 2 * HOUR))[1]
    assert [int(name.partition(" ")[0]) for name in book.sheetnames] == sorted(WRITERS)
    assert len(book["4 区域×类别"].conditional_formatting) == 2
    assert {name: len(book[name]._charts) for name in ("2 总览", "3 分类汇总", "7 电话与查询")} == {
        "2 总览": 1, "3 分类汇总": 1, "7 电话与查询": 1,
    }  # fmt: skip
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            9,
            1,
            0,
        )
        assert sheet.print_title_rows and sheet.freeze_panes
        assert "第 &P 页／共 &N 页" in sheet.oddFooter.right.text and "制表" in sheet.oddFooter.left.text
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert any(cell.value == "=等太久" for row in book["8 回访满意度"].iter_rows() for cell in row)


def test_D4_4_5_the_page_shows_the_workbooks_rows_and_leads_to_the_records(
    client, login, cast, at, monkeypatch
):
    walked(cast, at)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + 2 * HOUR)
    page = login(client, cast.manager).get("/helpdesk/reports/2026-10/").content.decode()
    for anchor in ("s-areas", "s-complaints", "s-phones", "s-revisits", "s-alarms"):
        assert f'href="#{anchor}"' in page and f'id="{anchor}"' in page
    for no in ("TS-2026-0001", "TF-2026-0001"):
        place = "complaints" if no.startswith("TS") else "emergencies"
        assert f'href="/helpdesk/{place}/{no}/"' in page
    assert 'href="/helpdesk/enquiries/CX-2026-0001/"' in page, "an open call leads to what came of it"
