"""What is written about the materials themselves (A5.2). Each raises Refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record, touch
from reception.core.people.models import User
from reception.core.spelling import sought, sound, tidy
from visits.materials.choices import Language, MaterialKind
from visits.materials.models import Material
from visits.materials.policies import check_keeps

TEXTS = ("name", "edition", "place", "cert_no", "issuer", "note")
OWN = (*TEXTS, "kind", "language", "department", "minimum", "valid_until")
LABELS = {"department": "保管部门", "valid_until": "有效期至", "minimum": "最低库存"}


@action
def add_material(*, by: User, at: datetime, fields: Mapping[str, Any]) -> Material:
    """登记资料. fields: OWN. Its stock begins with 0 件: 入库 is the first movement. Raises Refused."""
    values = _values(fields)
    check_keeps(by, values["department"].pk)
    _once(values, None)
    made = Material(no=next_no("ZL", at), created_at=at, created_by=by, **values, **_found_by(values))
    made.save(force_insert=True)
    record(
        made, "create", "登记资料", by=by, at=at, detail={"name": str(made), "kind": made.get_kind_display()}
    )
    return made


@action
def change_material(material: Material, *, by: User, at: datetime, fields: Mapping[str, Any],
                    expect: int | None = None) -> Material:  # fmt: skip
    """修改资料; a new last day of a certificate is watched from the start again. Raises Refused."""
    check_keeps(by, material.department_id)
    values = _values(fields)
    check_keeps(by, values["department"].pk)
    _once(values, material.pk)
    old = {key: getattr(material, key) for key, value in values.items() if getattr(material, key) != value}
    again = {"warned": None} if "valid_until" in old else {}
    touch(material, expect=expect, **values, **again, **_found_by(values))
    detail = {LABELS.get(key, _label(key)): [str(old[key] or ""), str(values[key] or "")] for key in old}
    record(material, "edit", "修改资料", by=by, at=at, detail=detail)
    return material


@action
def stop(material: Material, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Material:
    """停用: it is neither filled up nor handed out any more; what lies there is scrapped or stays counted. Raises
    Refused."""
    check_keeps(by, material.department_id)
    why = tidy(reason)[:200]
    if not why:
        raise Refused("missing", "请写明为什么停用。", field="reason")
    if material.stopped_at:
        raise Refused("state", f"{material}已经停用了。")
    touch(material, expect=expect, stopped_at=at, stopped_by=by, stop_reason=why)
    record(material, "stop", "停用", by=by, at=at, reason=why)
    return material


@action
def resume(material: Material, *, by: User, at: datetime, expect: int | None = None) -> Material:
    """恢复使用. Raises Refused."""
    check_keeps(by, material.department_id)
    if not material.stopped_at:
        raise Refused("state", f"{material}没有停用，不用恢复。")
    touch(material, expect=expect, stopped_at=None, stopped_by=None, stop_reason="")
    record(material, "resume", "恢复使用", by=by, at=at)
    return material


def _label(key: str) -> str:
    return str(getattr(Material._meta.get_field(key), "verbose_name", key))


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, tidied and checked. Raises Refused (missing, invalid)."""
    values = {key: fields.get(key) for key in OWN}
    values |= {key: tidy(values[key] or "") for key in TEXTS}
    values["minimum"] = values["minimum"] or 0
    if values["kind"] not in MaterialKind.values:
        raise Refused("missing", "请选择种类。", field="kind")
    if values["language"] not in Language.values:
        raise Refused("missing", "请选择语言。", field="language")
    for key, sentence in (
        ("name", "请填写名称。"), ("place", "请写放在哪里，来领的人才找得到。"), ("department", "请选择保管部门。"),
    ):  # fmt: skip
        if not values[key]:
            raise Refused("missing", sentence, field=key)
    if values["kind"] == MaterialKind.CREDENTIAL:
        for key, sentence in (("cert_no", "资质文件要写证书编号。"), ("issuer", "资质文件要写发证机构。")):
            if not values[key]:
                raise Refused("missing", sentence, field=key)
    return values


def _once(values: Mapping[str, Any], own: int | None) -> None:
    """Two of one name, edition and language cannot be told apart. Raises Refused("invalid")."""
    same = {key: values[key] for key in ("kind", "name", "edition", "language")}
    if Material.objects.filter(**same).exclude(pk=own or 0).exists():
        raise Refused(
            "invalid", f"已经有同名同版次的“{values['name']}”了，请改版次，或直接修改那一条。", field="name"
        )


def _found_by(values: Mapping[str, Any]) -> dict[str, str]:
    """What a search hits."""
    return {
        "sound": sound(values["name"]),
        "sought": sought(values["name"], values["edition"], values["place"], values["issuer"]),
    }
