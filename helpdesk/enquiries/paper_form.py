"""《信息接待记录》 as a paper form (E5.2.1d, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen, late_entry
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.views_show import kept
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, signed, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User


def paper(one: Enquiry, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`."""
    pen = Pen(one, user)
    feet = (f"记录人：{one.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    rows = (*asked(one, pen), *answered(one, pen, at))
    return Form("信息接待记录", one.no, company(), rows, feet, one.get_absolute_url(), pen.void)


def asked(one: Enquiry, pen: Pen) -> list[Row]:
    """Who asked what, and until when it must be answered."""
    return [
        row(("查询人", pen("customer")), ("电 话", pen("phone")), ("房 号", pen("place"))),
        row(("单 位", pen("company")), ("渠 道", pen("channel")), ("登记时间", moment(one.created_at))),
        row(("类 别", pen("category")), ("专业问题", "是" if one.professional else "否"), ("来电单号", one.call.no if one.call else "")),
        row(("查询内容", pen("content"))),
        row(("联络方式", one.contact), ("答复时限", moment(one.reply_due_at))),
    ]  # fmt: skip


def answered(one: Enquiry, pen: Pen, at: datetime) -> list[Row]:
    """Who was asked, what was answered, what was promised on the way (E5.2.1b, c)."""
    sources = "、".join(str(row_) for row_ in one.citations.all())
    answer = [pen("answer"), f"（依据：{sources}）" if sources else ""]
    asked_whom = [f"{one.specialist.signature}：", pen("advice")] if one.specialist else ""
    way = one.get_way_display() if one.replied_at else ""
    found = [
        Row((Cell("咨询对象", parts(asked_whom), signed(("接手", one.accepted_by, one.accepted_at), ("答复", one.advised_by, one.advised_at)), 5),), tall=True),
        Row((Cell("答复内容", parts(answer), f"{way}　{signed(('答复人', one.replied_by, one.replied_at))}".strip("　"), 5),), tall=True),
        row(("回电承诺", promises(one, at))),
        row(("关 闭", f"{one.closed_by} {moment(one.closed_at)}" if one.closed_at else "")),
    ]  # fmt: skip
    if one.notified_at:
        taken = f"，{stamp(one.taken_at)} 由 {one.taken_by} 接待" if one.taken_at else ""
        found.insert(0, row(("来访接待", f"{stamp(one.notified_at)} 通知管家、客服经理{taken}")))
    late = late_entry(one.call)
    return [*found, row(("补 记", late))] if late else found


def promises(one: Enquiry, at: datetime) -> str:
    """Each call back that was promised: by when, by whom, and how it went."""
    rows = one.call_backs.select_related("made_by", "ended_by") if one.reply_due_at else []
    return "；".join(f"{stamp(row_.due_at)} 前（{row_.made_by}），{kept(row_, at)[0]}" for row_ in rows)
