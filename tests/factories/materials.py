"""Brochures and certificates, registered and filled up by the real actions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from visits.materials import actions, moving
from visits.models import Material


def fields(cast: SimpleNamespace, **over: Any) -> dict[str, Any]:
    """公司画册 of the sales department; over kind="credential" it is a certificate."""
    given = {"kind": "brochure", "name": "公司画册", "edition": "2026 版", "language": "zh", "place": "资料柜",
             "department": cast.sales.department, "minimum": 0, "cert_no": "", "issuer": "", "valid_until": None, "note": ""}  # fmt: skip
    if over.get("kind") == "credential":
        given |= {
            "name": "ISO 9001 证书",
            "edition": "复印件",
            "cert_no": "Q-11873",
            "issuer": "恒信认证中心",
        }
    return given | over


def make_material(cast: SimpleNamespace, at: datetime, stock: int = 10, **over: Any) -> Material:
    """With `stock` 件 of the first delivery."""
    by = over.pop("by", cast.sales_head)
    made = actions.add_material(by=by, at=at, fields=fields(cast, **over))
    if stock:
        moving.receive(made, by=by, at=at, count=stock, note="首次入库")
    return Material.objects.get(pk=made.pk)
