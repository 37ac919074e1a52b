"""The workbook to fill in: headings as the import knows them, and a sheet that says what goes where."""

from datetime import datetime
from io import BytesIO

from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.imports.columns import FIELDS, HEADINGS, MOST
from reception.core.sheets import Book, Column

WIDTHS = (10, 8, 12, 10, 12, 8, 10, 26, 30, 10, 14)
SAYS = {
    "building": "必填，如 3栋、A座。没有的楼栋会新建。也可以不填，把房号写成 3栋1202。",
    "unit_no": "没有单元的不填。",
    "room": "必填，如 1202、S12。登记过的房号按楼栋、单元、房号对上，不会重复建立。",
    "kind": f"新房号不填为“{UnitKind.HOME.label}”。可填：{'、'.join(UnitKind.labels)}。",
    "name": "不填就只登记房号。同一户有几个人，就写几行；同一户里按姓名对上。",
    "title": "选填，如 女士、先生、老师。",
    "who": f"新住户不填为“{ResidentKind.OWNER.label}”。可填：{'、'.join(ResidentKind.labels)}。",
    "company": "选填。没有的公司会新建；商铺、办公的房号同时登记为它租用。",
    "phones": "选填。几个号码用 / 隔开，怎么写都认得：+86、区号、分机、空格、短横。请把这一列设为文本。",
    "leader": "是公司领导的填“是”，来电时前台会看到提示。",
    "out": "搬走的填日期，如 2026-03-25；记录不会删除。又住回来的填“在住”。",
}


def template(at: datetime) -> bytes:
    """The bytes of 房号导入模板.xlsx, dated `at`."""
    book = Book("房号导入模板", at=at)
    sheet = book.sheet("房号与住户", landscape=True)
    columns = [Column(label, width) for label, width in zip(HEADINGS, WIDTHS, strict=True)]
    sheet.widths(columns)
    block = sheet.table(columns, [[""] * len(columns) for _ in range(20)])
    sheet.freeze(block)
    notes = book.sheet("填写说明")
    parts = [Column("列", 14), Column("怎么填", 70)]
    notes.title(
        "房号导入填写说明", f"列的次序不限，多出的列不理会；空着的格子不改动原来的内容；一次最多 {MOST} 行。"
    )
    notes.widths(parts)
    notes.table(parts, [(names[0], SAYS[key]) for key, names in FIELDS.items()])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
