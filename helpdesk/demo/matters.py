"""Other matters of the demo in every state, and what several households reported together (D4.4.3, D4.4.4)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.collective import actions as together
from helpdesk.collective.models import Collective
from helpdesk.demo.alarms import WAY as ALARM_WAY
from helpdesk.demo.alarms import Alarms
from helpdesk.demo.calls_words import who_calls
from helpdesk.demo.story import MINUTE, Story
from helpdesk.directory.models import Resident
from helpdesk.log.actions import convert, hand_on, record_call, reply_close
from helpdesk.log.joining import join
from helpdesk.log.models import Call
from helpdesk.matters import actions
from helpdesk.matters.models import Matter
from helpdesk.repairs.actions import acknowledge, arrive, dispatch, work
from helpdesk.repairs.models import Repair
from reception.core.people.models import Department

DAY = 24 * 60
WAY = ("assign", "sign", "note", "finish", "feedback", "close")
AFTER = (20, 55, 180, 400, 440, 445)  # minutes after it was written down
SAID: dict[str, dict[str, Any]] = {
    "assign": {"words": "请看现场后给个明确答复。"},
    "note": {"words": "已看过现场，材料下午到。"},
    "finish": {"result": "已按建议办好，现场拍照留存。", "verdict": "adopted"},
    "feedback": {"way": "phone", "opinion": "accepted", "opinion_words": "办得快，谢谢"},
}
OUT = "家里停水"
NOISE, BIN = "夜间施工太吵，睡不着", "楼下垃圾没人清，有气味"


class Matters:
    """Walks matters along their way, in the story's time."""

    def __init__(self, story: Story, residents: list[Resident], alarms: Alarms) -> None:
        self.story, self.alarms = story, alarms
        self.people = [one for one in residents if one.unit]
        self.at_unit = {one.unit.label: one for one in self.people if one.unit}
        self.pump = list[Repair]()
        self.works = Department.objects.filter(code="engineering").first()

    def step(self, held: list[Matter], name: str, at: datetime, **more: Any) -> None:
        """One move, with its words."""
        one, cast = held[0], self.story.cast
        given = {**SAID.get(name, {}), **more}
        if name in ("assign", "reassign"):
            given = {"department": self.works, "due_at": at + timedelta(hours=20), **given}
        hands = {"sign": cast.repairer3, "note": cast.repairer3, "finish": cast.repairer3,
                 "send_back": cast.repairer3, "void": cast.manager}  # fmt: skip
        getattr(actions, name)(one, by=hands.get(name, self.story.clerk(at)), at=at, **given)
        if name == "void" and one.call:  # its call waits again, and is answered
            one.call.refresh_from_db()
            reply_close(one.call, by=self.story.clerk(at), at=at, reply="当面指过路，已离开")
        self.story.look()

    def told(
        self,
        ago: float,
        kind: str,
        content: str,
        where: str,
        *steps: tuple[float, str, dict[str, Any]],
        **known: Any,
    ) -> None:
        """One that was reported so many minutes ago, and its (minutes ago, move, words) steps."""
        story, held = self.story, list[Matter]()

        def begin(at: datetime) -> None:
            by = story.clerk(at)
            call = record_call(
                by=by, at=at, kind=kind, content=content, rings=2, repeated=True, handling="请有关部门办理后答复",
                **who_calls(self.at_unit.get(where), where),
            )  # fmt: skip
            held.append(hand_on(call, by=by, at=at, **known))
            story.look()

        story.then(story.until - ago * MINUTE, begin)
        for before, name, more in steps:
            story.then(story.until - before * MINUTE, partial(self.step, held, name, **more))

    def way(self, ago: float, count: int, **more: Any) -> list[tuple[float, str, dict[str, Any]]]:
        """The first `count` steps of one reported so many minutes ago; `more`: words of the result."""
        found = list(zip(WAY, AFTER, strict=True))[:count]
        return [(ago - after, name, more if name == "finish" else {}) for name, after in found]

    def tell(self) -> None:
        """Suggestions, praise, help and calls put through: one in every state."""
        cast = self.story.cast
        back = {"reason": "东门外的路灯归市政管，请另找人"}
        self.told(95, "advice", "建议东门外人行道加两盏路灯", "3栋1202")
        self.told(260, "help", "老人独自在家，想请管家每天看一眼", "6栋301", *self.way(260, 1))
        self.told(600, "advice", "建议增加电动车充电桩", "5栋602", *self.way(600, 3))
        self.told(DAY, "advice", "建议快递柜旁加装遮雨棚", "1栋904", *self.way(DAY, 4))
        self.told(DAY + 200, "help", "孩子的书包落在班车上", "4栋201", *self.way(DAY + 200, 5))
        self.told(2 * DAY, "advice", "建议取消地库限高杆", "7栋1503",
                  *self.way(2 * DAY, 6, verdict="declined", result="限高杆是消防要求，不能取消；已加装反光条提醒。"))  # fmt: skip
        self.told(
            500, "advice", "建议东门路灯亮到天亮", "A座1806", *self.way(500, 1), (450, "send_back", back)
        )
        late = {"due_at": self.story.until + timedelta(days=1), "reason": "灯杆要定做，与曹先生约到明天"}
        self.told(
            3 * DAY, "advice", "建议儿童乐园加护栏", "7栋1503", *self.way(3 * DAY, 2), (40, "postpone", late)
        )
        self.told(330, "praise", "陈师傅修水管又快又干净，还把地擦了", "3栋1202", praised=cast.repairer)
        self.told(4 * DAY, "praise", "前台姑娘讲话耐心，帮我找回了钱包", "5栋602",
                  (4 * DAY - 30, "settle", {"result": "已转达本人，早会表扬。"}),
                  (4 * DAY - 40, "feedback", {}), (4 * DAY - 45, "close", {}), praised=cast.clerk)  # fmt: skip
        self.told(150, "transfer", "找财务核对上月电费发票", "A座1806",
                  (140, "settle", {"result": "财务已接听，当场核清。"}), transfer_to="财务室")  # fmt: skip
        self.told(700, "help", "问路（误记）", "6栋301", (690, "void", {"reason": "不是求助，记错了类别"}))
        self.together()

    # --- 集体反映 ---------------------------------------------------------------------------------------------

    def together(self) -> None:
        """One that nobody has decided yet, one of which all were called back, one that was no matter."""
        self.households(75, "6栋", OUT, 4)
        self.households(3 * DAY, "2栋", NOISE, 4)
        self.households(5 * DAY, "4栋", BIN, 3)
        self.story.then(self.story.until - (3 * DAY - 60) * MINUTE, partial(self.accepted, "2栋"))
        self.story.then(self.story.until - (5 * DAY - 60) * MINUTE, partial(self.dismissed, "4栋"))

    def households(self, ago: float, building: str, words: str, count: int) -> None:
        """So many households of the building call, eight minutes apart."""
        people = {one.unit_id: one for one in self.people if one.unit and one.unit.building.name == building}
        for index, one in enumerate(list(people.values())[:count]):
            self.story.then(self.story.until - (ago - index * 8) * MINUTE, partial(self.ring, one, words))

    def ring(self, one: Resident, words: str, at: datetime) -> None:
        """One of them: a repair, or a complaint that is answered on the line."""
        story, by = self.story, self.story.clerk(at)
        heard: dict[str, Any] = {"by": by, "at": at, "content": words, "rings": 2, **who_calls(one, "")}
        if words == OUT:
            self.out_of_water(record_call(kind="repair", **heard), at)
        else:
            record_call(kind="complaint", handling="当场答复", reply="已致歉，马上派人处理。", **heard)
        story.look()

    def out_of_water(self, call: Call, at: datetime) -> None:
        """The first is an order, somebody is at the pump; the others join it."""
        story, by = self.story, self.story.clerk(at)
        if self.pump:
            join(call, by=by, at=at, order=self.pump[0])
            return
        order, hand = convert(call, by=by, at=at), story.cast.repairer
        self.pump.append(order)
        dispatch(order, by=by, at=at, repairer=hand)
        for after, move in ((3, acknowledge), (15, arrive), (17, work)):
            story.then(at + after * MINUTE, partial(self.go, move, order))

    def go(self, move: Any, order: Repair, at: datetime) -> None:
        """One step of the repairer at the pump."""
        order.refresh_from_db()
        move(order, by=self.story.cast.repairer, at=at)
        self.story.look()

    def open(self, building: str) -> Collective | None:
        """What is proposed of the building."""
        return Collective.objects.open().filter(building__name=building).first()

    def accepted(self, building: str, at: datetime) -> None:
        """立为重要问题; within two hours everybody has been called back, and the emergency goes its own way."""
        found, cast = self.open(building), self.story.cast
        if found is None:
            return
        together.accept(found, by=self.story.clerk(at), at=at)
        held = [found.emergency] if found.emergency else []
        for name, after in zip(ALARM_WAY, (2, 6, 45, 300, 420, 1500, 3000), strict=True):
            self.story.then(at + after * MINUTE, partial(self.alarms.step, held, name))
        for index, house in enumerate(found.households.all()):
            said = {
                "by": cast.clerk2,
                "household": house,
                "result": "informed",
                "words": "已停工，明天八点后才开工",
            }
            self.story.then(
                at + (30 + index * 6) * MINUTE, partial(self.go_on, found, together.call_back, **said)
            )
        self.story.then(at + 120 * MINUTE, partial(self.go_on, found, together.finish, by=cast.manager))
        self.story.look()

    def go_on(self, found: Collective, move: Any, at: datetime, **given: Any) -> None:
        """A later step of it."""
        found.refresh_from_db()
        move(found, at=at, **given)
        self.story.look()

    def dismissed(self, building: str, at: datetime) -> None:
        """不立案, with the reason."""
        found = self.open(building)
        if found:
            reason = "节后清运车晚到两小时，已全部清完，不是集体事件"
            together.dismiss(found, by=self.story.cast.manager, at=at, reason=reason)
