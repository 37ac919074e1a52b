"""The last fortnight's summaries, signed in the evening and read by the manager the next morning."""

from datetime import datetime, time
from functools import partial

from helpdesk.daybook import actions
from helpdesk.daybook.actions import Why
from helpdesk.daybook.choices import Reason
from helpdesk.daybook.gathering import Left, left_open
from helpdesk.daybook.handing import hand_turn, take_turn
from helpdesk.daybook.models import Day
from helpdesk.daybook.shifts import Shift
from helpdesk.demo.story import MINUTE, Story
from reception.core.clock.periods import local

FORTNIGHT = 14
SHIFTS = (("早班", time(8), time(16)), ("晚班", time(16), time(0)))
OPINIONS = ("已阅。", "已阅，底联当天收齐。", "超时的两件明早班会讲。", "已阅，投诉进展每天写一句。")
LATE = (
    (Reason.HANDS, "晚班只有一位水电工，明早第一单"),
    (Reason.OWNER, "业主约明天下午在家"),
    (Reason.MATERIAL, "角阀缺货，供应商明天到"),
)


class Days:
    """Evenings and mornings, in the story's time."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def tell(self) -> None:
        """Every evening but tonight's; yesterday's still waits for the manager."""
        for name, begins, ends in SHIFTS:
            Shift.objects.get_or_create(name=name, defaults={"begins": begins, "ends": ends})
        for back in range(FORTNIGHT, 0, -1):
            afternoon = self.story.hour(self.story.until, 16, -back)
            self.story.then(afternoon, self.change)
            evening = self.story.hour(self.story.until, 21.5, -back)
            self.story.then(evening, partial(self.sign, last=back == 1))

    def change(self, at: datetime) -> None:
        """The early shift hands over to the late one."""
        cast, words = self.story.cast, "3栋电梯维保今天来过，钥匙在前台抽屉"
        turn = hand_turn(local(at).date(), 1, by=cast.clerk, at=at, words=words)
        self.story.then(at + 4 * MINUTE, lambda later: take_turn(turn, by=cast.clerk2, at=later))

    def sign(self, at: datetime, last: bool) -> None:
        """The late shift explains what is open and signs, the early shift takes over."""
        cast, on = self.story.cast, local(at).date()
        whys = {one.no: why(one, index) for index, one in enumerate(left_open(on, at))}
        actions.explain(on, by=cast.clerk2, at=at, whys=whys)
        day = actions.hand(on, by=cast.clerk2, at=at + 5 * MINUTE, tomorrow="催收未返底联；回访昨日完工单")
        actions.take(day, by=cast.clerk, at=at + 9 * MINUTE)
        if not last:
            self.story.then(self.story.hour(at, 9, 1), partial(self.read, day))

    def read(self, day: Day, at: datetime) -> None:
        """The manager signs."""
        opinion = OPINIONS[day.on.day % len(OPINIONS)]
        actions.review(day, by=self.story.cast.manager, at=at, opinion=opinion)


def why(one: Left, index: int) -> Why:
    """A reason that fits."""
    if one.slip:
        return Why(Reason.FORGOTTEN, "维修员明早交单")
    if one.late:
        return Why(*LATE[index % len(LATE)])
    return Why(Reason.IN_TIME)
