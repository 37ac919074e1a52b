"""The ten mistakes that other systems' users reported (records §2.2): each test fails when the mistake is made."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from reception.core.clock import change_limit, clocks_of, pause, restart, resume, start, stop, stop_all, sweep
from reception.core.clock.calendars import calendar_for
from reception.core.clock.config import QuietHours, RuleSetting
from reception.core.clock.models import Clock, WorkCalendar
from reception.core.clock.periods import SHANGHAI
from reception.core.ledger import writing
from reception.core.ledger.models import Event
from reception.core.notices.models import Notice
from tests.core.things import Thing

pytestmark = pytest.mark.django_db
RULE = "repair.arrive"


def on(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


WED = on("10-21 10:00")


def begin(at=WED, limit=30, *, owner=None, calendar="", rule=RULE):
    hours = calendar_for(calendar) if calendar else None
    due = hours.add(at, minutes(limit)) if hours else at + minutes(limit)
    with writing():
        return start(Thing(), rule, at=at, due_at=due, owner=owner, calendar=hours)


def do(move, *args, **kwargs):
    with writing():
        return move(Thing(), *args, **kwargs)


def again(clock):
    return Clock.objects.get(pk=clock.pk)


def told(since=0):
    return [(n.to.username, n.level) for n in Notice.objects.select_related("to").order_by("id")[since:]]


def test_mistake_1_hold_time_counted_in_wall_clock_instead_of_working_time():
    """Held over lunch and over the night: a hold takes working time only, and gives no more than that back."""
    clock = begin(limit=240, calendar="office")  # 10:00 + 4 hours: 15:30
    do(pause, RULE, at=on("10-21 11:30"))
    do(resume, RULE, at=on("10-21 14:00"))  # half an hour before lunch, half an hour after it
    assert (again(clock).held, again(clock).due_at) == (minutes(60), on("10-21 16:30"))
    do(pause, RULE, at=on("10-21 16:30"))
    do(resume, RULE, at=on("10-22 08:45"))
    assert (again(clock).held, again(clock).due_at) == (minutes(60 + 60 + 15), on("10-22 08:45"))


def test_mistake_2_a_change_of_priority_loses_the_paused_time():
    clock = begin(limit=60)
    do(pause, RULE, at=WED + minutes(20))
    do(resume, RULE, at=WED + minutes(50))
    do(change_limit, RULE, minutes(120), at=WED + minutes(55), by=None, reason="改为一般")
    assert (again(clock).held, again(clock).due_at) == (minutes(30), WED + minutes(120 + 30))
    # Within a pause too: what is held now is held under the new limit.
    do(pause, RULE, at=WED + minutes(60))
    do(change_limit, RULE, minutes(40), at=WED + minutes(90), by=None, reason="改为紧急")
    do(resume, RULE, at=WED + minutes(100))
    assert (again(clock).held, again(clock).due_at) == (minutes(70), WED + minutes(40 + 70))
    assert [e.detail["limit"] for e in Event.objects.filter(verb="limit").order_by("seq")] == [120, 40]


def test_mistake_2_a_limit_that_is_shortened_falls_due_now_and_no_breach_is_bought_off(cast):
    clock = begin(limit=60, owner=cast.repairer)
    do(change_limit, RULE, minutes(10), at=WED + minutes(30), by=None, reason="改为紧急")
    assert again(clock).due_at == WED + minutes(30), "never in the past, where nobody could have kept it"
    sweep(WED + minutes(31))
    do(change_limit, RULE, minutes(600), at=WED + minutes(40), by=None, reason="改为计划")
    late = again(clock)
    assert (late.breached_at, late.due_at) == (WED + minutes(30), WED + minutes(600))
    assert late.late(WED + minutes(41)) and late.level < 50, "the new limit's reminders come in their time"


def test_mistake_3_an_item_leaving_a_pause_escalates_at_once(cast):
    """A late item that is held for an hour is not driven up its ladder by that hour; one held in time is not late."""
    clock = begin(limit=30, owner=cast.repairer)
    sweep(WED + minutes(36))
    do(pause, RULE, at=WED + minutes(36))
    do(resume, RULE, at=WED + minutes(100))
    assert sweep(WED + minutes(101)) == 0
    assert again(clock).next_at == WED + minutes(45 + 64), "150 % of half an hour, and the pause"
    do(stop_all, at=WED + minutes(102))
    fresh = begin(WED, limit=30)
    do(pause, RULE, at=WED + minutes(10))
    held = again(fresh)
    assert not held.late(WED + minutes(500)) and not Clock.objects.open().late(WED + minutes(500)).exists()
    do(resume, RULE, at=WED + minutes(500))
    assert (sweep(WED + minutes(501)), again(fresh).due_at) == (0, WED + minutes(520))


def test_mistake_3_held_after_work_and_released_after_the_promised_hour():
    """The customer's hour lay outside working time and passed within the pause: that is no breach."""
    hours = calendar_for("service")  # 08:00–20:00
    with writing():
        start(Thing(), RULE, at=WED, due_at=on("10-21 21:00"), calendar=hours)
    do(pause, RULE, at=on("10-21 20:30"))
    do(resume, RULE, at=on("10-21 22:00"))
    assert clocks_of(Thing())[0].due_at == on("10-22 08:00")


