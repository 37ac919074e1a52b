"""The forms of the demo: what is written into them."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from visits.demo.names import CUSTOMERS, DIETS, GIVEN, NOTES, RETURNS, SURNAMES, TITLES, TRAINS
from visits.demo.plan import NEEDS
from visits.demo.rows import rows as arranged

if TYPE_CHECKING:
    from visits.demo.stage import Stage

__all__ = ["RETURNS", "form", "guests", "lines"]
Rows = list[dict[str, Any]]


def form(stage: "Stage") -> dict[str, Any]:
    """The fields, roster, rows and cost lines of a visit's form, as create_draft takes them."""
    visit, rng = stage.visit, stage.rng
    name, _, _, contact, title = CUSTOMERS[visit.customer]
    fields: dict[str, Any] = {
        "nature": visit.nature, "customer_name": name, "contact_name": contact, "contact_title": title,
        "contact_phone": f"1390000{visit.customer * 37 + 1001:04d}", "headcount": visit.headcount,
        "purpose": visit.purpose, "subject": visit.subject, "arrive_at": stage.arrive, "leave_at": stage.leave,
        "transport": rng.choice(TRAINS), "proposed_tier": stage.world.tiers[visit.tier], "host": stage.world.cast[visit.host],
        "companions": "、".join(str(stage.world.cast[code]) for code in ("sales_head", "tech") if code != visit.host),
        "needs": list(NEEDS[visit.tier]), "note": rng.choice(NOTES),
    }  # fmt: skip
    if visit.nature == "official":
        fields.update(official(visit.headcount, stage.arrive.year))
    if visit.story == "draft":
        fields.update(contact_phone="", transport="", needs=[])
    if visit.story == "pending_over":
        fields["overspend_reason"] = "晚餐在湖景楼，按 320 元/人预订，对方有两位总监级来宾。"
    if visit.story == "retro":
        fields.update(
            retroactive=True, retro_reason="客户出差途中临时到访，来不及提前申请",
            retro_agreed_by="何志远", retro_agreed_at=stage.arrive - timedelta(hours=3),
        )  # fmt: skip
    return {
        "fields": fields, "guests": guests(stage, visit.headcount), "lines": lines(stage),
        "rows": arranged(stage, fields["needs"]),
    }  # fmt: skip


def official(headcount: int, year: int) -> dict[str, Any]:
    """What a 公务 form says by its rule profile: the letter, and nobody is picked up."""
    return {
        "letter_no": f"湖办函〔{year}〕{headcount}号",
        "needs": ["room", "sign", "meal", "docs"],
        "transport": "自备车辆",
    }


def guests(stage: "Stage", count: int) -> Rows:
    """A roster: the contact leads; some are still to be named when the arrival is far."""
    rng = stage.rng
    name, _, _, contact, title = CUSTOMERS[stage.visit.customer]
    rows: Rows = [{"name": contact, "title": title, "organisation": name, "is_leader": True}]
    known = count if stage.visit.story != "draft" else min(count, 2)
    while len(rows) < known:
        person = rng.choice(SURNAMES) + rng.choice(GIVEN)
        if any(row["name"] == person for row in rows):
            continue
        rows.append(
            {
                "name": person,
                "gender": rng.choice(("m", "m", "f")),
                "title": rng.choice(TITLES),
                "organisation": name,
                "diet": rng.choice(DIETS),
            }
        )
    return rows


def lines(stage: "Stage") -> Rows:
    """What has no rows: the fare of the cars, and printed matter."""
    visit = stage.visit
    rows: Rows = []
    if "pick" in NEEDS[visit.tier] and visit.nature != "official":
        rows.append({"item": "car", "label": "商务车接送", "quantity": 2, "unit_price": Decimal(600)})
    if visit.tier != "regular":
        rows.append(
            {"item": "material", "label": "样册", "quantity": visit.headcount, "unit_price": Decimal(120)}
        )
    return rows
