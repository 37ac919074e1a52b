"""信息接待记录: answered from documents, or promised and rung until it is done; specialists; visitors (C3, E5.2)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk.enquiries import actions
from helpdesk.enquiries.documents import look_up
from helpdesk.enquiries.models import CallBack, Citation, Enquiry
from helpdesk.enquiries.tally import tallies
from helpdesk.enquiries.views_items import waiting_for
from helpdesk.log.actions import enquire, record_call, reply_close
from helpdesk.log.models import Call
from helpdesk.log.taking import take_enquiry
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import month_bounds
from reception.core.documents import actions as papers
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.documents import make_document
from tests.factories.helpdesk import make_call, make_enquiry

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ASKED = {
    "kind": "enquiry",
    "content": "装修押金什么时候退",
    "caller_name": "吴",
    "number": "13900006301",
    "handling": "查",
}


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field


def told(user):
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def state(one):
    one.refresh_from_db()
    return one.status, Call.objects.get(pk=one.call_id).status


# --- no call can end without a record ----------------------------------------------------------------------------


def test_E5_2_1d_answered_at_once_both_are_closed(cast, at):
    one = take_enquiry(by=cast.clerk, at=at, heard={**ASKED, "reply": "验收后三十天"})
    assert (one.no, state(one), one.answer, one.replied_by, one.recorder_name) == (
        "CX-2026-0001", ("closed", "closed"), "验收后三十天", cast.clerk, "林晓雯"
    )  # fmt: skip
    assert (str(one.category), one.channel, one.way) == ("收费", "电话", "phone")
    assert not Clock.objects.filter(stopped_at=None).exists()


def test_E5_2_1d_a_promise_leaves_both_open_and_they_are_closed_together(cast, at):
    one = take_enquiry(by=cast.clerk, at=at, heard={**ASKED, "reply_due_at": at + HOUR})
    assert (state(one), one.contact) == (("waiting", "led_on"), "13900006301")
    actions.reply(one, by=cast.clerk2, at=at + 30 * MINUTE, words="三十天", closes=False)
    assert state(one) == ("replied", "led_on")
    actions.close(one, by=cast.clerk, at=at + 90 * MINUTE)
    call = one.call
    call.refresh_from_db()
    # The promise is measured by when the caller was told, not by the closing.
    assert (state(one), call.reply, call.replied_at, call.replied_by, call.closed_by) == (
        ("closed", "closed"), f"{one.no}：三十天", at + 30 * MINUTE, cast.clerk2, cast.clerk
    )  # fmt: skip


def test_E5_2_1d_an_older_call_that_is_answered_has_its_record_too(cast, at):
    call = make_call(cast, at)
    reply_close(call, by=cast.clerk, at=at + MINUTE, reply="验收后三十天内退")
    one = call.enquiries.get()
    assert (state(one), one.answer, call.reply) == (
        ("closed", "closed"),
        "验收后三十天内退",
        "验收后三十天内退",
    )
    record_call(by=cast.clerk, at=at, **{**ASKED, "kind": "help"}, reply="已派人")
    assert Enquiry.objects.count() == 1


def test_E5_2_1d_one_call_is_one_record_and_the_database_knows(cast, at):
    one = make_enquiry(cast, at)
    assert refused(enquire, one.call, by=cast.clerk, at=at)[0] == "state"
    copy = Enquiry.objects.get(pk=one.pk)
    copy.pk, copy.no = None, "CX-2026-0099"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_D4_3_3_struck_out_the_call_waits_again_and_may_be_written_down_anew(cast, at):
    one = make_enquiry(cast, at, "waiting")
    actions.void(one, by=cast.manager, at=at + 5 * MINUTE, reason="写错了房号")
    assert (state(one), one.call_backs.get().outcome) == (("void", "open"), "dropped")
    assert not Clock.objects.filter(subject_kind="helpdesk.enquiry", stopped_at=None).exists()
    call = Call.objects.get(pk=one.call_id)
    again = enquire(call, by=cast.clerk, at=at + 6 * MINUTE)
    assert (again.call, state(again)) == (one.call, ("recorded", "led_on"))
    assert sum(one.made for one in tallies(*month_bounds(2026, 10), at)) == 0


# --- the promise -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contact": " "}, "contact"), ({"reply_due_at": None}, "reply_due_at"), ({"contact": "9" * 81}, "contact"),
        ({"reply_due_at": -MINUTE}, "reply_due_at"), ({"reply_due_at": timedelta(days=400)}, "reply_due_at"),
    ],
)  # fmt: skip
def test_E5_2_1b_a_promise_says_who_which_number_and_by_when(cast, at, given, field):
    one = make_enquiry(cast, at)
    due = given.get("reply_due_at", HOUR)
    said = {"contact": "13800138000", **given, "reply_due_at": at + due if due else None}
    assert refused(actions.promise, one, by=cast.clerk, at=at, **said)[1] == field
    assert (state(one)[0], CallBack.objects.count()) == ("recorded", 0)


def test_E5_2_1b_the_database_keeps_no_promise_without_them(cast, at):
    one = make_enquiry(cast, at, "waiting")
    rows = Enquiry.objects.filter(pk=one.pk)
    for wrong in (
        {"contact": ""},
        {"reply_due_at": None},
        {"status": "sent"},
        {"status": "replied"},
        {"recorder_name": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallBack.objects.create(enquiry=one, contact="8", made_at=at, made_by=cast.clerk, due_at=at + HOUR)


def test_E5_2_1b_without_a_promise_it_is_due_the_same_day(cast, at):
    make_enquiry(cast, at)
    clock = Clock.objects.get(subject_kind="helpdesk.enquiry")
    assert (clock.due_at.date(), clock.owner, clock.calendar.code) == (at.date(), cast.clerk, "service")
    make_enquiry(cast, at, "waiting")
    assert [c.due_at for c in Clock.objects.filter(subject_no="CX-2026-0002", stopped_at=None)] == [
        at + 2 * HOUR
    ]


def test_E5_2_1b_it_rings_up_the_ladder_and_again_until_the_call_back_is_done(cast, at):
    one = make_enquiry(cast, at, "waiting")  # promised at 10:01 for 12:00
    for minutes, heard in ((70, 1), (100, 1), (121, 2), (185, 2), (241, 2)):
        before = Notice.objects.filter(title__contains="回").count()
        sweep(at + minutes * MINUTE)
        assert Notice.objects.filter(title__contains="回").count() - before == heard, minutes
    assert "答应10-21 12:00 前回电，已过时，请马上回" in told(cast.clerk)[-1]
    assert (len(told(cast.manager)), len(told(cast.director))) == (2, 1)
    # Every half hour once more, whatever was tried in vain.
    actions.attempt(one, by=cast.clerk2, at=at + 250 * MINUTE, note="没人接")
    assert [sweep(at + minutes * MINUTE) for minutes in (260, 272, 280, 303)] == [0, 1, 0, 1]
    actions.reply(one, by=cast.clerk, at=at + 310 * MINUTE, words="三样材料")
    assert sweep(at + 900 * MINUTE) == 0
    clock = Clock.objects.get(subject_no=one.no, round=2)
    assert (clock.breached_at, clock.stopped_at) == (at + 2 * HOUR, at + 310 * MINUTE)


def test_E5_2_1b_who_was_not_reached_is_written_down_with_time_and_hand(cast, at):
    one = make_enquiry(cast, at, "accepted")
    actions.attempt(one, by=cast.tech, at=at + 10 * MINUTE)
    actions.attempt(one, by=cast.clerk2, at=at + 20 * MINUTE, note="关机")
    assert one.attempts == 2
    rows = (
        events_of(one).filter(verb="attempt").values_list("at", "actor__username", "reason", "detail__times")
    )
    assert list(rows) == [(at + 10 * MINUTE, "tech", "", 1), (at + 20 * MINUTE, "clerk2", "关机", 2)]


def test_E5_2_1b_agreed_anew_a_broken_promise_stays_broken(cast, at):
    one = make_enquiry(cast, at, "waiting")
    actions.rearrange(
        one, by=cast.clerk, at=at + 3 * HOUR, reply_due_at=at + 5 * HOUR, reason="吴先生说下午再打"
    )
    actions.reply(one, by=cast.clerk2, at=at + 4 * HOUR, words="三十天")
    first, second = one.call_backs.all()
    assert [(c.outcome, c.ended_at > c.due_at) for c in (first, second)] == [("moved", True), ("done", False)]
    assert Clock.objects.late(at + 9 * HOUR).filter(subject_no=one.no).count() == 1


def test_E5_2_1b_promises_kept_are_counted_for_each_person(cast, at):
    for status in ("waiting", "waiting", "replied", "waiting"):
        make_enquiry(cast, at, status)
    late, moved, _, _ = Enquiry.objects.order_by("pk")
    actions.reply(late, by=cast.clerk2, at=at + 3 * HOUR, words="好")
    due = at + 9 * HOUR
    actions.rearrange(moved, by=cast.clerk, at=at + HOUR, reply_due_at=due, reason="在开会")
    rows = {one.name: one for one in tallies(*month_bounds(2026, 10), at + 4 * HOUR)}
    made = rows["林晓雯"]
    # Promised at ten: one answered late, one agreed anew in time (and open since), one kept by the specialist, one overdue.
    assert (made.made, made.kept, made.late, made.open, made.moved, made.rate) == (5, 1, 2, 1, 1, "33.3%")
    assert (rows["周宁"].answered, rows["周宁"].answered_in_time, rows["周宁"].rate) == (1, 0, "—")
    assert (rows[str(cast.tech)].answered, rows[str(cast.tech)].answered_in_time) == (1, 1)
    assert tallies(*month_bounds(2026, 9), at) == []


# --- specialists -------------------------------------------------------------------------------------------------


def test_E5_2_1c_the_same_promise_runs_on_with_the_specialist(cast, at):
    one = make_enquiry(cast, at, "waiting")
    actions.hand(one, by=cast.clerk, at=at + 5 * MINUTE, specialist=cast.tech, note="请看容量")
    clock = Clock.objects.get(subject_no=one.no, stopped_at=None)
    assert (clock.owner, clock.due_at, one.professional) == (cast.tech, at + 2 * HOUR, True)
    assert (len(told(cast.tech)), waiting_for(cast.tech).get(), waiting_for(cast.clerk).count()) == (
        1,
        one,
        0,
    )
    assert (
        Enquiry.objects.visible_to(cast.tech).exists() and not Enquiry.objects.visible_to(cast.make).exists()
    )
    actions.accept(one, by=cast.tech, at=at + 6 * MINUTE)
    actions.advise(one, by=cast.tech, at=at + 9 * MINUTE, words="容量够", told=False)
    clock.refresh_from_db()
    assert (state(one), clock.owner, clock.stopped_at, one.advice) == (
        ("waiting", "led_on"),
        cast.clerk,
        None,
        "容量够",
    )
    assert told(cast.clerk)[-1].endswith(f"{cast.tech}已专业答复")


def test_E5_2_1c_told_by_the_specialist_the_promise_is_kept(cast, at):
    one = make_enquiry(cast, at, "replied")
    assert (one.answer, one.replied_by, one.call_backs.get().ended_by) == (
        "容量够，可以报装",
        cast.tech,
        cast.tech,
    )
    assert not Clock.objects.filter(subject_no=one.no, stopped_at=None).exists()


def test_E5_2_1c_handed_back_or_taken_back_it_is_the_desk_s_again(cast, at):
    for act, by in ((actions.hand_back, cast.tech), (actions.withdraw, cast.clerk2)):
        one = make_enquiry(cast, at, "sent")
        assert refused(act, one, by=by, at=at, reason=" ")[1] == "reason"
        act(one, by=by, at=one.last_at, reason="归工程部管")
        owner = Clock.objects.get(subject_no=one.no, stopped_at=None).owner
        assert (state(one)[0], owner) == ("waiting", cast.clerk)


def test_E5_2_1c_a_named_specialist_who_works_here_and_is_not_oneself(cast, at):
    one = make_enquiry(cast, at, "waiting")
    cast.tech.is_active = False
    for wrong in (None, cast.clerk, cast.tech):
        assert refused(actions.hand, one, by=cast.clerk, at=one.last_at, specialist=wrong)[1] == "specialist"


# --- visitors ----------------------------------------------------------------------------------------------------


def test_E5_2_2_one_press_calls_them_and_who_took_it_over_is_known(cast, at):
    one = take_enquiry(by=cast.clerk, at=at, heard={**ASKED, "channel": "visit", "number": ""}, alert=True)
    lines = Notice.objects.filter(answer="我来接待").order_by("to__username")
    assert [(row.to, row.answer_url) for row in lines] == [
        (cast.assistant, f"/helpdesk/enquiries/{one.no}/take/"), (cast.manager, f"/helpdesk/enquiries/{one.no}/take/")
    ]  # fmt: skip
    actions.take(one, by=cast.assistant, at=at + 2 * MINUTE)
    assert (one.taken_by, one.taken_at, Clock.objects.get(stopped_at=None).owner) == (
        cast.assistant, at + 2 * MINUTE, cast.assistant
    )  # fmt: skip
    for act in (actions.take, actions.notify):
        assert refused(act, one, by=cast.manager, at=at + 3 * MINUTE) == ("state", "")
    assert one.way == ""
    actions.answer(one, by=cast.assistant, at=at + 9 * MINUTE, words="带身份证", way="face")
    assert state(one) == ("closed", "closed")


# --- documents ---------------------------------------------------------------------------------------------------


def test_C3_an_answer_cites_the_document_in_the_version_that_was_in_force(cast, at):
    paper = make_document(cast, at - timedelta(days=9))
    found = look_up("装修押金什么时候退", by=cast.clerk, at=at)
    assert [(one.key, one.label) for one in found] == [(paper.no, "《装修管理规定》第 1 版")]
    one = take_enquiry(by=cast.clerk, at=at, heard={**ASKED, "reply": "三十天"}, sources=[paper.no])
    text = "押金三千元，验收合格满一个月退还"
    papers.edit(
        paper, by=cast.manager, at=at, kind="rules", title="装修管理规定", text=text, changed="缩短期限"
    )
    papers.publish(paper, by=cast.manager, at=at)
    assert look_up("装修押金", by=cast.clerk, at=at)[0].version == "第 2 版"
    cited = Citation.objects.get()
    assert (cited.enquiry, str(cited), cited.url) == (
        one,
        "《装修管理规定》第 1 版",
        paper.get_absolute_url(),
    )
    assert events_of(one).get(verb="answer").detail["sources"] == ["《装修管理规定》第 1 版"]


def test_C3_what_is_not_in_force_or_not_for_one_s_eyes_is_cited_by_nobody(cast, at):
    draft = make_document(cast, at, "draft")
    one = make_enquiry(cast, at)
    for key in (draft.no, "WJ-2099-9999", "x"):
        assert refused(actions.answer, one, by=cast.clerk, at=at, words="好", sources=[key]) == (
            "invalid",
            "sources",
        )
    assert (state(one)[0], Citation.objects.count()) == ("recorded", 0)
