"""What people do in an emergency, from the first confirmation to the leader's last word (D4.4.4).

What is only written down beside it (a confirmation, a line of the log, a duty done, a call outside) changes no
revision: in those minutes several people write at once, and nobody may be told that the page is stale.
"""

from datetime import datetime
from typing import Any

from helpdesk.cases.voiding import void_record
from helpdesk.emergencies.choices import How, Service, Status
from helpdesk.emergencies.models import Alert, Duty, Emergency, Outside
from helpdesk.emergencies.opening import raise_emergency
from helpdesk.emergencies.papers import amend, close, prevent, refuse, review, send_back, write
from helpdesk.emergencies.policies import PROCEDURE, alerts_of, check_words
from helpdesk.emergencies.queries import ACK
from reception.core.clock import stop
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import mark_read, tell
from reception.core.people.models import User

__all__ = [
    "acknowledge",
    "amend",
    "answer",
    "close",
    "control",
    "handle",
    "instruct",
    "note",
    "outside",
    "prevent",
    "raise_emergency",
    "refuse",
    "review",
    "send_back",
    "tick",
    "void",
    "write",
]


def fresh(emergency: Emergency) -> Emergency:
    """The row as it stands under the lock: what only adds to an emergency is never stale."""
    emergency.refresh_from_db()
    emergency.__dict__.pop("_alerts", None)
    return emergency


@action
def acknowledge(
    emergency: Emergency, *, by: User, at: datetime, words: str = "", expect: int | None = None
) -> Emergency:
    """确认收到, by whoever was told; the first one makes it 已报告 and ends the climbing. Raises Refused."""
    PROCEDURE.check(fresh(emergency), "acknowledge", by=by, at=at)
    mine = next(alert for alert in alerts_of(emergency) if alert.person_id == by.pk)
    _confirmed(emergency, mine, How.PAGE, words, by, at)
    mark_read(by, at=at, url=emergency.get_absolute_url())
    return emergency


@action
def answer(
    emergency: Emergency,
    *,
    by: User,
    at: datetime,
    person: Alert | None,
    how: str,
    words: str = "",
    expect: int | None = None,
) -> Emergency:
    """代记回执: somebody confirmed on the telephone or face to face; who wrote that down is kept. Raises Refused."""
    PROCEDURE.check(fresh(emergency), "answer", by=by, at=at)
    found = next((alert for alert in alerts_of(emergency) if person and alert.pk == person.pk), None)
    if found is None or found.acknowledged_at is not None:
        raise Refused("missing", "请选还没有确认的人。", field="person")
    if how not in (How.PHONE, How.FACE):
        raise Refused("missing", "请选是电话里还是当面确认的。", field="how")
    if found.person_id == by.pk:
        raise Refused("invalid", "自己的回执请直接按“确认收到”。", field="person")
    _confirmed(emergency, found, How(how), words, by, at)
    return emergency


def _confirmed(emergency: Emergency, alert: Alert, how: How, words: str, by: User, at: datetime) -> None:
    """Write the confirmation; the first one is the report that D4.4.4 asks for."""
    words = words.strip()[:100]
    alert.acknowledged_at, alert.acknowledged_by, alert.how, alert.words = at, by, how, words
    alert.save(update_fields=["acknowledged_at", "acknowledged_by", "how", "words"])
    label = "确认收到" if how == How.PAGE else "代记回执"
    detail = {"person": alert.name, "how": how.label, "level": alert.level}
    record(emergency, "acknowledge", label, by=by, at=at, reason=words, detail=detail)
    if emergency.status == Status.RECEIVED:
        PROCEDURE.run(emergency, "report", by=by, at=at, reported_at=at, reported_by=by)
    stop(emergency, ACK, at=at)