def test_mistake_4_a_switched_off_rule_still_alarms(cast):
    RuleSetting.objects.filter(rule=RULE).update(
        active=False, off_reason="系统割接", off_at=WED, off_by=cast.admin
    )
    clock = begin(owner=cast.repairer)
    assert (sweep(WED + minutes(31)), told()) == (3, [])
    assert again(clock).breached_at == WED + minutes(30), "it is late all the same"
    RuleSetting.objects.filter(rule=RULE).update(active=True, off_reason="", off_at=None, off_by=None)
    assert (sweep(WED + minutes(32)), told()) == (0, []), "switched on, it does not cry over what is past"
    assert (sweep(WED + minutes(45)), told()) == (1, [("director", "urgent")])


def test_mistake_5_reminders_at_midnight(cast):
    """Held back until seven, then told once, to all who should have heard; the breach stands at its true time."""
    clock = begin(on("10-21 23:00"), owner=cast.repairer)
    assert (sweep(on("10-21 23:16")), sweep(on("10-21 23:31")), told()) == (1, 2, [])
    assert again(clock).breached_at == on("10-21 23:30")
    assert (sweep(on("10-22 06:59")), told()) == (1, [])
    assert sweep(on("10-22 07:00")) == 1
    assert sorted(told()) == [(name, "urgent") for name in ("assistant", "director", "manager", "repairer")]
    assert (sweep(on("10-22 07:00")), sweep(on("10-23 12:00")), len(told())) == (0, 0, 4)
    seen = Event.objects.filter(verb="escalate").order_by("seq").values_list("detail__percent", flat=True)
    assert list(seen) == [50, 80, 100, 150, 150]


def test_mistake_5_quiet_hours_are_data_emergencies_are_exempt_and_what_is_over_wakes_nobody(cast):
    begin(on("10-21 21:58"), limit=10, owner=cast.repairer)
    do(stop, RULE, at=on("10-21 22:20"))  # late, in the night
    begin(on("10-21 23:00"), owner=cast.clerk, rule="held")
    sweep(on("10-21 23:20"))
    do(pause, "held", at=on("10-21 23:20"))
    RuleSetting.objects.create(rule="alarm", name="突发", loud=True)
    begin(on("10-21 23:00"), owner=cast.energy, rule="alarm")
    assert (sweep(on("10-21 23:15")), told()) == (1, [("energy", "warn")])
    do(stop, "alarm", at=on("10-21 23:16"))
    do(resume, "held", at=on("10-22 06:58"))
    assert (sweep(on("10-22 07:00")), len(told())) == (0, 1)
    do(stop, "held", at=on("10-22 07:01"))
    QuietHours.objects.update(active=False)
    begin(on("10-22 23:00"), owner=cast.repairer)
    assert (sweep(on("10-22 23:15")), told(1)) == (1, [("repairer", "warn")])


