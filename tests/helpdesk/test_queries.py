"""Who sees which order, what presses most, and what it costs to ask."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from helpdesk.cases.models import Category, classify
from helpdesk.repairs import actions
from helpdesk.repairs.models import Repair
from tests.factories.helpdesk import category, make_call, make_repair, make_unit, step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_E5_3_5_the_desk_sees_all_a_repairer_the_own_and_the_trades_unassigned(cast, at):
    type(cast.repairer2).objects.filter(pk=cast.repairer2.pk).update(trade="综合组")
    cast.repairer2.refresh_from_db()
    own, water, lock = (
        make_repair(cast, at, "handed"),
        make_repair(cast, at),
        make_repair(cast, at, content="门锁坏了"),
    )
    seen = {
        name: set(Repair.objects.visible_to(getattr(cast, name)))
        for name in ("clerk", "repairer", "repairer2", "sales")
    }
    assert seen == {"clerk": {own, water, lock}, "repairer": {own}, "repairer2": {lock}, "sales": set()}


def test_the_desk_puts_what_presses_first(cast, at):
    closed = make_repair(cast, at, "closed")
    waiting = make_repair(cast, at)
    late, soon = make_repair(cast, at - 60 * MINUTE, "handed"), make_repair(cast, at, "handed")
    finished = make_repair(cast, at - 300 * MINUTE, "finished")
    grave = make_repair(cast, at, "working", important=True)
    rows = list(Repair.objects.desk(at + MINUTE))
    assert rows == [grave, late, waiting, soon, finished]
    assert closed not in rows


@pytest.mark.parametrize("many", [1, 3])
def test_the_desk_costs_one_query(cast, at, many, django_assert_num_queries):
    for _ in range(many):
        make_repair(cast, at, "handed")
    with django_assert_num_queries(1):
        rows = [(str(o.unit), str(o.category), str(o.repairer), o.title) for o in Repair.objects.desk(at)]
    assert len(rows) == many


def test_an_order_that_was_reported_already_is_found(cast, at):
    flat, other = make_unit("3栋502"), make_unit("3栋503")
    lamp = make_repair(cast, at, unit=flat, content="灯不亮")
    leak = make_repair(cast, at, unit=flat)
    make_repair(cast, at, "closed", unit=flat)
    make_repair(cast, at, unit=other)
    public = make_repair(cast, at, place="地下车库B1")
    look = Repair.objects.similar_open
    assert list(look(unit=flat, place="", category=category("灯具照明"))) == [lamp, leak]
    assert list(look(unit=flat, place="", category=category("堵塞"))) == [leak, lamp], (
        "the same field is enough"
    )
    assert list(look(unit=None, place="地下车库b1 ", category=None)) == [public]
    assert list(look(unit=None, place="", category=None)) == []


WORDS = [
    ("厨房洗菜盆下方水管接口漏水，已关总阀", "水·漏水"),
    ("卫生间跳闸，全屋停电", "电·跳闸停电"),
    ("地下车库B1照明不亮", "电·灯具照明"),
    ("空调漏水", "空调·空调漏水"),
    ("空调外机支架松动", "空调·外机"),
    ("入户门锁难开", "门窗·门锁"),
    ("马桶堵了", "水·堵塞"),
    ("暖气不热", "暖·不热"),
    ("客厅墙皮掉皮", "土建·墙面"),
    ("电梯停运", "电梯·停运"),
    ("说不清楚", None),
]


@pytest.mark.parametrize(("words", "name"), WORDS)
def test_D4_3_1_words_suggest_the_category(words, name):
    found = classify(words, "repair")
    assert (str(found) if found else None) == name


def test_D4_3_1_two_levels_and_every_kind_has_its_second(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = [(row.kind, row.root.name, str(row)) for row in Category.objects.all()]
    roots = [name for kind, name, full in rows if kind == "repair" and full == name]
    assert roots == ["水", "电", "暖", "门窗", "木", "土建", "空调", "电梯", "其他"]
    assert {kind for kind, _, _ in rows} == {
        "repair", "enquiry", "complaint", "advice", "praise", "help", "emergency", "transfer",
    }  # fmt: skip
    assert str(classify("装修押金什么时候退")) == "收费"


def test_D4_3_1_the_tree_has_two_levels_and_each_name_once():
    leak = category("漏水")
    for wrong in (
        Category(kind="repair", parent=leak, name="细分"),
        Category(kind="enquiry", parent=leak.root, name="错"),
    ):
        with pytest.raises(ValidationError, match="D4\\.3\\.1"):
            wrong.full_clean()
    for twice in ({"name": "水"}, {"name": "漏水", "parent": leak.root}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Category.objects.create(kind="repair", **twice)


def test_what_a_move_costs(cast, at, django_assert_max_num_queries):
    order = make_repair(cast, at, "acknowledged")
    # The arrival ends one clock and begins another: its calendar, its minutes, its ladder, its row.
    with django_assert_max_num_queries(12):
        actions.arrive(order, by=cast.repairer, at=at + 20 * MINUTE)
    step(cast, order, "work", at + 21 * MINUTE)
    with django_assert_max_num_queries(10):
        step(cast, order, "finish", at + 40 * MINUTE)


def test_a_call_that_joined_nothing_does_not_look_through_all_orders(cast, at, client):
    found = make_call(cast, at)
    client.force_login(cast.clerk)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/helpdesk/calls/{found.no}/").status_code == 200
    assert [row["sql"] for row in asked if '"helpdesk_repair"."id" IS NULL' in row["sql"]] == []
