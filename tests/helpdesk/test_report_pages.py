"""The report on the screen, as a workbook and from the command line: one set of figures (D4.4.5)."""

import html
import io
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from helpdesk.log.models import Call
from helpdesk.report.build import build
from helpdesk.report.definitions import METRICS, MINUTES, explained
from helpdesk.report.models import Target
from helpdesk.report.report_xlsx import workbook
from helpdesk.report.spans import span_of
from tests.helpdesk.stories import CHINA, Story, recount, write

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 10, 1, tzinfo=CHINA), datetime(2026, 11, 1, tzinfo=CHINA)
MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
PAGE, FILE = "/helpdesk/reports/2026-10/", "/helpdesk/reports/2026-10/report.xlsx"
NAMES = [
    "1 封面与结论",
    "2 总览", "3 分类汇总", "4 区域×类别", "5 报修时效", "6 投诉", "7 电话与查询", "8 回访满意度", "9 未关闭事项", "10 突发重要", "11 典型案例", "12 改进建议", "13 明细", "14 口径说明",
]  # fmt: skip


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The pages are asked on 2 November."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def order(at: datetime, *minutes: int, **fields) -> Story:
    """An order from a call a minute before, its steps at these minutes after it."""
    steps = ("dispatched", "acknowledged", "arrived", "finished", "slip", "revisited", "closed")
    times = {step: at + number * MINUTE for step, number in zip(steps, minutes, strict=False)}
    return Story(at - MINUTE, kind="repair", rings=2, order_at=at, times=times, **fields)


def october() -> list[Story]:
    """A month with something of everything, and what it stands against."""
    day = START + 9 * HOUR
    return [
        order(day, 0, 1, 20, 60, 300, 400, 500, score=5, finish_in=HOUR),
        order(day + DAY, 0, 1, 45, 90, score=2, person=1, room=1, finish_in=30 * MINUTE),
        order(day + 2 * DAY, 0, agreed=day + 2 * DAY + 5 * HOUR),
        order(day + 3 * DAY, 0, 1, 10, 40, 60, 70, 80, score=4, rework=True),
        order(day + 4 * DAY, ending="cancelled", ended=day + 4 * DAY + HOUR, what=1),
        order(END - 40 * DAY, 0, 1, 10, what=1),
        Story(day, rings=5, answered=day + MINUTE),
        Story(day + HOUR, kind="complaint", rings=1, promise=day + 3 * HOUR, answered=day + 4 * HOUR),
        Story(day + HOUR, channel="visit"),
        Story(START - 20 * DAY, rings=2, answered=START - 19 * DAY),
        Story(datetime(2025, 10, 9, 9, 0, tzinfo=CHINA), answered=datetime(2025, 10, 9, 10, 0, tzinfo=CHINA)),
        Story(day + 5 * HOUR, rings=1, case="emergency", case_at=day + 5 * HOUR + 3 * MINUTE),
    ]


def expected(found, unit: str = "") -> str:
    """A recounted figure as the page writes it."""
    if unit == MINUTES:
        return f"{found[0] / 60 / found[1]:.1f}分钟" if found[1] else "—"
    if isinstance(found, tuple):
        return f"{found[0] / found[1]:.1%}" if found[1] else "—"
    return f"{found:,}"


