"""The life of a repair order, from the dispatch to the customer's word, with everything that goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from helpdesk.demo import words
from helpdesk.demo.pictures import photograph
from helpdesk.demo.story import MINUTE, Story
from helpdesk.repairs import actions
from helpdesk.repairs.choices import Status
from helpdesk.repairs.models import Repair
from reception.core.people.models import User


@dataclass
class Order:
    """One order of the story; its steps schedule one another."""

    story: Story
    order: Repair
    trouble: words.Trouble
    after: Callable[[Repair, datetime], None] | None = None

    def begin(self, at: datetime) -> None:
        """What follows the report at `at`."""
        story = self.story
        if story.chance(2):
            return story.then(at + story.minutes(2, 9), self.cancel)
        return story.then(at + story.minutes(0.5, 5), self.dispatch)

    def cancel(self, at: datetime) -> None:
        """The customer does not need it any more."""
        reason = self.story.rng.choice(words.CANCELLED)
        actions.cancel(self.order, by=self.story.clerk(at), at=at, reason=reason)

    def dispatch(self, at: datetime) -> None:
        """At once, or at the time the customer wants."""
        story = self.story
        self.by = story.cast.assistant if story.chance(55) else story.clerk(at)
        agreed: dict[str, Any] = {}
        if not self.order.agreed and story.chance(15):
            agreed = self.appointment(at, at + timedelta(hours=3))
            agreed["agreed_reason"] = story.rng.choice(words.AGREED)
        actions.dispatch(self.order, by=self.by, at=at, repairer=self.person(), **agreed)
        story.look()
        story.then(at + story.minutes(1, 6), self.acknowledge)

    def appointment(self, at: datetime, earliest: datetime) -> dict[str, Any]:
        """The next usual slot: this evening, tomorrow morning."""
        slots = [self.story.hour(at, hour, days) for days in (0, 1) for hour in (10, 14.5, 18.5)]
        return {
            "appoint_at": next(slot for slot in slots if slot >= earliest),
            "agreed_with": self.order.reporter,
        }

    def person(self) -> User:
        """A repairer of the order's trade, sometimes of another."""
        cast, trade = self.story.cast, self.order.trade
        people = [one for one in (cast.repairer, cast.repairer2, cast.repairer3) if one.trade == trade]
        return self.story.rng.choice(people or [cast.repairer3])

    def hand(self) -> User:
        """The repairer who has it."""
        assert self.order.repairer
        return self.order.repairer

    def acknowledge(self, at: datetime) -> None:
        """The signature; then the way there, which may be long."""
        story, order = self.story, self.order
        if story.chance(4):
            return self.reassign(at)
        actions.acknowledge(order, by=self.hand(), at=at)
        if story.chance(4):
            return story.then(at + story.minutes(10, 45), self.rearrange)
        return story.then(self.arrival(at), self.arrive)

    def arrival(self, at: datetime) -> datetime:
        """When the repairer is there: mostly in time."""
        story, due = self.story, self.order.arrive_due_at
        if story.chance(9):
            return max(at + MINUTE, due + story.minutes(2, 38))
        early = story.minutes(1, 15) if self.order.agreed else story.minutes(2, 20)
        return max(at + MINUTE, due - early)

    def reassign(self, at: datetime) -> None:
        """To another repairer; the clock runs on."""
        story, order = self.story, self.order
        other = next(
            one
            for one in (story.cast.repairer2, story.cast.repairer, story.cast.repairer3)
            if one.pk != order.repairer_id
        )
        actions.reassign(order, by=self.by, at=at, repairer=other, reason=story.rng.choice(words.HANDED_ON))
        story.then(at + story.minutes(1, 5), self.acknowledge)

    def rearrange(self, at: datetime) -> None:
        """Another time, agreed with the customer."""
        story, order = self.story, self.order
        given = self.appointment(at, at + timedelta(hours=2))
        actions.rearrange(order, by=self.by, at=at, reason=story.rng.choice(words.MOVED), **given)
        story.look()
        story.then(self.arrival(at), self.arrive)

    def arrive(self, at: datetime) -> None:
        """There."""
        actions.arrive(self.order, by=self.hand(), at=at)
        self.story.then(at + self.story.minutes(1, 6), self.work)

    def work(self, at: datetime) -> None:
        """Work, and sometimes a pause for parts or the owner."""
        story = self.story
        actions.work(self.order, by=self.hand(), at=at)
        if self.order.paused_at is None and story.chance(6):
            return story.then(at + story.minutes(8, 25), self.pause)
        return story.then(at + story.minutes(*self.trouble.minutes), self.finish)

    def pause(self, at: datetime) -> None:
        """Until tomorrow morning."""
        reason = self.story.rng.choice(words.HOLDS)
        actions.pause(self.order, by=self.hand(), at=at, reason=reason)
        self.story.then(self.story.hour(at, 9, 1) + self.story.minutes(5, 90), self.work)

    def finish(self, at: datetime) -> None:
        """The result, the materials, the signature, and the slip on its way."""
        story = self.story
        signed: dict[str, Any] = (
            {"signed_name": self.order.reporter}
            if story.chance(92)
            else {"unsigned_reason": "公共区域，无人在场"}
        )
        score = story.rng.choices((5, 4, 3, 2, None), (46, 30, 9, 3, 12))[0]
        if "unsigned_reason" in signed:
            photograph(self.order, "absent", by=self.hand(), at=at)
        rows = [
            dict(zip(("name", "spec", "quantity", "unit_price"), row, strict=True))
            for row in self.trouble.materials
        ]
        actions.finish(
            self.order, by=self.hand(), at=at, cause=self.trouble.cause, measures=self.trouble.measures,
            materials=rows, score=score, opinion=opinion(score), **signed,
        )  # fmt: skip
        story.then(self.slip_time(at), self.slip)

    def slip_time(self, at: datetime) -> datetime:
        """The same day, the next morning, after days, or hardly ever: then the manager closes by force (E5.3.7)."""
        story = self.story
        if story.chance(3):
            story.then(story.hour(at, 16, 12), self.force)
            return story.hour(at, 16, 400)
        if story.chance(9):
            return story.hour(at, 9, story.rng.choice((2, 3, 4))) + story.minutes(0, 300)
        today = story.hour(at, 17.2) + story.minutes(0, 25)
        return today if today > at and story.chance(80) else story.hour(at, 8.6, 1) + story.minutes(0, 60)

    def slip(self, at: datetime) -> None:
        """The slip is back; a call to the customer follows."""
        if self.order.status != Status.FINISHED:
            return
        story = self.story
        actions.slip(self.order, by=story.clerk(at), at=at)
        morning = story.hour(at, 10, 1) + story.minutes(0, 90)
        story.then(morning, self.revisit if story.chance(88) else self.close)

    def force(self, at: datetime) -> None:
        """The manager ends it."""
        reason = self.story.rng.choice(words.LOST)
        actions.force_close(self.order, by=self.story.cast.manager, at=at, reason=reason)

    def revisit(self, at: datetime) -> None:
        """What the customer says."""
        story = self.story
        note = story.rng.choice(words.REVISITS)
        score = story.rng.choice((4, 5)) if self.order.score is None else None
        actions.revisit(self.order, by=story.clerk(at), at=at, revisit_note=note, score=score)
        story.then(at + story.minutes(2, 40), self.close)

    def close(self, at: datetime) -> None:
        """By the customer's word; some things break again within the month."""
        story = self.story
        word = story.rng.choice(words.WORDS)
        actions.close(self.order, by=story.clerk(at), at=at, close_word=word)
        if self.after:
            self.after(self.order, at)


def opinion(score: int | None) -> str:
    """A word that fits the score."""
    return "" if score is None else words.OPINIONS[min(len(words.OPINIONS) - 1, 5 - score)]
