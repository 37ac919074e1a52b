"""代理, 转交, 抄送 in the demo: a leader away next week, a request handed on, receipts half read."""

from datetime import datetime, timedelta

from reception.core.clock.periods import local
from reception.core.people.choices import Scope
from reception.core.people.delegating import delegate
from reception.core.people.models import User
from visits.copies.actions import opened
from visits.models import Reception
from visits.requests.choices import Status
from visits.requests.copying_to import copy_by_hand
from visits.requests.handing import hand_on


def approvals(cast: dict[str, User], at: datetime) -> None:
    """沈国栋 is away next week from Monday to Wednesday, 何志远 stands in; he hands one request on to him today;
    what is being prepared was also sent to people without a task in it."""
    monday = (local(at) + timedelta(days=7 - local(at).weekday())).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    earlier = at - timedelta(minutes=50)
    delegate(
        by=cast["gm"], at=earlier, from_user=cast["gm"], to_user=cast["vgm"], starts_at=monday, ends_at=monday + timedelta(days=2, hours=10),
        scope=Scope.DECIDE, reason="赴杭州参加行业年会",
    )  # fmt: skip
    waiting = (
        Reception.objects.filter(status=Status.PENDING, proposed_tier__code="business").for_page().first()
    )
    if waiting:
        hand_on(waiting, by=cast["gm"], at=earlier, to=cast["vgm"], reason="何总一直跟这家的价格，请你定级。")
    for one in (
        Reception.objects.filter(status=Status.PREPARING, secret=False)
        .for_page()
        .order_by("arrive_at", "id")[:3]
    ):
        copy_by_hand(one, [cast["manager"], cast["clerk"]], by=one.applicant, at=at - timedelta(minutes=45))
        for copy in one.copies.filter(to=cast["clerk"]):
            opened(copy, by=cast["clerk"], at=at - timedelta(minutes=20))


def read_copies(reception: Reception, at: datetime) -> None:
    """Some of those it was sent to have read it by now."""
    for copy in list(reception.copies.select_related("to"))[:3]:
        opened(copy, by=copy.to, at=at)
