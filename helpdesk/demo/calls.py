"""What comes in over three months: how often, by whom, about what."""

from datetime import datetime, timedelta
from typing import Any

from helpdesk.demo import words
from helpdesk.demo.alarms import Alarms
from helpdesk.demo.complaints import Complaints
from helpdesk.demo.enquiries import Enquiries
from helpdesk.demo.orders import Order
from helpdesk.demo.story import Story
from helpdesk.directory.models import Resident
from helpdesk.log.actions import complain, convert, record_call, reply_close
from helpdesk.log.models import Call
from helpdesk.log.taking import take_enquiry
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import open_order
from reception.core.clock.periods import local

DAYS = 91
CASES = timedelta(days=45)  # complaints since then have their own record
HOURS = (
    7.3,
    8,
    8.5,
    9,
    9.2,
    9.5,
    10,
    10.4,
    11,
    11.5,
    12.5,
    13.5,
    14,
    14.4,
    15,
    15.6,
    16.5,
    17.5,
    18.3,
    19.2,
    20.5,
    22,
)


class Desk:
    """The desk's days: calls, and the orders they become."""

    def __init__(
        self,
        story: Story,
        residents: list[Resident],
        alarms: Alarms,
        complaints: Complaints,
        enquiries: Enquiries,
    ) -> None:
        self.story, self.people = story, residents
        self.alarms, self.complaints, self.enquiries = alarms, complaints, enquiries

    def fill(self, days: int) -> None:
        """Put the calls of `days` days and today into the story, the last ones a little before its end."""
        story = self.story
        for day in range(-days, 1):
            start = story.hour(story.until, 0, day)
            busy = 3.9 if local(start).weekday() < 5 else 2.6
            for _ in range(round(story.rng.gauss(busy, 1.3)) if day else 9):
                when = start + timedelta(hours=story.rng.choice(HOURS)) + story.minutes(0, 45)
                # Today's are over by now: what is open today is told by `today`.
                if when < story.until - timedelta(hours=0 if day else 3):
                    story.then(when, self.ring)

    def ring(self, at: datetime) -> None:
        """One call."""
        story = self.story
        kinds, shares = zip(*words.SHARES, strict=True)
        kind = story.rng.choices(kinds, shares)[0]
        if kind == "repair":
            self.repair(at)
        else:
            self.other(at, kind)

    def caller(self) -> dict[str, Any]:
        """Who calls, from where, and how soon the telephone was picked up (C6)."""
        story = self.story
        one = story.rng.choice(self.people[:-2])
        channel = story.rng.choices(("phone", "visit", "wechat"), (86, 8, 6))[0]
        heard: dict[str, Any] = {
            "resident": one, "caller_name": one.name, "caller_title": one.title, "company": one.company,
            "unit": one.unit, "channel": channel, "number": number_of(one), "repeated": story.chance(80),
        }  # fmt: skip
        if channel == "phone":
            heard["rings"] = story.rng.choices((1, 2, 3, 4, 5, 7), (24, 44, 26, 3, 2, 1))[0]
            heard["rings_reason"] = story.rng.choice(words.SLOW) if heard["rings"] > 3 else ""
        return heard

    def repair(self, at: datetime) -> None:
        """A call that becomes an order at once, inside a unit or in the public area."""
        story, heard = self.story, self.caller()
        place, trouble = "", story.rng.choice(words.INSIDE)
        if story.chance(22):
            place, trouble = story.rng.choice(words.PUBLIC)
            heard |= {"unit": None, "place": place}
        call = record_call(by=story.clerk(at), at=at, kind="repair", content=trouble.say, **heard)
        urgency = story.rng.choices(("urgent", "normal", "planned"), (15, 80, 5))[0]
        order = convert(call, by=story.clerk(at), at=at, urgency=urgency, important=story.chance(2))
        Order(story, order, trouble, self.again).begin(at)

    def again(self, first: Repair, closed_at: datetime) -> None:
        """返修: some things break again within the month."""
        story = self.story
        if first.origin_id is None and story.chance(5):
            story.then(
                closed_at + timedelta(days=story.rng.randint(2, 20)), lambda at: self.rework(first, at)
            )

    def rework(self, first: Repair, at: datetime) -> None:
        """The same trouble at the same place, linked to the first order."""
        order = open_order(
            by=self.story.clerk(at), at=at, content=f"{first.content}（上次修过）"[:200], reporter=first.reporter,
            phone=first.phone, unit=first.unit, place=first.place, category=first.category, origin=first,
        )  # fmt: skip
        every = [*words.INSIDE, *(trouble for _, trouble in words.PUBLIC)]
        trouble = next((one for one in every if one.say == first.content), words.INSIDE[0])
        Order(self.story, order, trouble).begin(at)

    def other(self, at: datetime, kind: str) -> None:
        """An enquiry, a complaint …: answered on the line, promised for later, or looked into."""
        story = self.story
        say, answer = story.rng.choice(words.CALLS[kind])
        heard: Any = self.caller() | {"kind": kind, "content": say}
        if kind == "emergency":
            call = record_call(by=story.clerk(at), at=at, **heard)
            story.look()
            self.alarms.live_through(call.emergencies.get(), at)
            return
        if kind == "complaint" and at > story.until - CASES:
            call = record_call(by=story.clerk(at), at=at, handling="先登记，待处理", **heard)
            case = complain(call, by=story.clerk(at), at=at, courtesy=story.rng.choice(("apology", "both")))
            story.look()
            self.complaints.live_through(case, at)
            return
        quick = {"praise": 95, "transfer": 90, "enquiry": 68, "help": 45, "advice": 40}.get(kind, 10)
        if story.chance(quick):
            record_call(by=story.clerk(at), at=at, reply=answer, handling="当场答复", **heard)
            return
        wait = story.minutes(20, 200)
        if story.chance(55):
            heard["reply_due_at"] = at + story.rng.choice((60, 120, 180)) * timedelta(minutes=1)
            wait = (heard["reply_due_at"] - at) * story.rng.uniform(0.3, 1.12)
        # What is still open now is told by `today`.
        back = min(at + wait, max(at, story.until - timedelta(minutes=10)))
        heard["handling"] = "请有关部门核实后答复"
        if kind == "enquiry":
            self.enquiries.live_through(take_enquiry(by=story.clerk(at), at=at, heard=heard), answer, back)
            story.look()
            return
        call = record_call(by=story.clerk(at), at=at, **heard)
        story.look()
        story.then(back, lambda when: self.answer(call, answer, when))

    def answer(self, call: Call, words_said: str, at: datetime) -> None:
        """The call back."""
        reply_close(call, by=self.story.clerk(at), at=at, reply=words_said)


def number_of(one: Resident) -> str:
    """The first number of a resident, from what was prefetched when the story began."""
    return one.phones.all()[0].number
