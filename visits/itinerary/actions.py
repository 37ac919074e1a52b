"""Writing the itinerary: drafted, edited as a whole, shifted on the day, shifted back, moved with the visit."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import Event, action, events_of, record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from visits.itinerary.drafting import draft_rows
from visits.itinerary.models import Item, Itinerary
from visits.itinerary.people import front_desk, knowing, shift_concerns
from visits.itinerary.policies import Rows, check_keeps, check_rows, check_shifts
from visits.itinerary.shifting import Moved, Shift, plan
from visits.tasks.models import Task
from visits.tasks.nudging import nudge, waiting

UNDO = timedelta(minutes=15)
INBOX = "/notices/"
COLUMNS = ("kind", "what", "start", "end", "place", "department", "person", "note", "fixed", "parallel")


@action
def draft(reception: Any, *, by: User, at: datetime) -> Itinerary:
    """The first itinerary, from dates, needs and arrangements; one that exists is left as it is."""
    found, made = Itinerary.objects.get_or_create(
        reception=reception, defaults={"created_at": at, "created_by": by}
    )
    if made:
        _write(found, draft_rows(reception), {})
        record(found, "create", "拟定日程", by=by, at=at, detail={"reception": reception.no})
    return found


@action
def begin(reception: Any, *, by: User, at: datetime) -> Itinerary:
    """An empty itinerary to write into, inside the action that does. Raises Refused (forbidden, state)."""
    check_keeps(reception, by)
    return Itinerary.objects.get_or_create(
        reception=reception, defaults={"created_at": at, "created_by": by}
    )[0]


@action
def redraft(itinerary: Itinerary, *, by: User, at: datetime, expect: int | None = None) -> Itinerary:
    """按需要重拟: the rows are thrown away for fresh ones. Raises Refused (forbidden, state, stale)."""
    reception = itinerary.reception
    check_keeps(reception, by)
    touch(itinerary, expect=expect)
    _write(itinerary, draft_rows(reception), {})
    record(reception, "itinerary", "重拟日程", by=by, at=at)
    return itinerary


@action
def save(itinerary: Itinerary, rows: Rows, *, by: User, at: datetime, expect: int | None = None) -> Itinerary:
    """Replace all rows. A row with the `id` of an old one whose start is unchanged keeps what was first planned.
    Raises Refused (forbidden, state, stale, missing, invalid)."""
    reception = itinerary.reception
    check_keeps(reception, by)
    check_rows(reception, rows)
    touch(itinerary, expect=expect)
    old = {item.pk: item for item in itinerary.items.all()}
    _write(itinerary, rows, old)
    record(reception, "itinerary", "修改日程", by=by, at=at, detail={"rows": len(rows)})
    return itinerary


def _write(itinerary: Itinerary, rows: Rows, old: dict[int, Item]) -> None:
    """The rows instead of those that were there."""
    itinerary.items.all().delete()
    made = []
    for row in rows:
        before = old.get(row.get("id") or 0)
        planned = before.planned_start if before and before.start == row["start"] else row["start"]
        made.append(Item(itinerary=itinerary, planned_start=planned, **{name: row[name] for name in COLUMNS if name in row}))  # fmt: skip
    Item.objects.bulk_create(made)


@action
def shift(itinerary: Itinerary, minutes: int, *, by: User, at: datetime, expect: int | None = None) -> Shift:
    """晚 (or, negative, 早) so many minutes: the rest of the day moves, what is fixed stays, due times that count from
    the arrival follow, those concerned are told once. Raises Refused (forbidden, state, stale, invalid)."""
    reception = itinerary.reception
    check_shifts(reception, by)
    touch(itinerary, expect=expect)
    found = plan(list(itinerary.items.select_related("person", "department__head")), minutes, at, reception)
    tasks = waiting(reception, at)
    detail = {
        "minutes": minutes,
        "items": [[one.item.pk, one.item.start, one.item.end] for one in found.touched],
        "tasks": [[task.pk, task.due_at] for task in tasks],
    }
    _place(found.touched)
    nudge(tasks, timedelta(minutes=minutes), at=at)
    record(reception, "shift", "日程顺延", by=by, at=at, reason=_said(found), detail=detail)
    _tell(reception, found, tasks, by, at)
    return found


def _place(rows: list[Moved]) -> None:
    for one in rows:
        Item.objects.filter(pk=one.item.pk).update(start=one.start, end=one.end)


def _said(found: Shift) -> str:
    """晚 20 分钟：会议洽谈 10:20、午餐 12:20；“午餐”…碰上."""
    rows = "、".join(f"{one.item} {local(one.start):%H:%M}" for one in found.moved)
    return "；".join([f"{found.label}：{rows}", *found.squeezes])


def _tell(reception: Any, found: Shift, tasks: list[Task], by: User, at: datetime) -> None:
    """Owners of what moved, host, companions, departments with tasks due before, applicant, front desk: once each."""
    people = shift_concerns(reception, found, tasks)
    desk = [person for person in front_desk(reception) if person not in people]
    insiders, others = knowing(reception, people)
    title, body = f"{reception.no} {reception.title}：日程{found.label}", _said(found)
    for told, url in ((insiders, f"{reception.get_absolute_url()}itinerary/"), (desk, INBOX)):
        tell([one for one in told if one.pk != by.pk], title=title, body=body, url=url, at=at, level="warn")
    # Who only has a part in a secret one hears that the time moved, not whose.
    plain = f"{reception.no}：日程{found.label}，请按新时间准备"
    tell([one for one in others if one.pk != by.pk], title=plain, url=INBOX, at=at, level="warn")


def undoable(reception: Any, at: datetime) -> Event | None:
    """The last shift, while it can still be taken back; None otherwise."""
    rows = events_of(reception).filter(verb__in=("shift", "unshift", "itinerary"))
    last = rows.last()
    return last if last and last.verb == "shift" and last.at > at - UNDO else None


@action
def unshift(itinerary: Itinerary, *, by: User, at: datetime, expect: int | None = None) -> None:
    """Take the last shift back within minutes: every item and due time stands as before. Raises Refused."""
    reception = itinerary.reception
    check_shifts(reception, by)
    last = undoable(reception, at)
    if last is None:
        raise Refused(
            "state", f"只有 {UNDO.seconds // 60} 分钟以内的顺延能撤回，之后请再顺延回去或编辑日程。"
        )
    touch(itinerary, expect=expect)
    items = {item.pk: item for item in itinerary.items.select_related("person", "department__head")}
    back = [
        Moved(items[pk], _time(start), _time(end)) for pk, start, end in last.detail["items"] if pk in items
    ]
    _place(back)
    tasks = list(Task.objects.open().filter(pk__in=[pk for pk, _ in last.detail["tasks"]]).select_related("department__head", "assignee"))  # fmt: skip
    minutes = last.detail["minutes"]
    nudge(tasks, timedelta(minutes=-minutes), at=at)
    record(reception, "unshift", "撤回顺延", by=by, at=at)
    _tell(reception, Shift(-minutes, back), tasks, by, at)


def _time(text: Any) -> datetime:
    return text if isinstance(text, datetime) else datetime.fromisoformat(str(text).replace("Z", "+00:00"))


@action
def move_days(reception: Any, delta: timedelta, *, by: User, at: datetime) -> int:
    """The whole itinerary follows a visit moved by `delta`, fixed items too: their trains are other trains then and are
    to be checked. Returns how many rows. Called when a change comes into force."""
    itinerary = Itinerary.objects.filter(reception=reception).first()
    if itinerary is None or not delta:
        return 0
    touch(itinerary)
    rows = list(itinerary.items.all())
    for item in rows:
        Item.objects.filter(pk=item.pk).update(
            start=item.start + delta, end=item.end + delta, planned_start=item.start + delta
        )
    record(
        reception, "itinerary", "日程随来访改期", by=by, at=at, detail={"seconds": int(delta.total_seconds())}
    )
    return len(rows)


@action
def follow_host(reception: Any, before: int | None, *, by: User, at: datetime) -> int:
    """What the host of until now (their key) has still to do in the itinerary is the new host's. Returns how many
    rows. Called when a change comes into force."""
    if before is None or before == reception.host_id:
        return 0
    itinerary = Itinerary.objects.filter(reception=reception).first()
    if itinerary is None:
        return 0
    rows = itinerary.items.filter(person=before, start__gt=at)
    count: int = rows.update(person=reception.host)
    if count:
        touch(itinerary)
        record(reception, "itinerary", "日程随主陪改人", by=by, at=at, detail={"rows": count})
    return count
