"""The day itself in the demo: a welcome that somebody else proofread, an itinerary half passed, a host who is away."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from visits.hosts import actions as hosts
from visits.itinerary import actions as itineraries
from visits.models import Itinerary
from visits.welcome import actions as welcomes
from visits.welcome.words import draft_text

if TYPE_CHECKING:
    from visits.demo.stage import Stage

OURS = "澄湖精密制造"
H = timedelta(hours=1)
# 事项, hours after the arrival from and to, kind, 地点, whose, 备注
ROWS = (
    ("接站", -0.75, 0, "pick", "湖滨站", "general", "浙E·7K208，吴师傅"),
    ("欢迎，介绍公司概况", 0, 0.25, "welcome", "一楼大厅", "sales", ""),
    ("项目洽谈", 0.25, 1.5, "meeting", "一号会议室", "sales", ""),
    ("参观总装线、检测中心", 1.5, 2.75, "tour", "二号车间", "tech", "方可讲解，检测中心禁拍"),
    ("技术交流", 2.75, 4.5, "meeting", "一号会议室", "tech", "减速器产能与交期"),
    ("工作餐", 4.5, 5.5, "meal", "公司食堂小厅", "general", "一位来宾不吃辣"),
    ("入住湖景楼", 5.75, 6.25, "rest", "湖景楼", "general", ""),
    ("样件复看", 18, 20, "tour", "品质检验部", "quality", ""),
    ("签会议纪要", 20.25, 21, "meeting", "一号会议室", "sales", ""),
)  # fmt: skip


def greet(stage: "Stage", at: datetime) -> None:
    """The welcome is written by the applicant and proofread by 综合部; for the visit at short notice not yet."""
    it = stage.it
    if "sign" not in it.needs or it.secret or it.status != "preparing":
        return
    text = draft_text(it, list(it.guests.all()), OURS)
    row = welcomes.write(it, text, by=stage.who, at=at)
    if stage.visit.story not in ("hurried", "late"):
        moment = at + timedelta(minutes=25)
        stage.then(
            moment, lambda when: welcomes.proofread(it, row.number, by=stage.world.cast["general"], at=when)
        )


def plan_day(stage: "Stage", at: datetime) -> None:
    """The responsible department writes the day out by the hour, and on the day it runs twenty minutes late."""
    found = Itinerary.objects.select_related("reception").get(reception=stage.it)
    itineraries.save(found, rows(stage), by=stage.who, at=at)
    stage.then(stage.arrive + 1.75 * H, lambda when: late(stage, when))


def rows(stage: "Stage") -> list[dict[str, Any]]:
    """The rows of the visit that goes on now, and the train at its end, which does not wait."""
    cast, start = stage.world.cast, stage.arrive
    made = [
        {"what": what, "start": start + begin * H, "end": start + end * H, "kind": kind, "place": place, "note": note,
         "department": cast[whose].department, "person": cast[whose] if whose in ("tech", "quality") else None}
        for what, begin, end, kind, place, whose, note in ROWS
    ]  # fmt: skip
    train = {
        "what": "返程动车 G7571",
        "start": stage.leave + H,
        "end": stage.leave + 1.5 * H,
        "kind": "return",
        "fixed": True,
    }
    return [*made, {**train, "department": cast["general"].department, "place": "湖滨站"}]


def late(stage: "Stage", at: datetime) -> None:
    """晚 20 分钟."""
    found = Itinerary.objects.select_related("reception").get(reception=stage.it)
    itineraries.shift(found, 20, by=stage.who, at=at)


def away(stage: "Stage", at: datetime) -> None:
    """The host of a reception that is being prepared has to travel: the office writes it down."""
    it, cast = stage.it, stage.world.cast
    start, end = it.arrive_at - 3 * H, it.leave_at + 2 * H
    hosts.enter(
        cast[stage.visit.host],
        by=cast["office"],
        at=at,
        kind="trip",
        start=start,
        end=end,
        note="上海行业年会",
    )
