"""Writing, signing and handing in on the pages: works, stranger, wrong role, wrong state, stale (D4.4.5)."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from helpdesk.handed.models import Submission
from helpdesk.report.sheets.shared import NAMES
from reception.core.people.models import Department
from tests.factories.handed import make_report
from tests.factories.helpdesk import make_call, make_repair
from tests.helpdesk.stories import CHINA

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=CHINA)
HERE, REPORT = "/helpdesk/handed/BG-2026-10/", "/helpdesk/reports/2026-10/"
MAIN = re.compile(r"<main.*</main>", re.S)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The pages are asked on 3 November."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def month(cast, at):
    """October: an order, and a call that nobody answered."""
    make_repair(cast, at, "finished")
    return make_call(cast, at, kind="help", handling="问保安")


def sheet(html: str) -> dict[str, str]:
    """What the form on the page would send, untouched."""
    fields = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', html))
    fields |= {
        n: v.lstrip("\n")
        for n, v in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S)
    }
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        fields[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_D4_4_5_from_the_button_to_the_locked_file(client, cast, month, login):
    login(client, cast.clerk)
    assert "编写报告" in client.get(REPORT).content.decode()
    begun = client.post("/helpdesk/handed/begin/", {"month": "2026-10", "months": "1"}, follow=True)
    page = begun.content.decode()
    assert "客户反映情况报告 2026年10月 可以编写了" in page
    typed = sheet(page) | {
        "say_volume": "本月以报修为主。", "measure_0_problem": "=水管老化", "measure_0_action": "逐栋排查",
        "measure_0_department": str(Department.objects.first().pk), "measure_0_due_on": "2026-11-30",
        "measure_0_basis": "报修 1 件", "case_0_title": "厨房漏水", "case_0_no": month.no,
    }  # fmt: skip
    saved = client.post(HERE + "write/", typed, follow=True).content.decode()
    assert "BG-2026-10 已保存" in saved and "本月以报修为主。" in saved and "逐栋排查" in saved
    for move, who in (
        ("sign", "clerk"),
        ("review", "manager"),
        ("submit", "manager"),
        ("receive", "director"),
    ):
        login(client, getattr(cast, who))
        seen = {"revision": Submission.objects.get().revision}
        done = client.post(f"{HERE}{move}/", seen, follow=True)
        assert "客户反映情况报告 2026年10月：已" in done.content.decode(), move
        again = client.post(f"{HERE}{move}/", seen)
        assert again.status_code == 409, move
    found = Submission.objects.get()
    assert (found.status, found.received_name) == ("locked", str(cast.director))
    book = load_workbook(io.BytesIO(client.get(HERE + "report.xlsx").content))
    assert book.sheetnames[0] == f"1 {NAMES[0]}"
    assert {1, 11, 12} <= {int(name.split(" ")[0]) for name in book.sheetnames}
    cover = [tuple(cell.value for cell in row) for row in book["1 封面与结论"].iter_rows()]
    assert ("1 受理与办结", "本月以报修为主。") in cover
    assert ("制表", f"{cast.clerk}　2026-11-03 09:00") in cover
    (row,) = [row for row in book["12 改进建议"].iter_rows() if row[0].value == "=水管老化"]
    assert (row[0].data_type, row[4].value.date(), row[4].number_format) == (
        "s",
        date(2026, 11, 30),
        "yyyy-mm-dd",
    )
    assert book["11 典型案例"]["B4"].value == month.no
    assert book["2 总览"].oddFooter.left.text == f"制表：{cast.clerk}　审核：{cast.manager}"


def test_D4_4_5_page_paper_and_workbook_are_the_snapshot_s(client, cast, month, login, tmp_path):
    make_report(cast, NOW, "locked")
    login(client, cast.director)
    addresses = (REPORT, REPORT + "report.xlsx", HERE, HERE + "print/", HERE + "report.xlsx")

    def all_of_it() -> list[bytes | str]:
        answers = [client.get(address).content for address in addresses]
        return [MAIN.search(one.decode())[0] if one.startswith(b"<!") else one for one in answers]

    before = all_of_it()
    assert before[1] == before[4]
    make_call(cast, datetime(2026, 10, 5, 9, tzinfo=CHINA), kind="complaint")
    make_repair(cast, datetime(2026, 10, 6, 9, tzinfo=CHINA), place="地下车库B1")
    assert all_of_it() == before
    out = tmp_path / "r.xlsx"
    call_command("report", "2026-10", out=out)
    assert out.read_bytes() == before[1]
    assert "按报送时的记录" in before[0]


def test_D4_4_5_what_is_handed_in_reads_as_the_live_page_did(client, cast, month, login):
    login(client, cast.energy)
    live = client.get(REPORT).content.decode()
    make_report(cast, NOW, "submitted")
    kept = client.get(REPORT).content.decode()

    def sections(html: str) -> list[str]:
        return re.findall(r"<section.*?</section>", MAIN.search(html)[0], re.S)

    assert sections(kept) == sections(live) and len(sections(live)) > 6


POSTS = ("begin/", "BG-2026-10/write/", "BG-2026-10/sign/", "BG-2026-10/review/", "BG-2026-10/submit/",
         "BG-2026-10/receive/", "BG-2026-10/send_back/", "BG-2026-10/give_back/")  # fmt: skip


def test_D4_4_5_strangers_and_other_roles_change_nothing(client, cast, month, login):
    make_report(cast, NOW, "signed")
    before = Submission.objects.values().get()
    for who, answers in ((None, {302}), ("energy", {403}), ("auditor", {403}), ("repairer", {403, 404})):
        if who:
            login(client, getattr(cast, who))
        for post in POSTS:
            status = client.post(f"/helpdesk/handed/{post}", {"month": "2026-10", "reason": "x"}).status_code
            assert status in answers, (who, post, status)
    assert Submission.objects.values().get() == before
    assert client.get(HERE).status_code == 403
    login(client, cast.clerk)
    for tail in ("nonsense/", "edit/x/"):
        assert client.post(HERE + tail).status_code in (404, 405)
    assert client.post("/helpdesk/handed/begin/", {"month": "2026-13"}).status_code == 422
    assert client.post("/helpdesk/handed/begin/", {"month": "2027-01"}).status_code == 422


def test_D4_4_5_nothing_typed_is_lost(client, cast, month, login):
    found = make_report(cast, NOW)
    login(client, cast.clerk)
    typed = sheet(client.get(HERE + "edit/").content.decode())
    for change, sentence in (
        ({"case_0_no": "WX-2026-9999", "case_0_title": "留着"}, "没有单号是“WX-2026-9999”的记录"),
        ({"case_0_story": "留着"}, "请写上标题"),
        ({"measure_0_due_on": "下周", "measure_0_problem": "留着"}, "时限要写成年月日"),
        ({"say_volume": "留着" * 300}, "最多 500 个字"),
        ({"revision": "99", "say_volume": "留着"}, "刚刚被别人改过"),
    ):
        answer = client.post(HERE + "write/", typed | change)
        html = answer.content.decode()
        assert answer.status_code in (409, 422) and sentence in html and "留着" in html, change
    make_report(cast, NOW, "signed")
    answer = client.post(HERE + "write/", typed | {"say_volume": "留着"})
    assert answer.status_code == 409 and "留着" in answer.content.decode()
    login(client, cast.manager)
    html = client.post(HERE + "send_back/", {"reason": ""}).content.decode()
    assert "请写明退回的原因" in html
    assert Submission.objects.get(pk=found.pk).status == "signed"


@pytest.mark.parametrize("count", [1, 30])
def test_D4_4_5_the_pages_cost_the_same_for_1_and_30(client, cast, month, login, count):
    Submission.objects.bulk_create(
        Submission(no=f"BG-20{10 + n // 12}-{n % 12 + 1:02}", first=date(2010 + n // 12, n % 12 + 1, 1),
                   created_at=NOW - n * timedelta(days=1), created_by=cast.clerk)
        for n in range(count)
    )  # fmt: skip
    make_report(cast, NOW, "locked")
    login(client, cast.manager)
    costs = []
    for address in ("/helpdesk/handed/?state=", HERE, HERE + "print/", REPORT):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs.append(len(asked))
    assert costs == [5, 6, 4, 6]
    assert client.get("/helpdesk/handed/list.xlsx").status_code == 200
