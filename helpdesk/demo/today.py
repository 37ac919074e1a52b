"""What is open at the moment of the demo: an item in every state, with clocks running towards now."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.begun.actions import drop, keep
from helpdesk.demo.calls import number_of
from helpdesk.demo.story import MINUTE, Story
from helpdesk.directory.models import Resident
from helpdesk.log.actions import convert, join, record_call
from helpdesk.repairs import actions
from helpdesk.repairs.models import Repair

DONE = {"measures": "更换配件，试用正常", "signed_name": "物业代签", "score": 5}
WORDS: dict[str, dict[str, Any]] = {
    "finish": DONE,
    "revisit": {"revisit_note": "修好了，很满意"},
    "pause": {"reason": "待料：同型号配件明天到"},
    "reassign": {"reason": "手上紧急单没完"},
    "give_back": {"reason": "要有高压电工证的师傅，我不能动"},
    "explain": {"slip_reason": "forgotten", "slip_words": "师傅把底联落在车上，明早带来"},
}


class Today:
    """Scenes told backwards from now: each step says how many minutes ago it happened."""

    def __init__(self, story: Story, residents: list[Resident]) -> None:
        self.story, self.at = story, story.until
        self.at_unit = {one.unit.label: one for one in residents if one.unit}

    def ago(self, minutes: float) -> datetime:
        """That long before now."""
        return self.at - minutes * MINUTE

    def tell(self) -> None:
        """All scenes."""
        self._arrivals()
        self._at_work()
        self._slips()
        self._calls()

    def order(
        self, minutes: float, content: str, where: str, *steps: tuple[float, str], **given: Any
    ) -> None:
        """An order reported so many minutes ago, and its (minutes ago, move) steps; `given` is the dispatch's."""
        reported = given.pop("reported", {})
        held: list[Repair] = []

        def report(at: datetime) -> None:
            held.append(self._report(content, where, at, reported))

        self.story.then(self.ago(minutes), report)
        for before, name in steps:
            self.story.then(self.ago(before), partial(self._step, held, name, given))

    def _report(self, content: str, where: str, at: datetime, reported: dict[str, Any]) -> Repair:
        """A call that becomes an order at once."""
        one = self.at_unit.get(where)
        by = self.story.clerk(at)
        heard: dict[str, Any] = {"caller_name": "保安亭", "number": "6001", "place": where}
        if one:
            heard = {"caller_name": one.name, "caller_title": one.title, "number": number_of(one), "unit": one.unit,
                     "company": one.company, "resident": one}  # fmt: skip
        call = record_call(by=by, at=at, kind="repair", content=content, rings=2, repeated=True, **heard)
        return convert(call, by=by, at=at, **reported)

    def _step(self, held: list[Repair], name: str, given: dict[str, Any], at: datetime) -> None:
        """One move by whoever makes it."""
        order, cast = held[0], self.story.cast
        inputs = dict(WORDS.get(name, {}))
        by = order.repairer
        if name == "dispatch":
            by, inputs = cast.assistant, given
        elif name == "reassign":
            by, inputs = cast.assistant, inputs | {"repairer": cast.repairer2}
        elif name == "receive":
            by = cast.assistant
        elif name == "sign":
            by = cast.repairer2 if order.repairer == cast.repairer else order.repairer
        elif name in ("introduce", "explain", "slip", "revisit", "close"):
            by = self.story.clerk(at)
        getattr(actions, name)(order, by=by, at=at, **inputs)
        self.story.look()

    def _arrivals(self) -> None:
        """Late, nearly late, in good time, agreed for later, handed on, not yet sent."""
        cast, order = self.story.cast, self.order
        order(
            38,
            "地下车库B1照明不亮",
            "地下车库B1",
            (36, "dispatch"),
            (33, "acknowledge"),
            repairer=cast.repairer2,
        )
        order(28, "卫生间跳闸，全屋停电", "5栋602", (26, "dispatch"), (24, "acknowledge"), repairer=cast.repairer,
              reported={"urgency": "urgent"})  # fmt: skip
        order(12, "空调外机支架松动", "A座1806", (11, "dispatch"), repairer=cast.repairer3)
        order(95, "入户门锁难开", "1栋904", (93, "dispatch"), (90, "acknowledge"), repairer=cast.repairer3,
              appoint_at=self.at + timedelta(minutes=118), agreed_reason="业主下班后才在家", agreed_with="李女士")  # fmt: skip
        order(17, "卫生间马桶一直流水", "4栋201", (16, "dispatch"), (9, "reassign"), repairer=cast.repairer)
        order(4, "厨房下水慢，快堵住了", "6栋301")

        # Led to the 物业助理 from the counter; signed for by a fellow of the crew; given back.
        order(
            8,
            "玄关灯一直闪，想问能不能换",
            "5栋402",
            (7, "introduce"),
            (5, "receive"),
            reported={"urgency": "planned"},
        )
        order(10, "洗衣机龙头关不紧", "6栋502", (9, "dispatch"), (6, "sign"), repairer=cast.repairer)
        order(21, "楼层电井有焦味", "7栋1单元楼道", (20, "dispatch"), (13, "give_back"), repairer=cast.repairer2,
              reported={"urgency": "urgent"})  # fmt: skip

        self.again(11, "地下车库B1照明不亮", "地下车库还是黑的，开车看不清")

    def again(self, minutes: float, content: str, words: str) -> None:
        """Somebody calls a second time about what is open already."""

        def ring(at: datetime) -> None:
            order = Repair.objects.filter(content=content).latest("pk")
            heard: dict[str, Any] = {"caller_name": "孙", "caller_title": "先生", "number": "139 0571 2266"}
            call = record_call(
                by=self.story.clerk(at),
                at=at,
                kind="repair",
                content=words,
                rings=1,
                place=order.place,
                **heard,
            )
            join(call, by=self.story.clerk(at), at=at, order=order)

        self.story.then(self.ago(minutes), ring)

    def _at_work(self) -> None:
        """Just arrived, at work on something grave, and waiting for a part since yesterday."""
        cast, order = self.story.cast, self.order
        order(
            31,
            "客厅吊灯不亮",
            "2栋301",
            (30, "dispatch"),
            (28, "acknowledge"),
            (6, "arrive"),
            repairer=cast.repairer,
        )
        order(80, "消防管接头渗水，楼道积水", "7栋1单元楼道", (79, "dispatch"), (77, "acknowledge"), (60, "arrive"),
              (58, "work"), repairer=cast.repairer2, reported={"important": True, "urgency": "urgent"})  # fmt: skip
        order(1500, "空调不制冷", "3栋502", (1498, "dispatch"), (1495, "acknowledge"), (1475, "arrive"), (1472, "work"),
              (1440, "pause"), repairer=cast.repairer3)  # fmt: skip

    def _slips(self) -> None:
        """Finished without the slip, today and three days ago; slip back; called back."""
        cast, order = self.story.cast, self.order
        done = (("dispatch", 1), ("acknowledge", 4), ("arrive", 24), ("work", 26), ("finish", 68))

        def walk(start: float, *more: tuple[float, str]) -> list[tuple[float, str]]:
            return [(start - gap, name) for name, gap in done] + list(more)

        order(300, "厨房洗菜盆下方水管接口漏水，已关总阀", "3栋1202", *walk(300), repairer=cast.repairer)
        order(
            4400,
            "大堂玻璃门闭门器漏油",
            "2栋一层大堂",
            *walk(4400, (2700, "explain")),
            repairer=cast.repairer3,
        )
        order(1800, "洗脸盆龙头滴水", "5栋402", *walk(1800, (200, "slip")), repairer=cast.repairer)
        order(
            3100,
            "卧室插座没电",
            "6栋502",
            *walk(3100, (1600, "slip"), (45, "revisit")),
            repairer=cast.repairer2,
        )

    def _calls(self) -> None:
        """One that was put through to nobody; enquiries stand in `enquiries`."""
        self.call(
            35, "找营销部李经理，没人接，请他回电", "transfer", "2栋301", due=70, handling="转接：营销部"
        )
        self.story.then(self.ago(75), self.rang_off)

    def rang_off(self, at: datetime) -> None:
        """Picked up, and nobody spoke: no record, but a reason (E5.2.1d)."""
        by = self.story.clerk(at)
        row = keep(by=by, at=at, key=f"{7:032x}", values={"rings": "2"}, turn=1)
        if row:
            drop(row, by=by, at=at, reason="没说话就挂断，回拨无人接")

    def call(
        self, minutes: float, content: str, kind: str, where: str, *, due: float | None = None, **heard: Any
    ) -> None:
        """A call so many minutes ago that still waits; due: minutes from now by which the reply was promised."""
        one = self.at_unit.get(where)
        if one:
            heard |= {"caller_name": one.name, "caller_title": one.title, "number": number_of(one), "unit": one.unit,
                      "company": one.company, "resident": one}  # fmt: skip
        if due is not None:
            heard["reply_due_at"] = self.at + due * MINUTE

        def ring(at: datetime) -> None:
            record_call(by=self.story.clerk(at), at=at, kind=kind, content=content, rings=2, **heard)
            self.story.look()

        self.story.then(self.ago(minutes), ring)
