"""B1: customers from a workbook — every row judged with its reason, nothing overwritten, nothing twice."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.factories.customers import make_customer, workbook
from visits.customers import actions as customers
from visits.imports import actions
from visits.imports.columns import HEADINGS, Row
from visits.imports.judging import Register
from visits.imports.template_xlsx import template
from visits.models import Contact, Customer, ImportBatch

pytestmark = pytest.mark.django_db
HEAD = ["单位名称", "客户类别", "地址", "备注", "联系人", "职务", "手机"]
KEYS = ("name", "kind", "address", "note", "contact", "title", "phone")


def judged(*rows):
    """[(verdict, told)] of rows in the order of KEYS, over an empty register."""
    register = Register({})
    return [
        (one.verdict, one.told)
        for one in (register.judge(n, dict(zip(KEYS, row, strict=False))) for n, row in enumerate(rows, 2))
    ]


def refused(*rows):
    with pytest.raises(Refused) as no:
        actions.read(workbook(*rows))
    return no.value.message


# --- headings --------------------------------------------------------------------------------------------------


def test_B1_headings_in_any_order_under_the_names_people_use():
    rows = actions.read(
        workbook(
            ["客户名册 2026"], [], ["手机号", "多余的", "＊公司 名称", "姓名"], ["138", "x", "甲公司", "王"]
        )
    )
    assert rows == [Row(4, {"phone": "138", "name": "甲公司", "contact": "王"})]


def test_B1_a_workbook_without_headings_says_which_are_known():
    assert (
        refused(["甲公司", "王"])
        == f"没有找到“单位名称”这一列。第一行请写列名：{'、'.join(HEADINGS)}，次序不限。"
    )
    assert refused(["单位", "公司"], ["甲", "乙"]) == "“单位名称”有两列，不知道该用哪一列。请只留一列。"
    assert refused(HEAD) == "列名下面没有内容，请填好再上传。"


def test_B1_the_template_is_what_the_import_reads(at):
    from io import BytesIO

    assert refused_file(BytesIO(template(at))) == "列名下面没有内容，请填好再上传。"
    assert template(at) == template(at)


def refused_file(file):
    with pytest.raises(Refused) as no:
        actions.read(file)
    return no.value.message


# --- verdicts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["", "", "南通"], "没有单位名称，请补上。"),
        (["甲" * 81], "单位名称最多 80 个字，现在有 81 个。"),
        (["=cmd|' /C calc'!A0"], "单位名称不能以“=”开头，像是公式，请改正。"),
        (["＠甲"], "单位名称不能以“＠”开头，像是公式，请改正。"),
        (["#REF!"], "单位名称是 Excel 的错误值 #REF!，请改成内容。"),
        (["甲\u200b公司"], "单位名称里有看不见的字符，请重新输入。"),
        (["甲\u202e公司"], "单位名称里有看不见的字符，请重新输入。"),
        (["甲", "大客户"], "没有“大客户”这个类别，请填：采购方客户、合作方、政府及行业、其他来宾。"),
        (["甲", "x" * 1900], f"没有“{'x' * 20}”这个类别，请填：采购方客户、合作方、政府及行业、其他来宾。"),
        (["甲", "", "", "", "", "经理"], "填了职务或手机，却没有联系人姓名，请补上。"),
        (["甲", "", "", "", "王", "", "电话见名片"], "手机只能是数字、空格、加号和短横，请改正。"),
        (["", "x", "", "", "", "", "1"], "没有单位名称，请补上。 没有“x”这个类别，请填：采购方客户、合作方、政府及行业、其他来宾。"
         " 填了职务或手机，却没有联系人姓名，请补上。 手机只能是数字、空格、加号和短横，请改正。"),
    ],
)  # fmt: skip
def test_B1_a_wrong_row_says_what_and_what_to_do(row, told):
    assert judged(row) == [("wrong", told)]


@pytest.mark.parametrize(
    "phone", ["13800138000", "+86 138-0013-8000", "0513-8888 6666转8001", "（0513）88886666"]
)
def test_B1_phones_as_people_write_them(phone):
    assert judged(["甲", "", "", "", "王", "", phone]) == [("new", "联系人 王")]


def test_B1_rows_of_one_file_know_one_another():
    rows = (
        ["甲公司", "合作方", "南通", "", "王", "经理"],
        ["甲公司", "", "", "", "李"],
        ["甲公司", "", "南通", "", "王"],
        ["甲公司", "", "大连", "", "张"],
        ["甲  公司"],
        ["甲公司", "合作方"],
    )
    assert judged(*rows) == [
        ("new", "联系人 王"),
        ("changed", "新增联系人 李"),
        ("wrong", "与第 2 行重复（单位和联系人相同），请只留一行。"),
        ("wrong", "地址与第 2 行不一致，请改成一样的。"),
        ("new", ""),
        ("same", ""),
    ]


def test_B1_empty_cells_change_nothing_and_changes_are_spelled_out(cast, at):
    make_customer(cast, at, "甲公司", address="大连", kind="partner")
    customers.keep_contact(
        Customer.objects.get(), by=cast.reception, at=at, name="王", title="经理", phone="13800138000"
    )
    rows = [["甲公司"], ["甲公司", "采购方客户", "沈阳", "老客户", "王", "总经理", "13900139000"]]
    told = [(one.verdict, one.told) for one in actions.judge_all(actions.read(workbook(HEAD, *rows)))]
    assert told == [
        ("same", ""),
        (
            "changed",
            "客户类别：合作方 → 采购方客户；地址：大连 → 沈阳；备注：空 → 老客户；王的职务：经理 → 总经理；王的手机更新",
        ),
    ]


# --- staged and written ----------------------------------------------------------------------------------------


def staged(cast, at, *rows, by=None):
    return actions.stage(
        by=by or cast.reception, at=at, filename="客户.xlsx", rows=actions.read(workbook(HEAD, *rows))
    )


def run(batch, by, at):
    """Portion by portion to the end, as the page does."""
    while not batch.finished_at:
        actions.advance(batch, by=by, at=at, seen=batch.done)


def test_B1_a_preview_writes_nothing_and_the_import_writes_each_row_once(cast, at):
    batch = staged(
        cast,
        at,
        ["甲公司", "合作方", "南通", "", "王", "经理", "138 0013 8000"],
        ["甲公司", "", "", "", "李"],
        [None, "x"],
    )
    assert (Customer.objects.count(), batch.total) == (0, 3)
    run(batch, cast.reception, at)
    customer = Customer.objects.get()
    assert (customer.name, customer.kind, customer.address) == ("甲公司", "partner", "南通")
    assert list(Contact.objects.values_list("name", "title", "phone")) == [
        ("王", "经理", "138 0013 8000"),
        ("李", "", ""),
    ]
    assert [(e.verb, e.actor, e.reason) for e in events_of(customer)] == [
        ("create", cast.reception, "从 Excel 导入"), ("contact", cast.reception, "从 Excel 导入"),
    ]  # fmt: skip
    assert (batch.finished_by, events_of(batch).get().detail["rows"]) == (cast.reception, 3)
    assert [row.verdict for row in batch.rows.all()] == ["new", "changed", "wrong"]
    assert Customer.objects.matching("jgs").count() == 1


def test_B1_a_portion_that_comes_twice_or_late_changes_nothing(cast, at, monkeypatch):
    monkeypatch.setattr(actions, "PORTION", 2)
    batch = staged(cast, at, *[[f"{n}号公司"] for n in range(5)])
    for seen, done in ((0, 2), (0, 2), (99, 2), (2, 4), (2, 4), (4, 5), (4, 5), (5, 5)):
        actions.advance(batch, by=cast.reception, at=at, seen=seen)
        assert (batch.done, Customer.objects.count()) == (done, done)
    assert batch.finished_at == at


def test_B1_what_somebody_changed_since_the_preview_is_not_overwritten(cast, at):
    make_customer(cast, at, "甲公司", address="大连")
    batch = staged(cast, at, ["甲公司", "", "沈阳"], ["乙公司"], ["丙公司"])
    customers.change_customer(Customer.objects.get(), by=cast.office, at=at, fields={"address": "长春"})
    make_customer(cast, at, "乙公司")
    run(batch, cast.reception, at)
    assert dict(Customer.objects.values_list("name", "address")) == {
        "甲公司": "长春",
        "乙公司": "",
        "丙公司": "",
    }
    assert [(row.verdict, row.told[:4]) for row in batch.rows.all()] == [
        ("stale", "预览以后"),
        ("stale", "预览以后"),
        ("new", ""),
    ]


def test_B1_only_the_reception_manager_and_the_office_import(cast, at):
    for person in (cast.sales, cast.gm, cast.auditor, cast.clerk):
        with pytest.raises(Refused, match="由接待经理或办公室办理"):
            staged(cast, at, ["甲公司"], by=person)
    batch = staged(cast, at, ["甲公司"])
    with pytest.raises(Refused, match="由接待经理或办公室办理"):
        actions.advance(batch, by=cast.sales, at=at, seen=0)
    assert Customer.objects.count() == 0


def test_B1_a_new_upload_of_the_same_person_replaces_the_old_one(cast, at):
    staged(cast, at, ["甲公司"])
    other = staged(cast, at, ["甲公司"], by=cast.office)
    second = staged(cast, at, ["乙公司"])
    assert set(ImportBatch.objects.all()) == {other, second}


def test_B1_five_thousand_rows(cast, at):
    rows = [[f"第{n}号公司", "合作方", "南通市", "", f"王{n}", "经理", f"138{n:08d}"] for n in range(5000)]
    file = workbook(HEAD, *rows)
    began = time.process_time()
    batch = actions.stage(by=cast.reception, at=at, filename="x", rows=actions.read(file))
    assert (batch.total, batch.rows.filter(verdict="new").count()) == (5000, 5000)
    assert time.process_time() - began < 10
    began = time.process_time()
    actions.advance(batch, by=cast.reception, at=at, seen=0)
    assert (batch.done, Customer.objects.count(), time.process_time() - began < 4) == (200, 200, True)
    with pytest.raises(Refused, match="一次最多导入 5000 行，这个文件有 5001 行"):
        staged(cast, at, *rows, ["多一行"])


# --- the command -----------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "客户.xlsx"
    path.write_bytes(workbook(HEAD, ["甲公司", "", "", "", "王"], ["", "x"], ["乙公司"]).getvalue())
    return path


def told(*words):
    out, err = StringIO(), StringIO()
    call_command("import_customers", *words, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def test_B1_the_command_looks_then_writes_and_twice_changes_nothing(cast, file):
    wrong = (
        "第 3 行：没有单位名称，请补上。 没有“x”这个类别，请填：采购方客户、合作方、政府及行业、其他来宾。"
    )
    assert told(str(file), "--dry-run") == ("只看，没有写入：共 3 行，新增 2，有错 1", wrong)
    assert Customer.objects.count() == 0
    assert told(str(file)) == ("已导入：共 3 行，新增 2，有错 1", wrong)
    assert told(str(file), "--by", "office") == ("已导入：共 3 行，无变化 2，有错 1", wrong)
    assert [event.actor_name for event in events_of(Customer.objects.get(name="甲公司"))] == ["系统"]
    assert list(verify()) == []


def test_B1_the_command_says_what_is_wrong(cast, file, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"no")
    tries = [(str(tmp_path / "x.xlsx"),), (str(tmp_path / "none.xlsx"),), (str(file), "--by", "nobody")]
    for words in tries:
        with pytest.raises(CommandError):
            told(*words)
    with pytest.raises(Refused):
        told(str(file), "--by", "sales")
    assert Customer.objects.count() == 0
