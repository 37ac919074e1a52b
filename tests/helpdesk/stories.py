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
from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from reception.core.clock.models import Clock
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
        """An order from the instant it was written, a call before."""
        return "repair" if self.order_at and self.order_at < moment and not self.returned else self.kind

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
    promised = [s for s in calls if (not s.order_at or s.returned) and inside(s.promise, start, end)]
    return {
        "phone": len(phones),
        "prompt": share([s.rings < 4 for s in phones if s.rings]),
        "replied": share([bool(s.answered and s.answered <= s.promise) for s in promised]),
    }


def recount_orders(stories: list[Story], start: datetime, end: datetime) -> dict[str, Any]:
    due = [p for s in stories for p in s.promises() if inside(p[0], start, end) and p[2] is not None]
    stand = [s for s in stories if not s.struck(end)]
    done = [s for s in stand if inside(s.times.get("finished"), start, end)]
    slips = [s for s in stand if inside(s.times.get("slip"), start, end)]
    return {
        "on_time": share([bool(kept) for _, agreed, kept in due if not agreed]),
        "kept": share([bool(kept) for _, agreed, kept in due if agreed]),
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
    Clock.objects.bulk_create(clock for story, order in pairs for clock in clock_rows(story, order))
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


def clock_rows(story: Story, order: Repair) -> list[Clock]:
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
        Clock(
            subject_kind="helpdesk.repair", subject_id=order.pk, subject_no=order.no, title="", url="/", rule="repair.arrive",
            round=number, owner=order.repairer, started_at=begun, due_at=due, stopped_at=stopped,
            breached_at=due if stopped and stopped > due else None,
        )
        for number, (begun, due, stopped) in enumerate(rounds, 1)
    ]  # fmt: skip


def event_row(story: Story, order: Repair, seq: int, by: Any) -> Event:
    verb = "dispatch" if "dispatched" in story.times else "record"
    return Event(
        seq=seq, at=order.created_at, actor=by, actor_name="林晓雯", subject_kind="helpdesk.repair", subject_id=order.pk,
        subject_no=order.no, verb=verb, label=verb, detail={"agreed": story.agreed is not None}, salt="", content="", prev="", digest="",
    )  # fmt: skip
