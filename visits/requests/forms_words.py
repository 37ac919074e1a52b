"""The words and icons of the form's sections and ticks."""

from typing import Any

from visits.requests.choices import Need

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
# Anchor, name, the fields that have to be there for the section to be ready.
PARTS = (
    ("s1", "来访单位", ("customer_name", "nature", "contact_name", "headcount", "purpose", "subject")),
    ("s2", "时间行程", ("arrive_at", "leave_at", "department")),
    ("s3", "等级陪同", ("proposed_tier", "host")),
    ("s4", "接待需要", ("needs",)),
    ("s5", "说明", ()),
)
OTHERS = {
    "s1": ("letter_no", "contact_title", "contact_phone"),
    "s2": (
        "transport",
        "applicant_phone",
        "retroactive",
        "retro_reason",
        "retro_agreed_by",
        "retro_agreed_at",
    ),
    "s3": ("companions",),
    "s4": (
        "needs",
        "meal_count",
        "meal_people",
        "accompany",
        "meal_price",
        "wine_count",
        "tobacco_count",
        "bed_rooms",
        "bed_nights",
        "bed_price",
        "docs_count",
    ),
    "s5": ("overspend_reason", "note"),
}


def parts_of(form: Any) -> list[dict[str, str]]:
    """The table of contents: ✕ where something was refused, ✓ where all stars are filled."""
    found = []
    for anchor, title, asked in PARTS:
        icon, tone = "", ""
        if any(name in form.errors for name in (*asked, *OTHERS[anchor])):
            icon, tone = "x-lg", "t-red"
        elif asked and all(form[name].value() not in (None, "", []) for name in asked):
            icon = "check2"
        found.append({"id": anchor, "title": title, "icon": icon, "tone": tone})
    return found
