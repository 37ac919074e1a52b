"""How a matter stood at a cut-off, from its times alone: the status of today says nothing about last month."""

from datetime import datetime

from helpdesk.repairs.choices import SlipReason
from helpdesk.report.rows import Detail

# The latest of these that had happened tells the state: (field, state, next step).
STEPS = (
    ("void", "已取消", ""),
    ("closed", "已关闭", ""),
    ("revisited", "已回访", "请客户确认后关闭"),
    ("slip", "底联已返", "回访客户"),
    ("finished", "完工待验收", "催底联返回"),
    ("started", "维修中", "跟进完工"),
    ("arrived", "已到场", "跟进开工"),
    ("acknowledged", "已接单", "催到场"),
    ("dispatched", "已交工程", "催接单签收"),
)
WAITING, PAUSED, OPEN = ("待派工", "派工"), ("暂停", "消除暂停原因后复工"), ("待处理", "答复客户")


def seen(value: datetime | None, end: datetime) -> datetime | None:
    """A time, unless it lies behind the cut-off."""
    return value if value is not None and value < end else None


def state(row: Detail, end: datetime) -> tuple[str, str]:
    """(state, next step) at `end`. A pause is told from work only before the first start: the resumption leaves no time."""
    if given_back(row, end):
        return WAITING
    for name, label, step in STEPS:
        if seen(getattr(row, name), end):
            if name == "void" and row.struck:
                return "已作废", ""
            return PAUSED if name == "arrived" and seen(row.paused, end) else (label, step)
    if row.case:
        return row.case.state, row.case.step
    return WAITING if row.order else OPEN


def given_back(row: Detail, end: datetime) -> bool:
    """Whether the repairer had returned it (退单) and nobody else was sent until `end`."""
    over = any(seen(at, end) for at in (row.finished, row.closed, row.void))
    back, handed = seen(row.returned, end), seen(row.handed, end)
    return back is not None and not over and (handed is None or handed < back)


def why(row: Detail, end: datetime) -> str:
    """Why it is still open, as far as the record says."""
    word, _ = state(row, end)
    if word in (PAUSED[0], "维修中"):
        return f"暂停：{row.note}" if seen(row.paused, end) else ""
    if word == "完工待验收":
        told = row.slip_reason if seen(row.explained, end) else ""
        return f"底联未返回：{SlipReason(told).label}" if told else "底联未返回"
    if row.agreed and not seen(row.arrived, end):
        return "另有约定时间"
    return row.note if word == OPEN[0] or row.case else ""
