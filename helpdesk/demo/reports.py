"""The report of the month before last, received and locked; last month's is being written."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.demo.story import MINUTE, Story
from helpdesk.handed import actions
from helpdesk.handed.actions import Measured
from helpdesk.handed.models import Submission
from helpdesk.report.spans import whole
from reception.core.clock.periods import local, next_month
from reception.core.people.models import Department, User


class Reports:
    """The first days of a month, in the story's time."""

    def __init__(self, story: Story) -> None:
        self.story, self.first = story, local(story.until).date().replace(day=1)

    def tell(self) -> None:
        """Both, when their day came."""
        self.story.then(self.story.hour(whole(next_month(self.first, -1)).start, 9, 2), self.hand_in)
        self.story.then(self.story.hour(whole(self.first).start, 9.5), self.begin)

    def hand_in(self, at: datetime) -> None:
        """Written, signed, reviewed, handed in and received the same morning."""
        cast, measure = self.story.cast, self.measure(local(at).date())
        found = actions.begin(whole(next_month(self.first, -2)), by=cast.clerk, at=at)
        actions.write(
            found, by=cast.clerk, at=at, conclusions={}, basis={}, outcomes={}, measures=[measure], cases=[]
        )
        for minutes, move, by in (
            (2, actions.sign, cast.clerk), (5, actions.review, cast.manager), (7, actions.submit, cast.manager),
            (9, actions.receive, cast.director),
        ):  # fmt: skip
            self.story.then(at + minutes * MINUTE, partial(self.step, found, move, by))

    def step(self, found: Submission, move: Callable[..., Any], by: User, at: datetime) -> None:
        """One signature."""
        move(found, by=by, at=at)

    def measure(self, on: date) -> Measured:
        """What was promised, to be answered for in the next report."""
        department = Department.objects.get(code="engineering")
        return Measured("晚间到场超时多", "超时的多在十八点以后", "晚班增加一名水电工，十八点到二十二点在岗",
                        department, on + timedelta(days=20), "on_time")  # fmt: skip

    def begin(self, at: datetime) -> None:
        """Last month's: the sentences stand, what became of the promise is still to be said."""
        actions.begin(whole(next_month(self.first, -1)), by=self.story.cast.clerk, at=at)
