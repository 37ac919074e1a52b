"""What can be asked for: a figure, a part of it, and what narrows it."""

from helpdesk.report.definitions import METRIC, RATE

ALIVE, ARRIVALS, SENT = "alive", "arrivals", "sent"
# What a figure is made of: matters, calls, promises to reply, limits of orders, finished orders, emergencies.
MATTERS = ("received", "repairs", "complaints", "carried", "fresh", "again", "closed", "void", "left", "done",
           "same_day", ALIVE)  # fmt: skip
CALLS = ("phone", "prompt")
REPLIES = ("replied",)
PROMISES = ("on_time", "kept", "finished", ARRIVALS)
WORKS = ("rework", "slips", "revisits", "satisfied", SENT)
ALARMS = ("first_report",)
LABELS = {code: metric.label for code, metric in METRIC.items()} | {
    ALIVE: "全部事项",
    ARRIVALS: "到场用时",
    SENT: "派单",
}
RATES = {code for code, metric in METRIC.items() if metric.unit == RATE}

OTHER = "other"  # every 大类 but the three that have a name of their own on the board
YES, NO = "yes", "no"
PARTS = ((YES, "计入的"), (NO, "没计入的"))
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NARROWED = {  # beside day, weekday and hour, which narrow everything
    **dict.fromkeys(CALLS, frozenset({"kind", "category"})),
    **dict.fromkeys(MATTERS, frozenset({"kind", "category", "area", "field"})),
    **dict.fromkeys(PROMISES, frozenset({"trade", "who"})),
    **dict.fromkeys(WORKS, frozenset({"trade", "who"})),
    **dict.fromkeys((*REPLIES, *ALARMS), frozenset[str]()),
    ARRIVALS: frozenset({"trade", "who", "bin"}),
}
