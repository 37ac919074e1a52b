"""Enquiries of the demo: those of three months called back in their time, and today's in every state (E5.2)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.demo.calls_words import who_calls
from helpdesk.demo.story import MINUTE, Story
from helpdesk.directory.models import Resident
from helpdesk.enquiries import actions
from helpdesk.enquiries.choices import Status
from helpdesk.enquiries.documents import look_up
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.taking import take_enquiry
from reception.core.people.models import User

AMPERES = "问过供电所：4 栋配电柜余量够，单相 7 千瓦可以报装，要先签安全承诺书"
# move: what is said
SAID: dict[str, dict[str, Any]] = {
    "hand": {"note": "请看配电容量够不够，客户等着下单"},
    "advise": {"words": AMPERES, "told": False},
    "hand_back": {"reason": "这一项归工程部管，请转许师傅"},
    "attempt": {"note": "响了八声没人接"},
    "answer": {"words": "带身份证、产权证和施工图来前台填表，三个工作日批复", "closes": False},
    "reply": {"words": "已查到：验收合格满三十天，凭收据到财务室退", "closes": False},
    "rearrange": {"reason": "客户在开会，周女士说晚一点再打"},
    "void": {"reason": "同一个问题登记了两次，并入前一张"},
}
SPECIALIST = ("accept", "advise", "hand_back")


class Enquiries:
    """Walks enquiries along their way, in the story's time."""

    def __init__(self, story: Story, residents: list[Resident]) -> None:
        self.story = story
        self.at_unit = {one.unit.label: one for one in residents if one.unit}

    def live_through(self, one: Enquiry, answer: str, back: datetime) -> None:
        """One of the past: called back, or answered, at `back`."""
        self.story.then(back, partial(self.end, one, answer))

    def end(self, one: Enquiry, answer: str, at: datetime) -> None:
        """The answer, by whoever sits at the desk then."""
        act = actions.reply if one.status == Status.WAITING else actions.answer
        act(one, by=self.story.clerk(at), at=at, words=answer)

    def step(self, held: list[Enquiry], name: str, given: dict[str, Any], at: datetime) -> None:
        """One move, by whoever makes it."""
        one, cast = held[0], self.story.cast
        said = {**SAID.get(name, {}), **given}
        by: User = self.story.clerk(at)
        if name in SPECIALIST and one.specialist:
            by = one.specialist
        elif name == "hand":
            said.setdefault("specialist", cast.energy)
        elif name == "take":
            by = cast.assistant
        elif name == "void":
            by = cast.manager
        getattr(actions, name)(one, by=by, at=at, **said)
        self.story.look()

    def told(
        self, ago: float, content: str, where: str, *steps: tuple[float, str], due: float | None = None,
        visit: bool = False, given: dict[str, Any] | None = None, look: str = "",
    ) -> None:  # fmt: skip
        """One that came in so many minutes ago (due: minutes from now), and its (minutes ago, move) steps."""
        held: list[Enquiry] = []

        def begin(at: datetime) -> None:
            by = self.story.clerk(at)
            heard: Any = {
                **who_calls(self.at_unit.get(where), where),
                "kind": "enquiry",
                "content": content,
            }
            heard |= {"channel": "visit"} if visit else {"rings": 2, "repeated": True}
            heard |= (
                {"handling": "承诺回复", "reply_due_at": self.story.until + due * MINUTE}
                if due
                else {"handling": "先登记"}
            )
            if look:
                heard["reply"] = "周末和节假日不能有噪声施工，工作日八点到十八点可以"
            held.append(
                take_enquiry(by=by, at=at, heard=heard, sources=self.sources(look, by, at), alert=visit)
            )
            self.story.look()

        self.story.then(self.story.until - ago * MINUTE, begin)
        for before, name in steps:
            self.story.then(self.story.until - before * MINUTE, partial(self.step, held, name, given or {}))

    def sources(self, look: str, by: User, at: datetime) -> Sequence[str]:
        """The document that fits best."""
        return [one.key for one in look_up(look, by=by, at=at)][:1] if look else ()

    def today(self) -> None:
        """One in every state; one that nobody answers the telephone for, one agreed anew, one late."""
        later = self.story.until + timedelta(minutes=95)
        told = self.told
        told(62, "装修押金何时退", "6栋301", due=58)
        told(140, "问会议室周末能不能用", "A座1806", (18, "attempt"), (6, "attempt"), due=-20)
        told(50, "充电桩报装材料", "4栋201", (44, "hand"), due=120)
        told(95, "车库充电桩能不能装 7 千瓦的", "4栋201", (90, "hand"), (70, "accept"), due=85)
        told(
            130, "空调外机位能不能加装支架", "1栋904", (126, "hand"), (110, "accept"), (15, "advise"), due=40
        )
        told(180, "热水什么时候恢复", "5栋602", (176, "hand"), (160, "hand_back"), due=75)
        told(200, "物业费能不能按季交", "2栋301", (30, "rearrange"), due=10, given={"reply_due_at": later})
        told(16, "想租地库车位，问价格和手续", "A座1806", visit=True)
        told(33, "新租户入驻要办哪些手续", "7栋1503", (25, "take"), visit=True)
        told(75, "装修要办什么手续", "3栋502", (70, "answer"))
        told(240, "水费怎么比上月多", "3栋1202", (40, "reply"), due=-30)
        told(260, "周末能不能施工", "5栋602", look="施工 时间")
        told(300, "周末能不能施工（重复登记）", "5栋602", (250, "void"), look="施工 时间")
        told(9, "快递柜归谁管，坏了找谁", "7栋1503")
