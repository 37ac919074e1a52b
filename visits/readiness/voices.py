"""What the clocks of tasks say: two hours before the arrival, a timed line, a reconfirmation."""

from datetime import datetime

from reception.core.clock.models import Clock
from reception.core.clock.voices import Said, voice
from reception.core.people.models import User
from visits.readiness.choices import Colour
from visits.readiness.facts import light_of
from visits.requests.choices import Status
from visits.requests.models import Reception
from visits.tasks.choices import AGAIN_RULE, CHECK_RULE, GO_RULE

MOST = 8  # lines of a notice


@voice(GO_RULE)
def say_go(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """Half of the time: to the responsible department, the reception manager and the host, whether it can begin or what
    blocks. Later: that nobody has decided."""
    rows = Reception.objects.select_related("tier", "host", "department__head", "applicant")
    reception = rows.filter(pk=clock.subject_id, status=Status.PREPARING).first()
    if reception is None:
        return Said([], "")
    head = f"{reception.no} {reception.title}"
    if percent >= 100:
        return Said(
            [*people, *_side(reception)], f"{head}：客人到达时间已到，还没有人决定能否开始", level="urgent"
        )
    if percent > 50:
        return Said([*people, *_side(reception)], f"{head}：一小时后到达，还没有人决定能否开始")
    host = [reception.host] if reception.host else []
    found = light_of(reception, at)
    if found is None or found.colour == Colour.GREEN or not found.blocks:
        return Said(
            [*people, *_side(reception), *host],
            f"{head}：两小时后到达，可以开始，请接待经理确认",
            level="info",
        )
    lines = [line.text for line in found.blocks]
    more = [f"还有 {len(lines) - MOST} 项"] if len(lines) > MOST else []
    return Said(
        [*people, *_side(reception), *host], f"{head}：两小时后到达，还有 {len(lines)} 项堵点",
        body="\n".join([*lines[:MOST], *more]), level="urgent",
    )  # fmt: skip


def _side(reception: Reception) -> list[User]:
    """The responsible department's head and the applicant."""
    head = reception.department.head if reception.department else None
    return [person for person in (head, reception.applicant) if person]


@voice(CHECK_RULE)
def say_check(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """A line of a checklist that has a time of its own."""
    state = "到点了，还没有打勾" if percent >= 100 else "快到时间了，做好请打勾"
    return Said(
        people, f"{clock.subject_no} {clock.title}：{state}", level="urgent" if percent >= 100 else "warn"
    )


@voice(AGAIN_RULE)
def say_again(clock: Clock, percent: int, people: list[User], at: datetime) -> Said:
    """再确认: asked an hour before it is due, then missed."""
    state = "还没有再确认，请马上核对" if percent >= 100 else "请再确认一次"
    return Said(
        people, f"{clock.subject_no} {clock.title}：{state}", level="urgent" if percent >= 100 else "warn"
    )
