"""《电话记录》, or 《顾客接待记录》 of who came in person, as a paper form (D4.1, D4.2, D4.3.5, D6)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen
from helpdesk.log.choices import Channel
from helpdesk.log.models import Call
from helpdesk.log.views_list import PAPERS
from reception.core.clock.periods import local
from reception.core.paper import Cell, Form, Row, moment, row, signed
from reception.core.paper.form import parts
from reception.core.people.models import User


def paper(call: Call, user: User, at: datetime) -> Form:
    """The form of `call`, printed by `user` at `at`."""
    pen = Pen(call, user)
    title = PAPERS.get(call.channel, "来电记录")
    came = "来访" if call.channel == Channel.VISIT else "来电"
    feet = (f"记录人：{call.recorder_name} {local(call.created_at):%Y-%m-%d %H:%M}", f"打印：{local(at):%Y-%m-%d %H:%M}")  # fmt: skip
    rows = (*heard(call, pen, came), *handled(call, pen))
    return Form(title, call.no, company(), rows, feet, call.get_absolute_url(), pen.void, "A5")


def heard(call: Call, pen: Pen, came: str) -> list[Row]:
    """What was said, by whom."""
    kind = call.get_kind_display() + (f"·{call.category}" if call.category else "")
    rings = pen("rings", f"{call.rings} 声" if call.rings else "")
    slow = f"，{call.rings_reason}" if call.rings_reason else ""
    return [
        row((f"{came}时间", pen("recorded_at", moment(call.recorded_at))), ("渠 道", pen("channel", call.get_channel_display())), ("振铃次数", [rings, slow])),
        row((f"{came}人", [pen("caller_name"), pen("caller_title")]), ("电 话", pen("number")), ("单 位", pen("company"))),
        row(("地 址", pen("place")), ("类 别", kind)),
        row(("事 由", pen("content"))),
    ]  # fmt: skip


def handled(call: Call, pen: Pen) -> list[Row]:
    """What came of it, and who signed for it."""
    promised = moment(call.reply_due_at)
    found = [
        row(("复述确认", "已复述" if call.repeated else "未复述"), ("处理方式", pen("handling", call.handling or "已登记，待处理")), ("承诺回复", promised)),
        row(("办 理", "；".join(f"{one.no} {one.get_status_display()}" for one in cases_of(call)) or call.get_status_display())),
        Row((Cell("答 复", parts(pen("reply")), signed(("", call.replied_by, call.replied_at)), 5),), tall=True),
    ]  # fmt: skip
    if call.backdate_reason:
        found.append(row(("补 记", f"{moment(call.created_at)} 补记：{call.backdate_reason}")))
    return found


def cases_of(call: Call) -> list[Any]:
    """What came of the call, whatever kind; an order it was joined to as well."""
    joined = [call.joined] if call.joined else []
    return [
        *call.repairs.all(), *joined, *call.enquiries.all(), *call.complaints.all(), *call.emergencies.all(),
        *call.matters.all(),
    ]  # fmt: skip
