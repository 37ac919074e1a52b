"""May this person make this move on this emergency now? (D4.4.4)"""

from datetime import datetime, timedelta

from helpdesk.emergencies.choices import Grade
from helpdesk.emergencies.flow import FLOW
from helpdesk.emergencies.models import Alert, Emergency
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure

BACK = timedelta(days=366)  # a slip of the finger in the year is no time


def check_told(emergency: Emergency, user: User | None, at: datetime) -> None:
    """Only who was told confirms, for themselves and once. Raises Refused."""
    mine = next((alert for alert in alerts_of(emergency) if user and alert.person_id == user.pk), None)
    if mine is None:
        raise Refused("forbidden", f"{emergency} 没有报告给您，不用您确认。")
    if mine.acknowledged_at is not None:
        raise Refused("state", f"您已经确认收到 {emergency}，不用再按。")


def check_not_own_report(emergency: Emergency, user: User | None, at: datetime) -> None:
    """Nobody reviews the report they wrote. Raises Refused."""
    if user and emergency.written_by_id == user.pk:
        raise Refused("forbidden", f"{emergency} 的书面报告是您写的，要请另一位经理或主任审核。（D4.4.4）")


def alerts_of(emergency: Emergency) -> list[Alert]:
    """Who was told; read once an object, for every button asks."""
    found = getattr(emergency, "_alerts", None)
    if found is None:
        found = emergency._alerts = list(emergency.alerts.select_related("person"))  # type: ignore[attr-defined]
    return found


PROCEDURE = Procedure(
    FLOW,
    rules={
        "acknowledge": (check_told,),
        "review": (check_not_own_report,),
        "send_back": (check_not_own_report,),
    },
    audiences={
        "chain": lambda emergency: [alert.person for alert in alerts_of(emergency)],
        "reviewers": lambda emergency: User.objects.in_role("manager", "director"),
        "leaders": lambda emergency: User.objects.in_role("leader"),
        "writer": lambda emergency: [getattr(emergency, "writer", None) or emergency.created_by],
    },
)


def check_words(words: str, field: str, sentence: str, most: int = 2000) -> str:
    """The words without blanks around them. Raises Refused when there are none, or too many."""
    words = words.strip()
    if not words:
        raise Refused("missing", sentence, field=field)
    if len(words) > most:
        raise Refused("invalid", f"最多 {most} 个字，请写短一些。", field=field)
    return words


def check_grade(grade: str) -> str:
    """A known grade. Raises Refused."""
    if grade not in Grade.values:
        raise Refused("missing", "请选等级：一般、较大、重大或特别重大。", field="grade")
    return grade


def check_happened(happened_at: datetime | None, at: datetime) -> datetime | None:
    """Nothing happened in the future. Raises Refused."""
    if happened_at is not None and happened_at > at:
        raise Refused("invalid", "发生时间不能在现在之后，请重填。", field="happened_at")
    if happened_at is not None and at - happened_at > BACK:
        raise Refused("invalid", "发生时间最多在一年以内，请看年份是否填错。", field="happened_at")
    return happened_at
