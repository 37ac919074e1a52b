"""The demo's brochures and certificates: one short, one running out, one expired, some handed out (A5.2)."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.people.models import User
from visits.materials.actions import add_material
from visits.materials.models import Material
from visits.materials.moving import give, receive, take
from visits.models import Reception

DAY = timedelta(days=1)
# 种类, 名称, 版次, 语言, 地点, 最低库存, 入库, 证书编号, 发证机构, 还有几天到期
ROWS: tuple[tuple[Any, ...], ...] = (
    ("brochure", "公司画册", "2026 版", "zh", "营销部资料柜", 40, 160, "", "", None),
    ("brochure", "公司画册", "2026 版", "en", "营销部资料柜", 30, 18, "", "", None),
    ("leaflet", "智能配电产品单页", "第 3 版", "zh", "营销部资料柜", 50, 300, "", "", None),
    (
        "credential",
        "ISO 9001 质量管理体系证书",
        "复印件",
        "zh",
        "档案室",
        5,
        30,
        "Q-2024-11873",
        "恒信认证中心",
        24,
    ),
    (
        "credential",
        "高新技术企业证书",
        "复印件",
        "zh",
        "档案室",
        5,
        20,
        "GR202533004417",
        "省科学技术厅",
        500,
    ),
    ("credential", "环境管理体系证书", "复印件", "zh", "档案室", 0, 6, "E-2023-0912", "恒信认证中心", -12),
)


def fill(cast: dict[str, User], at: datetime) -> None:
    """All of ROWS, put on the shelf ninety days ago; the next receptions have been given some."""
    began, keeper = at - 90 * DAY, cast["sales_head"]
    found = [_row(values, keeper, began, at) for values in ROWS]
    brochure, leaflet = found[0], found[2]
    take(brochure, by=keeper, at=at - 40 * DAY, count=20, department=cast["tech"].department, note="展会用")
    rows = Reception.objects.select_related("applicant").filter(
        status__in=("receiving", "settling"), secret=False
    )
    for one in rows.order_by("arrive_at", "id")[:3]:
        counts = {brochure.pk: one.headcount or 4, leaflet.pk: (one.headcount or 4) * 2}
        give(
            one,
            by=one.applicant,
            at=at - timedelta(hours=1),
            counts=counts,
            recipient=one.contact_name or "来宾",
        )


def _row(values: tuple[Any, ...], keeper: User, began: datetime, at: datetime) -> Material:
    """One material, filled up for the first time."""
    kind, name, edition, language, place, minimum, stock, cert_no, issuer, left = values
    fields = {
        "kind": kind, "name": name, "edition": edition, "language": language, "place": place, "department": keeper.department,
        "minimum": minimum, "cert_no": cert_no, "issuer": issuer,
        "valid_until": None if left is None else local(at).date() + left * DAY,
    }  # fmt: skip
    made = add_material(by=keeper, at=began, fields=fields)
    receive(made, by=keeper, at=began, count=stock, note="首次入库")
    return made
