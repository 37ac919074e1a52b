"""突发: everybody at once, confirmed one by one, up the ladder day and night, to the leader's last word (D4.4.4)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk.cases.models import Category, ClockRule
from helpdesk.emergencies import actions
from helpdesk.emergencies.choices import Status
from helpdesk.emergencies.models import Alert, ChecklistItem, Emergency
from helpdesk.log.actions import record_call
from helpdesk.log.models import Call
from helpdesk.log.taking import take_alarm
from helpdesk.report.flows import flows, total
from reception.core.clock import sweep
from reception.core.clock.models import Clock, LadderStep
from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_emergency

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 10, 1, 2, 10, tzinfo=SHANGHAI)  # ten past two, on a public holiday


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field, caught.value.message


def urgent(username):
    return list(Notice.objects.filter(to__username=username, level="urgent").values_list("title", flat=True))


def test_D4_4_4_one_key_tells_everybody_with_nothing_known(cast, at):
    one = take_alarm(by=cast.clerk, at=at)
    assert (one.no, one.status, one.place, one.reporter, one.level) == (
        "TF-2026-0001",
        "received",
        "",
        "林晓雯",
        1,
    )
    chain = [(alert.person.username, alert.level) for alert in one.alerts.all()]
    assert chain == [("manager", 1), ("director", 2), ("energy", 2), ("gm", 3), ("vgm", 3), ("vgm2", 3)]
    assert [len(urgent(name)) for name, _ in chain] == [1] * 6
    call = Call.objects.get()
    assert (call.no, call.kind, call.status, one.call) == ("DH-2026-0001", "emergency", "led_on", call)
    assert not one.alerts.filter(acknowledged_at__isnull=False).exists()


def test_D4_4_4_a_call_of_that_kind_is_an_emergency_at_once(cast, at):
    given = {
        "kind": "emergency",
        "content": "电梯困人",
        "caller_name": "王",
        "number": "13800138000",
        "place": "2栋",
    }
    call = record_call(by=cast.clerk, at=at, reply="已请维保", **given)
    one = call.emergencies.get()
    assert (one.phone, one.place, one.measures, str(one.category)) == (
        "13800138000",
        "2栋",
        "已请维保",
        "电梯困人",
    )
    assert (call.status, call.closed_at, Clock.objects.filter(rule="helpdesk.call").count()) == (
        "led_on",
        None,
        0,
    )


def test_D4_4_4_who_raises_it_is_not_waited_for(cast, at):
    one = take_alarm(by=cast.manager, at=at)
    assert not one.alerts.filter(person=cast.manager).exists()
    assert one.level == 2


def test_D4_4_4_only_the_desk_raises_an_alarm(cast, at):
    for who in (cast.gm, cast.repairer, cast.auditor, cast.stranger):
        assert refused(take_alarm, by=who, at=at)[0] == "forbidden"
    assert (Emergency.objects.count(), Call.objects.count()) == (0, 0)


@pytest.mark.parametrize("begin", [NIGHT, datetime(2026, 10, 21, 12, 30, tzinfo=SHANGHAI)])
def test_D4_4_4_nobody_answers_and_it_climbs_every_five_minutes_day_and_night(cast, begin):
    one = take_alarm(by=cast.clerk, at=begin, content="冒烟")
    counts = []
    for minute in range(21):
        sweep(begin + minute * MINUTE)
        one.refresh_from_db()
        counts.append((one.level, len(urgent("director")), len(urgent("gm"))))
    assert counts[4] == (1, 1, 1)
    assert counts[5] == counts[9] == (2, 2, 1), "the second level takes over"
    assert counts[10] == counts[14] == (3, 2, 2), "the third level takes over"
    assert counts[15] == (3, 3, 3), "at the top everybody is called again"
    assert counts[20] == (3, 4, 4), "and again"
    assert urgent("gm")[1].endswith("10 分钟无人确认，已报到第 3 级，请您接手")
    assert [e.verb for e in events_of(one)].count("escalate") == 4
    assert list(verify()) == []


def test_D4_4_4_a_worker_that_slept_calls_once_and_goes_on(cast, at):
    one = take_alarm(by=cast.clerk, at=at)
    sweep(at + 60 * MINUTE)
    one.refresh_from_db()
    assert one.level == 2
    sweep(at + 65 * MINUTE)
    one.refresh_from_db()
    assert one.level == 3


def test_D4_4_4_the_minutes_and_the_ladder_are_data(cast, at):
    ClockRule.objects.filter(code="emergency.ack").update(minutes=2)
    LadderStep.objects.filter(rule="emergency.ack", audience="energy").delete()
    one = take_alarm(by=cast.clerk, at=at)
    assert not one.alerts.filter(person=cast.energy).exists()
    sweep(at + 2 * MINUTE)
    one.refresh_from_db()
    assert one.level == 2


def test_D4_4_4_the_first_confirmation_ends_the_climbing_and_each_is_recorded(cast, at):
    one = take_alarm(by=cast.clerk, at=at)
    actions.acknowledge(one, by=cast.director, at=at + MINUTE, words="在路上")
    actions.acknowledge(one, by=cast.gm, at=at + 2 * MINUTE)
    assert (one.status, one.reported_by) == ("reported", cast.director)
    assert sweep(at + 60 * MINUTE) == 0
    rows = one.alerts.filter(acknowledged_at__isnull=False).order_by("acknowledged_at")
    assert [(row.name, row.how, row.words) for row in rows] == [
        ("高原", "page", "在路上"),
        ("沈国栋", "page", ""),
    ]
    assert not Notice.objects.filter(to=cast.gm, read_at=None).exists(), "confirming reads the notice"
    assert refused(actions.acknowledge, one, by=cast.gm, at=at)[0] == "state"
    assert refused(actions.acknowledge, one, by=cast.sales, at=at)[0] == "forbidden"


def test_D4_4_4_a_confirmation_on_the_telephone_says_who_wrote_it_down(cast, at):
    one = take_alarm(by=cast.clerk, at=at)
    boss = one.alerts.get(person=cast.manager)
    assert refused(actions.answer, one, by=cast.clerk, at=at, person=boss, how="page")[1] == "how"
    actions.answer(one, by=cast.clerk, at=at + MINUTE, person=boss, how="phone", words="十分钟到")
    boss.refresh_from_db()
    assert (boss.acknowledged_by, boss.how, one.status) == (cast.clerk, "phone", "reported")
    assert refused(actions.answer, one, by=cast.clerk, at=at, person=boss, how="phone")[1] == "person"
    own = one.alerts.get(person=cast.energy)
    other = take_alarm(by=cast.clerk, at=at)
    assert refused(actions.answer, other, by=cast.clerk, at=at, person=own, how="phone")[1] == "person"


def test_D4_4_4_the_checklist_of_its_kind_is_ticked_once_by_whom_and_when(cast, at):
    one = make_emergency(cast, at)
    texts = [duty.text for duty in one.duties.all()]
    assert texts[:2] == ["安抚困梯人，请不要扒门", "通知电梯维保"]
    duty = one.duties.first()
    actions.tick(one, by=cast.clerk, at=at + MINUTE, duty=duty)
    duty.refresh_from_db()
    assert (duty.done_by, duty.done_at) == (cast.clerk, at + MINUTE)
    assert refused(actions.tick, one, by=cast.manager, at=at, duty=duty)[0] == "state"
    ChecklistItem.objects.all().delete()
    assert one.duties.count() == len(texts), "a running one keeps its list"


def test_D4_4_4_the_kind_may_follow_and_brings_its_list(cast, at):
    one = take_alarm(by=cast.clerk, at=at)
    before = one.duties.count()
    fire = Category.objects.get(kind="emergency", name="火灾")
    actions.amend(
        one, by=cast.clerk, at=at, category=fire, place="3栋楼道", grade="major", happened_at=at - MINUTE
    )
    assert (one.place, one.grade, one.category) == ("3栋楼道", "major", fire)
    assert one.duties.count() == before + 5
    event = events_of(one).last()
    assert event.detail["place"] == {"old": "", "new": "3栋楼道"}
    assert refused(actions.amend, one, by=cast.clerk, at=at)[0] == "missing"
    assert refused(actions.amend, one, by=cast.clerk, at=at, happened_at=at + MINUTE)[1] == "happened_at"
    noise = Category.objects.get(kind="complaint", name="噪声")
    assert refused(actions.amend, one, by=cast.clerk, at=at, category=noise)[1] == "category"


def test_D4_4_4_what_is_written_in_the_log_is_never_stale(cast, at):
    """Several people write at once: nobody reads 刚刚被别人改过."""
    one = make_emergency(cast, at, "handling")
    pages = [Emergency.objects.get(pk=one.pk) for _ in range(4)]
    actions.note(pages[0], by=cast.clerk, at=at, words="情绪平稳", expect=pages[0].revision)
    actions.instruct(pages[1], by=cast.manager, at=at, words="沈总：确保安全")
    actions.note(pages[2], by=cast.manager, at=at, words="维保到场", spread=True, expect=pages[2].revision)
    actions.outside(pages[3], by=cast.clerk, at=at, service="120", words="一人头晕")
    assert [e.verb for e in events_of(one)][-4:] == ["note", "instruct", "note", "outside"]
    assert Notice.objects.filter(title__contains="维保到场").count() == 5, "everybody told but the writer"


def test_D4_4_4_the_whole_way_to_the_leader_and_its_call_closes_with_it(cast, at):
    one = make_emergency(cast, at, "closed")
    call = Call.objects.get()
    assert (one.closed_by, call.status, call.reply) == (cast.gm, "closed", f"{one.no}：恢复正常")
    pairs = ["reported", "handled", "controlled", "written", "prevented", "reviewed", "closed"]
    times = [getattr(one, f"{name}_at") for name in pairs]
    assert times == sorted(times)
    assert not Clock.objects.open().exists()


def test_D4_4_4_nobody_reviews_their_own_report(cast, at):
    one = make_emergency(cast, at, "controlled")
    given = {"category": one.category, "grade": "minor", "story": "经过", "result": "好了"}
    actions.write(one, by=cast.manager, at=at, **given)
    actions.prevent(one, by=cast.manager, at=at, prevention="巡检")
    assert refused(actions.review, one, by=cast.manager, at=at, opinion="好")[0] == "forbidden"
    assert refused(actions.send_back, one, by=cast.manager, at=at, reason="改")[0] == "forbidden"
    actions.review(one, by=cast.director, at=at, opinion="同意")
    assert one.reviewed_by == cast.director


def test_D4_4_4_a_report_sent_back_is_written_and_signed_again(cast, at):
    one = make_emergency(cast, at, "reviewed")
    actions.refuse(one, by=cast.gm, at=at, reason="原因不清")
    assert (one.status, one.written_at, one.reviewed_by, one.story) == (
        "controlled",
        None,
        None,
        "接报后五分钟到场",
    )
    assert Notice.objects.filter(to=cast.clerk, title__contains="领导退回").count() == 1


def test_D4_4_4_a_false_alarm_is_void_by_the_manager_and_all_hear_it(cast, at):
    one = make_emergency(cast, at, "void")
    assert (one.status, one.void_reason, Call.objects.get().status) == ("void", "演练", "closed")
    assert Notice.objects.filter(title__contains="误报作废").count() == 5
    assert sweep(at + 60 * MINUTE) == 0


def test_D4_4_4_words_are_asked_for(cast, at):
    cases = {
        "reported": ("handle", {"commander": " "}, "commander"),
        "handling": ("control", {"measures": ""}, "measures"),
        "written": ("prevent", {"prevention": ""}, "prevention"),
        "prevented": ("review", {"opinion": ""}, "opinion"),
        "reviewed": ("close", {"close_word": ""}, "close_word"),
        "controlled": (
            "write",
            {"category": None, "grade": "minor", "story": "x", "result": "y"},
            "category",
        ),
    }
    for state, (move, given, field) in cases.items():
        one = make_emergency(cast, at, state)
        by = {"review": cast.manager, "close": cast.gm}.get(move, cast.clerk)
        assert refused(getattr(actions, move), one, by=by, at=at, **given)[1] == field
    blank = make_emergency(cast, at, "handling", place="")
    assert refused(actions.control, blank, by=cast.clerk, at=at, measures="断电")[1] == "place"


def test_D4_4_4_the_database_itself_refuses_what_cannot_be(cast, at):
    one = make_emergency(cast, at, "closed")
    rows = Emergency.objects.filter(pk=one.pk)
    for wrong in (
        {"closed_at": None},
        {"reviewed_by": one.written_by},
        {"place": ""},
        {"grade": "x"},
        {"story": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(emergency=one, acknowledged_at=None).update(how="page")


def test_D4_4_5_the_report_counts_it_once_open_and_closed(cast, at):
    make_emergency(cast, at, "handling")
    make_emergency(cast, at, "closed")
    found = total(flows(at - MINUTE, at + 60 * MINUTE).values())
    assert (found.received, found.closed, found.left, found.balanced) == (2, 1, 1, True)


def test_every_state_names_itself():
    assert {status.label for status in Status} >= {
        "接报",
        "已报告",
        "处置中",
        "已控制",
        "书面报告",
        "总结防范",
        "已关闭",
    }
