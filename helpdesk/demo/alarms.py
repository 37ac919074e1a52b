"""Emergencies of the demo: those of three months walked to their end, and today's in every state."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from helpdesk.cases.models import Category
from helpdesk.demo.story import MINUTE, Story
from helpdesk.emergencies import actions
from helpdesk.emergencies.models import Emergency
from helpdesk.log.taking import take_alarm

# move: (who makes it, what is said)
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "acknowledge": ("manager", {"words": "赶往现场"}),
    "handle": ("clerk", {"commander": "郑维"}),
    "control": ("clerk", {"measures": "秩序员守候，切断危险源，人员已撤出"}),
    "write": ("clerk", {"grade": "minor", "story": "接报后五分钟内到场，按处置清单逐项办理，现场没有扩大。",
                        "result": "现场恢复正常，人员平安。"}),
    "prevent": ("clerk", {"prevention": "纳入每月巡检，月底前全面排查同类设施一遍。"}),
    "review": ("manager", {"opinion": "处置及时，措施可行。"}),
    "close": ("vgm", {"close_word": "同意关闭，防范措施月底检查。"}),
    "note": ("clerk", {"words": "现场人员情绪平稳，通道畅通"}),
}  # fmt: skip
WAY = ("acknowledge", "handle", "control", "write", "prevent", "review", "close")


class Alarms:
    """Walks emergencies along their way, in the story's time."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.kind = Category.objects.filter(kind="emergency", name="其他突发").first()

    def step(self, held: list[Emergency], name: str, at: datetime, **more: Any) -> None:
        """One move by whoever makes it; the report names a kind when the words did not."""
        who, given = STEPS[name]
        one, given = held[0], {**given, **more}
        one.refresh_from_db()
        one.__dict__.pop("_alerts", None)
        if name == "control":
            given["place"] = one.place or "地下车库B1"
        if name == "write":
            given["category"] = one.category or self.kind
        getattr(actions, name)(one, by=getattr(self.story.cast, more.pop("by", who)), at=at, **given)
        self.story.look()

    def live_through(self, one: Emergency, at: datetime) -> None:
        """An emergency of the past: confirmed at once, under control in the hour, its papers in the days after."""
        story, minutes = self.story, (1.5, 6, 40, 300, 420, 1500, 3000)
        for name, after in zip(WAY, minutes, strict=True):
            story.then(at + after * story.rng.uniform(0.8, 1.3) * MINUTE, partial(self.step, [one], name))

    def raised(self, ago: float, content: str, place: str, *steps: tuple[float, str]) -> list[Emergency]:
        """One raised with the key so many minutes ago, and its (minutes ago, move) steps."""
        story, held = self.story, list[Emergency]()

        def begin(at: datetime) -> None:
            held.append(take_alarm(by=story.clerk(at), at=at, content=content, place=place))
            story.look()

        story.then(story.until - ago * MINUTE, begin)
        for before, name in steps:
            story.then(story.until - before * MINUTE, partial(self.step, held, name))
        return held

    def then(self, before: float, act: Callable[[datetime], Any]) -> None:
        """Something beside the usual way."""
        self.story.then(self.story.until - before * MINUTE, act)

    def today(self) -> None:
        """One in every state: nobody answers, trapped in the lift, papers on their way, a false alarm."""
        held = self.raised(4.3, "2栋1单元电梯困人，困2人（1名老人），能通话", "2栋1单元1号梯，停在7层与8层之间",
                           (3.6, "acknowledge"), (2.9, "handle"), (1.2, "note"))  # fmt: skip
        self.then(2.6, partial(self.lift, held))
        self.raised(2, "南门口两辆车刮擦，车主争执推搡", "南门", (1, "acknowledge"))
        self.raised(1.4, "配电房有焦糊味", "地下一层配电房")
        day = 24 * 60
        self.raised(200, "7栋3层消防水管爆管，楼道大量跑水", "7栋3层", *self.way(200, 3))
        self.raised(1 * day, "锅炉房水泵设备故障，全小区热水停供", "锅炉房", *self.way(day, 4))
        self.raised(2 * day, "A座整栋停电", "A座", *self.way(2 * day, 5))
        self.raised(4 * day, "儿童被玻璃门夹手受伤", "5栋一层大堂", *self.way(4 * day, 6))
        self.raised(9 * day, "中心花园有人晕倒，呼吸正常", "中心花园", *self.way(9 * day, 7))
        false = self.raised(6 * day + 30, "3栋楼道冒烟", "3栋楼道", (6 * day + 28, "acknowledge"))
        self.then(
            6 * day,
            lambda at: actions.void(
                false[0], by=self.story.cast.manager, at=at, reason="住户炒菜油烟，探头误报"
            ),
        )

    def way(self, ago: float, count: int) -> list[tuple[float, str]]:
        """The first `count` steps, within the first hours after it was raised."""
        return [(ago - 2 - index * min(60, ago / 10), name) for index, name in enumerate(WAY[:count])]

    def lift(self, held: list[Emergency], at: datetime) -> None:
        """What the mock shows: the director confirmed, maintenance is on its way, two things are done."""
        one, cast = held[0], self.story.cast
        actions.acknowledge(one, by=cast.director, at=at, words="收到，随时报告进展")
        actions.outside(one, by=cast.clerk, at=at, service="lift", words="预计 12 分钟到")
        for duty in one.duties.filter(text__in=("安抚困梯人，请不要扒门", "通知电梯维保")):
            actions.tick(one, by=cast.clerk, at=at, duty=duty)
