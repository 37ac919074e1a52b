"""Plays one visit: each step is a real action at its own moment, and only what lies before now happens.

Stories: "" goes its way; draft, review, pending, pending_over (above the standard), returned wait in
that state; returned_once was sent back and resubmitted; reject, cancel_early, cancel_late end early;
retier was approved at another tier; retro is a 补办; hurried was applied for at short notice; late leaves
tasks overdue; receiving has its guests here; open_end waits for its settlement, settled and over_end for the
audit (the latter above its standard, unconfirmed), audited for its archive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from reception.core.clock.working import Hours
from reception.core.people.models import User
from visits.briefing.actions import acknowledge
from visits.briefing.people import concerned
from visits.demo import changing, chores, dayof, feedback, money, pictures, words
from visits.demo.approving import read_copies
from visits.demo.memory import remember
from visits.demo.plan import Visit
from visits.models import Reception, Task, Tier
from visits.requests import actions, papers
from visits.tasks import actions as task_actions

Step = tuple[datetime, Callable[[datetime], object]]
WAITS = ("draft", "review", "pending", "pending_over", "returned")
ENDS = ("open_end", "settled", "over_end", "audited")
# The customer of the reception whose host will be away.
AWAY = 8
# Tasks that the settlement and the archive finish themselves.
CLOSING = ("bill", "settle", "archive")


@dataclass(frozen=True)
class World:
    """What every visit shares: the people by login, the tiers by code, the office's hours, and now."""

    cast: dict[str, User]
    tiers: dict[str, Tier]
    hours: Hours
    now: datetime

    def one(self, person: User) -> User:
        """The same person as everywhere else in the demo: their roles and department are read once."""
        return self.cast[person.username]


