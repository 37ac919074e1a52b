"""房号导入: every row judged with its reason, before and after shown, nothing twice, nothing deleted (E5.2.1a)."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from helpdesk.directory import actions as register
from helpdesk.directory.models import Resident, Unit, recognise
from helpdesk.imports import actions
from helpdesk.imports.columns import HEADINGS
from helpdesk.imports.judging import Register
from helpdesk.imports.template_xlsx import template
from helpdesk.models import Building, Company, Lease, Phone, UnitImport
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.engines.race import errors, race, winners
from tests.factories.customers import workbook
from tests.factories.helpdesk import make_resident, make_unit
from tests.factories.people import cast as make_cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 21)
KEYS = ("building", "unit_no", "room", "name", "phones", "who", "title", "company", "leader", "out", "kind")
HEAD = ["楼栋", "单元", "房号", "姓名", "电话", "身份", "称呼", "公司名称", "公司领导", "搬出日期", "用途"]


def judged(*rows):
    """[(verdict, told)] of rows in the order of KEYS, over an empty register."""
    register = Register({}, {}, TODAY)
    return [
        (one.verdict, one.told)
        for one in (register.judge(n, dict(zip(KEYS, row, strict=False))) for n, row in enumerate(rows, 2))
    ]


def refused(*rows):
    with pytest.raises(Refused) as no:
        actions.read(workbook(*rows))
    return no.value.message


def imported(cast, at, *rows, by=None):
    """Upload and confirm; the batch."""
    batch = actions.stage(
        by=by or cast.manager, at=at, filename="名册.xlsx", rows=actions.read(workbook(HEAD, *rows))
    )
    while not batch.finished_at:
        batch = actions.advance(batch, by=by or cast.manager, at=at, seen=batch.done)
    return batch


def verdicts(batch):
    return list(batch.rows.values_list("verdict", flat=True))


def register_rows():
    """The whole register, to be compared."""
    return (
        sorted(Unit.objects.values_list("label", "kind")),
        sorted(
            Resident.objects.values_list("unit__label", "name", "title", "kind", "company", "moved_out_on")
        ),
        sorted(Phone.objects.values_list("resident__name", "digits")),
    )


def test_E5_2_1a_headings_in_any_order_under_the_names_people_use():
    rows = actions.read(
        workbook(
            ["名册 2026"],
            [],
            ["联系电话", "多余的", "＊房间 号", "栋号", "业主姓名"],
            ["138", "x", "1202", "3", "周敏"],
        )
    )
    assert [(row.line, row.cells) for row in rows] == [
        (4, {"phones": "138", "room": "1202", "building": "3", "name": "周敏"})
    ]
    assert refused(["甲", "乙"]) == f"没有找到“房号”这一列。第一行请写列名：{'、'.join(HEADINGS)}，次序不限。"
    assert refused(["房号", "房间"], ["1", "2"]) == "“房号”有两列，不知道该用哪一列。请只留一列。"
    assert refused(["楼栋", "姓名", "电话"], ["1", "2", "3"]) == "有列名，但没有“房号”这一列，请补上。"
    assert refused(HEAD) == "列名下面没有内容，请填好再上传。"


def test_E5_2_1a_the_template_is_what_the_import_reads(at):
    with pytest.raises(Refused, match="列名下面没有内容"):
        actions.read(BytesIO(template(at)))
    assert template(at) == template(at)


WRITTEN = {
    ("3栋", "", "1202"): "新楼栋 3栋；新房号 3栋1202（住宅）", ("", "", "3栋1202"): "新楼栋 3栋；新房号 3栋1202（住宅）",
    ("３号楼", "1单元", "５０２室"): "新楼栋 3栋；新房号 3栋1单元502（住宅）", ("", "", "3-502"): "新楼栋 3栋；新房号 3栋502（住宅）",
    ("a座", "", "1806"): "新楼栋 A座；新房号 A座1806（住宅）", ("十二栋", "二单元", "301"): "新楼栋 12栋；新房号 12栋2单元301（住宅）",
    ("03", "01", "0502"): "新楼栋 3栋；新房号 3栋1单元0502（住宅）",
}  # fmt: skip
WRONG = {
    ("", "", ""): "没有房号，请补上。",
    ("", "", "1202"): "没有楼栋，请补上，或把房号写成 3栋1202。",
    ("东边", "", "1"): "楼栋“东边”认不出来，请写成 3栋、3 或 A座。",
    ("3", "甲", "1"): "单元“甲”认不出来，请写成 1 或 1单元。",
    ("3", "", "物业用房"): "房号“物业用”认不出来，请写成 1202、S12，或 3栋1202。",
    ("3", "", "1", "", "13800138000"): "填了电话，却没有姓名，请补上。",
    ("3", "", "1", "=1+1"): "姓名不能以“=”开头，像是公式，请改正。",
    ("3", "", "1", "长" * 41): "姓名最多 40 个字，现在有 41 个。",
    ("3", "", "1", "周\u202e敏"): "姓名里有看不见的字符，请重新输入。",
    ("3", "", "#REF!", ""): "房号是 Excel 的错误值 #REF!，请改成内容。 房号“#REF!”认不出来，请写成 1202、S12，或 3栋1202。",
    ("3", "", "1", "周敏", "12"): "“12”不像电话号码，请写 3 到 15 位数字。",
    ("3", "", "1", "周敏", "1380013800"): "“1380013800”像手机号，却不是 11 位，请核对。",
    ("3", "", "1", "周敏", "13800138000 13900139000 13700137000"): "“13800138000 13900139”太长，几个号码请用 / 隔开。",
    ("3", "", "1", "周敏", "", "邻居"): "没有“邻居”这个身份，请填：业主、租户、商户、员工。",
    ("3", "", "1", "周敏", "", "", "", "", "也许"): "公司领导请填“是”或“否”。",
    ("3", "", "1", "周敏", "", "", "", "", "", "昨天"): "搬出日期“昨天”要写成 2026-03-25；又住回来的写“在住”。",
    ("3", "", "1", "周敏", "", "", "", "", "", "2026/10/22"): "搬出日期要在 2000 年以后、今天以前，请核对。",
    ("3", "", "1", "", "", "", "", "", "", "", "车库"): "没有“车库”这个用途，请填：住宅、商铺、办公。",
}  # fmt: skip


def test_E5_2_1a_an_address_is_read_however_it_is_written():
    assert {row: judged(row)[0] for row in WRITTEN} == {row: ("new", told) for row, told in WRITTEN.items()}


def test_E5_2_1a_what_is_wrong_with_a_row_is_said_in_a_sentence():
    assert {row: judged(row)[0] for row in WRONG} == {row: ("wrong", told) for row, told in WRONG.items()}


def test_E5_2_1a_rows_count_for_those_below_them():
    assert judged(
        ("3", "", "1", "周敏", "138 0013 8000、+86 512 6543 2100转8"), ("3", "", "1", "周敏"), ("3", "", "1", "何立", "", "租户"),
        ("3", "", "2", "", "", "", "", "", "", "", "商铺"), ("3", "", "2", "店主", "", "", "", "", "", "", "办公"),
    ) == [
        ("new", "新楼栋 3栋；新房号 3栋1（住宅）；新住户 周敏（业主），电话 138 0013 8000、+86 512 6543 2100转8"),
        ("wrong", "与第 2 行重复（房号和姓名相同），请只留一行。"), ("new", "新住户 何立（租户）"), ("new", "新房号 3栋2（商铺）"),
        ("wrong", "用途与第 5 行不一致，请改成一样的。"),
    ]  # fmt: skip


ROWS = (
    ["3栋", "", "1202", "周敏", "138-0013 8000", "业主", "女士"], ["3栋", "", "1202", "何立", "13900005602", "租户"],
    ["A座", "", "1806", "丁薇", "0512-65431806", "租户", "女士", "知行设计", "", "", "办公"], ["A座", "", "1807"],
    ["A座", "", "1808", "沈国栋", "8001", "员工", "先生", "澄湖精密", "是", "", "办公"],
)  # fmt: skip


@pytest.mark.engine
def test_E5_2_1a_an_import_makes_the_register_and_again_changes_nothing(cast, at):
    assert verdicts(imported(cast, at, *ROWS)) == ["new"] * 5
    before, count = register_rows(), Building.objects.count()
    assert [str(one) for one in recognise("+86 138 0013 8000")] == ["周敏女士"]
    assert [(one.name, one.is_leader) for one in Resident.objects.filter(is_leader=True)] == [
        ("沈国栋", True)
    ]
    assert sorted(Lease.objects.values_list("company__name", "unit__label")) == [
        ("澄湖精密", "A座1808"),
        ("知行设计", "A座1806"),
    ]
    again = imported(cast, at, *ROWS)
    assert (verdicts(again), register_rows(), Building.objects.count()) == (["same"] * 5, before, count)
    assert Company.objects.count() == Lease.objects.count() == 2
    assert list(verify()) == []
    told = Notice.objects.filter(to=cast.manager).order_by("pk").last()
    assert (told.title, told.url) == (
        "房号导入完成《客户.xlsx》：无变化 5 行".replace("客户", "名册"),
        again.get_absolute_url(),
    )


@pytest.mark.engine
def test_E5_2_1a_an_update_shows_what_was_and_what_is_and_takes_nothing_away(cast, at):
    imported(cast, at, *ROWS)
    rows = (
        ["3栋", "", "1202", "周敏", "13900001111", "租户", "老师"], ["3栋", "", "1202", "何立", "", "", "", "", "", "2026-10-01"],
        ["A座", "", "1807", "", "", "", "", "", "", "", "办公"],
    )  # fmt: skip
    batch = imported(cast, at, *rows)
    assert list(batch.rows.values_list("verdict", "told")) == [
        ("changed", "称呼：女士 → 老师；身份：业主 → 租户；电话：加 13900001111"), ("changed", "搬出日期：在住 → 2026-10-01"),
        ("changed", "用途：住宅 → 办公"),
    ]  # fmt: skip
    gone = Resident.objects.get(name="何立")
    assert (gone.moved_out_on, gone.phones.count(), recognise("13900005602")) == (date(2026, 10, 1), 1, [])
    assert Resident.objects.get(name="周敏").phones.count() == 2, "a number that is not in the file stays"
    assert Resident.objects.filter(name="丁薇").exists(), "who is not in the file stays"
    event = events_of(Resident.objects.get(name="周敏")).filter(verb="change").get()
    assert event.detail == {"title": ["女士", "老师"], "kind": ["owner", "tenant"]}
    back = imported(cast, at, ["3栋", "", "1202", "何立", "", "", "", "", "", "在住"])
    assert list(back.rows.values_list("told", flat=True)) == ["搬出日期：2026-10-01 → 在住"]
    assert recognise("13900005602") == [gone]


def test_E5_2_1a_nothing_is_written_before_it_is_confirmed_and_wrong_rows_never(cast, at):
    rows = actions.read(workbook(HEAD, *ROWS, ["3栋", "", ""]))
    batch = actions.stage(by=cast.manager, at=at, filename="x.xlsx", rows=rows)
    assert (verdicts(batch), Unit.objects.count()) == (["new"] * 5 + ["wrong"], 0)
    actions.advance(batch, by=cast.manager, at=at, seen=0)
    assert Unit.objects.count() == 4
    with pytest.raises(Refused) as no:
        actions.stage(by=cast.clerk, at=at, filename="x.xlsx", rows=rows)
    assert no.value.code == "forbidden"


def test_E5_2_1a_what_changed_since_the_preview_is_not_overwritten(cast, at):
    zhou = make_resident("周敏", unit=make_unit("3栋1202"))
    rows = actions.read(workbook(HEAD, ["3栋", "", "1202", "周敏", "", "", "老师"], ["3栋", "", "1203"]))
    batch = actions.stage(by=cast.manager, at=at, filename="x.xlsx", rows=rows)
    register.change_resident(zhou, by=cast.assistant, at=at, title="先生")
    actions.advance(batch, by=cast.manager, at=at, seen=0)
    assert list(batch.rows.values_list("verdict", "told")) == [
        ("stale", actions.CHANGED_SINCE),
        ("new", "新房号 3栋1203（住宅）"),
    ]
    assert Resident.objects.get().title == "先生"


def test_E5_2_1a_two_of_one_name_are_not_guessed(cast, at):
    flat = make_unit("3栋1202")
    make_resident("周敏", unit=flat)
    make_resident("周敏", unit=flat, title="先生")
    assert list(
        imported(cast, at, ["3栋", "", "1202", "周敏", "13800138000"]).rows.values_list("told", flat=True)
    ) == ["名册里这一户有两位周敏，分不清是哪一位，请在页面上改。"]


def test_E5_2_1a_the_command_reads_and_says_the_same(cast, tmp_path):
    file = tmp_path / "名册.xlsx"
    file.write_bytes(workbook(HEAD, *ROWS, ["3栋", "", ""]).read())
    out, err = StringIO(), StringIO()
    call_command("import_units", str(file), "--dry-run", stdout=out, stderr=err)
    assert (out.getvalue(), Unit.objects.count()) == ("只看，没有写入：共 6 行，新增 5，有错 1\n", 0)
    assert err.getvalue() == "第 7 行：没有房号，请补上。\n"
    call_command("import_units", str(file), "--by", "manager", stdout=StringIO(), stderr=StringIO())
    assert Unit.objects.count() == 4
    out = StringIO()
    call_command("import_units", str(file), stdout=out, stderr=StringIO())
    assert out.getvalue() == "已导入：共 6 行，无变化 5，有错 1\n"
    for arguments in ([str(tmp_path / "none.xlsx")], [str(file), "--by", "nobody"], [__file__]):
        with pytest.raises(CommandError):
            call_command("import_units", *arguments, stdout=StringIO(), stderr=StringIO())


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_E5_2_1a_two_imports_at_once_make_every_row_once(at):
    cast = make_cast()
    rows = actions.read(workbook(HEAD, *ROWS))
    batches = [
        actions.stage(by=by, at=at, filename="x.xlsx", rows=rows) for by in (cast.manager, cast.assistant)
    ]
    outcomes = race(
        *[lambda b=batch, by=by: actions.advance(b, by=by, at=at, seen=0)
          for batch, by in zip(batches, (cast.manager, cast.assistant), strict=True)]
    )  # fmt: skip
    assert (len(winners(outcomes)), errors(outcomes)) == (2, [])
    assert (
        Unit.objects.count(),
        Resident.objects.count(),
        Company.objects.count(),
        Lease.objects.count(),
    ) == (4, 4, 2, 2)
    assert sorted(map(verdicts, UnitImport.objects.all())) == [["new"] * 5, ["stale"] * 5]
    batch = actions.stage(
        by=cast.manager, at=at, filename="x.xlsx", rows=actions.read(workbook(HEAD, ["9栋", "", "1"]))
    )
    outcomes = race(
        *[lambda: actions.advance(UnitImport.objects.get(pk=batch.pk), by=cast.manager, at=at, seen=0)] * 3
    )
    assert (len(winners(outcomes)), Unit.objects.filter(building__code="9").count()) == (3, 1)
    assert Notice.objects.filter(to=cast.manager, title__startswith="房号导入").count() == 2
