"""投诉: apology, facts, signature, department, result, the customer's word; nobody judges themselves (D4.4.2, E5.4)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk.cases.models import ClockRule
from helpdesk.complaints import actions
from helpdesk.complaints.models import Complaint
from helpdesk.log.actions import complain
from helpdesk.log.models import Call
from helpdesk.log.taking import take_complaint
from helpdesk.report.flows import flows, total
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_call, make_complaint
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNHAPPY = {"way": "phone", "opinion": "unsatisfied", "opinion_words": "照旧"}


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field


def signed(cast, one, by, **more):
    """The signature of `by`, 工程部 responsible."""
    given = {
        "decision": "整改",
        "department": cast.repairer.department,
        "due_at": one.last_at + 8 * HOUR,
        **more,
    }
    return actions.confirm(one, by=by, at=one.last_at, **given)


def handled_again(cast, one, signer):
    """From 再处理 to 处理完毕, signed by `signer`."""
    signed(cast, one, signer)
    actions.send(one, by=cast.clerk, at=one.last_at)
    for move in ("sign", "work"):
        getattr(actions, move)(one, by=cast.repairer, at=one.last_at)
    return actions.finish(one, by=cast.repairer, at=one.last_at, cause="没说清", measures="重新约定时间")


def test_E5_4_a_call_becomes_a_complaint_with_the_apology_that_came_first(cast, at):
    call = make_call(cast, at, kind="complaint", content="夜间施工噪声", place="7栋1503", handling="先登记")
    assert refused(complain, call, by=cast.clerk, at=at) == ("missing", "courtesy")
    call = Call.objects.get()
    one = complain(call, by=cast.clerk, at=at, courtesy="apology", wish="夜里别施工")
    assert (one.no, one.status, one.customer, one.phone, one.place) == (
        "TS-2026-0001", "received", "周女士", "13800138000", "7栋1503",
    )  # fmt: skip
    assert (str(one.category), one.channel, one.wish, one.level) == ("噪声", "电话", "夜里别施工", 1)
    assert (call.status, Clock.objects.get(rule="helpdesk.call").stopped_at) == ("led_on", at)
    assert Notice.objects.filter(to=cast.manager, title__contains=one.no).count() == 1


def test_E5_4_the_desk_takes_it_in_one_action_and_an_answer_on_the_line_is_no_end(cast, at):
    heard = {
        "content": "楼道垃圾没清",
        "kind": "complaint",
        "caller_name": "何",
        "number": "139",
        "reply": "马上派人",
    }
    one = take_complaint(by=cast.clerk, at=at, heard=heard, courtesy="both")
    assert (one.status, Call.objects.get().handling) == ("received", "当场答复：马上派人")
    assert refused(take_complaint, by=cast.repairer, at=at, heard=heard, courtesy="both")[0] == "forbidden"
    assert (Complaint.objects.count(), Call.objects.count()) == (1, 1)


def test_D4_4_2_the_whole_way_and_its_call_closes_with_it(cast, at):
    one = make_complaint(cast, at, "closed")
    call = Call.objects.get()
    assert (one.confirmed_by, one.signed_by, one.closed_by) == (cast.manager, cast.repairer, cast.clerk)
    assert (call.status, call.reply) == ("closed", f"{one.no}：已停工（满意）")
    verbs = [event.verb for event in events_of(one)]
    assert verbs == ["record", "verify", "confirm", "send", "sign", "work", "finish", "feedback", "close"]
    assert not Clock.objects.open().exists()


def test_D4_4_2_not_satisfied_is_handled_again_one_level_up_each_time(cast, at):
    one = make_complaint(cast, at, "done")
    actions.feedback(one, by=cast.clerk, at=one.last_at, **UNHAPPY)
    assert (one.status, one.level, one.round) == ("again", 2, 2)
    assert Notice.objects.filter(to=cast.director, level="urgent", title__contains="第 2 次处理").count() == 1
    assert refused(signed, cast, one, cast.manager)[0] == "forbidden"
    handled_again(cast, one, cast.director)
    actions.feedback(one, by=cast.clerk, at=one.last_at, **UNHAPPY)
    assert (one.status, one.level, one.round) == ("again", 3, 3)
    assert refused(signed, cast, one, cast.director)[0] == "forbidden"
    handled_again(cast, one, cast.vgm)
    actions.feedback(one, by=cast.clerk, at=one.last_at, **UNHAPPY)
    assert (one.status, one.level, one.round) == ("again", 3, 4), "there is nobody above"
    handled_again(cast, one, cast.gm)
    actions.feedback(one, by=cast.clerk, at=one.last_at, way="visit", opinion="satisfied")
    actions.close(one, by=cast.clerk, at=one.last_at)
    assert one.status == "closed"


def test_D4_4_2_who_is_not_satisfied_is_asked_for_words_and_never_closed(cast, at):
    one = make_complaint(cast, at, "done")
    quiet = {"way": "phone", "opinion": "unsatisfied"}
    assert refused(actions.feedback, one, by=cast.clerk, at=at, **quiet) == ("missing", "opinion_words")
    for field, given in (("way", {"opinion": "basic"}), ("opinion", {"way": "phone"})):
        assert (
            refused(actions.feedback, one, by=cast.clerk, at=at, **{"way": "", "opinion": "", **given})[1]
            == field
        )
    fed = make_complaint(cast, at, "fed_back")
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=fed.pk).update(opinion="unsatisfied")


def test_D4_4_2_nobody_answers_three_times_is_as_good_as_told(cast, at):
    one = make_complaint(cast, at, "done")
    away = {"way": "phone", "opinion": "unreachable"}
    for attempts, state in ((1, "done"), (2, "done"), (3, "fed_back")):
        actions.feedback(one, by=cast.clerk, at=one.last_at, **away)
        assert (one.attempts, one.status) == (attempts, state)


@pytest.mark.parametrize("nature", ["invalid", "unsolvable"])
def test_D4_4_2_not_founded_still_needs_the_signature_and_the_answer(cast, at, nature):
    one = make_complaint(cast, at)
    one.last_at = at
    actions.verify(one, by=cast.clerk, at=at, facts="水表检定合格", nature=nature)
    assert refused(actions.settle, one, by=cast.clerk, at=at)[0] == "state"
    actions.confirm(one, by=cast.manager, at=at, decision="出示证书", nature=nature)
    assert (one.status, one.department) == ("confirmed", None)
    assert refused(actions.send, one, by=cast.clerk, at=at)[0] == "state"
    actions.settle(one, by=cast.clerk, at=at)
    assert refused(actions.close, one, by=cast.clerk, at=at)[0] == "state"
    actions.feedback(one, by=cast.clerk, at=at, way="face", opinion="basic")
    actions.close(one, by=cast.clerk, at=at)
    assert one.status == "closed"


def test_D4_4_2_what_is_founded_cannot_be_settled_without_a_department(cast, at):
    one = make_complaint(cast, at, "confirmed")
    assert refused(actions.settle, one, by=cast.clerk, at=at)[0] == "state"
    other = make_complaint(cast, at, "verified")
    for field, more in (
        ("department", {"department": None}),
        ("due_at", {"due_at": None}),
        ("due_at", {"due_at": at}),
    ):
        assert refused(signed, cast, other, cast.manager, **more)[1] == field
    assert refused(signed, cast, other, cast.manager, due_at=at + timedelta(days=400))[0] == "invalid"


def test_D4_4_2_nobody_makes_a_move_on_a_complaint_against_themselves(cast, at):
    one = make_complaint(cast, at, against_person=cast.clerk2)
    assert one.against_department == cast.clerk2.department
    given = {"facts": "没有这回事", "nature": "invalid"}
    assert refused(actions.verify, one, by=cast.clerk2, at=at, **given)[0] == "forbidden"
    actions.verify(one, by=cast.clerk, at=at, **given)
    fed = make_complaint(cast, at, "fed_back")
    Complaint.objects.filter(pk=fed.pk).update(against_person=cast.clerk2)
    assert refused(actions.close, Complaint.objects.get(pk=fed.pk), by=cast.clerk2, at=at)[0] == "forbidden"


def test_D4_4_2_against_the_manager_or_the_managers_department_it_is_signed_one_level_up(cast, at):
    for known in ({"against_person": cast.manager}, {"against_department": cast.manager.department}):
        one = make_complaint(cast, at, "verified", **known)
        assert one.level == 2
        assert refused(signed, cast, one, cast.manager)[0] == "forbidden"
        assert Notice.objects.filter(to=cast.director, title__contains=one.no).exists()
        assert not Notice.objects.filter(to=cast.manager, title__contains=f"投诉 {one.no}").exists()
        signed(cast, one, cast.director)
        assert refused(actions.void, one, by=cast.manager, at=at, reason="不实")[0] in ("forbidden", "state")


def test_D4_4_2_the_head_closes_nothing_against_the_own_department(cast, at):
    one = make_complaint(cast, at, "fed_back", against_department=cast.sales.department)
    own = make_complaint(cast, at, "fed_back")
    Complaint.objects.filter(pk=own.pk).update(against_department=cast.manager.department)
    assert refused(actions.close, Complaint.objects.get(pk=own.pk), by=cast.manager, at=at)[0] == "forbidden"
    assert actions.close(one, by=cast.manager, at=one.last_at).status == "closed"


def test_D4_4_2_the_department_is_told_its_head_or_all_when_it_has_none(cast, at):
    one = make_complaint(cast, at, "sent")
    told = Notice.objects.filter(title__contains="转责任部门").values_list("to__username", flat=True)
    assert sorted(told) == ["repairer", "repairer2"]
    other = make_complaint(cast, at, "verified")
    signed(cast, other, cast.manager, department=cast.director.department)
    actions.send(other, by=cast.clerk, at=at)
    assert list(Notice.objects.filter(title__contains=other.no, to=cast.director)) != []
    assert refused(actions.sign, one, by=cast.director, at=at)[0] == "forbidden"


def test_D4_4_2_who_sees_it(cast, at):
    one = make_complaint(cast, at)
    seen = {name for name, user in vars(cast).items() if Complaint.objects.visible_to(user).exists()}
    assert seen == {
        "clerk",
        "clerk2",
        "assistant",
        "manager",
        "director",
        "energy",
        "auditor",
        "gm",
        "vgm",
        "vgm2",
    }
    sent = make_complaint(cast, at, "sent")
    assert list(Complaint.objects.visible_to(cast.repairer)) == [sent]
    loner = make_user("loner", "")
    type(loner).objects.filter(pk=loner.pk).update(department=None)
    loner.refresh_from_db()
    assert not Complaint.objects.visible_to(loner).exists()
    assert one.is_open


def test_D4_4_2_the_clocks_run_in_the_desks_hours_and_late_stays_late(cast, at):
    one = make_complaint(cast, at)
    clock = Clock.objects.get(rule="complaint.confirm")
    assert (clock.due_at - at, clock.calendar.code) == (8 * HOUR, "service")
    evening = at.replace(hour=19)
    night = make_complaint(cast, evening)
    assert Clock.objects.get(subject_id=night.pk, rule="complaint.confirm").due_at == at.replace(
        day=22, hour=15
    )
    sweep(at + 9 * HOUR)
    assert Complaint.objects.late(at + 9 * HOUR).get() == one
    actions.verify(one, by=cast.clerk, at=at + 9 * HOUR, facts="属实", nature="valid")
    one.last_at = at + 9 * HOUR
    signed(cast, one, cast.manager)
    assert one in Complaint.objects.late(at + 10 * HOUR)
    ClockRule.objects.filter(code="complaint.feedback").update(minutes=60)
    done = make_complaint(cast, at, "done")
    assert Clock.objects.get(subject_id=done.pk, rule="complaint.feedback").due_at == done.last_at + HOUR
    assert Clock.objects.get(subject_id=done.pk, rule="complaint.handle").stopped_at == done.last_at


def test_D4_4_2_words_are_asked_for(cast, at):
    for state, move, by, given, field in (
        ("received", "verify", "clerk", {"facts": " ", "nature": "valid"}, "facts"),
        ("received", "verify", "clerk", {"facts": "x", "nature": ""}, "nature"),
        ("verified", "confirm", "manager", {"decision": ""}, "decision"),
        ("working", "finish", "repairer", {"cause": "", "measures": "x"}, "cause"),
        ("working", "finish", "repairer", {"cause": "x", "measures": ""}, "measures"),
        ("received", "void", "manager", {"reason": ""}, "reason"),
    ):
        one = make_complaint(cast, at, state)
        assert refused(getattr(actions, move), one, by=getattr(cast, by), at=at, **given) == (
            "missing",
            field,
        )


def test_D4_4_2_the_database_itself_lets_no_step_be_skipped(cast, at):
    rows = {
        state: Complaint.objects.filter(pk=make_complaint(cast, at, state).pk)
        for state in ("received", "closed")
    }
    for state, wrong in (
        ("closed", {"confirmed_at": None, "confirmed_by": None}), ("closed", {"measures": ""}),
        ("closed", {"closed_at": None}), ("closed", {"opinion": ""}), ("received", {"courtesy": "x"}),
        ("received", {"level": 4}), ("received", {"closed_at": at}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows[state].update(**wrong)


def test_D4_4_5_the_report_counts_it_once_open_and_closed(cast, at):
    make_complaint(cast, at, "working")
    make_complaint(cast, at, "closed")
    found = flows(at - MINUTE, at + 60 * MINUTE)
    assert {kind for kind, _ in found} == {"complaint"}
    flow = total(found.values())
    assert (flow.received, flow.closed, flow.left, flow.balanced) == (2, 1, 1, True)
