"""A5.2 样册、资质文件: the stock is the sum of its movements, never below nought; what is expired goes to nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.db.utils import DatabaseError

from reception.core.clock.ticks import DAILY
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from reception.core.people.roles import Can
from tests.engines.race import errors, race, winners
from tests.factories.materials import fields, make_material
from tests.factories.people import cast as make_cast
from tests.factories.visits import make_reception
from visits.materials import actions, moving
from visits.materials.reminding import remind_expiring
from visits.models import Material, StockMove

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def ledger_of(material):
    """(kind, change, balance) of every movement, oldest first."""
    return list(material.moves.order_by("number").values_list("kind", "change", "balance"))


@pytest.mark.engine
def test_A5_2_the_sum_of_the_movements_is_the_stock(cast, at):
    one, it, by = make_material(cast, at), make_reception(cast, "preparing", at=at), cast.sales_head
    moving.take(one, by=by, at=at, count=3, department=cast.tech.department)
    (given,) = moving.give(it, by=cast.sales, at=at, counts={one.pk: 4}, recipient=" 陆远 ")
    moving.bring_back(given, by=by, at=at, count=1)
    moving.scrap(one, by=by, at=at, count=1, note="受潮")
    moving.count(one, by=by, at=at, counted=5, note="多出两册，上次少记")
    moving.count(one, by=by, at=at, counted=5)
    assert ledger_of(one) == [
        ("in", 10, 10), ("take", -3, 7), ("give", -4, 3), ("back", 1, 4), ("scrap", -1, 3), ("count", 2, 5), ("count", 0, 5),
    ]  # fmt: skip
    assert (fresh(one).stock, one.moves.aggregate(all=Sum("change"))["all"]) == (5, 5)
    assert (given.recipient, given.reception) == ("陆远", it)
    verbs = list(events_of(one).values_list("verb", flat=True))
    assert verbs == [
        "create",
        *(f"stock_{kind}" for kind in ("in", "take", "give", "back", "scrap", "count", "count")),
    ]
    assert events_of(it).get(verb="materials").reason == "公司画册 2026 版 4 件，给陆远"
    assert not events_of(one).filter(reason__contains="陆远").exists(), (
        "a reception may be secret; its own trail says whom"
    )


def test_A5_2_what_is_refused_changes_nothing(cast, at):
    one, it, by = make_material(cast, at), make_reception(cast, "preparing", at=at), cast.sales_head
    gone = make_material(cast, at, name="旧画册")
    actions.stop(gone, by=by, at=at, reason="换版")
    old = make_material(cast, at, kind="credential", valid_until=at.date() - DAY)
    (given,) = moving.give(it, by=cast.sales, at=at, counts={one.pk: 4}, recipient="陆远")
    first = one.moves.get(number=1)
    give = {"by": cast.sales, "at": at, "recipient": "陆远"}
    found = {
        "more than there is": refused(moving.give, it, **give, counts={one.pk: 7}),
        "expired": refused(moving.give, it, **give, counts={old.pk: 1}),
        "expired, taken": refused(moving.take, old, by=by, at=at, count=1, department=cast.tech.department),
        "stopped": refused(moving.give, it, **give, counts={gone.pk: 1}),
        "stopped, filled up": refused(moving.receive, gone, by=by, at=at, count=1),
        "to nobody": refused(moving.give, it, **give | {"recipient": " "}, counts={one.pk: 1}),
        "nothing": refused(moving.give, it, **give, counts={one.pk: 0}),
        "not there": refused(moving.give, it, **give, counts={99999: 1}),
        "nobody took it": refused(moving.take, one, by=by, at=at, count=1, department=None),
        "none": refused(moving.receive, one, by=by, at=at, count=0),
        "too many": refused(moving.receive, one, by=by, at=at, count=99_999),
        "more came back": refused(moving.bring_back, given, by=by, at=at, count=5),
        "back of a delivery": refused(moving.bring_back, first, by=by, at=at, count=1),
        "scrapped without a word": refused(moving.scrap, one, by=by, at=at, count=1, note=" "),
        "scrapped too many": refused(moving.scrap, one, by=by, at=at, count=7, note="受潮"),
        "counted otherwise": refused(moving.count, one, by=by, at=at, counted=5),
        "counted below nought": refused(moving.count, one, by=by, at=at, counted=-1),
        "counted on an old page": refused(moving.count, one, by=by, at=at, counted=6, expect=0),
        "stopped twice": refused(actions.stop, fresh(gone), by=by, at=at, reason="换版"),
        "resumed for nothing": refused(actions.resume, fresh(one), by=by, at=at),
    }
    assert found == {
        "more than there is": ("state", f"count_{one.pk}"), "expired": ("state", ""), "expired, taken": ("state", ""),
        "stopped": ("state", ""), "stopped, filled up": ("state", ""), "to nobody": ("missing", "recipient"),
        "nothing": ("missing", ""), "not there": ("stale", ""), "nobody took it": ("missing", "department"),
        "none": ("invalid", "count"), "too many": ("invalid", "count"), "more came back": ("invalid", "count"),
        "back of a delivery": ("state", ""), "scrapped without a word": ("missing", "note"), "scrapped too many": ("state", "count"),
        "counted otherwise": ("missing", "note"), "counted below nought": ("invalid", "counted"), "counted on an old page": ("stale", ""),
        "stopped twice": ("state", ""), "resumed for nothing": ("state", ""),
    }  # fmt: skip
    assert [fresh(row).stock for row in (one, gone, old)] == [6, 10, 10]
    moving.bring_back(given, by=by, at=at, count=4)
    assert refused(moving.bring_back, given, by=by, at=at, count=1) == ("invalid", "count")


BAD = {
    "kind": ({"kind": "x"}, "kind"), "language": ({"language": ""}, "language"), "name": ({"name": " "}, "name"),
    "place": ({"place": ""}, "place"), "department": ({"department": None}, "department"),
    "number": ({"kind": "credential", "cert_no": ""}, "cert_no"), "body": ({"kind": "credential", "issuer": " "}, "issuer"),
}  # fmt: skip


def test_A5_2_what_a_material_must_say(cast, at):
    found = {name: refused(make_material, cast, at, **over)[1] for name, (over, _) in BAD.items()}
    assert found == {name: field for name, (_, field) in BAD.items()}
    one = make_material(cast, at)
    assert refused(make_material, cast, at) == ("invalid", "name")
    actions.change_material(
        one, by=cast.office, at=at, fields=fields(cast, minimum=3, place="前台"), expect=one.revision
    )
    assert events_of(one).last().detail == {"存放地点": ["资料柜", "前台"], "最低库存": ["", "3"]}
    assert (
        refused(actions.change_material, one, by=cast.office, at=at, fields=fields(cast), expect=0)[0]
        == "stale"
    )


def test_A5_2_who_keeps_it_and_who_hands_it_out(cast, at):
    one, it = make_material(cast, at, 900), make_reception(cast, "preparing", at=at)
    acts = {
        "receive": lambda by: moving.receive(one, by=by, at=at, count=1),
        "stop": lambda by: actions.stop(fresh(one), by=by, at=at, reason="换版"),
        "give": lambda by: moving.give(it, by=by, at=at, counts={one.pk: 1}, recipient="陆远"),
    }
    may = {}
    for name, act in acts.items():
        may[name] = set()
        for who, user in vars(cast).items():
            try:
                with transaction.atomic():
                    act(user)
                    raise RuntimeError
            except RuntimeError:
                may[name].add(who)
            except Refused as refusal:
                assert refusal.code == "forbidden"
    keepers = {who for who, user in vars(cast).items() if user.department_id == cast.sales.department_id} | {
        "office",
        "reception",
    }
    working = set(it.tasks.values_list("department", flat=True)) | {it.department_id}
    hands = {"sales", "vgm", "office", "reception"} | {
        who for who, user in vars(cast).items()
        if user.department_id in working and user.may(Can.DO_TASK)
    }  # fmt: skip
    assert (may["receive"], may["stop"], may["give"]) == (keepers, keepers, hands)
    assert "clerk" not in hands
    states = {state: refused(moving.give, make_reception(cast, state, at=at), by=cast.sales, at=at, counts={one.pk: 1}, recipient="陆")
              for state in ("pending", "archived")}  # fmt: skip
    assert states == {"pending": ("state", ""), "archived": ("state", "")}


@pytest.mark.engine
def test_A5_2_the_engine_refuses_what_no_action_would_write(cast, at):
    one = make_material(cast, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=one.pk).update(stock=-1)
    move = one.moves.get()
    same = {"material": one, "moved_at": at, "moved_by": cast.sales}
    for bad in (
        {"number": 1, "kind": "in", "change": 1, "balance": 11}, {"number": 2, "kind": "in", "change": -1, "balance": 9},
        {"number": 2, "kind": "give", "change": -1, "balance": 9}, {"number": 2, "kind": "take", "change": -1, "balance": 9},
        {"number": 2, "kind": "scrap", "change": -1, "balance": 9}, {"number": 2, "kind": "back", "change": 1, "balance": 11},
        {"number": 2, "kind": "x", "change": 1, "balance": 11}, {"number": 2, "kind": "in", "change": 9, "balance": 8},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            StockMove.objects.create(**same, **bad)
    for change in (
        lambda: StockMove.objects.filter(pk=move.pk).update(change=99),
        lambda: StockMove.objects.filter(pk=move.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
            change()
    assert connection.vendor in ("sqlite", "postgresql")
    assert fresh(move).change == 10


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A5_2_the_last_pieces_go_once_however_many_reach_for_them(at):
    cast = make_cast()
    one, it = make_material(cast, at, 5), make_reception(cast, "preparing", at=at)
    act = {
        "give": lambda: moving.give(it, by=cast.sales, at=at, counts={one.pk: 2}, recipient="陆远"),
        "take": lambda: moving.take(one, by=cast.sales_head, at=at, count=2, department=cast.tech.department),
    }
    outcomes = race(*(act[name] for name in ("give", "take", "give", "take", "give")))
    assert len(winners(outcomes)) == 2
    assert {error.code for error in errors(outcomes)} == {"state"}
    assert (fresh(one).stock, one.moves.aggregate(all=Sum("change"))["all"]) == (1, 1)
    assert list(one.moves.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    given = one.moves.filter(kind__in=("give", "take")).first()
    outcomes = race(*[lambda: moving.bring_back(given, by=cast.sales_head, at=at, count=2)] * 3)
    assert (len(winners(outcomes)), fresh(one).stock) == (1, 3)


def test_A5_2_keepers_hear_once_when_it_falls_below_the_minimum(cast, at):
    one, it = make_material(cast, at, 10, minimum=5), make_reception(cast, "preparing", at=at)
    Notice.objects.all().delete()
    for _ in range(3):
        moving.give(it, by=cast.sales, at=at, counts={one.pk: 3}, recipient="陆远")
    told = set(
        Notice.objects.filter(title__startswith="公司画册 2026 版只剩 4 件").values_list(
            "to__username", flat=True
        )
    )
    assert (told, Notice.objects.count()) == ({"sales_head", "office", "reception"}, 3)


@pytest.mark.engine
def test_A5_2_a_certificate_is_told_of_60_30_7_days_before_and_when_it_is_over(cast, at):
    one = make_material(cast, at, kind="credential", valid_until=at.date() + 70 * DAY)
    make_material(cast, at, kind="credential", name="长期的")
    Notice.objects.all().delete()
    assert DAILY["materials"] is remind_expiring, "once a day"
    told = {}
    for day in (0, 9, 10, 11, 39, 40, 41, 55, 63, 64, 70, 71, 72):
        remind_expiring(at + day * DAY)
        told[day] = Notice.objects.filter(to=cast.office).count()
    assert told == {0: 0, 9: 0, 10: 1, 11: 1, 39: 1, 40: 2, 41: 2, 55: 2, 63: 3, 64: 3, 70: 3, 71: 4, 72: 4}
    titles = Notice.objects.filter(to=cast.office).order_by("pk").values_list("title", flat=True)
    assert [title.removeprefix("ISO 9001 证书 复印件").split("（")[0] for title in titles] == [
        "还有 60 天到期", "还有 30 天到期", "还有 7 天到期", f"{one.valid_until} 已到期，不能再发放，请办换证",
    ]  # fmt: skip
    actions.change_material(
        fresh(one),
        by=cast.office,
        at=at,
        fields=fields(cast, kind="credential", valid_until=at.date() + 100 * DAY),
    )
    remind_expiring(at + 95 * DAY)
    assert Notice.objects.filter(to=cast.office).count() == 5, (
        "a renewed one is watched from the start, told once of the nearest"
    )
    assert fresh(one).warned == 7
