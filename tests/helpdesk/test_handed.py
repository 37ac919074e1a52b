"""A report from the draft to the locked snapshot, and what it says (D4.4.5, records §2.4)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from helpdesk.cases.models import Category
from helpdesk.handed import actions
from helpdesk.handed.actions import Measured, Told
from helpdesk.handed.choices import Status
from helpdesk.handed.content import content
from helpdesk.handed.flow import FLOW
from helpdesk.handed.models import DeadlineRule, HeldMonth, Snapshot, Submission
from helpdesk.handed.plain import plain, read
from helpdesk.handed.policies import PROCEDURE
from helpdesk.handed.reminding import remind
from helpdesk.handed.snapshots import kept
from helpdesk.handed.views_items import waiting_for
from helpdesk.log.models import Call
from helpdesk.report.build import build
from helpdesk.report.models import Target
from helpdesk.report.spans import span_of, whole
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from reception.core.notices.models import Notice
from reception.core.people.models import Department
from tests.factories.handed import make_report, wrote
from tests.factories.helpdesk import make_call, make_repair
from tests.helpdesk.stories import CHINA
from tests.helpdesk.test_grid import hands, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=CHINA)
MONTH = whole(date(2026, 10, 1))
GRID = """
          sign   review   submit    receive send_back give_back
