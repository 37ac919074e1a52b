"""Histories as plain stories, the rows they leave, and a recount that knows only the stories.

The recount shares nothing with helpdesk.report: it walks every story with loops, dates and lists, so that
an error would have to be made twice, in two ways.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

from helpdesk.cases.models import Category
from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.models import Alert, Emergency
from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Repair
from reception.core.clock.models import Clock, Hold
from reception.core.ledger.models import Event
from tests.factories.helpdesk import make_unit

CHINA = timezone(timedelta(hours=8))
HALF_HOUR, MONTH = timedelta(minutes=30), timedelta(days=30)
STEPS = ("dispatched", "acknowledged", "arrived", "finished", "slip", "revisited", "closed")
STATUS = ("waiting", "handed", "acknowledged", "arrived", "finished", "slip_back", "revisited", "closed")


@dataclass
class Story:
    """One matter: a call, an order, or a call that became an order `order_after` it came in.

    times: what happened to the order; agreed: the limit if another than half an hour; moved: (when, new limit)
    of a 改约 on the way; ending: "", "cancelled" or "forced" at `ended`. voided: when the order, or the call alone,
    was struck out; an open order gives the matter back to its call.

    case: what the call led to at `case_at` (complaint, emergency, advice, enquiry), until it was struck out; backs: the
    calls back that were promised there: (made, due, how it ended, when). finish_in: the time for the work from the
    arrival, on the wall clock; hold: from when to when it was paused.
    """

    at: datetime
    kind: str = "enquiry"
    channel: str = "phone"
    rings: int | None = None
    promise: datetime | None = None
    answered: datetime | None = None
    is_call: bool = True
    order_at: datetime | None = None
    times: dict[str, datetime] = field(default_factory=dict)
    agreed: datetime | None = None
    moved: tuple[datetime, datetime] | None = None
    ending: str = ""
    ended: datetime | None = None
    score: int | None = None
    person: int = 0
    room: int = 0
    what: int = 0
    rework: bool = False
    voided: datetime | None = None
    case: str = ""
    case_at: datetime | None = None
    case_voided: datetime | None = None
    backs: list[tuple[datetime, datetime, str, datetime | None]] = field(default_factory=list)
    finish_in: timedelta | None = None
    hold: tuple[datetime, datetime | None] | None = None

    # --- the recount -------------------------------------------------------------------------------------------

    @property
    def returned(self) -> bool:
        """Whether the call is the matter again: its order was struck out while it was open."""
        ended = self.ended or self.times.get("closed")
        return bool(self.voided and self.is_call and self.order_at and ended is None)

    def struck(self, moment: datetime) -> bool:
        """Whether the record was struck out before `moment`."""
        return self.voided is not None and self.voided < moment

    def over_at(self) -> datetime | None:
        """When it was closed or cancelled."""
        return (self.ended or self.times.get("closed")) if self.order_at else self.answered

    def state(self, moment: datetime) -> str:
        """absent, open, closed or void just before `moment`."""
        over = None if self.returned else self.over_at()
        if not self.at < moment:
            return "absent"
        if self.struck(moment) and not self.returned:
            return "void"
        if over is None or not over < moment:
            return "open"
        return "void" if self.ending == "cancelled" else "closed"

    def kind_at(self, moment: datetime) -> str:
        """An order or a case from the instant it was written, a call before."""
        if self.case_stands(moment):
            return self.case
        return "repair" if self.order_at and self.order_at < moment and not self.returned else self.kind

    def case_stands(self, moment: datetime) -> bool:
        """Whether what the call led to was written before `moment` and not struck out before it."""
        if not self.case or not self.case_at < moment:
            return False
        return self.case_voided is None or self.case_voided >= moment

    def finish(self, moment: datetime) -> tuple[datetime, bool] | None:
        """(limit of the work, kept) as it stood at `moment`; None when there is none, or it was lifted or on hold."""
        came, done = self.times.get("arrived"), self.times.get("finished")
        if not came or self.finish_in is None:
            return None
        limit = came + self.finish_in
        if self.hold and self.hold[0] <= limit and self.hold[0] < moment:
            if self.hold[1] is None or self.hold[1] >= moment:
                return None
            limit += self.hold[1] - self.hold[0]
        over = self.ended or self.voided
        if not done and over and over <= limit:
            return None
        return limit, bool(done and done <= limit)

    def promises(self) -> list[tuple[datetime, bool, bool | None]]:
        """(limit, agreed, kept — None when it was lifted in time) of each round."""
        sent, came = self.times.get("dispatched"), self.times.get("arrived")
        if not sent:
            return []
        ended = self.ended or self.voided
        first = (self.agreed or sent + HALF_HOUR, self.agreed is not None)
        if not self.moved:
            return [(*first, self.verdict(first[0], came, ended))]
        when, then = self.moved
        return [
            (*first, None if when <= first[0] else False),
            (then, True, self.verdict(then, came, ended)),
        ]

    @staticmethod
    def verdict(limit: datetime, came: datetime | None, ended: datetime | None) -> bool | None:
        if came:
            return came <= limit
        return None if ended and ended <= limit else False


def day(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y%m%d")


def inside(moment: datetime | None, start: datetime, end: datetime) -> bool:
    return moment is not None and moment >= start and moment < end


def recount(stories: list[Story], start: datetime, end: datetime) -> dict[str, Any]:
    """Every figure of [start, end): numbers, and (part, base) for rates."""
    n: Counter[str] = Counter()
    for story in stories:
        before, after = story.state(start), story.state(end)
        if after == "absent" or before in ("closed", "void"):
            continue
        n["carried"] += before == "open"
        came = before == "absent"
        again = story.rework and story.order_at < end and not story.returned
        n["again" if again else "fresh"] += came
        n["received"] += came
        n["left"] += after == "open"
        n["closed"] += after == "closed"
        n["void"] += after == "void"
        n["repairs"] += came and story.kind_at(end) == "repair"
        n["complaints"] += came and story.kind_at(end) == "complaint"
        n["same_day"] += came and after == "closed" and day(story.at) == day(story.over_at())
    found: dict[str, Any] = {name: n[name] for name in COUNTS}
    found["done"] = (n["closed"], n["carried"] + n["received"] - n["void"])
    found["same_day"] = (n["same_day"], n["received"])
    return found | recount_calls(stories, start, end) | recount_orders(stories, start, end)


COUNTS = ("received", "repairs", "complaints", "carried", "fresh", "again", "closed", "void", "left")


def share(flags: list[bool]) -> tuple[int, int]:
    return (len([flag for flag in flags if flag]), len(flags))


def recount_calls(stories: list[Story], start: datetime, end: datetime) -> dict[str, Any]:
    calls = [s for s in stories if s.is_call and (s.order_at or not s.struck(end))]
    phones = [s for s in calls if s.channel == "phone" and inside(s.at, start, end)]
    promised = [
        s
        for s in calls
        if (not s.order_at or s.returned)
        and inside(s.promise, start, end)
        and not (s.case_stands(end) and any(made <= s.promise for made, *_ in s.backs))
    ]
    kept = [bool(s.answered and s.answered <= s.promise) for s in promised]
    for story in stories:
        for _, due, how, ended in story.backs if story.case_stands(end) else ():
            in_time = ended is not None and ended <= due
            if inside(due, start, end) and (how == "done" or not in_time):
                kept.append(in_time)
    alarms = [s for s in stories if s.case == "emergency" and s.case_stands(end) and s.case_at >= start]
    return {
        "first_report": (int(sum((s.case_at - s.at).total_seconds() for s in alarms)), len(alarms)),
        "phone": len(phones),
        "prompt": share([s.rings < 4 for s in phones if s.rings]),
        "replied": share(kept),
    }


def recount_orders(stories: list[Story], start: datetime, end: datetime) -> dict[str, Any]:
    due = [p for s in stories for p in s.promises() if inside(p[0], start, end) and p[2] is not None]
    stand = [s for s in stories if not s.struck(end)]
    done = [s for s in stand if inside(s.times.get("finished"), start, end)]
    work = [limit for s in stories if (limit := s.finish(end)) and inside(limit[0], start, end)]
    slips = [s for s in stand if inside(s.times.get("slip"), start, end)]
    return {
        "on_time": share([bool(kept) for _, agreed, kept in due if not agreed]),
        "kept": share([bool(kept) for _, agreed, kept in due if agreed]),
        "finished": share([kept for _, kept in work]),
        "rework": (sum(came_back(s, stories, start, end) for s in stories), len(done)),
        "slips": share(["slip" in s.times and s.times["slip"] < end for s in done]),
        "revisits": share(["revisited" in s.times and s.times["revisited"] < end for s in slips]),
        "satisfied": share([s.score > 3 for s in done if s.score]),
    }


def came_back(one: Story, stories: list[Story], start: datetime, end: datetime) -> bool:
    """Whether an order written in the period repeats what was finished at its place in the thirty days before."""
    if not inside(one.order_at, start, end) or one.state(end) == "void" or one.struck(end):
        return False
    for other in stories:
        finished = other.times.get("finished")
        same = (other.room, other.what) == (one.room, one.what)
        if finished and same and not other.struck(end) and timedelta(0) <= one.order_at - finished <= MONTH:
            return True
    return False


# --- the rows --------------------------------------------------------------------------------------------------


def write(stories: list[Story], cast: SimpleNamespace, first: int = 0) -> None:
    """The rows that the stories leave, numbered from `first`; a few inserts for any number."""
    people = [cast.repairer, cast.repairer2]
    kinds = list(Category.objects.filter(kind="repair", parent__isnull=False).order_by("pk")[:2])
    units = [make_unit("3栋1202"), make_unit("5栋501")]
    by = cast.clerk
    calls = {
        number: call_row(story, number, by) for number, story in enumerate(stories, first) if story.is_call
    }
    Call.objects.bulk_create(calls.values())
    pairs = [
        (
            story,
            order_row(
                story,
                number,
                by,
                people[story.person],
                units[story.room],
                kinds[story.what],
                calls.get(number),
            ),
        )
        for number, story in enumerate(stories, first)
        if story.order_at
    ]
    Repair.objects.bulk_create(order for _, order in pairs)
    origin = next((order for story, order in pairs if not story.rework), None)
    Repair.objects.filter(pk__in=[order.pk for story, order in pairs if story.rework]).update(origin=origin)
    clocks = [
        clock for story, order in pairs for clock in (*clock_rows(story, order), *finish_rows(story, order))
    ]
    Clock.objects.bulk_create(one for one, _ in clocks)
    Hold.objects.bulk_create(
        Hold(clock=one, paused_at=hold[0], resumed_at=hold[1], resumed_by=by) for one, hold in clocks if hold
    )
    write_cases(
        [(story, calls[number], number) for number, story in enumerate(stories, first) if story.case], cast
    )
    Event.objects.bulk_create(
        event_row(story, order, 1_000_000 + first + i, by) for i, (story, order) in enumerate(pairs)
    )


def call_row(story: Story, number: int, by: Any) -> Call:
    answer = {
        "reply": "已答复",
        "replied_at": story.answered,
        "replied_by": by,
        "closed_at": story.answered,
        "closed_by": by,
    }
    status = "converted" if story.order_at else "closed" if story.answered else "open"
    status = "led_on" if story.case and not story.case_voided and status == "open" else status
    if story.voided:
        status = status if story.order_at else "void"
        status = "open" if story.returned else status
    return Call(
        no=f"DH-{number}", created_at=story.at, created_by=by, recorded_at=story.at, recorder=by, recorder_name="林晓雯",
        channel=story.channel, rings=story.rings, rings_reason="占线", caller_name="周", kind=story.kind, content="问事",
        number="13800138000", reply_due_at=story.promise, status=status,
        **(answer if story.answered and not story.order_at else {}), **({} if story.order_at else struck_row(story, by)),
    )  # fmt: skip


def struck_row(story: Story, by: Any) -> dict[str, Any]:
    return {"void_at": story.voided, "void_by": by, "void_reason": "重复"} if story.voided else {}


def order_row(
    story: Story, number: int, by: Any, person: Any, unit: Any, category: Category, call: Call | None
) -> Repair:
    steps = [step for step in STEPS if step in story.times]
    fields: dict[str, Any] = {}
    for step in steps:
        fields |= {f"{step}_at": story.times[step], f"{step}_by": by}
    if "acknowledged" in story.times:
        fields |= {"signed_at": story.times["acknowledged"], "signed_by": by}
    if "dispatched" in story.times:
        limit = story.moved[1] if story.moved else story.agreed or story.times["dispatched"] + HALF_HOUR
        fields |= {
            "handed_at": story.times["dispatched"],
            "handed_by": by,
            "arrive_due_at": limit,
            "repairer": person,
        }
    if story.agreed or story.moved:
        fields |= {"agreed": True, "agreed_reason": "另约", "agreed_with": "周"}
    status = STATUS[len(steps)]
    if story.ending == "cancelled":
        status, fields = "cancelled", fields | {"cancelled_at": story.ended, "cancelled_by": by}
    if story.ending == "forced":
        status, fields = (
            "closed",
            fields | {"closed_at": story.ended, "closed_by": by, "force_reason": "联系不上"},
        )
    if story.voided:
        status, fields = "void", fields | struck_row(story, by)
    return Repair(
        no=f"WX-{number}", created_at=story.order_at, created_by=by, status=status, recorder_name="林晓雯", kind="unit", unit=unit, place=unit.label,
        call=call, reporter="周", phone="13800138000", content="=漏水", category=category, trade=category.trade, score=story.score,
        measures="修好", signed_name="周", close_word="好", **fields,
    )  # fmt: skip


def write_cases(led: list[tuple[Story, Call, int]], cast: SimpleNamespace) -> None:
    """What calls led to, the calls back promised there, and who was told of an emergency at once."""
    for story, call, number in led:
        common = {
            "call": call,
            "created_at": story.case_at,
            "created_by": cast.clerk,
            "recorder_name": "林晓雯",
            "content": "问事",
        }
        if story.case_voided:
            common |= {
                "status": "void",
                "void_at": story.case_voided,
                "void_by": cast.clerk,
                "void_reason": "重复",
            }
        match story.case:
            case "complaint":
                Complaint.objects.create(no=f"TS-{number}", customer="周", courtesy="apology", **common)
            case "advice":
                Matter.objects.create(no=f"QT-{number}", kind="advice", reporter="周", **common)
            case "emergency":
                made = Emergency.objects.create(no=f"TF-{number}", reporter="周", **common)
                Alert.objects.create(
                    emergency=made, person=cast.manager, name="经理", level=1, told_at=story.case_at
                )
            case "enquiry":
                write_enquiry(story, number, common)


def write_enquiry(story: Story, number: int, common: dict[str, Any]) -> None:
    by = common["created_by"]
    made = Enquiry.objects.create(no=f"CX-{number}", customer="周", **common)
    CallBack.objects.bulk_create(
        CallBack(enquiry=made, contact="1380", made_at=at, made_by=by, due_at=due, outcome=how, ended_at=ended,
                 ended_by=by if ended else None)
        for at, due, how, ended in story.backs
    )  # fmt: skip


def finish_rows(story: Story, order: Repair) -> list[tuple[Clock, tuple | None]]:
    """The clock of the work with its pause, as the application would leave them."""
    came, done = story.times.get("arrived"), story.times.get("finished")
    if not came or story.finish_in is None:
        return []
    due, stop = came + story.finish_in, done or story.ended or story.voided
    held = story.hold and story.hold[0] <= due
    if held and story.hold[1]:
        due += story.hold[1] - story.hold[0]
    paused = story.hold[0] if story.hold and not story.hold[1] else None
    late = stop and stop > due and not (held and paused)
    clock = Clock(
        subject_kind="helpdesk.repair", subject_id=order.pk, subject_no=order.no, title="", url="/", rule="repair.finish",
        owner=order.repairer, started_at=came, due_at=due, stopped_at=stop, paused_at=paused, breached_at=due if late else None,
    )  # fmt: skip
    return [(clock, story.hold)]


def clock_rows(story: Story, order: Repair) -> list[tuple[Clock, None]]:
    if "dispatched" not in story.times:
        return []
    stop = story.times.get("arrived") or story.ended or story.voided
    sent = story.times["dispatched"]
    limit = story.agreed or sent + HALF_HOUR
    rounds = (
        [(sent, limit, story.moved[0]), (story.moved[0], story.moved[1], stop)]
        if story.moved
        else [(sent, limit, stop)]
    )
    return [
        (Clock(
            subject_kind="helpdesk.repair", subject_id=order.pk, subject_no=order.no, title="", url="/", rule="repair.arrive",
            round=number, owner=order.repairer, started_at=begun, due_at=due, stopped_at=stopped,
            breached_at=due if stopped and stopped > due else None,
        ), None)
        for number, (begun, due, stopped) in enumerate(rounds, 1)
    ]  # fmt: skip


def event_row(story: Story, order: Repair, seq: int, by: Any) -> Event:
    verb = "dispatch" if "dispatched" in story.times else "record"
    return Event(
        seq=seq, at=order.created_at, actor=by, actor_name="林晓雯", subject_kind="helpdesk.repair", subject_id=order.pk,
        subject_no=order.no, verb=verb, label=verb, detail={"agreed": story.agreed is not None}, salt="", content="", prev="", digest="",
    )  # fmt: skip
