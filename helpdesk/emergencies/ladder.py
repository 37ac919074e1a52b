"""Whom an emergency is reported to: everybody at once, and without an answer one level up every N minutes (D4.4.4).

The ladder is data: the steps of the rule `emergency.ack`, per cent by per cent of N minutes. The lowest is level
one. Wall-clock time: it runs day and night and is never paused.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from helpdesk.cases.models import limit_of
from helpdesk.emergencies.models import Alert, Emergency
from helpdesk.emergencies.queries import ACK, MINUTES
from reception.core.clock import restart, start
from reception.core.clock.ladder import Rung, rungs
from reception.core.clock.models import Clock
from reception.core.ledger import record
from reception.core.notices import tell
from reception.core.people.models import User

ANSWER = "确认收到"


def patience() -> timedelta:
    """How long one level is waited for: N minutes of ClockRule `emergency.ack`."""
    return limit_of(ACK, MINUTES)


def levels() -> list[tuple[str, ...]]:
    """The roles of each level, the lowest first."""
    found = [tuple(name for name in rung.audiences if name != "owner") for rung in rungs(ACK)]
    return [roles for roles in found if roles]


def people() -> list[tuple[User, int]]:
    """Everybody on the ladder with the level they stand on; who stands on several counts on the lowest."""
    found: dict[int, tuple[User, int]] = {}
    for level, roles in enumerate(levels(), 1):
        for user in User.objects.in_role(*roles).order_by("pk"):
            found.setdefault(user.pk, (user, level))
    return list(found.values())


def alarm(emergency: Emergency, *, at: datetime, without: User) -> int:
    """Tell the whole ladder at once and start the clock; returns how many were told. Only inside an action.

    without: who raised it knows already and is waited for by nobody.
    """
    told = [(user, level) for user, level in people() if user.pk != without.pk]
    Alert.objects.bulk_create(
        Alert(emergency=emergency, person=user, name=str(user), level=level, told_at=at)
        for user, level in told
    )
    ring(emergency, [user for user, _ in told], at=at, words=f"突发 {emergency.no} {emergency.title}")
    if told:
        first = min(level for _, level in told)
        Emergency.objects.filter(pk=emergency.pk).update(level=first)
        emergency.level = first
        start(emergency, ACK, at=at, due_at=at + patience())
    return len(told)


def ring(emergency: Emergency, users: Iterable[User], *, at: datetime, words: str) -> None:
    """An urgent line in each inbox, with the button that confirms it."""
    url = emergency.get_absolute_url()
    tell(
        users,
        title=words,
        url=url,
        at=at,
        level="urgent",
        body=emergency.place,
        answer=(ANSWER, f"{url}acknowledge/"),
    )


def climb(clock: Clock, rung: Rung, at: datetime) -> None:
    """Nobody answered for N minutes: the next level takes over, at the top everybody is told again, and again.

    Runs in the sweep's claim, so that any number of workers climb each step once.
    """
    emergency = Emergency.objects.get(pk=clock.subject_id)
    waiting = list(emergency.alerts.filter(acknowledged_at__isnull=True).select_related("person"))
    above = sorted({alert.level for alert in waiting if alert.level > emergency.level})
    level, highest = (above[0], False) if above else (emergency.level, True)
    # One level up is told; at the top there is nobody above, so everybody is.
    called = [alert for alert in waiting if highest or alert.level == level]
    Emergency.objects.filter(pk=emergency.pk).update(level=level)
    Alert.objects.filter(pk__in=[alert.pk for alert in called]).update(times=F("times") + 1)
    minutes = int((at - emergency.created_at) / timedelta(minutes=1))
    words = f"{emergency.no} {emergency.title}：{minutes} 分钟无人确认，" + (
        "再次通知全部" if highest else f"已报到第 {level} 级，请您接手"
    )
    ring(emergency, [alert.person for alert in called], at=at, words=words)
    names = [alert.name for alert in called]
    record(emergency, "escalate", "无人确认，升级", by=None, at=at, detail={"level": level, "told": names})
    # The next level is waited for as long again, whatever the number of steps in the table.
    restart(emergency, ACK, at=at, due_at=at + patience())