draft     signed .        .         .       .         .
signed    .      reviewed .         .       draft     .
reviewed  .      .        submitted .       draft     .
submitted .      .        .         locked  .         draft
locked    .      .        .         .       .         .
"""
HANDS = """
sign      clerk clerk2 assistant manager
review    manager director
submit    manager director
receive   director
send_back manager director
give_back director
"""
PEOPLE = ("clerk", "clerk2", "assistant", "manager", "director", "energy", "auditor", "gm", "repairer")


@pytest.fixture
def month(cast, at):
    """October: an order finished late, one that nobody went to, two calls."""
    make_repair(cast, at, "finished")
    make_repair(cast, at, place="地下车库B1")
    make_call(cast, at, "closed", rings=5, rings_reason="两部电话同时响", kind="help", handling="问保安")
    return make_call(cast, at, kind="complaint")


@pytest.mark.parametrize("state", [status.value for status in Status])
def test_D4_4_5_the_grid(cast, month, state):
    found, grid, allowed = make_report(cast, NOW, state), table(GRID), hands(HANDS)
    for move in FLOW:
        for who in PEOPLE:
            wanted = grid[state][move.name] if who in allowed[move.name] else "."
            given = {"reason": "漏了案例"} if move.needs else {}
            with transaction.atomic():
                one = Submission.objects.get(pk=found.pk)
                try:
                    ended = getattr(actions, move.name)(one, by=getattr(cast, who), at=NOW, **given).status
                except Refused as refused:
                    assert refused.code in ("forbidden", "state")
                    ended = "."
                transaction.set_rollback(True)
            assert ended == wanted, (state, move.name, who)


def test_D4_4_5_every_signature_is_another_person_s_and_the_way_is_in_the_ledger(cast, month):
    found = make_report(cast, NOW, "signed")
    PROCEDURE.check(found, "review", by=cast.director, at=NOW)
    second = make_report(cast, datetime(2026, 12, 1, 9, tzinfo=CHINA), month="2026-11")
    actions.sign(second, by=cast.manager, at=datetime(2026, 12, 1, 9, tzinfo=CHINA))
    with pytest.raises(Refused, match="要由不同的人签字"):
        actions.review(second, by=cast.manager, at=NOW)
    actions.review(found, by=cast.manager, at=NOW)
    actions.submit(found, by=cast.manager, at=NOW)
    actions.give_back(found, by=cast.director, at=NOW, reason="请补集体反映")
    assert (found.status, found.signed_name, HeldMonth.objects.filter(submission=found).count()) == (
        "draft",
        "",
        0,
    )
    for move, who in (
        ("sign", "clerk2"),
        ("review", "manager"),
        ("submit", "manager"),
        ("receive", "director"),
    ):
        getattr(actions, move)(found, by=getattr(cast, who), at=NOW)
    labels = list(events_of(found).values_list("label", flat=True))
    assert labels == ["开始编写", "制表签字", "审核签字", "报物管中心", "退回重报", "制表签字", "审核签字", "报物管中心",
                      "接收并锁定"]  # fmt: skip
    assert [snapshot.version for snapshot in found.snapshots.all()] == [2, 1]
    last = events_of(found).last()
    assert last.detail["sha256"] == found.snapshots.first().digest and last.detail["version"] == 2
    assert Notice.objects.filter(to=cast.director, title__contains="报物管中心").count() == 2
    assert list(verify()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=found.pk).update(reviewed_by=cast.clerk2)


def test_D4_4_5_what_was_handed_in_stays_byte_for_byte(cast, month):
    found = make_report(cast, NOW, "locked")
    before, page, said = kept(MONTH).file(), kept(MONTH).page(), kept(MONTH).said()
    digest = kept(MONTH).snapshot.digest
    Call.objects.filter(pk=month.pk).update(content="改过的内容", kind="advice", rings=1)
    make_call(cast, datetime(2026, 10, 5, 9, tzinfo=CHINA), kind="complaint")
    Category.objects.filter(name="漏水").update(name="跑冒滴漏")
    Target.objects.create(metric="on_time", percent=99, valid_from=date(2026, 1, 1))
    assert build(MONTH).figures["received"] != page["kpis"][0]["now"]
    again = kept(MONTH)
    assert (again.file() == before, again.page() == page, again.said() == said) == (True, True, True)
    assert events_of(found).get(verb="submit").detail["sha256"] == digest
    for change in (lambda rows: rows.update(name="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Snapshot.objects.filter(pk=again.snapshot.pk))


def test_D4_4_5_a_damaged_store_is_noticed(cast, month):
    make_report(cast, NOW, "submitted")
    stored = kept(MONTH)
    stored.snapshot.file = bytes(stored.snapshot.file)[:-1] + b"\x01"
    with pytest.raises(Refused, match="与报送时的校验值不符"):
        stored.file()


def test_D4_4_5_a_month_is_in_one_report_only(cast, month):
    later = datetime(2026, 12, 2, 9, tzinfo=CHINA)
    both = make_report(cast, later, month="2026-10", months=2)
    assert (both.no, both.title) == ("BG-2026-10-11", "客户反映情况报告 2026年10月至11月")
    one = make_report(cast, later, "signed")
    for act in (
        lambda: actions.sign(both, by=cast.clerk, at=later),
        lambda: actions.begin(span_of("2026-09", 2, later), by=cast.clerk, at=later),
    ):
        with pytest.raises(Refused, match="2026年10月已经在 BG-2026-10（待审核）里了"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldMonth.objects.create(month=MONTH.first, submission=both)
    actions.send_back(one, by=cast.manager, at=later, reason="改报两个月")
    assert actions.sign(both, by=cast.clerk, at=later).status == Status.SIGNED
    assert actions.begin(MONTH, by=cast.clerk, at=later) == one


def test_D4_4_5_an_unfinished_month_is_not_signed_for(cast, month, at):
    found = make_report(cast, at)
    with pytest.raises(Refused, match="2026年10月还没有结束"):
        actions.sign(found, by=cast.clerk, at=at)
    assert PROCEDURE.choices(found, cast.clerk, at)[0].refusal.startswith("2026年10月还没有结束")


def test_D4_4_5_a_correction_after_the_signature_asks_for_a_new_one(cast, month):
    found = make_report(cast, NOW, "signed")
    make_call(cast, datetime(2026, 10, 5, 9, tzinfo=CHINA), kind="complaint")
    with pytest.raises(Refused) as refused:
        actions.review(found, by=cast.manager, at=NOW)
    assert (
        refused.value.message.startswith("制表签字以后有记录更正，数字变了：")
        and "→" in refused.value.message
    )
    actions.send_back(found, by=cast.manager, at=NOW, reason="数字变了")
    actions.sign(found, by=cast.clerk, at=NOW)
    actions.review(found, by=cast.manager, at=NOW)
    make_call(cast, datetime(2026, 10, 6, 9, tzinfo=CHINA), kind="complaint")
    with pytest.raises(Refused, match="数字变了"):
        actions.submit(found, by=cast.manager, at=NOW)
    assert not Snapshot.objects.exists()


def test_D4_4_5_the_sentences_come_from_the_figures_and_lead_to_the_rows(cast, month):
    found = make_report(cast, NOW)
    report = build(MONTH)
    said = content(found, report)["conclusions"]
    assert [row["heading"] for row in said] == [
        "受理与办结",
        "反映最多的事",
        "响应与到场",
        "投诉与满意",
        "遗留与风险",
    ]
    assert said[0]["text"].startswith(
        f"本期受理 {report.figures['received']} 件，其中报修 {report.figures['repairs']} 件"
    )
    assert "三声接听率" in said[2]["text"] and "的目标" in said[2]["text"]
    assert all(link["url"].startswith("/helpdesk/reports/2026-10/") for row in said for link in row["links"])
    own = {"volume": "本月报修集中。", "left": said[4]["text"], "topics": "  "}
    wrote(found, cast, NOW, conclusions=own, basis={row["code"]: row["generated"] for row in said})
    found = Submission.objects.get(pk=found.pk)
    assert list(found.conclusions) == ["volume"]
    make_call(cast, datetime(2026, 10, 5, 9, tzinfo=CHINA), kind="complaint")
    now = content(found, build(MONTH))["conclusions"]
    assert [(row["text"] == "本月报修集中。", row["stale"]) for row in now] == [(True, True)] + [
        (False, False)
    ] * 4


def test_D4_4_5_last_period_s_measures_stand_beside_this_period_s_change(cast, month):
    tech = Department.objects.first()
    last = make_report(cast, NOW)
    promise = Measured("三声接听率没有达到目标", "50%", "午间加一人", tech, date(2026, 11, 15), "prompt")
    wrote(last, cast, NOW, measures=[promise, Measured("底联回得慢")], cases=[Told("车库灯", no=month.no)])
    with pytest.raises(Refused, match=r"改进建议第 2 条（底联回得慢）还缺措施、责任部门或时限"):
        actions.sign(last, by=cast.clerk, at=NOW)
    wrote(last, cast, NOW, measures=[promise])
    for move, who in (
        ("sign", "clerk"),
        ("review", "manager"),
        ("submit", "manager"),
        ("receive", "director"),
    ):
        getattr(actions, move)(last, by=getattr(cast, who), at=NOW)
    later = datetime(2026, 12, 2, 9, tzinfo=CHINA)
    make_call(cast, datetime(2026, 11, 5, 9, tzinfo=CHINA), rings=1)
    found = make_report(cast, later, month="2026-11")
    with pytest.raises(Refused, match="上期措施还有 1 条没有写完成情况"):
        actions.sign(found, by=cast.clerk, at=later)
    told = last.measures.get()
    with pytest.raises(Refused, match="请再选完成情况"):
        wrote(found, cast, later, outcomes={told.pk: ("", "好多了")})
    found = Submission.objects.get(pk=found.pk)
    wrote(found, cast, later, outcomes={told.pk: ("done", "午间不再漏接"), 999: ("done", "别人的")})
    found = Submission.objects.get(pk=found.pk)
    (row,) = content(found, build(found.span))["outcomes"]
    assert (row["figure"], row["progress"], row["effect"]) == ("三声接听率", "已完成", "午间不再漏接")
    lines = {line.metric.code: line for line in build(found.span).lines}
    assert (row["before"], row["now"]) == (
        f"{lines['prompt'].before.value:.1%}",
        f"{lines['prompt'].now.value:.1%}",
    )
    assert actions.sign(found, by=cast.clerk, at=later).status == Status.SIGNED


def test_D4_4_5_what_cannot_be_written(cast, month):
    found = make_report(cast, NOW)
    with pytest.raises(Refused, match="没有单号是“DH-2026-9999”的记录") as refused:
        wrote(found, cast, NOW, cases=[Told("x", no="DH-2026-9999")])
    assert refused.value.field == "case_0_no"
    actions.sign(Submission.objects.get(pk=found.pk), by=cast.clerk, at=NOW)
    with pytest.raises(Refused, match="是“待审核”，内容已经定下"):
        wrote(Submission.objects.get(pk=found.pk), cast, NOW)


def test_D4_4_5_a_report_that_is_not_handed_in_is_asked_after(cast, month):
    def told(day: int) -> set[str]:
        Notice.objects.all().delete()
        remind(datetime(2026, 11, day, 8, tzinfo=CHINA))
        return {notice.to.username for notice in Notice.objects.all()}

    assert [told(day) for day in (4, 5, 6, 7, 13)] == [
        set(), {"manager"}, {"manager", "director"}, set(), {"manager", "director"},
    ]  # fmt: skip
    assert Notice.objects.first().title == "2026年10月的客户反映情况报告逾期 8 天没有报送"
    make_report(cast, NOW, "submitted")
    assert told(13) == set()
    DeadlineRule.objects.create(months=2, day=10, valid_from=date(2026, 11, 1))
    assert told(10) == set(), "October ends no pair of months"
    Submission.objects.all()
    assert DeadlineRule.objects.on(date(2026, 10, 31)).day == 5


def test_D4_4_5_what_waits_for_whom(cast, month):
    found = make_report(cast, NOW)
    who = ("clerk", "clerk2", "manager", "director", "auditor")
    for move, by, waits in (
        ("", "", ["clerk"]), ("sign", "clerk", ["manager", "director"]), ("review", "director", ["manager", "director"]),
        ("submit", "manager", ["director"]), ("receive", "director", []),
    ):  # fmt: skip
        if move:
            getattr(actions, move)(found, by=getattr(cast, by), at=NOW)
        assert [name for name in who if waiting_for(getattr(cast, name)).exists()] == waits, move


def test_D4_4_5_what_a_page_shows_comes_back_from_json():
    """The values a template reads: times, days, records, pairs."""
    value = {"at": NOW, "on": NOW.date(), "pair": ("a", 1), "span": MONTH, "none": None, "flag": True}
    stored = read(plain(value))
    assert (stored["at"], stored["on"], stored["pair"], stored["flag"]) == (NOW, NOW.date(), ["a", 1], True)
    assert (stored["span"]["code"], stored["span"]["label"], timedelta(0)) == (
        "2026-10",
        "2026年10月",
        timedelta(0),
    )
