"""《顾客投诉处理记录表》 as a paper form (D4.4.2, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.complaints.models import Complaint
from helpdesk.corrections.paper import Pen, late_entry
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, signed, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User


def paper(one: Complaint, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`."""
    pen = Pen(one, user)
    late = late_entry(one.call)
    rows = (*taken(one, pen), *judged(one, pen), *ended(one, pen), *([row(("补 记", late))] if late else []))
    feet = (f"受理人：{one.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    return Form("顾客投诉处理记录表", one.no, company(), rows, feet, one.get_absolute_url(), pen.void)


def taken(one: Complaint, pen: Pen) -> list[Row]:
    """Who complained about whom."""
    against = " ".join(str(part) for part in (one.against_department, one.against_person) if part)
    return [
        row(("投诉人", pen("customer")), ("电 话", pen("phone")), ("房号单位", pen("place"))),
        row(("方 式", pen("channel")), ("类 别", pen("category")), ("受理时间", moment(one.created_at))),
        row(("被投诉方", against), ("致歉致谢", one.get_courtesy_display())),
        row(("投诉内容", pen("content"))),
        row(("诉 求", pen("wish"))),
    ]


def judged(one: Complaint, pen: Pen) -> list[Row]:
    """What is true, and what the manager signed."""
    nature = f"【{one.get_nature_display()}】" if one.nature else ""
    sent = f"责任部门：{one.department}" if one.department else ""
    due = f"，{stamp(one.handle_due_at)}前办结" if sent and one.handle_due_at else ""
    verified = signed(("调查人", one.verified_by, one.verified_at))
    confirmed = signed(("签字", one.confirmed_by, one.confirmed_at))
    return [
        Row((Cell("事实真相", parts([nature, pen("facts")]), verified, 5),), tall=True),
        Row((Cell("经理意见", parts([one.decision, "　" if one.decision else "", sent, due]), confirmed, 5),), tall=True),
    ]  # fmt: skip


def ended(one: Complaint, pen: Pen) -> list[Row]:
    """What the department did, and what the customer said to it."""
    done = pen.led(("原因", "cause"), ("措施", "measures"), ("纠正预防", "prevention"))
    again = f"第 {one.round} 次处理。" if one.round > 1 else ""
    worked = signed(("签收", one.signed_by, one.signed_at), ("处理人", one.done_by, one.done_at))
    said = (
        [f"{one.get_way_display()}反馈：{one.get_opinion_display()} ", pen("opinion_words")]
        if one.opinion
        else ""
    )
    closed = signed(("反馈人", one.fed_back_by, one.fed_back_at), ("关闭", one.closed_by, one.closed_at))
    return [
        Row((Cell("处理情况", parts([again, *done]), worked, 5),), tall=True),
        Row((Cell("顾客意见", parts(said), closed, 5),), tall=True),
    ]