@action
def handle(
    emergency: Emergency, *, by: User, at: datetime, commander: str, expect: int | None = None
) -> Emergency:
    """开始处置 under a commander on the spot. Raises Refused."""
    commander = check_words(commander, "commander", "请写现场指挥是谁。", 40)
    fields: dict[str, Any] = {"commander": commander, "handled_at": at, "handled_by": by}
    PROCEDURE.run(emergency, "handle", by=by, at=at, reason=f"现场指挥：{commander}", expect=expect, **fields)
    return emergency


@action
def control(
    emergency: Emergency, *, by: User, at: datetime, measures: str, place: str = "", expect: int | None = None
) -> Emergency:
    """已控制: what was done; by now the place must be known. Raises Refused."""
    measures = check_words(measures, "measures", "请写已采取的措施。")
    place = check_words(place or emergency.place, "place", "到现在还没有地点，请补上。", 120)
    fields: dict[str, Any] = {"measures": measures, "place": place, "controlled_at": at, "controlled_by": by}
    PROCEDURE.run(emergency, "control", by=by, at=at, reason=measures, expect=expect, **fields)
    return emergency


@action
def note(
    emergency: Emergency,
    *,
    by: User,
    at: datetime,
    words: str,
    spread: bool = False,
    expect: int | None = None,
) -> Emergency:
    """记一笔: a line of the log with the server's time, never changed; `spread` tells the whole ladder. Raises Refused."""
    words = check_words(words, "words", "请写现场情况。", 500)
    PROCEDURE.check(fresh(emergency), "note", by=by, at=at)
    record(emergency, "note", "记录", by=by, at=at, reason=words)
    if spread:
        people = [alert.person for alert in alerts_of(emergency) if alert.person_id != by.pk]
        tell(
            people,
            title=f"{emergency.no} {emergency.title}：{words}",
            url=emergency.get_absolute_url(),
            at=at,
        )
    return emergency


@action
def tick(
    emergency: Emergency, *, by: User, at: datetime, duty: Duty | None, expect: int | None = None
) -> Emergency:
    """做完一项 of the checklist: who and when; done once, by the first to say so. Raises Refused."""
    PROCEDURE.check(fresh(emergency), "tick", by=by, at=at)
    rows = emergency.duties.filter(pk=duty.pk, done_at__isnull=True) if duty else Duty.objects.none()
    if duty is None or not rows.update(done_at=at, done_by=by):
        raise Refused("state", "这一项已经有人做完，或者不在清单里。请看最新的清单。", field="duty")
    record(emergency, "tick", "做完", by=by, at=at, reason=duty.text)
    return emergency


@action
def outside(
    emergency: Emergency, *, by: User, at: datetime, service: str, words: str = "", expect: int | None = None
) -> Emergency:
    """外部报警: who outside was called, when, by whom. Raises Refused."""
    if service not in Service.values:
        raise Refused("missing", "请选报给了谁：119、110、120、电梯维保或其他。", field="service")
    PROCEDURE.check(fresh(emergency), "outside", by=by, at=at)
    words, label = words.strip()[:200], Service(service).label
    Outside.objects.create(emergency=emergency, service=service, words=words, called_at=at, called_by=by)
    record(emergency, "outside", f"已报 {label}", by=by, at=at, reason=words)
    return emergency


@action
def instruct(
    emergency: Emergency, *, by: User, at: datetime, words: str, expect: int | None = None
) -> Emergency:
    """记领导指示: what a leader ordered, added below what was ordered before. Raises Refused."""
    words = check_words(words, "words", "请写谁作了什么指示。", 500)
    fresh(emergency)
    before = f"{emergency.instruction}\n" if emergency.instruction else ""
    PROCEDURE.run(emergency, "instruct", by=by, at=at, reason=words, instruction=f"{before}{words}")
    return emergency


@action
def void(
    emergency: Emergency, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Emergency:
    """误报作废: nothing happened; everybody who was told hears that, and nothing is deleted. Raises Refused."""
    told = f"误报：{reason.strip()}"
    void_record(emergency, PROCEDURE, by=by, at=at, reason=reason, expect=expect, told=told)
    return emergency