def text(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table below a heading of the page."""
    part = page[page.index(f'id="{heading}"') :]
    body = part[part.index("<tbody>") : part.index("</tbody>")]
    return [
        [text(c) for c in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr.*?</tr>", body, re.S)
    ]


def rows(sheet, first: int = 4) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=first)]


def downloaded(client):
    return load_workbook(io.BytesIO(client.get(FILE).content))


def test_D4_4_5_page_workbook_and_recount_agree(client, login, cast):
    stories = october()
    write(stories, cast)
    client = login(client, cast.manager)
    page, book = client.get(PAGE).content.decode(), downloaded(client)
    spans = [
        (START, END),
        (START - 30 * DAY, START),
        (datetime(2025, 10, 1, tzinfo=CHINA), datetime(2025, 11, 1, tzinfo=CHINA)),
    ]
    now, before, year_ago = (recount(stories, *span) for span in spans)
    shown = {row[0]: row for row in table(page, "h-all")}
    sheet = {row[0]: row for row in rows(book["2 总览"]) if row[0]}
    assert book.sheetnames == NAMES
    for metric in METRICS:
        want = [expected(found[metric.code], metric.unit) for found in (now, before, year_ago)]
        row, cells = shown[metric.label], sheet[metric.label]
        assert [row[1].split(" ")[0].split("\n")[0], row[2], row[4]] == want, metric.label
        assert [said(cells[i], now[metric.code], metric.unit) for i in (1, 2, 4)] == want, metric.label


def said(value: object, figure: object, unit: str) -> str:
    """A cell as the page would write it."""
    if value == "—":
        return "—"
    if unit == MINUTES:
        return f"{value:.1f}分钟"
    return f"{value:.1%}" if isinstance(figure, tuple) else f"{value:,}"


def test_D4_4_5_the_categories_check_themselves(client, login, cast):
    stories = october()
    write(stories, cast)
    client = login(client, cast.manager)
    page, book = client.get(PAGE).content.decode(), downloaded(client)
    found = [row for row in rows(book["3 分类汇总"]) if row[12] in ("相符", "不符")]
    for row in found:
        carried, fresh, again, void, due, closed, left = row[2:9]
        assert left == carried + fresh + again - closed - void
        assert due == carried + fresh + again - void
        assert row[12] == "相符"
    total = found[-1]
    want = recount(stories, START, END)
    assert total[0] == "合计"
    assert [*total[2:6], total[7], total[8]] == [
        want[n] for n in ("carried", "fresh", "again", "void", "closed", "left")
    ]
    assert [row[2:9] for row in table(page, "h-kinds")[:-1]] == [
        [f"{n}" for n in row[2:9]] for row in found[:-1]
    ]
    assert sum(row[9] for row in found[:-1] if row[9] != "—") == pytest.approx(1)


def test_D4_4_1_arrivals_by_repairer(client, login, cast):
    write(october(), cast)
    crews = rows(downloaded(login(client, cast.manager))["5 报修时效"])
    by_name = {row[1] or row[0]: row for row in crews}
    assert by_name[cast.repairer.name][2:7] == (3, 2, 1, 1, 0)
    assert by_name[cast.repairer.name][7:11] == (15, 20, 1, 1)
    assert by_name[cast.repairer2.name][2:10] == (1, 0, 0, 0, "—", 45, 45, 0)
    assert by_name["合计"][2:10] == (4, 2, pytest.approx(2 / 3), 1, 0, 25, 45, 0.5)


def test_D4_4_5_what_is_open_for_over_thirty_days_is_red(client, login, cast):
    write(october(), cast)
    sheet = downloaded(login(client, cast.manager))["9 未关闭事项"]
    found = [
        (row[0].value, row[6].value, row[6].font.color.rgb == "FFB2301D")
        for row in sheet.iter_rows(min_row=4, max_row=8)
    ]
    assert found == [
        ("WX-5", 40, True), ("DH-8", 30, False), ("DH-11", 30, False), ("WX-1", 29, False), ("WX-2", 28, False),
    ]  # fmt: skip
    assert [sheet.cell(row, 8).value for row in range(4, 9)] == [
        "已到场",
        "待处理",
        "突发·接报",
        "完工待验收",
        "已交工程",
    ]


def test_D4_4_5_the_details_are_masked_filterable_and_cannot_run(client, login, cast):
    write(october(), cast)
    Call.objects.filter(no="DH-6").update(content='=HYPERLINK("http://evil.example")', caller_name="@周")
    sheet = downloaded(login(client, cast.manager))["13 明细"]
    found = rows(sheet)
    assert len(found) == 10
    assert {row[7] for row in found} == {"138****8000"}
    by_no = {row[0]: row for row in found}
    assert by_no["DH-6"][6:10:3] == ("@周", '=HYPERLINK("http://evil.example")')
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert by_no["WX-0"][1] == datetime(2026, 10, 1, 8, 59)
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.page_setup.orientation) == (
        "A3:V13",
        "B4",
        "landscape",
    )
    assert sheet.print_title_rows == "$3:$3"
    assert {row[5] for row in found} == {"新增", "重开", "期初遗留"}


def test_D4_4_5_the_words_are_the_same_on_page_and_paper(client, login, cast):
    write(october(), cast)
    client = login(client, cast.manager)
    page, book = client.get(PAGE).content.decode(), downloaded(client)
    assert rows(book["14 口径说明"]) == [(word, meaning) for _, word, meaning in explained()]
    for code, _, meaning in explained():
        assert f'<dt id="def-{code}">' in page
        assert f"<dd>{html.escape(meaning)}</dd>" in page
    linked = set(re.findall(r'href="#def-([a-z_]+)"', page))
    assert {metric.code for metric in METRICS} <= linked <= {code for code, _, _ in explained()}


def test_D4_4_5_the_same_data_gives_the_same_bytes(cast):
    write(october(), cast)
    files = []
    for _ in range(2):
        file = io.BytesIO()
        workbook(build(span_of("2026-10", 1, NOW))).save(file)
        files.append(file.getvalue())
    assert files[0] == files[1]


def test_D4_4_5_two_months(client, login, cast):
    write(october(), cast)
    client = login(client, cast.manager)
    answer = client.get("/helpdesk/reports/2026-09/?months=2")
    assert answer.context["span"].label == "2026年9月至10月"
    found = recount(october(), datetime(2026, 9, 1, tzinfo=CHINA), END)
    assert answer.context["report"].figures["received"] == found["received"]
    name = quote("客户反映情况报告-2026-09至2026-10.xlsx")
    file = client.get("/helpdesk/reports/2026-09/report.xlsx?months=2")
    assert file["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_D4_4_5_a_target_holds_from_its_day_on(client, login, cast):
    write(october(), cast)
    Target.objects.create(metric="prompt", percent=60, valid_from="2026-10-01")
    Target.objects.create(metric="prompt", percent=99, valid_from="2026-10-02")
    by = {line.metric.code: line for line in build(span_of("2026-10", 1, NOW)).lines}
    assert (by["prompt"].target, by["prompt"].met, by["satisfied"].target) == (0.6, True, 0.9)


def test_a_reader_of_the_report_gets_no_link_that_would_be_refused(client, login, cast):
    write(october(), cast)
    links = {
        who: 'href="/helpdesk/repairs/WX-' in login(client, getattr(cast, who)).get(PAGE).content.decode()
        for who in ("gm", "manager")
    }
    assert links == {"gm": False, "manager": True}


@pytest.mark.parametrize("path", [PAGE, FILE, "/helpdesk/reports/"])
def test_the_report_asks_who_you_are_and_what_you_may(client, login, cast, path):
    assert client.get(path).headers["Location"].startswith("/login/")
    assert {who: login(client, getattr(cast, who)).get(path).status_code for who in ("sales", "repairer", "stranger")} == {
        "sales": 403, "repairer": 403, "stranger": 403,
    }  # fmt: skip
    open_to = ("clerk", "assistant", "manager", "director", "energy", "gm", "auditor")
    good = 302 if path.endswith("reports/") else 200
    assert {login(client, getattr(cast, who)).get(path).status_code for who in open_to} == {good}
    assert login(client, cast.manager).post(path).status_code == 405


@pytest.mark.parametrize(("month", "sentence"), [
    ("2026-13", "不是月份"), ("2026-1", "不是月份"), ("abc", "不是月份"), ("1999-12", "不是月份"), ("2026-12", "还没有开始"),
])  # fmt: skip
def test_a_month_that_is_none_is_refused_in_words(client, login, cast, month, sentence):
    client = login(client, cast.manager)
    for tail in ("", "report.xlsx"):
        answer = client.get(f"/helpdesk/reports/{month}/{tail}")
        assert answer.status_code == 404
        assert sentence in answer.content.decode()


def test_an_empty_month_says_what_to_do(client, login, cast):
    answer = login(client, cast.manager).get(PAGE)
    assert "这一期没有记录" in answer.content.decode()
    assert 'href="/helpdesk/reports/2026-09/"' in answer.content.decode()
    assert downloaded(client).sheetnames == NAMES


def test_the_newest_month_with_records_opens_first(client, login, cast):
    client = login(client, cast.manager)
    assert client.get("/helpdesk/reports/").headers["Location"] == "/helpdesk/reports/2026-11/"
    write([Story(START)], cast)
    assert client.get("/helpdesk/reports/").headers["Location"] == PAGE


def test_a_month_not_over_is_cut_off_now(client, login, cast):
    write([Story(END), order(NOW - 10 * MINUTE, 0), order(NOW - 40 * MINUTE, 0)], cast)
    page = login(client, cast.manager).get("/helpdesk/reports/2026-11/")
    assert "截至2026-11-02 09:00（本期未完）" in page.content.decode()
    assert str(page.context["report"].figures["on_time"]) == "Rate(part=0, base=1)", (
        "what is still to come is not late"
    )
    assert page.context["links"]["later"] == ""


def test_the_page_costs_the_same_for_any_number_of_rows(client, login, cast):
    client, costs = login(client, cast.manager), []
    for count in (1, 7):
        write([order(START + (count + i) * HOUR, 0, 1, 2, 3) for i in range(count)], cast, first=count * 100)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).context["report"].figures["received"] == {1: 1, 7: 8}[count]
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_D4_4_5_the_command_writes_the_workbook_and_the_key_figures(cast, tmp_path, capsys):
    write(october(), cast)
    path, want = tmp_path / "报告.xlsx", recount(october(), START, END)
    call_command("report", "2026-10", out=path)
    out = capsys.readouterr().out.splitlines()
    assert out[:4] == [
        f"已写好 {path}",
        "2026年10月，截至2026-10-31 24时",
        f"  受理 {want['received']}",
        f"  关闭 {want['closed']}",
    ]
    part, base = want["prompt"]
    assert f"  三声接听率 {part / base:.1%}（{part}/{base}）" in out
    assert load_workbook(path).sheetnames == NAMES
    before = path.read_bytes()
    call_command("report", "2026-10", out=path)
    assert capsys.readouterr().out.startswith("已替换 ")
    assert (path.read_bytes(), [file.name for file in tmp_path.iterdir()]) == (before, ["报告.xlsx"])


@pytest.mark.parametrize(("words", "sentence"), [
    (["2026-1"], "不是月份"), (["2026-12"], "还没有开始"), (["2026-10", "--months", "3"], "写成 1 或 2"),
    (["2026-10", "--out", "/nowhere/x.xlsx"], "请先建好"), (["2026-10", "--out", "/tmp"], "不是 .xlsx"),
    (["2026-10", "--out", "x.csv"], "请以 .xlsx 结尾"),
])  # fmt: skip
def test_the_command_says_what_is_wrong(db, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("report", *words)


@pytest.mark.skipif(not shutil.which("soffice"), reason="没有 LibreOffice，打不开表格来看")
def test_D4_4_5_the_workbook_opens_and_prints(cast, tmp_path):
    write(october(), cast)
    call_command("report", "2026-10", out=tmp_path / "r.xlsx")
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "pdf",
        "r.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    words = subprocess.run(
        ["pdftotext", "-layout", "r.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    pages = words.rstrip("\f").split("\f")
    assert len(pages) == len(NAMES), "each sheet one page"
    for number, (sheet, page) in enumerate(zip(load_workbook(tmp_path / "r.xlsx"), pages, strict=True), 1):
        flat = page.replace(" ", "")
        assert f"第{number}页／共{len(NAMES)}页" in flat
        assert sheet.title.partition(" ")[2] in flat
        missing = [cell.coordinate for row in sheet.iter_rows() for cell in row if printed(cell) not in page]
        assert (sheet.title, missing) == (sheet.title, [])


def printed(cell) -> str:
    """A number as the paper shows it; "" for what is no figure."""
    if not isinstance(cell.value, int | float):
        return ""
    looks = {"0.0%": "{:.1%}", "#,##0": "{:,}", "#,##0.0": "{:,.1f}"}
    return looks.get(cell.number_format, "").format(cell.value)
