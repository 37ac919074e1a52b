"""What the demo's people photograph and note on the day, and what the guests say at the end."""

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from visits.demo.pictures import scene
from visits.notes.actions import note, photograph
from visits.satisfaction.actions import answer

if TYPE_CHECKING:
    from visits.demo.stage import Stage

NOTES = (
    "客户在总装线停留较久，多问了检测节拍，样册里要补这一页。",
    "对方提到下半年扩产，请营销部跟进交期。",
    "茶歇时客户说会议室投影偏暗，已请综合部检查。",
    "客户希望下次能看到装车发货现场。",
)
PHOTOS = (("gate", "大门合影"), ("hall", "展厅讲解"), ("line", "总装线参观"), ("table", "洽谈"))
WORDS = (
    ("讲解清楚，问的都答上了。", 5), ("安排周到，时间卡得准。", 5), ("午餐很合口味，谢谢。", 4), ("", 5), ("行程紧了些，希望多留点讨论时间。", 4), ("", 4),
)  # fmt: skip
LOW = ("接站晚了二十分钟，没有人提前说一声。", 2)


def chance(stage: "Stage") -> Random:
    """Its own dice, so that the rest of the demo falls as before."""
    return Random(stage.it.pk)


def on_the_spot(stage: "Stage", at: datetime) -> None:
    """A note, and pictures of what is going on or only just over; older visits have none, so that the demo loads fast."""
    dice = chance(stage)
    if dice.random() < 0.5 or stage.visit.story:
        note(stage.it, by=stage.who, at=at, text=dice.choice(NOTES))
    if stage.visit.story in ("receiving", "open_end", "settled"):
        for index, (kind, caption) in enumerate(PHOTOS):
            picture = scene(kind, f"IMG_{2041 + index}.jpg")
            photograph(stage.it, picture, by=stage.who, at=at + timedelta(minutes=index), caption=caption)


def guests(stage: "Stage", at: datetime) -> None:
    """One to three guests answer; one visit was not to their liking."""
    link, dice = stage.it.invitations.filter(revoked_at__isnull=True).first(), chance(stage)
    if link is None:
        return
    for index in range(min(link.most, dice.choice((1, 2, 3)))):
        words, score = LOW if stage.visit.story == "over_end" and not index else dice.choice(WORDS)
        said = {"overall": score, "agenda": max(1, score - dice.choice((0, 1))), "words": words,
                "name": "" if index else str(stage.it.contact_name)}  # fmt: skip
        said |= {
            part: dice.choice((4, 5))
            for part in ("guide", "meal")
            if part == "meal" or "tour" in stage.it.needs
        }
        answer(link, browser=f"demo-{stage.it.pk}-{index}", at=at + timedelta(minutes=index * 4), said=said)
