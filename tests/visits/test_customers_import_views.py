"""B1: the import's pages — upload, preview row by row, confirm in portions, take up again."""

from io import BytesIO

import pytest

from tests.factories.customers import workbook
from tests.visits.pages import browser, frozen, html
from visits.imports import actions
from visits.models import Customer, ImportBatch

HEAD = ["单位名称", "地址", "联系人"]
URL = "/visits/customers/import/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def upload(who, *rows, file=None, **more):
    return browser(who).post(URL, {"file": file or workbook(HEAD, *rows), **more})


def named(content, name="x.xlsx"):
    file = BytesIO(content)
    file.name = name
    return file


def test_B1_an_upload_leads_to_its_preview(cast, at):
    response = upload(cast.reception, ["甲公司", "南通", "王"], ["", "大连"], ["@公司"])
    batch = ImportBatch.objects.get()
    assert (response.status_code, response.headers["Location"], batch.filename) == (
        302,
        batch.get_absolute_url(),
        "客户.xlsx",
    )
    text = html(browser(cast.reception).get(batch.get_absolute_url()))
    parts = (
        "确认后写入 1 行；2 行有错，会跳过",
        "甲公司",
        "联系人 王",
        "没有单位名称，请补上。",
        "全部 3",
        "新增 1",
        "有错 2",
    )
    assert [part for part in parts if part not in text] == []
    assert Customer.objects.count() == 0


def test_B1_the_same_upload_sent_twice_is_one(cast, at):
    first, second = (upload(cast.reception, ["甲公司"], _once="b" * 32) for _ in range(2))
    assert (first.headers["Location"], ImportBatch.objects.count()) == (second.headers["Location"], 1)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "请选择要导入的 .xlsx 工作簿。"),
        (named(b"a,b"), "这不是 .xlsx 工作簿"),
        (named(b""), "这个文件是空的，请重新选择。"),
        (named(b"x" * (5 * 2**20 + 1)), "最大 5 MB"),
        (named(b"x", "n" * 230 + ".xlsx"), "文件名太长"),
    ],
)
def test_B1_a_file_that_will_not_do_is_said(cast, at, file, sentence):
    response = browser(cast.reception).post(URL, {"file": file} if file else {})
    assert (response.status_code, sentence in html(response), ImportBatch.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("who", "status"), [(None, 302), ("sales", 403), ("gm", 403), ("clerk", 403), ("auditor", 403)]
)
def test_B1_others_import_nothing(cast, at, who, status):
    user = getattr(cast, who) if who else None
    assert upload(user, ["甲公司"]).status_code == status
    assert browser(user).get(URL).status_code == status
    assert ImportBatch.objects.count() == 0


def test_B1_a_preview_is_its_owners_alone(cast, at):
    upload(cast.reception, ["甲公司"])
    url = ImportBatch.objects.get().get_absolute_url()
    assert browser(cast.office).get(url).status_code == 404
    assert browser(cast.office).post(f"{url}advance/", {"seen": 0}).status_code == 404
    assert browser().post(f"{url}advance/", {"seen": 0}).status_code == 302
    assert browser(cast.sales).post(f"{url}advance/", {"seen": 0}).status_code in (403, 404)
    assert Customer.objects.count() == 0


def test_B1_the_script_goes_portion_by_portion_and_a_late_answer_counts_once(cast, at, monkeypatch):
    monkeypatch.setattr(actions, "PORTION", 2)
    upload(cast.reception, *[[f"{n}号公司"] for n in range(3)])
    url = f"{ImportBatch.objects.get().get_absolute_url()}advance/"
    client = browser(cast.reception)

    def step(seen):
        return client.post(url, {"seen": seen}, headers={"X-Requested-With": "fetch"}).json()

    assert [step(seen) for seen in (0, 0, "x", 2, 2)] == [
        {"done": 2, "total": 3, "finished": False},
        {"done": 2, "total": 3, "finished": False},
        {"done": 2, "total": 3, "finished": False},
        {"done": 3, "total": 3, "finished": True},
        {"done": 3, "total": 3, "finished": True},
    ]
    assert Customer.objects.count() == 3


def test_B1_without_a_script_each_press_is_a_portion_and_the_end_is_told(cast, at, monkeypatch):
    monkeypatch.setattr(actions, "PORTION", 2)
    upload(cast.reception, ["甲公司"], ["乙公司"], [""] * 2 + ["王"])
    url, client = ImportBatch.objects.get().get_absolute_url(), browser(cast.reception)
    half = client.post(f"{url}advance/", {"seen": 0}, follow=True)
    assert ("接着导入" in html(half), "上次导到第 2 行" in html(half)) == (True, True)
    assert "还没有导完（2/3 行）" in html(client.get(URL))
    end = client.post(f"{url}advance/", {"seen": 2}, follow=True)
    assert ("导入完成" in html(end), "写入 2 行，1 行有错没有导入" in html(end)) == (True, True)


def test_B1_a_form_of_another_site_is_refused(cast, at):
    from django.test import Client

    upload(cast.reception, ["甲公司"])
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reception)
    url = f"{ImportBatch.objects.get().get_absolute_url()}advance/"
    assert (client.post(url, {"seen": 0}).status_code, Customer.objects.count()) == (403, 0)


def test_B1_the_preview_is_filtered_and_paged(cast, at):
    upload(cast.reception, *[[f"{n}号公司"] for n in range(150)], ["", "大连"])
    url, client = ImportBatch.objects.get().get_absolute_url(), browser(cast.reception)

    def lines(**query):
        return [line["row"].line for line in client.get(url, query).context["rows"]]

    assert (lines(), lines(after=101)) == (list(range(2, 102)), list(range(102, 153)))
    assert (lines(verdict="wrong"), lines(verdict="x", after="x")) == ([152], list(range(2, 102)))


def test_B1_what_is_typed_in_a_workbook_is_never_markup(cast, at):
    upload(cast.reception, ["<script>x</script>", "", "<b>王</b>"])
    text = html(browser(cast.reception).get(ImportBatch.objects.get().get_absolute_url()))
    assert ("<script>x" in text, "<b>王" in text, "&lt;script&gt;x" in text) == (False, False, True)


def test_B1_the_template_is_downloaded(cast, at):
    response = browser(cast.office).get(f"{URL}template.xlsx")
    assert (response.status_code, response.headers["Content-Disposition"][:10], response.content[:2]) == (
        200,
        "attachment",
        b"PK",
    )
    assert browser(cast.sales).get(f"{URL}template.xlsx").status_code == 200
    assert browser(cast.clerk).get(f"{URL}template.xlsx").status_code == 403
