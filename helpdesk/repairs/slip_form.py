"""《房屋维修单》/《维修单》 with 底联 and 回执 as paper forms: the two halves of one A4 (E5.3.2, E5.3.7)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import company, day_hour
from helpdesk.corrections.paper import Pen
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, stamp
from reception.core.paper.form import parts
from reception.core.people.models import User
from reception.core.templatetags.core import hm

BACK, KEPT = "第一联 底联（完工后交回客服部）", "第二联 回执（交业主留存）"
SIGN = "　　月　　日　　时　　分"
MONEY = "¥　　　　（大写）　　　　　　□微信　□现金　□免费"
USED = "材料：　　　　　　　数量：　　　金额 ¥　　　　合计（大写）："


def times(order: Repair) -> dict[str, str]:
    """When somebody comes, and by when they must be there, in words."""
    due = day_hour(order.arrive_due_at, order.created_at) if order.arrive_due_at else ""
    visit = f"{due}（{order.agreed_reason}）" if order.agreed else f"马上（{due}前）" if due else "待派"
    return {"visit": visit, "limit": f"约定 {due}" if order.agreed else f"{due}前" if due else ""}


def boxes(score: int | None) -> list[tuple[str, str]]:
    """满意, 基本满意, 不满意 with a tick where the score (1–5) belongs; empty boxes without one."""
    chosen = None if score is None else 0 if score >= 4 else 1 if score == 3 else 2
    return [
        ("☑" if index == chosen else "□", word) for index, word in enumerate(("满意", "基本满意", "不满意"))
    ]


def halves(order: Repair, user: User, at: datetime) -> tuple[Form, Form]:
    """底联 and 回执 of `order`, printed by `user` at `at`."""
    pen, url = Pen(order, user), order.get_absolute_url()
    feet = (f"制单：{order.recorder_name}", f"打印：{local(at):%Y-%m-%d %H:%M}")
    kind, whose, head = order.get_kind_display(), company(), tuple(_head(order, pen))
    return (
        Form(kind, order.no, f"{whose}　{BACK}", (*head, *_back(order, pen)), feet, url, pen.void),
        Form(f"{kind}回执", order.no, f"{whose}　{KEPT}", (*head, *_kept(order, pen)), feet, url, pen.void),
    )


def _head(order: Repair, pen: Pen) -> list[Row]:
    """Who reported what: the same on both halves."""
    return [
        row(("报修人", pen("reporter")), ("联系电话", pen("phone")), ("报修时间", moment(order.created_at))),
        row(("地 址", pen("place")), ("类 别", pen("category")), ("约定上门", times(order)["visit"])),
        row(("报修内容", pen("content"))),
    ]


def _who(order: Repair) -> str:
    return f"{order.repairer or ''}{f'（{order.trade}）' if order.trade else ''}"


def _back(order: Repair, pen: Pen) -> list[Row]:
    """What the repairer brings back."""
    ticks = "　".join(f"{box}{word}" for box, word in boxes(order.score))
    why: Any = pen("opinion") if order.opinion else "原因："
    return [
        row(("派 单", _who(order)), ("派单时间", hm(order.dispatched_at)), ("到场时间", hm(order.arrived_at) or "　　时　　分")),
        Row((Cell("维修情况", parts(pen("measures")), "", 5),), tall=True),
        row(("用料费用", bill(order) or USED)),
        row(("业主意见", [f"{ticks}　", why]), ("业主签字", pen("signed_name") if order.signed_name else SIGN)),
        row(("维修签字", order.acknowledged_by or order.signed_by), ("完工时间", stamp(order.finished_at) or SIGN), ("客服核收", order.slip_by)),
    ]  # fmt: skip


def _kept(order: Repair, pen: Pen) -> list[Row]:
    """What the customer keeps."""
    fee = f"¥{order.cost:.2f}（有偿）" if order.paid else "免费"
    number = order.repairer.job_no if order.repairer else ""
    return [
        row(("派 单", _who(order)), ("工 号", number), ("到场时限", times(order)["limit"])),
        Row((Cell("处理结果", parts(pen("measures")), "", 5),), tall=True),
        row(("收 费", fee if order.finished_at else MONEY), ("维修签字", "　　月　　日")),
    ]


def bill(order: Repair) -> str:
    """角阀DN15×2 ¥56.00；合计 ¥56.00, once the work is finished and something was used."""
    rows = list(order.materials.all()) if order.finished_at else []
    used = "".join(f"{one.name}{one.spec}×{one.quantity.normalize():f} ¥{one.amount:.2f}；" for one in rows)
    return f"{used}合计 ¥{order.cost:.2f}" if used else ""
