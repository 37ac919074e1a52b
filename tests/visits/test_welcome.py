"""欢迎词: written from the list, proofread by a second person, shown, taken off; its screens (A5.6)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.models import Clock, Notice
from tests.engines.race import errors, race, winners
from tests.factories.day import H
from tests.factories.visits import make_reception
from visits.guests.models import Guest
from visits.models import Reception, Welcome, WelcomeText
from visits.welcome import actions
from visits.welcome.showing import on_screen
from visits.welcome.words import draft_text, problem, size

pytestmark = pytest.mark.django_db
TEXT = "热烈欢迎\n远航重工集团\n采购总监 陆远 一行"
GUESTS = [{"name": "陈工", "title": "工程师"}, {"name": "陆远", "title": "采购总监", "is_leader": True}]


def soon(cast, at, **over):
    """Guests in two hours; the needs name the screen."""
    values = {"arrive_at": at + 2 * H, "leave_at": at + 8 * H, "needs": ["sign"], "guests": GUESTS, **over}
    return make_reception(cast, "preparing", at=at - timedelta(days=9), **values)


def proofed(cast, at, **over):
    one = soon(cast, at, **over)
    text = actions.write(one, TEXT, by=cast.sales, at=at)
    actions.proofread(one, text.number, by=cast.general, at=at)
    return one


def shown(at):
    return [text.welcome.reception.no for text in on_screen(at)]


def test_A5_6_the_text_is_written_from_the_list_leader_first(cast, at):
    one = soon(cast, at)
    assert (
        draft_text(one, list(one.guests.all()), "迎候精密")
        == "热烈欢迎\n远航重工集团\n采购总监 陆远 一行\n莅临迎候精密考察"
    )


def test_A5_6_several_units_stand_in_order_and_many_are_cut(cast, at):
    units = [
        {"name": f"人{n}", "organisation": f"单位{n}", "title": "经理", "is_leader": n == 2} for n in range(5)
    ]
    one = soon(cast, at, guests=units)
    assert (
        draft_text(one, list(one.guests.all()), "")[: len("热烈欢迎\n单位2\n单位0\n单位1等")]
        == "热烈欢迎\n单位2\n单位0\n单位1等"
    )


def test_A5_6_without_a_list_the_contact_is_named(cast, at):
    one = soon(cast, at, guests=())
    assert "采购总监 陆远 一行" in draft_text(one, [], "")


@pytest.mark.parametrize("name", ["王" * 80, "A" * 80, "王", ""])
def test_A5_6_whatever_the_names_a_screen_can_show_the_draft(cast, at, name):
    one = soon(cast, at, guests=[{"name": name[:40] or "陆远", "title": name[:40], "organisation": name}])
    text = draft_text(one, list(one.guests.all()), "迎候精密制造")
    assert (problem(text), size(text.splitlines()) in {"z1", "z2", "z3", "z4"}) == ("", True)


@pytest.mark.parametrize(("text", "sentence"), [("", "请写欢迎词"), ("  \n ", "请写欢迎词"), ("\n".join("一二三四五六七"), "最多 6 行"),
                                                ("长" * 23, "有 23 个字，最多 22 个")])  # fmt: skip
def test_A5_6_what_a_screen_cannot_show_is_refused(cast, at, text, sentence):
    one = soon(cast, at)
    with pytest.raises(Refused, match=sentence):
        actions.write(one, text, by=cast.sales, at=at)


def test_A5_6_nobody_proofreads_their_own(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    with pytest.raises(Refused, match="不能校对自己写的"):
        actions.proofread(one, 1, by=cast.sales, at=at)


def test_A5_6_the_database_refuses_the_writers_own_proof(cast, at):
    one = soon(cast, at)
    row = actions.write(one, TEXT, by=cast.sales, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        WelcomeText.objects.filter(pk=row.pk).update(proofread_at=at, proofread_by=cast.sales)


def test_A5_6_it_is_shown_from_an_hour_before_until_they_leave_and_only_proofread(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    before = shown(at + 1.5 * H)
    actions.proofread(one, 1, by=cast.general, at=at)
    assert (before, shown(at), shown(at + H), shown(at + 7 * H), shown(at + 8 * H)) == (
        [],
        [],
        [one.no],
        [one.no],
        [],
    )


def test_A5_6_another_text_asks_for_another_proof_and_keeps_the_old(cast, at):
    one = proofed(cast, at)
    actions.write(one, TEXT + "\n莅临指导", by=cast.sales, at=at)
    assert (shown(at + H), Welcome.objects.get().number) == ([], 2)
    assert list(WelcomeText.objects.order_by("number").values_list("number", "proofread_by")) == [
        (1, cast.general.pk),
        (2, None),
    ]


def test_A5_6_another_list_asks_for_another_proof(cast, at):
    one = proofed(cast, at)
    Guest.objects.filter(reception=one, name="陆远").update(title="副总裁")
    gone = shown(at + H)
    actions.proofread(one, 1, by=cast.general, at=at)
    assert (gone, shown(at + H)) == ([], [one.no])


def test_A5_6_a_secret_reception_is_never_shown(cast, at):
    one = proofed(cast, at)
    Reception.objects.filter(pk=one.pk).update(secret=True)
    one.refresh_from_db()
    assert shown(at + H) == []
    with pytest.raises(Refused, match="涉密接待不上大屏"):
        actions.write(one, TEXT, by=cast.sales, at=at)


def test_A5_6_it_is_taken_off_and_put_back(cast, at):
    one = proofed(cast, at)
    actions.take_off(one, by=cast.general, at=at)
    off = shown(at + H)
    actions.put_back(one, by=cast.general, at=at)
    assert (off, shown(at + H)) == ([], [one.no])
    assert [event.label for event in events_of(one).filter(verb="screen")] == ["撤下欢迎词", "欢迎词重新上屏"]


@pytest.mark.parametrize(("name", "refused"), [("sales", ""), ("general", ""), ("vgm", ""), ("reception", ""), ("office", ""),
                                               ("tech", "forbidden"), ("clerk", "forbidden"), ("auditor", "forbidden")])  # fmt: skip
def test_A5_6_who_writes(cast, at, name, refused):
    one, code = soon(cast, at), ""
    try:
        actions.write(one, TEXT, by=getattr(cast, name), at=at)
    except Refused as found:
        code = found.code
    assert code == refused


def test_A5_6_the_clock_rings_an_hour_before_unless_proofread(cast, at):
    one = soon(cast, at)
    due = Clock.objects.of(one).open().get(rule=actions.RULE)
    text = actions.write(one, TEXT, by=cast.sales, at=at)
    running = Clock.objects.of(one).open().filter(rule=actions.RULE).count()
    actions.proofread(one, text.number, by=cast.general, at=at)
    assert (due.due_at, due.owner, running) == (at + H, cast.general, 1)
    assert not Clock.objects.of(one).open().filter(rule=actions.RULE).exists()


def test_A5_6_without_the_need_no_clock_runs(cast, at):
    assert not Clock.objects.of(soon(cast, at, needs=["room"])).open().filter(rule=actions.RULE).exists()


def test_A5_6_those_who_could_proofread_are_told(cast, at):
    one = soon(cast, at)
    Notice.objects.all().delete()
    actions.write(one, TEXT, by=cast.sales, at=at)
    assert [str(row.to) for row in Notice.objects.all()] == ["吴江"]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_6_a_proof_and_an_edit_at_once_never_show_what_nobody_read(cast, at):
    one = soon(cast, at)
    actions.write(one, TEXT, by=cast.sales, at=at)
    first, second = (Reception.objects.get(pk=one.pk) for _ in range(2))
    seen = Welcome.objects.get().revision
    outcomes = race(
        lambda: actions.proofread(first, 1, by=cast.general, at=at, expect=seen),
        lambda: actions.write(second, "热烈欢迎\n别的单位", by=cast.sales, at=at, expect=seen),
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert shown(at + H) == ([one.no] if outcomes[0].won else [])


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_6_two_first_versions_at_once_are_one(cast, at):
    one = soon(cast, at)
    first, second = (Reception.objects.get(pk=one.pk) for _ in range(2))
    outcomes = race(
        lambda: actions.write(first, TEXT, by=cast.sales, at=at, expect=0),
        lambda: actions.write(second, TEXT, by=cast.general, at=at, expect=0),
    )
    assert (
        len(winners(outcomes)),
        [error.code for error in errors(outcomes)],
        WelcomeText.objects.count(),
    ) == (1, ["stale"], 1)
