"""What a call must say, and who may answer it (C6, C7, D4.1, D4.3)."""

from datetime import datetime, timedelta

from helpdesk.cases.models import Category
from helpdesk.log.choices import Channel, Kind
from helpdesk.log.flow import FLOW
from helpdesk.log.models import MOST_RINGS, PROMPT_RINGS
from reception.core.flow import Refused
from reception.core.procedures import Procedure

PROCEDURE = Procedure(FLOW)
BACK = AHEAD = timedelta(days=366)  # a slip of the finger in the year is no promise
# Kinds that lead to an action of their own; any other must say what was done about it (C7).
LEAD_ON = (Kind.REPAIR, Kind.COMPLAINT, Kind.EMERGENCY)


def check_words(content: str, caller_name: str) -> None:
    """Who called and what for (C7, E5.2.1a). Raises Refused."""
    if not caller_name.strip():
        raise Refused("missing", "请问清来电人贵姓。（E5.2.1）", field="caller_name")
    if not content.strip():
        raise Refused("missing", "请写下来电的内容。（C7）", field="content")


def check_rings(rings: int | None, reason: str) -> None:
    """C6: 1 to 20 rings when counted; above three says why. Raises Refused."""
    if rings is None:
        return
    if not 1 <= rings <= MOST_RINGS:
        raise Refused("invalid", f"振铃次数要在 1 到 {MOST_RINGS} 之间。", field="rings")
    if rings > PROMPT_RINGS and not reason.strip():
        raise Refused("missing", "电话要在三声之内接听；超过三声的，写明原因。（C6）", field="rings_reason")


def check_times(recorded_at: datetime, reason: str, reply_due_at: datetime | None, at: datetime) -> None:
    """D4.3.2: nothing is written ahead; what is written afterwards says why; a promise lies ahead. Raises Refused."""
    if recorded_at > at:
        raise Refused("invalid", "来电时间不能在现在之后，请重填。（D4.3.2）", field="recorded_at")
    if at - recorded_at > BACK:
        raise Refused("invalid", "来电最多补记一年以内的，请看年份是否填错。（D4.3.2）", field="recorded_at")
    if recorded_at < at and not reason.strip():
        raise Refused(
            "missing", "补记以前的来电，要写明为什么当时没有记。（D4.3.2）", field="backdate_reason"
        )
    if reply_due_at is not None and reply_due_at <= at:
        raise Refused("invalid", "承诺的回复时间要在现在之后，请重填。", field="reply_due_at")
    if reply_due_at is not None and reply_due_at - at > AHEAD:
        raise Refused("invalid", "承诺的回复时间最多到一年以后，请看年份是否填错。", field="reply_due_at")


def check_kind(kind: str, category: Category | None) -> None:
    """A known kind, and a second level that belongs to it (D4.3.1). Raises Refused."""
    if kind not in Kind.values:
        raise Refused("missing", "请选来电类别。（D4.3.1）", field="kind")
    if category is not None and category.kind != kind:
        raise Refused(
            "invalid", f"“{category}”不属于“{Kind(kind).label}”，请重选。（D4.3.1）", field="category"
        )


def check_number(channel: str, number: str) -> None:
    """A telephone call has a number to call back. Raises Refused."""
    if channel not in Channel.values:
        raise Refused("invalid", "请选渠道。", field="channel")
    if channel == Channel.PHONE and not number.strip():
        raise Refused("missing", "请填来电号码，好回电。", field="number")


def check_leads_on(kind: str, handling: str, reply: str, reply_due_at: datetime | None) -> None:
    """C7: each record leads to an action or says why none. Raises Refused."""
    if kind in LEAD_ON or reply.strip() or reply_due_at or handling.strip():
        return
    raise Refused("missing", "怎么处理的？请写答复、承诺的回复时间或处理方式。（C7）", field="handling")