class Stage:
    """One visit on its way. `steps` are appended while it is played; whoever runs it sorts them by time."""

    def __init__(self, visit: Visit, world: World, rng: Random) -> None:
        self.visit, self.world, self.rng, self.now = visit, world, rng, world.now
        self.arrive = self._arrival()
        self.leave = self.arrive + timedelta(hours=visit.stay)
        self.applied = self._applied()
        self.reception: Reception | None = None
        self.over = False
        self.steps: list[Step] = [(self.applied, self.draft)]

    def day(self, days: int, hour: int, minute: int = 0) -> datetime:
        """That clock time, so many working days from today; never today's own weekend."""
        base = self.world.hours.shift_days(self.now, days) if days else self.now
        return base.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def _arrival(self) -> datetime:
        """When the guests come; those of "receiving" came three hours ago, whatever the hour is now."""
        if self.visit.story == "receiving":
            return (self.now - timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
        return self.day(self.visit.day, self.visit.hour, self.rng.choice((0, 20, 40)))

    def _applied(self) -> datetime:
        """When the applicant began: `lead` working days ahead, and before now."""
        if self.visit.story == "retro":
            return self.leave + timedelta(hours=20)
        at = self.world.hours.shift_days(self.arrive, -self.visit.lead).replace(
            hour=self.rng.randint(9, 14), minute=self.rng.randrange(60)
        )
        latest = self.day(-1, 14, self.rng.randrange(60))
        return min(at, latest)

    def then(self, at: datetime, step: Callable[[datetime], object]) -> None:
        """Do `step` at `at`, unless that is still to come or it all ended."""
        if at <= self.now:
            self.steps.append((at, lambda moment: None if self.over else step(moment)))

    @property
    def who(self) -> User:
        """The applicant."""
        return self.world.cast[self.visit.applicant]

    @property
    def it(self) -> Reception:
        """The reception, once its draft exists."""
        assert self.reception
        return self.reception

    def draft(self, at: datetime) -> None:
        """The form is filled in."""
        self.reception = actions.create_draft(by=self.who, at=at, **words.form(self))
        if self.visit.nature == "official":
            papers.add(self.it, pictures.letter(), role="letter", by=self.who, at=at)
        if self.visit.story != "draft":
            self.then(at + timedelta(minutes=18), self.submit)

    def submit(self, at: datetime) -> None:
        """Sent in; it goes to the head or straight to the leaders."""
        actions.submit(self.it, by=self.who, at=at)
        again = self.it.headcount != self.visit.headcount
        if self.visit.story == "cancel_early":
            self.then(at + timedelta(hours=3), self.cancel)
        elif self.visit.story in ("returned", "returned_once") and not again:
            self.then(at + timedelta(minutes=50), self.send_back)
        elif self.it.status == "review" and self.visit.story != "review":
            self.then(at + timedelta(minutes=35), self.agree)
        elif self.it.status == "pending":
            self.then(at + timedelta(hours=2), self.decide)

    def agree(self, at: datetime) -> None:
        """The head agrees."""
        actions.agree(
            self.it,
            by=self.world.cast["sales_head"],
            at=at,
            comment=self.rng.choice(("同意", "请领导定级", "")),
        )
        self.then(at + timedelta(hours=1, minutes=40), self.decide)

    def send_back(self, at: datetime) -> None:
        """Somebody wants more; one of them is changed and comes again with one guest more."""
        by = self.world.cast["sales_head"] if self.it.status == "review" else self.world.cast["gm"]
        actions.return_back(self.it, by=by, at=at, reason=self.rng.choice(words.RETURNS))
        if self.visit.story == "returned_once":
            self.then(at + timedelta(hours=2), self.change)

    def change(self, at: datetime) -> None:
        """The applicant answers the return."""
        fields = {"headcount": self.visit.headcount + 1, "note": "已补充行程与名单，增加一位随行工程师。"}
        actions.save_draft(
            self.it, by=self.who, at=at, fields=fields, guests=words.guests(self, self.visit.headcount + 1)
        )
        self.then(at + timedelta(minutes=10), self.submit)

    def decide(self, at: datetime) -> None:
        """A leader approves, fixes the tier, or rejects."""
        if self.visit.story in WAITS:
            return
        leader = self.world.cast["gm" if self.visit.tier == "vip" else self.rng.choice(("vgm", "gm"))]
        if self.visit.story == "reject":
            actions.reject(self.it, by=leader, at=at, reason="当周有年度检修，产线停机，建议一个月后再约。")
            return
        self.approve(leader, at)
        self.then(max(at + timedelta(hours=1), self.arrive - timedelta(hours=20)), self.read)
        self.then(
            max(at + timedelta(hours=1), self.arrive - timedelta(hours=22)),
            lambda when: dayof.greet(self, when),
        )
        self.then(max(at, self.arrive - timedelta(hours=1, minutes=50)), self.go)
        self.then(self.arrive + timedelta(minutes=8), self.start)
        if self.visit.story == "receiving":
            self.then(at + timedelta(hours=4), lambda when: dayof.plan_day(self, when))
        if self.visit.customer == AWAY and self.visit.day > 0:
            self.then(max(at + timedelta(hours=2), self.day(-1, 16)), lambda when: dayof.away(self, when))
        changing.after_approval(self)
        if self.visit.story == "cancel_late":
            self.then(at + timedelta(days=2), self.cancel)

    def approve(self, leader: User, at: datetime) -> None:
        """批准定级, with the leader's standards for activities and gifts at the two upper tiers (A7b)."""
        other = self.visit.story == "retier"
        tier = self.world.tiers["guest" if other else self.visit.tier]
        gift = Decimal(self.rng.choice((600, 800, 1200))) if tier.code == "vip" else None
        activity = Decimal(1500) if tier.code == "vip" and self.rng.random() < 0.5 else None
        actions.approve(
            self.it, by=leader, at=at, tier=tier, tier_reason="续签金额达到嘉宾级线" if other else "",
            gift_budget=gift, activity_budget=activity, comment=self.rng.choice(("同意，照办", "同意", "晚餐从简，其余照办", "按标准执行")),
        )  # fmt: skip
        tasks = Task.objects.filter(reception=self.it).exclude(template__code__in=CLOSING)
        people = tasks.select_related("template", "department__head", "assignee").prefetch_related("checks")
        for task in people:
            task.reception = self.it
            self.work(task, at)

    def work(self, task: Task, at: datetime) -> None:
        """A department does its task shortly before it is due, now and then a little late."""
        after = task.due_at > self.leave
        if self.visit.story == "late" and not after and self.rng.random() < 0.45:
            return
        if self.visit.story in ENDS and after:
            return
        early = timedelta(hours=self.rng.randint(2, 20), minutes=self.rng.randrange(60))
        late = self.rng.random() < 0.06
        moment = (
            task.due_at + timedelta(hours=3) if late else max(at + timedelta(minutes=40), task.due_at - early)
        )
        by = self.world.one(task.assignee or self._worker(task))
        taken = moment - timedelta(minutes=35)
        if moment > self.now and self.rng.random() < 0.6:
            taken = max(at + timedelta(minutes=20), self.day(-1, 16, 5))
        if moment > self.now or self.rng.random() < 0.3:
            self.then(taken, lambda when: self._take(task, by, when))
        self.then(moment, lambda when: chores.finish(task, by, when))
        if self.visit.story != "late":
            for when, chore in chores.later(task):
                self.then(max(when, at), partial(chore, by))

    def _take(self, task: Task, by: User, at: datetime) -> None:
        """Take only what is not taken yet."""
        if task.status == "todo":
            task_actions.take(task, by=by, at=at)

    def _worker(self, task: Task) -> User:
        """Who of the department does it."""
        if task.department.code == "general" and self.rng.random() < 0.5:
            return self.world.cast["general2"]
        return task.department.head or self.world.cast["office"]

    def read(self, at: datetime) -> None:
        """The first of those concerned read the briefing; the others are still to."""
        if self.it.status == "preparing":
            tasks = list(self.it.tasks.select_related("department__head", "assignee"))
            for person in concerned(self.it, tasks)[:4]:
                acknowledge(self.it, by=self.world.one(person), at=at)
            read_copies(self.it, at)

    def go(self, at: datetime) -> None:
        """Two hours before the arrival it is decided whether to begin."""
        if self.arrive > at:
            chores.decide_go(self.it, self.world.cast["reception"], at)

    def cancel(self, at: datetime) -> None:
        """The customer does not come."""
        why = "客户内部调整，行程取消，另行约定。"
        if self.it.status != "preparing":
            actions.cancel(self.it, by=self.who, at=at, reason=why)
        else:
            changing.cancelled(self, at, why)
        self.over = True

    def start(self, at: datetime) -> None:
        """The guests are here."""
        actions.start(self.it, by=self.who, at=max(at, self.it.decided_at or at))
        self.then(max(at, self.leave) + timedelta(minutes=12), self.finish)
        self.then(at + timedelta(hours=1), lambda when: feedback.on_the_spot(self, when))
        if self.visit.story == "receiving":
            self.then(at + timedelta(hours=2), lambda when: money.begin(self, when, most=2))

    def finish(self, at: datetime) -> None:
        """The guests have left; what they cost becomes known, and what is worth remembering is written down."""
        actions.finish(self.it, by=self.who, at=at)
        self.then(at + timedelta(minutes=40), lambda when: remember(self, when))
        self.then(at + timedelta(minutes=25), lambda when: feedback.guests(self, when))
        if self.visit.story == "open_end":
            self.then(at + timedelta(minutes=40), lambda when: money.begin(self, when))
        else:
            early = self.visit.story in ENDS
            self.then(at + timedelta(hours=1) if early else self._later(2), self.settle)

    def _later(self, days: int) -> datetime:
        """So many working days after the guests left."""
        return self.world.hours.shift_days(self.leave, days) + timedelta(hours=1)

    def settle(self, at: datetime) -> None:
        """接待清单 is handed in."""
        money.hand_in(self, at)
        if self.visit.story not in ("settled", "over_end"):
            early = self.visit.story == "audited"
            self.then(at + timedelta(hours=3) if early else self._later(4), self.audit)

    def audit(self, at: datetime) -> None:
        """The office checks it."""
        actions.audit(self.it, by=money.auditor(self), at=at, comment="清单与发票相符")
        if self.visit.story != "audited":
            self.then(self._later(7), self.archive)

    def archive(self, at: datetime) -> None:
        """Everything is done."""
        if not self.it.tasks.open().exclude(template__code="archive").exists():
            actions.archive(self.it, by=self.world.cast["office"], at=at)
