"""其他问题: given out, signed for, followed, fed back, closed with its call; praise reaches the praised (D4.4.3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk.log.models import Call
from helpdesk.matters import actions
from helpdesk.matters.models import Matter
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_call, make_matter

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(user) -> list[str]:
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def clocks(one) -> list[tuple[str, int, bool, bool]]:
    rows = Clock.objects.of(one).order_by("pk")
    return [(c.rule, c.round, c.stopped_at is None, c.breached_at is not None) for c in rows]


def test_D4_4_3_from_the_call_to_its_end(cast, at):
    one = make_matter(cast, at, "closed")
    assert (one.no, one.kind, one.reporter, one.phone) == ("QT-2026-0001", "advice", "周女士", "13800138000")
    verbs = list(events_of(one).values_list("verb", flat=True))
    assert verbs == ["record", "assign", "sign", "finish", "feedback", "close"]
    call = Call.objects.get()
    assert (call.status, call.reply) == ("closed", f"{one.no}：采纳，东门已加装两盏路灯（认可）")
    assert (one.worker, one.done_by, one.closed_by) == (cast.repairer, cast.repairer, cast.clerk)
    assert clocks(one) == [
        ("matter.assign", 1, False, False),
        ("matter.handle", 1, False, False),
        ("matter.feedback", 1, False, False),
    ]


def test_D4_4_3_a_new_limit_says_why_and_keeps_the_earlier_breach(cast, at):
    one = make_matter(cast, at, "signed")
    late = one.due_at + HOUR
    with pytest.raises(Refused, match="约定新的时限"):
        actions.postpone(one, by=cast.clerk, at=late, due_at=late + HOUR, reason=" ")
    actions.postpone(one, by=cast.clerk, at=late, due_at=late + 4 * HOUR, reason="等灯具到货，与周女士约定")
    assert (one.due_at, one.agreed_reason) == (late + 4 * HOUR, "等灯具到货，与周女士约定")
    assert clocks(one)[1:] == [("matter.handle", 1, False, True), ("matter.handle", 2, True, False)]
    assert list(Matter.objects.late(late)) == [one]


def test_D4_4_3_sent_back_with_the_reason_and_given_to_somebody_else(cast, at):
    one = make_matter(cast, at, "assigned")
    with pytest.raises(Refused, match="退回的原因"):
        actions.send_back(one, by=cast.repairer, at=one.last_at, reason="")
    actions.send_back(one, by=cast.repairer2, at=one.last_at, reason="路灯归市政")
    assert (one.status, one.round) == ("returned", 2)
    assert any("已退回" in line for line in told(cast.clerk))
    due = one.last_at + 9 * HOUR
    with pytest.raises(Refused, match="不在"):
        actions.assign(
            one,
            by=cast.clerk,
            at=at + HOUR,
            department=cast.tech.department,
            worker=cast.repairer,
            due_at=due,
        )
    with pytest.raises(Refused, match="交给谁办"):
        actions.assign(one, by=cast.clerk, at=at + HOUR, due_at=due)
    actions.assign(one, by=cast.clerk, at=at + HOUR, worker=cast.tech, due_at=due)
    assert one.department == cast.tech.department
    assert any(one.no in line for line in told(cast.tech))
    # Now it is that person's alone.
    with pytest.raises(Refused, match="要由他们"):
        actions.sign(one, by=cast.repairer, at=at + HOUR)
    actions.sign(one, by=cast.tech, at=at + HOUR)
    actions.reassign(one, by=cast.clerk, at=at + 2 * HOUR, reason="他出差", worker=cast.repairer, due_at=due)
    assert (one.status, one.round, one.signed_at) == ("assigned", 3, None)


def test_D4_4_3_what_is_not_accepted_is_done_again_and_nobody_reached_thrice_counts(cast, at):
    one = make_matter(cast, at, "done")
    given = {"by": cast.clerk, "way": "phone"}
    with pytest.raises(Refused, match="怎么说"):
        actions.feedback(one, at=one.last_at, opinion="rejected", **given)
    actions.feedback(one, at=one.last_at, opinion="rejected", opinion_words="还是黑", **given)
    assert (one.status, one.round) == ("returned", 2)
    actions.settle(one, by=cast.clerk, at=one.last_at, result="再加一盏", verdict="partly")
    ended = []
    for _ in range(3):
        actions.feedback(one, at=one.last_at, opinion="unreachable", **given)
        ended.append(one.status)
    assert ended == ["done", "done", "fed_back"]


def test_D4_4_3_a_suggestion_is_answered(cast, at):
    one = make_matter(cast, at, "signed")
    with pytest.raises(Refused, match="采纳、部分采纳或未采纳"):
        actions.finish(one, by=cast.repairer, at=one.last_at, result="看过了")
    with pytest.raises(Refused, match="理由"):
        actions.finish(one, by=cast.repairer, at=one.last_at, result=" ", verdict="declined")
    actions.finish(one, by=cast.repairer, at=one.last_at, result="电缆容量不够", verdict="declined")
    assert events_of(one).last().reason == "未采纳：电缆容量不够"
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=one.pk).update(verdict="")


def test_D4_4_3_praise_reaches_the_praised_and_their_head(cast, at):
    head = cast.repairer.department.head
    with pytest.raises(Refused, match="表扬谁"):
        make_matter(cast, at, kind="praise", content="陈师傅修得好")
    one = make_matter(cast, at, kind="praise", content="陈师傅修得好", praised=cast.repairer)
    assert told(cast.repairer)[-1] == f"表扬 {one.praised_whom}：陈师傅修得好"
    assert head is None or any("表扬" in line for line in told(head))
    make_matter(cast, at, kind="praise", content="修得好", praised=cast.repairer)
    make_matter(cast, at, kind="praise", content="前台耐心", praised_department=cast.clerk.department)
    counts = Matter.objects.all().praise_counts(at, at + HOUR)
    assert [(row["who"], row["count"]) for row in counts] == [("陈建国", 2), (None, 1)]
    assert list(Matter.objects.visible_to(cast.repairer).praise().values_list("content", flat=True)) == [
        "修得好",
        "陈师傅修得好",
    ]
    assert not Matter.objects.visible_to(cast.sales).exists()


def test_D4_4_3_a_transfer_says_to_whom(cast, at):
    call = make_call(cast, at, kind="transfer", content="找财务", handling="转接")
    from helpdesk.log.actions import hand_on

    with pytest.raises(Refused, match="转给了谁"):
        hand_on(call, by=cast.clerk, at=at)
    call.refresh_from_db()
    one = hand_on(call, by=cast.clerk, at=at, transfer_to="财务部 林会计")
    assert (one.kind, one.transfer_to) == ("transfer", "财务部 林会计")
    other = hand_on(make_call(cast, at), by=cast.clerk, at=at)
    assert other.kind == "other"


def test_D4_4_3_a_note_is_no_change_of_the_record(cast, at):
    one = make_matter(cast, at, "signed")
    seen = one.revision
    for by in (cast.repairer, cast.clerk):
        actions.note(one, by=by, at=one.last_at, words="已订货")
    one.refresh_from_db()
    assert one.revision == seen
    assert [e.reason for e in events_of(one) if e.verb == "note"] == ["已订货"] * 2
    with pytest.raises(Refused, match="由他们"):
        actions.note(one, by=cast.sales, at=one.last_at, words="打听一下")


def test_D4_4_3_struck_out_its_call_waits_again(cast, at):
    one = make_matter(cast, at, "void")
    call = Call.objects.get()
    assert (one.void_by, call.status) == (cast.manager, "open")
    assert not Clock.objects.of(one).open().exists()
    assert (
        actions.open_matter(
            by=cast.clerk, at=at, kind="advice", reporter="周", content="又说", call=call
        ).call
        == call
    )
