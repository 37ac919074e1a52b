"""Complaints of the demo: those of the last weeks walked to their end, and today's in every state."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.complaints import actions
from helpdesk.complaints.models import Complaint
from helpdesk.demo.calls_words import who_calls
from helpdesk.demo.story import MINUTE, Story
from helpdesk.directory.models import Resident
from helpdesk.log.actions import complain, record_call
from reception.core.people.models import Department

WAY = ("verify", "confirm", "send", "sign", "work", "finish", "feedback", "close")
AFTER = (25, 70, 75, 120, 150, 420, 480, 490)  # minutes after it was received
SAID: dict[str, dict[str, Any]] = {
    "verify": {"facts": "到现场看过，情况属实；已问过当班人员并调了监控。", "nature": "valid"},
    "confirm": {"decision": "情况属实，请责任部门当天整改，举一反三，结果报我。"},
    "finish": {"cause": "当班人员没有按巡查路线走完。", "measures": "已整改到位，当班人员已向业主致歉。",
               "prevention": "交接班增加一项检查，班长每天签字。"},
    "feedback": {"way": "phone", "opinion": "satisfied", "opinion_words": "处理得快，谢谢"},
}  # fmt: skip
UNHAPPY: dict[str, Any] = {
    "way": "phone",
    "opinion": "unsatisfied",
    "opinion_words": "只安静了一晚上，第二天照旧",
}
REASON = "同一件事已经另立一张，并入那张办理"


class Complaints:
    """Walks complaints along their way, in the story's time."""

    def __init__(self, story: Story, residents: list[Resident]) -> None:
        self.story = story
        self.at_unit = {one.unit.label: one for one in residents if one.unit}
        self.works = Department.objects.filter(code="engineering").first()

    def by(self, one: Complaint, name: str, at: datetime) -> Any:
        """Who makes the move."""
        cast = self.story.cast
        if name in ("sign", "work", "finish"):
            return cast.repairer3
        signs = {1: cast.manager, 2: cast.director, 3: cast.vgm}
        return signs[one.level] if name in ("confirm", "void") else self.story.clerk(at)

    def step(self, held: list[Complaint], name: str, at: datetime, **more: Any) -> None:
        """One move, with its words."""
        one = held[0]
        given = {**SAID.get(name, {}), **more}
        if name == "confirm" and one.nature == "valid":
            given |= {"department": self.works, "due_at": at + timedelta(days=1)}
        getattr(actions, name)(one, by=self.by(one, name, at), at=at, **given)
        self.story.look()

    def live_through(self, one: Complaint, at: datetime) -> None:
        """A complaint of the past, closed within the day."""
        story, held = self.story, [one]
        scale = story.rng.uniform(0.7, 1.6)
        for name, after in zip(WAY, AFTER, strict=True):
            story.then(at + after * scale * MINUTE, partial(self.step, held, name))

    def told(
        self, ago: float, content: str, where: str, *steps: tuple[float, str], **known: Any
    ) -> list[Complaint]:
        """One that was received so many minutes ago, and its (minutes ago, move) steps."""
        story, held = self.story, list[Complaint]()

        def begin(at: datetime) -> None:
            by = story.clerk(at)
            call = record_call(
                by=by, at=at, kind="complaint", content=content, rings=2, repeated=True,
                handling="先登记，待处理", **who_calls(self.at_unit.get(where), where),
            )  # fmt: skip
            held.append(complain(call, by=by, at=at, **{"courtesy": "apology", **known}))
            story.look()

        story.then(story.until - ago * MINUTE, begin)
        for before, name in steps:
            story.then(story.until - before * MINUTE, partial(self.step, held, name))
        return held

    def way(self, ago: float, count: int, scale: float = 1) -> list[tuple[float, str]]:
        """The first `count` steps of one received so many minutes ago."""
        return [(ago - after * scale, name) for name, after in list(zip(WAY, AFTER, strict=True))[:count]]

    def today(self) -> None:
        """One in every state; one of them for the second time, one that was not founded."""
        day = 24 * 60
        self.told(170, "夜间施工噪声，孩子睡不着", "7栋1503")
        self.told(230, "楼道垃圾两天没清", "3栋1202", *self.way(230, 1))
        self.told(320, "地库有人占了我的车位", "5栋602", *self.way(320, 2), wish="尽快挪走")
        self.told(400, "电梯里广告声音太大", "A座1806", *self.way(400, 3))
        self.told(520, "绿化喷药没有提前通知", "6栋301", *self.way(520, 4))
        self.told(700, "空调外机滴水滴到阳台上", "4栋201", *self.way(700, 5))
        self.told(day, "楼上半夜拖桌椅，找过几次没人管", "1栋904", *self.way(day, 6, 1.5))
        self.told(day + 300, "快递柜又坏了，一周三次", "7栋1503", *self.way(day + 300, 7))
        again = self.told(2 * day, "夜里还在施工，说了也没用", "3栋1202", *self.way(2 * day, 6))
        self.story.then(self.story.until - 900 * MINUTE, partial(self.step, again, "feedback", **UNHAPPY))
        self.told(3 * day, "收费员说话难听", "5栋602", *self.way(3 * day, 8), courtesy="both")
        twice = self.told(day + 100, "楼道垃圾没清（重复反映）", "3栋1202", *self.way(day + 100, 1))
        self.story.then(self.story.until - day * MINUTE, partial(self.step, twice, "void", reason=REASON))
        none = self.told(4 * day, "怀疑水表多算了钱", "6栋301")
        told: tuple[tuple[float, str, dict[str, Any]], ...] = (
            (
                4 * day - 60,
                "verify",
                {"nature": "invalid", "facts": "当面复核抄表照片与表底一致，水表检定合格。"},
            ),
            (4 * day - 90, "confirm", {"decision": "计量无误，请向业主出示检定证书并耐心解释。"}),
            (4 * day - 95, "settle", {}),
            (
                4 * day - 200,
                "feedback",
                {"way": "face", "opinion": "basic", "opinion_words": "看过证书，清楚了"},
            ),
            (4 * day - 205, "close", {}),
        )
        for before, name, more in told:
            self.story.then(self.story.until - before * MINUTE, partial(self.step, none, name, **more))
