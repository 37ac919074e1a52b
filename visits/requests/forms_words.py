"""The words and icons of the form's sections and ticks."""

from typing import Any

from visits.requests.choices import Need
from visits.requests.forms_rows import OPENS

TICKS: dict[str, dict[str, str]] = {
    Need.PICK: {"icon": "train-front", "note": "综合部·车辆"},
    Need.CAR: {"icon": "car", "note": "综合部·车辆"},
    Need.ROOM: {"icon": "easel", "note": "综合部·茶水、投影"},
    Need.SIGN: {"icon": "display", "note": "综合部·大屏幕"},
    Need.MEAL: {"icon": "cup-hot", "note": "责任部门、综合部·就餐"},
    Need.BED: {"icon": "house-door", "note": "综合部·订房"},
    Need.TOUR: {"icon": "signpost-2", "note": "技术品质部·引领讲解"},
    Need.DOCS: {"icon": "journal-text", "note": "责任部门·样册、资质文件"},
    Need.GIFT: {"icon": "gift", "note": "综合部·标准由领导定"},
    Need.TICKET: {"icon": "ticket-perforated", "note": "综合部·返程车船票"},
    Need.ACTIVITY: {"icon": "people", "note": "责任部门·标准由领导定"},
}
# Anchor, name, the fields that have to be there for the section to be ready, its other fields.
PARTS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("s1", "一 基本", ("nature", "department"),
     ("letter_no", "applicant_phone", "retroactive", "retro_reason", "retro_agreed_by", "retro_agreed_at", "secret")),
    ("s2", "二 来宾", ("customer_name", "headcount", "contact_name"), ("contact_title", "contact_phone")),
    ("s3", "三 来访", ("purpose", "arrive_at", "leave_at", "subject"), ("transport",)),
    ("s4", "四 级别陪同", ("proposed_tier", "host"), ("companions",)),
    ("needs", "接待需要", ("needs",), ()),
    ("rows-meals", "五 用餐", (), ()),
    ("s6", "六 酒烟", (), ("wine_name", "wine_count", "wine_price", "tobacco_name", "tobacco_count", "tobacco_price")),
    ("rows-lodgings", "七 住宿", (), ()),
    ("rows-cars", "八 车辆", (), ("car_amount",)),
    ("rows-meetings", "九 会议", (), ()),
    ("rows-tours", "十 参观", (), ()),
    ("rows-tickets", "十一 返程票", (), ()),
    ("s12", "十二 资料礼品", (), ("docs_count", "docs_price")),
    ("s13", "十三 预算备注", (), ("overspend_reason", "note")),
)  # fmt: skip
# Sections that a tick opens; the others are always there.
OPENED: dict[str, tuple[Need, ...]] = {
    **{f"rows-{kind}": needs for kind, needs in OPENS.items()},
    "s6": (Need.MEAL,),
    "s12": (Need.DOCS, Need.GIFT, Need.ACTIVITY),
}
DONE, WRONG = ("check2", "", "已填"), ("x-lg", "t-red", "有要改的")


def parts_of(form: Any, rule: dict[str, Any]) -> list[dict[str, str]]:
    """The table of contents: the sections that are open, ✕ where something was refused, ✓ where all is there."""
    ticked = set(form["needs"].value() or ())
    found = []
    for anchor, title, asked, others in PARTS:
        shut = anchor in OPENED and not ticked & set(OPENED[anchor])
        if shut or (anchor == "s6" and rule["dry"] and not form.has_treats):
            continue
        icon, tone, state = _state(form, anchor, asked, others)
        found.append({"id": anchor, "title": title, "icon": icon, "tone": tone, "state": state})
    return found


def _state(form: Any, anchor: str, asked: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, str, str]:
    """Icon, tone and word of one section."""
    rows = form.sets.get(anchor.removeprefix("rows-"))
    if any(name in form.errors for name in (*asked, *others)) or (
        rows and any(row.errors for row in rows.forms)
    ):
        return WRONG
    full = asked and all(form[name].value() not in (None, "", []) for name in asked)
    return DONE if full or (rows and any(row.filled or row.initial for row in rows.forms)) else ("", "", "")
