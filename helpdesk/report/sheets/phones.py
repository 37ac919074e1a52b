"""7 电话与查询."""

from helpdesk.report.asked import Asked, all_asked
from helpdesk.report.build import Report
from helpdesk.report.hours import Hour, by_hour, together
from helpdesk.report.sheets.grid import Grid, lay, lay_all
from helpdesk.report.sheets.shared import begin, shown
from reception.core.sheets import DECIMAL, RATE, WHOLE, Block, Book, Column, Row, pareto

BY_HOUR = (
    Column("时段", 14), Column("来电", 9, WHOLE), Column("记有振铃", 9, WHOLE), Column("三声以内", 9, WHOLE), Column("三声接听率", 11, RATE),
    Column("来访", 9, WHOLE), Column("其他渠道", 9, WHOLE), Column("其中 查询", 10, WHOLE),
)  # fmt: skip
ASKED = (
    Column("查询小类", 14), Column("受理", 9, WHOLE), Column("当场答复", 9, WHOLE), Column("承诺后答复", 9, WHOLE), Column("未答复", 11, WHOLE),
    Column("转专业人员", 9, WHOLE), Column("平均答复分钟", 9, DECIMAL),
)  # fmt: skip
RATES = (Column("指标", 14), Column("按时", 9, WHOLE), Column("应有", 9, WHOLE), Column("比率", 9, RATE))

CHART = 15  # rows that the chart covers


def grids(report: Report) -> list[Grid]:
    """三声接听率 and 按时回复率; the enquiries; the hours."""
    prompt, replied = (report.figures[code] for code in ("prompt", "replied"))
    rates: list[Row] = [
        ("三声接听率", prompt.part, prompt.base, shown(prompt)),  # type: ignore[union-attr]
        ("按时回复率", replied.part, replied.base, shown(replied)),  # type: ignore[union-attr]
    ]
    hours = [*(hour_row(row) for row in by_hour(report.hours)), hour_row(together(report.hours))]
    asked = [asked_row(row) for row in (*report.asked, all_asked(report.asked))] if report.asked else []
    return [
        Grid("rates", "接听与回复", RATES, rates, ""),
        Grid("asked", "查询怎样答复", ASKED, asked, "这一期没有受理查询。"),
        Grid("hours", "按时段", BY_HOUR, hours if report.hours else [], "这一期没有来电来访的记录。"),
    ]


def hour_row(row: Hour) -> Row:
    """One hour, or all."""
    name = "合计" if row.hour < 0 else f"{row.hour}时"
    return (
        name,
        row.phone,
        row.prompt.base,
        row.prompt.part,
        shown(row.prompt),
        row.visit,
        row.other,
        row.enquiries,
    )


def asked_row(row: Asked) -> Row:
    """One category of enquiry, or all."""
    return row.category, row.received, row.at_once, row.later, row.waiting, row.specialist, shown(row.took)


def phones(book: Book, report: Report) -> None:
    """7 电话与查询: rates, enquiries, hours with their chart."""
    rates, asked, hours = grids(report)
    sheet = begin(book, 7, report, BY_HOUR)
    sheet.freeze_title(1)
    lay_all(sheet, (rates, asked))
    # The chart stands before its table, so that no page break goes through it.
    place = sheet.row + 1
    sheet.row += CHART if hours.rows else 0
    block = lay(sheet, hours)
    if hours.rows:
        within = Block(block.head, block.last - 1, block.columns)
        pareto(sheet, within, "各时段来电与三声接听率", (1, 2, 5), f"A{place}", (17, 7))
