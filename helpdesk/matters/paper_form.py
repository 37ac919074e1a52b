"""《其他问题处理记录》 as a paper form (D4.4.3, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen
from helpdesk.matters.models import Matter
from reception.core.clock.periods import local
from reception.core.ledger import events_of
from reception.core.paper import Cell, Form, Row, moment, row, signed, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User

NOTES = ("note", "postpone", "send_back", "reassign")


def paper(one: Matter, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`."""
    pen = Pen(one, user)
    feet = (f"登记人：{one.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    rows = (*told(one, pen), *done(one, pen))
    return Form("其他问题处理记录", one.no, company(), rows, feet, one.get_absolute_url(), pen.void)


def told(one: Matter, pen: Pen) -> list[Row]:
    """Who said what."""
    kind = [one.get_kind_display(), "·" if one.category else "", pen("category") if one.category else ""]
    found = [
        row(("反映人", pen("reporter")), ("电 话", pen("phone")), ("房号单位", pen("place"))),
        row(("方 式", one.channel), ("类 型", kind), ("登记时间", moment(one.created_at))),
        row(("内 容", pen("content"))),
    ]
    if one.transfer_to or one.praised_whom:
        label = "转 给" if one.transfer_to else "表扬对象"
        found.append(row((label, [one.praised_whom, pen("transfer_to")])))
    return found


def done(one: Matter, pen: Pen) -> list[Row]:
    """Who has it, what was written on the way, how it ended."""
    due = f"，{stamp(one.due_at)}前办结" if one.due_at else ""
    agreed = f"（约定原因：{one.agreed_reason}）" if one.agreed_reason else ""
    notes = "\n".join(
        f"{stamp(event.at)} {event.actor_name} {event.label}：{event.reason}"
        for event in events_of(one)
        if event.verb in NOTES
    )
    verdict = f"【{one.get_verdict_display()}】" if one.verdict else ""
    said = f"{one.get_way_display()}反馈：{one.get_opinion_display()} " if one.opinion else ""
    return [
        Row((Cell("交 办", (f"{one.in_charge}{due}{agreed}",), signed(("交办", one.assigned_by, one.assigned_at), ("签收", one.signed_by, one.signed_at)), 5),), tall=True),
        Row((Cell("跟踪情况", parts(notes), "", 5),), tall=True),
        Row((Cell("办理结果", parts([verdict, pen("result")]), signed(("办结", one.done_by, one.done_at)), 5),), tall=True),
        Row((Cell("反 馈", parts([said, pen("opinion_words") if said else ""]), signed(("反馈人", one.fed_back_by, one.fed_back_at), ("关闭", one.closed_by, one.closed_at)), 5),), tall=True),
    ]  # fmt: skip
