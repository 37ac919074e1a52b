"""《维修记录》 of one order as a paper form: everything from the report to the customer's word (D4.4.1, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, signed, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User

# Whose names stand on it, beside those of every page of an order.
NAMES = ("dispatched_by", "arrived_by", "finished_by", "revisited_by", "closed_by", "cancelled_by")


def paper(order: Repair, user: User, at: datetime) -> Form:
    """The record of `order`, printed by `user` at `at`."""
    pen = Pen(order, user)
    rows = (*reported(order, pen), *sent(order), *worked(order, pen), *over(order, pen))
    feet = (f"记录人：{order.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    back = order.get_absolute_url()
    return Form("维修记录", order.no, company(), rows, feet, back, pen.void, file_name="record.xlsx")


def reported(order: Repair, pen: Pen) -> list[Row]:
    """Who reported what, where."""
    kind = "·".join(
        filter(
            None, [order.get_kind_display(), order.get_urgency_display(), "重大" if order.important else ""]
        )
    )
    return [
        row(("报修人", pen("reporter")), ("电 话", pen("phone")), ("报修时间", moment(order.created_at))),
        row(("地 址", pen("place")), ("类 别", pen("category"))),
        row(("报修内容", pen("content"))),
        row(("单据种类", kind), ("有偿无偿", "有偿" if order.paid else "无偿"), ("返修原单", order.origin.no if order.origin else "")),
    ]  # fmt: skip


def sent(order: Repair) -> list[Row]:
    """Who was sent, by when they must be there, and who signed for it (E5.3.3)."""
    who = f"{order.repairer or ''}{f'（{order.trade}）' if order.trade else ''}"
    with_whom = f"，与{order.agreed_with}约定" if order.agreed_with else ""
    agreed = f"（{order.agreed_reason}{with_whom}）" if order.agreed else ""
    found = [
        row(("派 工", who), ("派工时间", signed(("", order.dispatched_by, order.dispatched_at))), ("工程签收", signed(("", order.signed_by, order.signed_at)))),
        row(("到场时限", f"{moment(order.arrive_due_at)}{agreed}"), ("接 单", signed(("", order.acknowledged_by, order.acknowledged_at)))),
        row(("到场时间", moment(order.arrived_at)), ("开工时间", moment(order.started_at)), ("完工时间", moment(order.finished_at))),
    ]  # fmt: skip
    if order.return_reason:
        found.append(
            row(("退 单", f"{signed(('', order.returned_by, order.returned_at))} {order.return_reason}"))
        )
    return found


def worked(order: Repair, pen: Pen) -> list[Row]:
    """What was done with what, and what the customer said to it."""
    used = "；".join(
        f"{one.name}{one.spec} {one.quantity.normalize():f}×{one.unit_price:.2f}＝{one.amount:.2f} 元"
        for one in (order.materials.all() if order.finished_at else [])
    )
    cost = f"{order.cost:,.2f} 元" if order.finished_at else ""
    score = pen("score", f"{order.score} 分" if order.score else "")
    signature = f"客户签字：{order.signed_name}" if order.signed_name else ""
    absent = f"无人在场：{order.unsigned_reason}" if order.unsigned_reason else ""
    return [
        row(("原 因", pen("cause"))),
        Row((Cell("措 施", parts(pen("measures")), signed(("维修人", order.finished_by, order.finished_at)), 5),), tall=True),
        row(("材 料", used), ("费 用", cost)),
        row(("满意度", score), ("客户意见", pen("opinion")), spans=(1, 3)),
        Row((Cell("验 收", parts(absent), signature, 5),), tall=True),
    ]  # fmt: skip


def over(order: Repair, pen: Pen) -> list[Row]:
    """The slip, the call afterwards, the end (E5.3.7)."""
    why = f"{order.get_slip_reason_display()} {order.slip_words}".strip() if order.slip_reason else ""
    slip = f"{stamp(order.slip_at)} {order.slip_by} 核收 {order.slip_note}".strip() if order.slip_at else ""
    found = [
        row(("底联返回", slip), ("未返原因", why), spans=(2, 2)),
        row(
            ("回 访", f"{order.revisit_note} {signed(('', order.revisited_by, order.revisited_at))}".strip())
        ),
    ]
    if order.cancelled_at:
        found.append(row(("取 消", signed(("", order.cancelled_by, order.cancelled_at)))))
    word = order.close_word or order.force_reason
    forced = "强制关闭：" if order.force_reason else ""
    end = signed(("关闭", order.closed_by, order.closed_at))
    found.append(Row((Cell("关 闭", parts(f"{forced}{word}"), end, 5),), tall=True))
    return found
