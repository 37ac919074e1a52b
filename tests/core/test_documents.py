"""文件: drafted, published, in force from a day, read, withdrawn; one version in force, nothing lost (B3b)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from reception.core.documents import actions
from reception.core.documents.blocks import blocks
from reception.core.documents.choices import Status
from reception.core.documents.demo import build as build_documents
from reception.core.documents.differences import compare
from reception.core.documents.flow import FLOW
from reception.core.documents.models import Document, Reading, Version
from reception.core.documents.policies import unread
from reception.core.documents.search import search
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from reception.core.people.demo import build_people
from reception.core.people.models import Department
from tests.engines.race import errors, race, winners
from tests.factories.documents import RULES, make_document
from tests.factories.people import cast as make_cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KEEPERS = {"manager", "reception", "office", "admin"}
# state × move → the state it ends in; "-" refused for the state. Publishing has a draft to publish.
GRID = """
          publish   remind    withdraw
draft     in_force  -         -
in_force  in_force  in_force  withdrawn
withdrawn in_force  -         -
"""


def grid():
    head, *rows = [line.split() for line in GRID.strip().splitlines()]
    return {(row[0], move): cell for row in rows for move, cell in zip(head, row[1:], strict=True)}


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field


def next_text(document, cast, at, text="押金 5000 元", **more):
    given = {"kind": "rules", "title": document.title, "text": text, "changed": "押金提高"} | more
    return actions.edit(document, at=at, **{"by": cast.manager} | given)


def spans(document):
    return list(document.versions.order_by("number").values_list("number", "valid_from", "valid_until"))


@pytest.mark.engine
def test_B3b_states_by_moves(cast, at):
    found = {}
    for state, move in grid():
        document = make_document(cast, at, state, must_roles=["clerk"])
        if move == "publish" and state != "draft":
            next_text(document, cast, at, must_roles=["clerk"])
        given = {"reason": "不用了"} if move == "withdraw" else {}
        try:
            getattr(actions, move)(document, by=cast.manager, at=at + DAY, **given)
        except Refused as refusal:
            assert (refusal.code, Document.objects.get(pk=document.pk).status) == ("state", state)
            found[state, move] = "-"
        else:
            found[state, move] = Document.objects.get(pk=document.pk).status
    assert found == grid()
    assert ({state for state, _ in grid()}, {move for _, move in grid()}) == (
        set(Status.values),
        set(FLOW.moves),
    )


def test_B3b_only_keepers_write(cast, at):
    document = make_document(cast, at)
    next_text(document, cast, at)
    acts = {
        "draft": lambda by: actions.draft(by=by, at=at, kind="sop", title="甲", text="乙"),
        "edit": lambda by: next_text(document, cast, at, by=by),
        "publish": lambda by: actions.publish(document, by=by, at=at),
        "remind": lambda by: actions.remind(document, by=by, at=at),
        "withdraw": lambda by: actions.withdraw(document, by=by, at=at, reason="不用了"),
    }
    for name, act in acts.items():
        allowed = set()
        for username, user in vars(cast).items():
            try:
                with transaction.atomic():
                    act(user)
                    raise RuntimeError
            except RuntimeError:
                allowed.add(username)
            except Refused as refusal:
                if refusal.code != "forbidden":
                    allowed.add(username)
            document = Document.objects.get(pk=document.pk)
        assert (name, allowed) == (name, KEEPERS)


@pytest.mark.engine
def test_B3b_a_version_is_in_force_from_its_day_and_the_one_before_until_then(cast, at):
    document, today = make_document(cast, at, valid_from=date(2024, 3, 1)), at.date()
    assert spans(document) == [(1, date(2024, 3, 1), None)]
    next_text(document, cast, at)
    actions.publish(document, by=cast.manager, at=at, valid_from=today + 7 * DAY)
    assert spans(document) == [(1, date(2024, 3, 1), today + 7 * DAY), (2, today + 7 * DAY, None)]
    assert [Version.objects.in_force(day).get().number for day in (today, today + 7 * DAY)] == [1, 2]
    next_text(document, cast, at, text="押金 6000 元")
    assert refused(actions.publish, document, by=cast.manager, at=at, valid_from=today + DAY) == (
        "invalid",
        "valid_from",
    )
    actions.publish(document, by=cast.manager, at=at, valid_from=today + 7 * DAY)
    assert Version.objects.in_force(today + 7 * DAY).get().number == 3
    assert Version.objects.in_force(today).get().text == RULES, "what was in force is what it was"
    verbs = list(events_of(document).values_list("verb", flat=True))
    assert verbs == ["record", "publish", "edit", "publish", "edit", "publish"]


BAD = {
    "no title": ({"title": " "}, "title"), "long title": ({"title": "长" * 81}, "title"), "no kind": ({"kind": "x"}, "kind"),
    "no text": ({"text": " \r\n "}, "text"), "long text": ({"text": "长" * 60_001}, "text"),
    "no such reader": ({"readers": ["king"]}, "readers"), "no such role": ({"must_roles": ["king"]}, "must_roles"),
}  # fmt: skip


def test_B3b_what_must_be_said(cast, at):
    found = {name: refused(make_document, cast, at, "draft", **given)[1] for name, (given, _) in BAD.items()}
    assert found == {name: field for name, (_, field) in BAD.items()}
    assert not Document.objects.exists()


def test_B3b_what_cannot_be_published(cast, at):
    document, today = make_document(cast, at), at.date()
    assert refused(actions.publish, document, by=cast.manager, at=at) == ("state", ""), "nothing new"
    next_text(document, cast, at, changed="")
    assert refused(actions.publish, document, by=cast.manager, at=at) == ("missing", ""), (
        "says not what changed"
    )
    next_text(document, cast, at)
    for day in (today - DAY, date(1999, 1, 1), date(2100, 1, 1)):
        assert refused(actions.publish, document, by=cast.manager, at=at, valid_from=day) == (
            "invalid",
            "valid_from",
        )
    assert refused(actions.withdraw, document, by=cast.manager, at=at, reason=" ") == ("missing", "reason")
    assert spans(document) == [(1, today, None), (2, None, None)]


def test_B3b_a_withdrawn_document_says_why_and_comes_back_with_a_new_version(cast, at):
    document, today = make_document(cast, at, "withdrawn"), at.date()
    assert (document.withdrawn_reason, spans(document)) == ("并入新的规定", [(1, today, today)])
    assert not Version.objects.in_force(today).exists()
    next_text(document, cast, at)
    actions.publish(document, by=cast.manager, at=at + DAY)
    document.refresh_from_db()
    assert (document.status, document.withdrawn_reason, document.withdrawn_by) == ("in_force", "", None)
    assert Version.objects.in_force(today + DAY).get().number == 2


def test_B3b_withdrawn_before_the_next_version_begins_neither_version_is_in_force(cast, at):
    """The version in force would run until the next one begins, and be found and cited until then."""
    document = make_document(cast, at, valid_from=at.date() - 9 * DAY)
    next_text(document, cast, at)
    actions.publish(document, by=cast.manager, at=at, valid_from=at.date() + 7 * DAY)
    actions.withdraw(document, by=cast.manager, at=at + DAY, reason="不用了")
    today = (at + DAY).date()
    assert spans(document) == [
        (1, at.date() - 9 * DAY, today),
        (2, at.date() + 7 * DAY, at.date() + 7 * DAY),
    ]
    assert search("押金", at=at + DAY, user=cast.clerk) == []


def test_B3b_a_title_that_folds_into_more_than_the_column_holds_is_kept(cast, at):
    """PostgreSQL refuses the length that SQLite lets pass."""
    document = make_document(cast, at, title="\ufdfa" * 80)
    actions.edit(
        document, by=cast.manager, at=at, kind="rules", title="\ufdfa" * 79, text=RULES, changed="改"
    )
    assert len(Document.objects.get().plain) == 400


def test_B3b_what_describes_a_document_holds_at_once_and_the_ledger_keeps_what_it_was(cast, at):
    document = make_document(cast, at)
    next_text(document, cast, at, text=RULES, title="装修办法", must_departments=[cast.repairer.department])
    assert (document.versions.count(), document.title) == (1, "装修办法"), "the same text begins no draft"
    event = events_of(document).last()
    assert (event.verb, event.detail) == (
        "describe", {"标题": ["装修管理规定", "装修办法"], "须阅读的部门": ["无", "工程部"]},
    )  # fmt: skip


@pytest.mark.engine
def test_B3b_who_must_read_is_told_and_who_has_not_is_known(cast, at):
    works = Department.objects.get(code="engineering")
    document = make_document(cast, at, must_roles=["clerk", "manager"], must_departments=[works])
    told = {notice.to.username: notice for notice in Notice.objects.select_related("to")}
    assert set(told) == {"clerk", "clerk2", "repairer", "repairer2"}, "not the one who published it"
    one = told["clerk"]
    assert (one.title, one.answer, one.answer_url) == (
        "请阅读：《装修管理规定》第 1 版", "已阅", f"/documents/{document.no}/read/1/",
    )  # fmt: skip
    actions.read(document, by=cast.clerk, at=at, number=1)
    assert refused(actions.read, document, by=cast.clerk, at=at, number=1)[0] == "state"
    version = document.versions.get()
    assert {user.username for user in unread(document, version)} == {
        "clerk2",
        "repairer",
        "repairer2",
        "manager",
    }
    assert Document.objects.unread_by(cast.clerk2).get() == document
    assert not Document.objects.unread_by(cast.clerk).exists()
    assert actions.remind(document, by=cast.manager, at=at + DAY) == 4
    assert refused(actions.remind, document, by=cast.manager, at=at + DAY)[0] == "state", "once a day"
    next_text(document, cast, at, must_roles=["clerk"])
    actions.publish(document, by=cast.manager, at=at)
    assert refused(actions.read, document, by=cast.clerk, at=at, number=1)[0] == "stale", "read the new one"
    assert Document.objects.unread_by(cast.clerk).exists()
    assert Reading.objects.count() == 1, "what was read stays read"


def test_B3b_a_reader_who_may_not_see_it_is_not_asked(cast, at):
    make_document(cast, at, must_roles=["clerk", "assistant"], readers=["assistant"])
    assert [notice.to for notice in Notice.objects.all()] == [cast.assistant]


def test_B3b_the_database_knows_one_draft_and_one_version_without_end(cast, at):
    document = make_document(cast, at)
    row = {
        "document": document,
        "number": 2,
        "text": "甲",
        "plain": "甲",
        "saved_at": at,
        "saved_by": cast.manager,
    }
    published = row | {"published_at": at, "published_by": cast.manager}
    bad = (
        published | {"valid_from": at.date()}, published, row | {"number": 1}, row | {"text": ""},
        row | {"published_at": at}, row | {"valid_from": at.date()},
        published | {"valid_from": at.date(), "valid_until": at.date() - DAY},
    )  # fmt: skip
    for given in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(**given)
    Version.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(**row | {"number": 3})
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(status="withdrawn")


def test_B3b_what_changed_is_shown_inside_the_paragraph():
    found = compare(
        "一、押金\n住宅 2000 元。\n删去这一段", "一、押金\n住宅 3000 元。\n全新的第三段，毫无相同"
    )
    assert [change.kind for change in found] == ["same", "changed", "gone", "new"]
    assert [(piece.kind, piece.text) for piece in found[1].pieces] == [
        ("same", "住宅 "), ("gone", "2"), ("new", "3"), ("same", "000 元。"),
    ]  # fmt: skip


def test_B3b_plain_text_is_read_as_headings_paragraphs_and_lists():
    found = blocks(
        "# 总则\n一、收费\n按月交。\n- 甲\n· 乙\n第二章 施工\n一、这是一句话，不是标题。\n<b>粗</b>"
    )
    assert [(block.kind, block.text or block.items) for block in found] == [
        ("head", "总则"), ("head", "一、收费"), ("text", "按月交。"), ("list", ["甲", "乙"]), ("head", "第二章 施工"),
        ("text", "一、这是一句话，不是标题。"), ("text", "<b>粗</b>"),
    ]  # fmt: skip


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B3b_two_keepers_publish_one_version_and_one_reading_is_written(at):
    cast = make_cast()
    document = make_document(cast, at, "draft")
    fresh = [Document.objects.get(pk=document.pk) for _ in range(2)]
    outcomes = race(
        *[lambda o=one, by=by: actions.publish(o, by=by, at=at)
          for one, by in zip(fresh, (cast.manager, cast.office), strict=True)]
    )  # fmt: skip
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert Version.objects.newest().count() == 1
    document.refresh_from_db()
    outcomes = race(*[lambda: actions.read(document, by=cast.clerk, at=at, number=1)] * 3)
    assert (len(winners(outcomes)), {error.code for error in errors(outcomes)}) == (1, {"state"})
    assert Reading.objects.count() == 1
    fresh = [(Document.objects.get(pk=document.pk), text) for text in "甲乙"]
    outcomes = race(*[lambda o=one, text=text: next_text(o, cast, at, text=text) for one, text in fresh])
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert document.versions.count() == 2


def test_B3b_the_demos_documents_load_at_five_past_seven(empty_house, settings):
    """Where 0.3 days ago is ten to midnight, and its draft is published on the next day."""
    settings.DEMO = True
    build_people()
    build_documents(datetime(2026, 10, 26, 23, 5, tzinfo=UTC))
    newest = Document.objects.get(title="装修管理规定").versions.newest().get()
    assert (newest.valid_from, newest.number) == (date(2026, 10, 27), 2)
