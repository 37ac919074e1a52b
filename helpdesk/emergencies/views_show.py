"""What the page of one emergency shows: the ladder with its confirmations, the log, the checklist, the script."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.cases.views_faces import day_hour
from helpdesk.emergencies.choices import LIVE, Status
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.policies import alerts_of
from helpdesk.emergencies.queries import ACK
from reception.core.clock.models import Clock
from reception.core.clock.reading import clocks_of
from reception.core.ledger.models import Event
from reception.core.people.models import User
from reception.core.templatetags.core import span

# What the clerk says while somebody is on the line (C1); kind → sentence.
SAY = {
    "电梯困人": "维保师傅已经在路上，请不要扒门，靠边站好，我一直在线。",
    "火灾": "请先离开着火的地方，用湿毛巾捂住口鼻，走楼梯，不要乘电梯。",
    "伤亡": "请不要移动伤者，救护车马上到，请在原地等我们的人。",
}
SAFE = "请先保证安全，我们的人马上到现场，请不要挂断。"
STEPS = ("先保证安全", "现在就做清单", "写明地点和情况")


@dataclass(frozen=True)
class Told:
    """One person of the ladder on the page; `css` colours the right column."""

    level: int
    name: str
    meta: str
    head: str
    word: str
    css: str
    due: datetime | None = None


def ladder(emergency: Emergency, clock: Clock | None, at: datetime) -> list[Told]:
    """Who was told when, and what came back; the level that is waited for counts down."""
    found = []
    for alert in alerts_of(emergency):
        times = f"·共 {alert.times} 次" if alert.times > 1 else ""
        meta = f"{day_hour(alert.told_at, at)} 系统紧急消息{times}{f'·{alert.words}' if alert.words else ''}"
        if alert.acknowledged_at:
            by = "" if alert.how == "page" else f"{alert.get_how_display()}，"
            found.append(
                Told(alert.level, alert.name, meta, day_hour(alert.acknowledged_at, at), f"{by}已确认", "met")
            )
            continue
        waited = clock is not None and clock.stopped_at is None and alert.level == emergency.level
        due = clock.due_at if waited and clock else None
        head = span(max(due - at, due - due)) if due else "—"
        found.append(
            Told(
                alert.level, alert.name, meta, head, "等确认" if due else "未确认", "soon" if due else "", due
            )
        )
    return found


def said(event: Event, at: datetime) -> dict[str, Any]:
    """One line of the log; what the system did by itself stands out."""
    who = event.actor_name.partition("（")[0]
    words = event.reason
    if event.verb == "escalate":
        words = f"第 {event.detail.get('level', '')} 级：{'、'.join(event.detail.get('told', []))}"
    elif event.verb == "acknowledge" and event.actor_id and event.label != "确认收到":
        words = "，".join(
            filter(None, [f"{event.detail.get('person')}{event.detail.get('how')}确认", event.reason])
        )
    elif event.verb == "amend":
        words = "；".join(
            f"{LABELS.get(name, name)}：{pair['old'] or '（空）'} → {pair['new']}"
            for name, pair in event.detail.items()
        )
    bad = event.verb in ("record", "escalate")
    return {
        "css": "bad" if bad else "done",
        "when": day_hour(event.at, at),
        "text": f"{who} {event.label}",
        "note": words,
    }


LABELS = {
    "category": "类别", "grade": "等级", "place": "地点", "happened_at": "发生时间", "reporter": "报告人", "phone": "电话",
    "content": "情况", "casualties": "伤亡", "losses": "损失",
}  # fmt: skip


def facts(emergency: Emergency, user: User, events: list[Event], at: datetime) -> dict[str, Any]:
    """The context that only reads; four queries with the events."""
    alerts = alerts_of(emergency)
    clock = next((one for one in reversed(clocks_of(emergency)) if one.rule == ACK), None)
    confirmed = sum(alert.acknowledged_at is not None for alert in alerts)
    duties = list(emergency.duties.select_related("done_by"))
    done = sum(duty.done_at is not None for duty in duties)
    live = emergency.status in LIVE
    return {
        "ladder": ladder(emergency, clock, at),
        "summary": f"已报到第 {emergency.level} 级，{len(alerts)} 人中 {confirmed} 人已确认"
        if alerts
        else "",
        "lines": [said(event, at) for event in reversed(events)],
        "duties": duties,
        "duties_done": f"{done}/{len(duties)}",
        "outside": list(emergency.outside.select_related("called_by")),
        "mine": any(alert.person_id == user.pk and alert.acknowledged_at is None for alert in alerts),
        "live": live,
        "waiting": emergency.status == Status.RECEIVED,
        "say": SAY.get(str(emergency.category or ""), SAFE),
        "steps": STEPS,
        "lasted": span(at - emergency.created_at) if live else "",
    }
