"""为什么超时: counted and uncounted time adds up, for every calendar and every pause; only readers of the record see it."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.core.clock import change_limit, pause, resume, start, stop, sweep
from reception.core.clock.calendars import calendar_for
from reception.core.clock.config import RuleSetting
from reception.core.clock.life import lasts, stretches, total
from reception.core.clock.models import Clock, Hold, WorkCalendar
from reception.core.clock.periods import SHANGHAI
from reception.core.clock.why import life_of
from reception.core.ledger import writing
from reception.core.ledger.models import Event
from tests.core.things import Thing
from tests.factories.helpdesk import make_call, make_repair
from tests.visits.pages import browser, frozen, html

MINUTE = timedelta(minutes=1)
ROOT = Path(__file__).resolve().parents[2]
# How often the highest rung comes again; kinds of record.
NO_CLOCKS = {"enquiry.ring", "visits.change", "visits.reception"}
MONDAY = datetime(2026, 9, 28, tzinfo=SHANGHAI)  # with the National Day and a 调休 Saturday ahead


def minute(count):
    return MONDAY + count * MINUTE


@st.composite
def weeks(draw):
    """A calendar: up to three blocks on some weekdays, some single days off or worked; None is wall clock."""

    def day():
        edges = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=6)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        return [[f"{a // 4:02d}:{a % 4 * 15:02d}", f"{b // 4:02d}:{b % 4 * 15:02d}"] for a, b in pairs]

    if draw(st.booleans()):
        week = {str(n): day() for n in draw(st.sets(st.integers(0, 6), min_size=1))}
        days = {date(2026, 10, n).isoformat(): draw(st.sampled_from(([], day()))) for n in (1, 2, 3, 4)}
        return WorkCalendar(code="any", name="任意", week=week, days=days)
    return None


def counts(calendar, at):
    """Whether this minute counts: a recount that shares nothing with the arithmetic."""
    if calendar is None:
        return True
    here = at.astimezone(SHANGHAI)
    day = calendar.days.get(here.date().isoformat(), calendar.week.get(str(here.weekday()), []))
    return any(a <= f"{here:%H:%M}" < b for a, b in day)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weeks(),
    st.integers(0, 3000),
    st.integers(1, 900),
    st.lists(st.integers(1, 1500), max_size=6),
    st.integers(0, 4000),
)
def test_every_minute_is_counted_or_not_and_the_budget_is_used_when_it_falls_due(
    calendar, begun, limit, gaps, ahead
):
    Clock.objects.all().delete()
    if calendar:
        WorkCalendar.objects.filter(code="any").delete()
        calendar.save()
    at = minute(begun)
    due = calendar.add(at, limit * MINUTE) if calendar else at + limit * MINUTE
    with writing():
        clock = start(Thing(), "any", at=at, due_at=due, calendar=calendar)
    moment, held = at, []
    for number, gap in enumerate(gaps):
        moment += gap * MINUTE
        with writing():
            (resume if number % 2 else pause)(Thing(), "any", at=moment)
        held = (
            [*held[:-1], (held[-1][0], moment)]
            if number % 2
            else [*held, (moment, datetime.max.replace(tzinfo=SHANGHAI))]
        )
    clock = Clock.objects.select_related("calendar").get(pk=clock.pk)
    holds, until = list(clock.holds.all()), moment + ahead * MINUTE
    rows = stretches(clock, holds, until)
    assert total(rows, True) + total(rows, False) == until - at
    assert [(a.end, a.end) for a in rows[:-1]] == [(b.start, b.start) for b in rows[1:]]
    recount = sum(
        counts(calendar, at + n * MINUTE) and not any(a <= at + n * MINUTE < b for a, b in held)
        for n in range(int((until - at) / MINUTE))
    )
    assert total(rows, True) == recount * MINUTE
    if not clock.paused_at:
        assert total(stretches(clock, holds, clock.due_at), True) == limit * MINUTE == clock.promised


def causes_of(begin, end, holds=()):
    clock = Clock(started_at=begin, due_at=end, calendar=calendar_for("office"))
    return [(row.cause or "计时", lasts(row.length)) for row in stretches(clock, holds, end)]


@pytest.mark.django_db
def test_why_time_was_not_counted_is_said():
    def on(text):
        return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)

    assert causes_of(on("09-30 07:00"), on("10-08 09:00")) == [
        ("未上班", "1小时30分钟"), ("计时", "3小时30分钟"), ("午休", "1小时30分钟"), ("计时", "4小时"),
        ("节假日", "7天15小时"), ("计时", "30分钟"),
    ]  # fmt: skip
    assert causes_of(on("10-09 17:00"), on("10-12 09:00")) == [
        ("计时", "30分钟"), ("下班", "15小时"), ("调休上班", "3小时30分钟"), ("午休", "1小时30分钟"), ("调休上班", "4小时"),
        ("周末", "1天15小时"), ("计时", "30分钟"),
    ]  # fmt: skip
    hold = Hold(paused_at=on("10-21 11:30"), resumed_at=on("10-22 09:00"), reason="待料")
    assert causes_of(on("10-21 11:00"), on("10-22 09:30"), [hold]) == [
        ("计时", "30分钟"), ("暂停：待料", "21小时30分钟"), ("计时", "30分钟")
    ]  # fmt: skip


@pytest.fixture
def late(cast, at):
    """An order held for twenty minutes, then late; the manager has heard."""
    order = make_repair(cast, at, "handed")
    with writing():
        pause(order, "repair.arrive", at=order.dispatched_at + 5 * MINUTE, by=cast.clerk, reason="待业主")
        resume(order, "repair.arrive", at=order.dispatched_at + 25 * MINUTE, by=cast.clerk)
        change_limit(
            order,
            "repair.arrive",
            40 * MINUTE,
            at=order.dispatched_at + 26 * MINUTE,
            by=cast.clerk,
            reason="改为一般",
        )
    sweep(order.dispatched_at + 62 * MINUTE)
    return order


@pytest.mark.django_db
def test_D4_4_1_the_page_shows_the_sum_the_pause_the_climbs_and_who_was_told(
    cast, late, django_assert_num_queries
):
    client, address = browser(cast.clerk), f"/clocks/helpdesk.repair/{late.pk}/"
    with frozen(late.dispatched_at + 65 * MINUTE):
        client.get(address)
        # session, person, the rail's counts, the record, clocks, pauses, ledger, names
        with django_assert_num_queries(8):
            page = client.get(address)
    (life,) = [one for one in page.context["lives"] if one.clock.rule == "repair.arrive"]
    assert (life.name, life.words, life.tone) == ("到场", "超时 5分钟，还没有办", "bad")
    assert [(sign, what, much) for sign, what, much in life.sums[1:-1]] == [
        ("＋", "约定用时", "40分钟"), ("＋", "不计时·暂停：待业主", "20分钟"),
    ]  # fmt: skip
    assert [(lasts(row.length), row.counted, row.by) for row in life.rows] == [
        ("5分钟", True, ""), ("20分钟", False, str(cast.clerk)), ("40分钟", True, ""),
    ]  # fmt: skip
    assert [bar.css for bar in life.bars] == ["c1", "c3", "c1", "c4"]
    assert [(line.what[:6], line.who) for line in life.told][1:] == [
        ("已用 50%", "陈建国"), ("已用 80%", "赵敏、陈建国"), ("已用 100", "郑维"),
    ]  # fmt: skip
    assert "改为一般" in html(page) and late.no in html(page)


@pytest.mark.django_db
def test_the_page_is_for_who_sees_the_record_and_for_nobody_else(cast, at, late):
    address = f"/clocks/helpdesk.repair/{late.pk}/"
    answers = {
        who: browser(getattr(cast, who)).get(address).status_code
        for who in ("clerk", "repairer", "manager", "repairer2", "sales", "stranger")
    }
    assert answers == {
        "clerk": 200,
        "repairer": 200,
        "manager": 200,
        "repairer2": 404,
        "sales": 404,
        "stranger": 404,
    }
    client, call = browser(cast.clerk), make_call(cast, at)
    for wrong in (
        "helpdesk.repair/999999/",
        "nothing/1/",
        "core.user/1/",
        "tests.thing/1/",
        "helpdesk.Repair/1/",
    ):
        assert client.get(f"/clocks/{wrong}").status_code == 404, wrong
    assert client.get(f"/clocks/helpdesk.call/{call.pk}/").status_code == 200
    assert browser(cast.repairer).get(f"/clocks/helpdesk.call/{call.pk}/").status_code == 404
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_every_red_clock_leads_to_it(cast, late):
    address = f"/clocks/helpdesk.repair/{late.pk}/"
    with frozen(late.dispatched_at + 65 * MINUTE):
        for page in ("/desk/", "/helpdesk/repairs/", late.get_absolute_url()):
            assert f'href="{address}' in html(browser(cast.clerk).get(page)), page
        assert f'href="{address}' in html(browser(cast.manager).get("/todo/"))


@pytest.mark.django_db
def test_a_silent_climb_and_a_stopped_clock_say_so(cast):
    night = datetime(2026, 10, 21, 23, 0, tzinfo=SHANGHAI)
    with writing():
        start(Thing(), "any", at=night, due_at=night + 30 * MINUTE, owner=cast.repairer)
    sweep(night + 16 * MINUTE)
    with writing():
        stop(Thing(), "any", at=night + 20 * MINUTE)
    clock = Clock.objects.get()
    life = life_of(clock, [], list(Event.objects.filter(verb="escalate")), "时限", night)
    assert (life.words, life.tone) == ("按时", "ok")
    assert [(line.who, line.note) for line in life.told] == [("没有通知", "静默时段，07:00 再说")]


@pytest.mark.django_db
def test_every_rule_that_starts_a_clock_has_a_name():
    """What 为什么超时 and the admin call it; when this fails: a RuleSetting in a migration of the wing."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for wing in ("helpdesk", "visits")
        for path in (ROOT / wing).rglob("*.py")
    )
    rules = set(
        re.findall(r'"((?:repair|complaint|emergency|matter|enquiry|collective|visits)\.[a-z_]+)"', code)
    )
    named = set(RuleSetting.objects.values_list("rule", flat=True))
    timed = {
        rule for rule in rules if re.search(rf'^[A-Z_, ]+= .*"{re.escape(rule)}"', code, re.M)
    } - NO_CLOCKS
    assert sorted(timed - named) == []
