"""The readiness light: pure, from facts to a colour with what blocks and what would be nice to have."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reception.core.clock.periods import local
from visits.readiness.choices import Colour

SOON = timedelta(hours=24)  # from then on nobody waits any more: host, bookings
LAST = timedelta(hours=2)  # the decision to begin is asked


@dataclass(frozen=True)
class TaskFact:
    """One task that is not dropped. left: lines of its checklist (words, due_at or None) that nobody ticked."""

    duty: str
    who: str
    url: str
    due_at: datetime
    blocking: bool
    open: bool
    blocked: str = ""
    hurried: bool = False
    recheck: bool = False
    again_at: datetime | None = None
    left: tuple[tuple[str, datetime | None], ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the light is computed from. begun: the guests are here, only what they still need counts."""

    at: datetime
    arrive_at: datetime
    leave_at: datetime
    begun: bool = False
    tasks: tuple[TaskFact, ...] = ()
    roster_due: bool = False
    headcount: int = 0
    roster: int = 0
    host: str = ""
    host_read: bool = True
    unbooked: tuple[str, ...] = ()
    change: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that is missing: the sentence, where it is put right, and whether it makes the light red."""

    text: str
    url: str
    bad: bool = False


@dataclass(frozen=True)
class Light:
    """colour; blocks: what keeps the reception from beginning; nice: what would be better done; later: what has its
    hour still to come."""

    colour: Colour
    blocks: tuple[Line, ...] = ()
    nice: tuple[Line, ...] = ()
    later: tuple[Line, ...] = ()
    words: str = field(default="")

    @property
    def css(self) -> str:
        """The chip's tone."""
        return {Colour.GREEN: "ok", Colour.AMBER: "warn", Colour.RED: "bad"}[self.colour]


def light(facts: Facts) -> Light:
    """Red when something that blocks is late, stuck, or open in the last two hours; amber while something that blocks
    is open but in time, or something nice is late; green when nothing blocks."""
    blocks, nice, later = _of_tasks(facts)
    blocks += _of_reception(facts)
    bad = any(line.bad for line in blocks)
    amber = bool(blocks) or any(line.bad for line in nice)
    colour = Colour.RED if bad else Colour.AMBER if amber else Colour.GREEN
    return Light(colour, tuple(blocks), tuple(nice), tuple(later), _words(blocks, nice))


def _words(blocks: list[Line], nice: list[Line]) -> str:
    """堵点 3 项（1 项迟或受阻）·另有 2 项未办."""
    bad = sum(line.bad for line in blocks)
    said = f"堵点 {len(blocks)} 项" + (f"（{bad} 项迟了或受阻）" if bad else "") if blocks else "没有堵点"
    return f"{said}·另有 {len(nice)} 项未办" if nice else said


def _of_tasks(facts: Facts) -> tuple[list[Line], list[Line], list[Line]]:
    """(blocks, nice, later) of the tasks that belong before the horizon."""
    blocks: list[Line] = []
    nice: list[Line] = []
    later: list[Line] = []
    horizon = facts.leave_at if facts.begun else facts.arrive_at
    for task in facts.tasks:
        if task.due_at > horizon:
            continue
        found = _of_task(task, facts)
        (blocks if task.blocking else nice).extend(found)
        later += _ahead(task, facts.at)
    return blocks, nice, later


def _of_task(task: TaskFact, facts: Facts) -> list[Line]:
    """What is missing of one task now."""
    last = facts.arrive_at - facts.at <= LAST
    found = []
    if task.open:
        late = task.due_at < facts.at and not (task.hurried and not last)
        found.append(
            Line(
                f"{task.duty}（{task.who}）{_state(task, late, facts.at)}",
                task.url,
                late or last or bool(task.blocked),
            )
        )
    elif task.recheck:
        found.append(Line(f"{task.duty}（{task.who}）变更后还没有复核", task.url, last))
    if task.again_at and task.again_at <= facts.at:
        found.append(Line(f"{task.duty}（{task.who}）还没有再确认", task.url, True))
    due = [words for words, due_at in task.left if due_at and due_at <= facts.at]
    if due:
        found.append(Line(f"{task.duty}：{'、'.join(due)}还没有打勾", task.url, True))
    return found


def _state(task: TaskFact, late: bool, at: datetime) -> str:
    """受阻：差 1 间 / 迟了 / 25日 09:10 前."""
    if task.blocked:
        return f"受阻：{task.blocked}"
    if late:
        return "迟了"
    if task.hurried:
        return "时间紧，立即办"
    due = local(task.due_at)
    return f"{due.month}月{due.day}日 {due:%H:%M} 前"


def _ahead(task: TaskFact, at: datetime) -> list[Line]:
    """Timed lines and a reconfirmation whose hour is still to come."""
    found = [
        Line(f"{task.duty}：{words}，{local(due):%H:%M} 前", task.url)
        for words, due in task.left
        if due and due > at
    ]
    if task.again_at and task.again_at > at:
        found.append(Line(f"{task.duty}：{local(task.again_at):%H:%M} 前再确认", task.url))
    return found


def _of_reception(facts: Facts) -> list[Line]:
    """Roster, host, bookings, a change under way."""
    found = []
    ahead = facts.arrive_at - facts.at
    soon, last = ahead <= SOON, ahead <= LAST
    if facts.roster_due and facts.roster < facts.headcount:
        words = f"来宾名单 {facts.roster}/{facts.headcount} 人，贵宾、嘉宾要提前一天交全"
        found.append(Line(words, f"{facts.url}#guests", soon))
    if soon and not facts.begun and facts.host and not facts.host_read:
        found.append(Line(f"主陪{facts.host}还没有看简报", f"{facts.url}briefing/", last))
    if facts.unbooked and not facts.begun:
        found.append(Line(f"还没有订好：{'、'.join(facts.unbooked)}", facts.url, soon))
    if facts.change:
        found.append(Line(f"变更 {facts.change} 还没有批", facts.url, last))
    return found
