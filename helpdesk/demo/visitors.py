"""Visitors of the demo: those of the last two weeks, who is in the building now, and a guest who was expected."""

from datetime import datetime
from functools import partial
from typing import Any

from helpdesk.demo.story import MINUTE, Story
from helpdesk.visitors import actions
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.views_list import today
from reception.core.people.models import Department, User

# name, company, whom they see, what for, plate
PAST = (
    ("孔令辉", "顺达快运", "general2", "送样册三箱", "苏E·6K218"),
    ("魏宁", "华信会计师事务所", "office", "年度审计进场", ""),
    ("陆小曼", "云帆科技", "sales", "谈展会合作", ""),
    ("江河", "安捷电梯维保", "repairer3", "电梯月度保养", "苏E·D0932"),
    ("尤佳", "应聘", "general", "面试综合部文员", ""),
    ("傅明", "绿洲保洁", "manager", "保洁合同续签", ""),
    ("汤晓", "市消防救援大队", "director", "消防通道复查", "苏O·3119警"),
    ("毕然", "星野文化", "reception", "展厅灯箱量尺寸", ""),
)
# minutes ago, name, title, company, host, purpose, people, badge
NOW = (
    (95, "丁薇", "女士", "知行设计", "tech", "图纸交底", 2, "A07"),
    (48, "江河", "", "安捷电梯维保", "repairer3", "2栋电梯检修", 1, "B02"),
    (12, "石磊", "经理", "百川财税", "office", "送审计报告", 1, "A11"),
)


class Visitors:
    """Who comes and goes, in the story's time."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people = {user.username: user for user in User.objects.select_related("department")}
        self.works = Department.objects.filter(code="engineering").first()

    def tell(self) -> None:
        """All of them."""
        for index, (name, company, host, purpose, plate) in enumerate(PAST):
            day = self.story.hour(self.story.until, 9 + index % 7, -(index * 2) // 3 - 1)
            given = {
                "name": name,
                "company": company,
                "host": self.people[host],
                "purpose": purpose,
                "plate": plate,
            }
            self.story.then(day, partial(self.come, given, 20 + 11 * index))
        for ago, name, title, company, host, purpose, people, badge in NOW:
            given = {"name": name, "title": title, "company": company, "host": self.people[host], "purpose": purpose,
                     "people": people, "badge": badge}  # fmt: skip
            self.story.then(self.story.until - ago * MINUTE, partial(self.come, given, 0))
        self.story.then(self.story.until - 2 * MINUTE, self.guest)
        wrong = {"name": "李四", "department": self.works, "purpose": "找人"}
        self.story.then(self.story.until - 1500 * MINUTE, partial(self.mistake, wrong))

    def come(self, given: dict[str, Any], stays: float, at: datetime) -> Visitor:
        """One signs in, is led to the host, and leaves after so many minutes; 0 stays."""
        clerk = self.story.clerk(at)
        one = actions.sign_in(by=clerk, at=at, phone="13900008888", booked=stays % 2 == 0, **given)
        actions.guide(one, by=clerk, at=at, guide=str(clerk))
        if stays:
            self.story.then(
                at + stays * MINUTE, lambda when: actions.leave(one, by=self.story.clerk(when), at=when)
            )
        return one

    def guest(self, at: datetime) -> None:
        """The first guest of an approved reception who is expected today."""
        by = self.story.clerk(at)
        for one, here in today(by, at)[:1]:
            if here or one.host is None:
                continue
            actions.sign_in(by=by, at=at, guest=one, name=one.name, title=one.title, company=one.company,
                            host=one.host, purpose=one.purpose)  # fmt: skip

    def mistake(self, given: dict[str, Any], at: datetime) -> None:
        """One that was written twice, and void."""
        one = actions.sign_in(by=self.story.clerk(at), at=at, **given)
        reason = "重复登记"
        self.story.then(
            at + 5 * MINUTE,
            lambda when: actions.void(one, by=self.story.cast.manager, at=when, reason=reason),
        )
