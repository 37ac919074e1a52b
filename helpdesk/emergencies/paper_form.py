"""《突发事件、重要问题记录》 as a paper form, with the chain of those who were told (D4.4.4, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen, late_entry
from helpdesk.emergencies.models import Emergency
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, signed, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User


def paper(one: Emergency, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`."""
    pen = Pen(one, user)
    late = late_entry(one.call)
    rows = (*reported(one, pen), *told(one), *written(one, pen), *([row(("补 记", late))] if late else []))
    feet = (f"记录人：{one.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    return Form("突发事件、重要问题记录", one.no, company(), rows, feet, one.get_absolute_url(), pen.void)


def reported(one: Emergency, pen: Pen) -> list[Row]:
    """What happened where, and what was done at once."""
    return [
        row(("类 别", pen("category")), ("等 级", pen("grade", one.get_grade_display())), ("状 态", one.get_status_display())),
        row(("发生时间", pen("happened_at", moment(one.happened_at))), ("接报时间", moment(one.created_at)), ("地 点", pen("place"))),
        row(("报告人", pen("reporter")), ("电 话", pen("phone")), ("现场指挥", pen("commander"))),
        row(("情 况", pen("content"))),
        row(("伤 亡", pen("casualties")), ("损 失", pen("losses"))),
        row(("已采取措施", pen("measures"))),
    ]  # fmt: skip


def told(one: Emergency) -> list[Row]:
    """Who was told when and what came back; who was called from outside; what a leader said."""
    chain = "\n".join(
        f"第{alert.level}级 {alert.name} {stamp(alert.told_at)} 报告"
        + (
            f"，{stamp(alert.acknowledged_at)} {alert.get_how_display()}"
            if alert.acknowledged_at
            else "，未回执"
        )
        for alert in one.alerts.all()
    )
    outside = "；".join(
        f"{call.get_service_display()} {stamp(call.called_at)} {call.words}".strip()
        for call in one.outside.all()
    )
    return [
        row(("报告链", chain)),
        row(("外部报警", outside or "无")),
        row(("领导指示", one.instruction)),
    ]


def written(one: Emergency, pen: Pen) -> list[Row]:
    """The report, its lesson, and the three who signed."""
    wrote, read, shut = (
        signed(("", one.written_by, one.written_at)), signed(("", one.reviewed_by, one.reviewed_at)),
        signed(("", one.closed_by, one.closed_at)),
    )  # fmt: skip
    return [
        row(("经 过", pen("story"))),
        row(("处理结果", pen("result"))),
        row(("防范措施", pen("prevention"))),
        Row((Cell("书面总结", (), wrote), Cell("经理审核", parts(one.opinion), read), Cell("领导关闭", parts(one.close_word), shut)), tall=True),
    ]  # fmt: skip