def test_mistake_5_hours_that_meet_are_one_night_and_a_changed_night_holds_longer(cast):
    QuietHours.objects.create(name="清早", since="06:30", until="08:15")
    begin(on("10-21 23:00"), limit=60, owner=cast.repairer)
    sweep(on("10-21 23:31"))
    assert Clock.objects.get().hush_until == on("10-22 08:15")
    QuietHours.objects.create(name="上午检修", since="08:00", until="09:00")
    assert (sweep(on("10-22 08:15")) and told(), Clock.objects.get().hush_until) == ([], on("10-22 09:00"))


def test_mistake_6_lunch_breaks_and_several_blocks_a_day():
    blocks = [["08:00", "10:00"], ["10:20", "12:00"], ["13:00", "15:00"], ["15:20", "17:00"]]
    hours = WorkCalendar.objects.create(code="four", name="四段", week={str(d): blocks for d in range(5)})
    assert hours.add(on("10-21 09:30"), minutes(60)) == on("10-21 10:50")
    assert hours.add(on("10-21 11:50"), minutes(20)) == on("10-21 13:10")
    assert hours.add(on("10-21 08:00"), minutes(440)) == on("10-21 17:00")
    assert hours.hours.between(on("10-21 09:50"), on("10-21 15:30")) == minutes(10 + 100 + 120 + 10)
    assert begin(on("10-21 11:45"), limit=30, calendar="office").due_at == on("10-21 13:45")


def test_mistake_7_adjusted_working_weekends_and_public_holidays():
    """国务院办公厅's calendar of 2026: 1–7 October are off, Saturday 10 October is worked."""
    hours = calendar_for("office").hours
    off = [day for day in range(1, 11) if not hours.works(date(2026, 10, day))]
    assert off == [1, 2, 3, 4, 5, 6, 7]
    assert begin(on("09-30 17:00"), limit=60, calendar="office").due_at == on("10-08 09:00")
    do(stop_all, at=on("09-30 17:01"))
    assert begin(on("10-09 17:00"), limit=60, calendar="office").due_at == on("10-10 09:00")


def test_mistake_8_a_closed_item_still_counts(cast):
    clock = begin(owner=cast.repairer)
    do(pause, RULE, at=WED + minutes(5))
    do(stop_all, at=WED + minutes(6))
    do(resume, RULE, at=WED + minutes(7))
    closed = again(clock)
    assert (sweep(WED + timedelta(days=9)), told()) == (0, [])
    assert (closed.late(WED + timedelta(days=9)), closed.stopped_at) == (False, WED + minutes(6))
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(next_at=WED)


def test_mistake_9_an_item_finished_late_looks_clean_afterwards():
    """Late stays late through a stop, a new round, a pause; the database refuses to forget it."""
    clock = begin()
    do(restart, RULE, at=WED + minutes(31), due_at=WED + minutes(90))
    do(stop, RULE, at=WED + minutes(60))
    first, second = clocks_of(Thing())
    assert (first.breached_at, second.breached_at) == (WED + minutes(30), None)
    assert first.late(WED + timedelta(days=900))
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(breached_at=None)


def test_mistake_10_a_calendar_edit_rewrites_history(cast):
    """A clock keeps the version it started with, its due time, its rungs and its resumed time alike."""
    clock = begin(on("10-21 16:30"), limit=120, calendar="office", owner=cast.clerk)  # next day 09:30
    old = clock.calendar
    WorkCalendar.objects.create(code="office", name="办公日历", version=2, week={"3": [["14:00", "18:00"]]})
    assert (again(clock).due_at, again(clock).calendar) == (on("10-22 09:30"), old)
    assert begin(on("10-21 16:30"), limit=120, calendar="office", rule="new").due_at == on("10-22 16:00")
    do(pause, RULE, at=on("10-21 17:00"))
    do(resume, RULE, at=on("10-22 08:30"))
    assert again(clock).due_at == on("10-22 10:00")
    do(change_limit, RULE, minutes(180), at=on("10-22 08:45"), by=None, reason="改为一般")
    assert (again(clock).due_at, again(clock).calendar) == (on("10-22 11:00"), old)
