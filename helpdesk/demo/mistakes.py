"""What was written wrongly in the demo: values set right, and records struck out (D4.3.3)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet

from helpdesk.corrections.actions import correct
from helpdesk.demo.story import MINUTE, Story
from helpdesk.enquiries.models import Enquiry
from helpdesk.log import actions as calls
from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.visitors.models import Visitor


class Mistakes:
    """The desk's slips of the last days, and who set them right."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def tell(self) -> None:
        """All of them, in the last hours."""
        done = {"status": "closed"}
        slips: tuple[tuple[float, type[Model], dict[str, Any], str, Any, str], ...] = (
            (205, Call, {**done, "unit__isnull": False}, "place", "4栋302 门厅", "听错房号，回放录音核对"),
            (190, Call, {**done, "rings": 2}, "rings", 3, "数错振铃次数，按话机记录更正"),
            (170, Repair, done, "measures", "更换阀芯一只，试水无渗漏", "底联返回后核对，现场换的是阀芯"),
            (150, Enquiry, done, "content", "装修押金什么时候可以退、怎么退", "漏记后半句"),
            (90, Visitor, {"status": "left"}, "company", "安捷电梯维保有限公司", "名片上是全称"),
        )
        for ago, model, asked, field, value, why in slips:
            rows = model._default_manager.filter(**asked).order_by("-pk")
            self.story.then(self.story.until - ago * MINUTE, partial(self.correct, rows, field, value, why))
        self.story.then(self.story.until - 60 * MINUTE, self.twice)

    def correct(self, rows: QuerySet[Any], field: str, value: Any, why: str, at: datetime) -> None:
        """The newest that fits, set right by whoever wrote it."""
        for one in rows[:1]:
            correct(one, field, value, by=one.created_by, at=at, reason=why)

    def twice(self, at: datetime) -> None:
        """A call that was written down twice: struck out by the manager."""
        by = self.story.clerk(at)
        words = {
            "kind": "transfer",
            "content": "请转财务室，问电费发票",
            "caller_name": "顾",
            "number": "13900002211",
        }
        one = calls.record_call(by=by, at=at, handling="转接：财务室", **words)  # type: ignore[arg-type]
        self.story.look()
        manager = self.story.cast.manager
        self.story.then(
            at + 6 * MINUTE, lambda when: calls.void(one, by=manager, at=when, reason="同一通电话登记了两次")
        )
