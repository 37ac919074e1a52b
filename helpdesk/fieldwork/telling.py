"""How a step from the spot is told in words: when it was, how it came."""

from datetime import timedelta
from typing import Any

from helpdesk.fieldwork.models import FieldStep
from reception.core.clock.periods import local

MINUTE = timedelta(minutes=1)


def minutes(length: timedelta) -> str:
    """19分钟 · 3小时05分 · 2天 (whole, rounded down)."""
    count = int(length.total_seconds() // 60)
    if count < 120:
        return f"{count}分钟"
    return f"{count // 60}小时{count % 60:02d}分" if count < 2880 else f"{count // 1440}天"


def site_words(step: FieldStep) -> str:
    """现场时间 14:21（手机存了 19分钟 才发出；手机的钟慢 3分钟，已折算）; "" when it came at once."""
    if step.waited < MINUTE:
        return ""
    beside = [f"手机存了{minutes(step.waited)}才发出"]
    wrong = timedelta(seconds=abs(step.drift))
    if wrong >= MINUTE:
        beside.append(f"手机的钟{'慢' if step.drift > 0 else '快'}{minutes(wrong)}，已折算")
    day = (
        "" if local(step.on_site).date() == local(step.created_at).date() else f"{local(step.on_site):%m-%d} "
    )
    return f"现场时间 {day}{local(step.on_site):%H:%M}（{'；'.join(beside)}）"


def said_of(step: FieldStep) -> dict[str, Any]:
    """What the ledger binds of the step, and the words that the order's page shows below it."""
    words = "·".join(filter(None, ("经链接" if step.via_link else "", site_words(step))))
    return {
        "said": words,
        "step": step.verb,
        "client_id": str(step.client_id),
        "site_time": step.site_time,
        "drift": step.drift,
        "via_link": step.via_link,
    }
