"""Rows of sections 5 and 7 to 11: what the database refuses, how they read, which lie outside a visit (records §1.1)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from tests.factories.visits import make_draft
from visits.arrangements.fit import misfits
from visits.arrangements.models import MODELS
from visits.arrangements.words import line
from visits.models import CarRow, LodgingRow, MealRow, MeetingRow, TicketRow, TourRow

pytestmark = pytest.mark.django_db


def clock(day, hour=12, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def reception(cast, at):
    """A visit from 26 October 09:40 to 27 October 15:30."""
    return make_draft(cast, at=at, arrive_at=clock(26, 9, 40), leave_at=clock(27, 15, 30))


def outside(reception, **over):
    return [
        (one.label, one.when, one.why, one.field)
        for one in misfits(
            reception, over.get("arrive", reception.arrive_at), over.get("leave", reception.leave_at)
        )
    ]


@pytest.mark.engine
@pytest.mark.parametrize(
    ("model", "broken"),
    [
        (MealRow, {"meal": "supper"}), (MealRow, {"style": "party"}), (MealRow, {"guests": 0}), (MealRow, {"price": -1}),
        (MealRow, {"order": 1}), (LodgingRow, {"rooms": 0}), (LodgingRow, {"payer": "nobody"}),
        (LodgingRow, {"check_in": date(2026, 10, 26), "check_out": date(2026, 10, 26)}), (LodgingRow, {"price": -1}),
        (CarRow, {"ride": "walk"}), (CarRow, {"people": 0}), (MeetingRow, {"venue": "garden"}),
        (MeetingRow, {"starts": clock(26, 10), "ends": clock(26, 10)}), (TicketRow, {"kind": "balloon"}),
        (TicketRow, {"payer": ""}), (TourRow, {"booked_at": clock(26)}), (CarRow, {"freed_at": clock(26)}),
    ],
)  # fmt: skip
def test_A1_the_database_refuses_a_row_that_cannot_be(reception, model, broken):
    model.objects.create(reception=reception, order=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**{"reception": reception, "order": 2, **broken})
    assert model.objects.count() == 1


def test_A1_rows_read_as_one_line(reception):
    rows = [
        MealRow(held_on=date(2026, 10, 26), style="banquet", place="湖景楼", guests=6, diners=3, diner_names="何志远、邱实", price=Decimal(180)),
        LodgingRow(hotel="湖景楼", room_type="单间", rooms=6, check_in=date(2026, 10, 26), check_out=date(2026, 10, 27)),
        CarRow(starts=clock(26, 9), place="湖滨站", people=6),
        MeetingRow(starts=clock(26, 10), ends=clock(26, 11, 30), place="一号会议室", projector=True, welcome="欢迎陆总"),
        TourRow(starts=clock(26, 14), route="总装线、检测中心", guide="方可", quality=False),
        TicketRow(departs=clock(27, 16, 5), number="G1835", passengers="陆远、沈宁", payer="theirs"),
        MealRow(),
    ]  # fmt: skip
    assert [line(row) for row in rows] == [
        "10月26日 午餐 宴请 湖景楼 来宾 6 陪餐 3（何志远、邱实） 180 元/人",
        "10月26日至10月27日 湖景楼 单间 6 间 我方",
        "10月26日 09:00 接站 湖滨站 6 人",
        "10月26日 10:00 至 11:30 一号会议室 茶水、投影 大屏“欢迎陆总”",
        "10月26日 14:00 展厅 总装线、检测中心 讲解 方可 技术、制造介绍",
        "10月27日 16:05 高铁、动车 G1835 陆远、沈宁 自理",
        "日期未定 午餐 工作餐",
    ]


def test_A3_1b_rows_inside_the_visit_fit(reception):
    MealRow.objects.create(reception=reception, held_on=date(2026, 10, 26))
    MealRow.objects.create(reception=reception, order=2)  # no date yet
    LodgingRow.objects.create(reception=reception, check_in=date(2026, 10, 26), check_out=date(2026, 10, 27))
    CarRow.objects.create(reception=reception, starts=clock(26, 8, 30))  # met before the arrival
    MeetingRow.objects.create(reception=reception, starts=clock(26, 9, 40), ends=clock(27, 15, 30))
    TourRow.objects.create(reception=reception, starts=clock(27, 15, 29))
    TicketRow.objects.create(reception=reception, departs=clock(27, 15, 30))
    assert outside(reception) == []


@pytest.mark.parametrize(
    ("kind", "values", "when", "why", "field"),
    [
        ("meals", {"held_on": date(2026, 10, 25)}, "10月25日 午餐", "早于到达 10月26日 09:40", "held_on"),
        ("meals", {"held_on": date(2026, 10, 28), "meal": "dinner"}, "10月28日 晚餐", "晚于离开 10月27日 15:30", "held_on"),
        ("lodgings", {"check_in": date(2026, 10, 26), "check_out": date(2026, 10, 28)}, "10月26日至10月28日",
         "晚于离开 10月27日 15:30", "check_out"),
        ("cars", {"starts": clock(28, 0, 0)}, "10月28日 00:00", "晚于离开 10月27日 15:30", "starts"),
        ("meetings", {"starts": clock(26, 9, 39)}, "10月26日 09:39", "早于到达 10月26日 09:40", "starts"),
        ("meetings", {"starts": clock(27, 15), "ends": clock(27, 16)}, "10月27日 15:00", "晚于离开 10月27日 15:30", "ends"),
        ("tours", {"starts": clock(27, 15, 30)}, "10月27日 15:30", "晚于离开 10月27日 15:30", "starts"),
        ("tickets", {"departs": clock(27, 15, 29)}, "10月27日 15:29", "早于离开 10月27日 15:30，赶不上", "departs"),
    ],
)  # fmt: skip
def test_A3_1b_a_row_outside_the_visit_is_named(reception, kind, values, when, why, field):
    row = MODELS[kind].objects.create(reception=reception, **values)
    assert outside(reception) == [(str(row), when, why, field)]


def test_A3_1b_a_new_date_says_which_rows_it_breaks(cast, reception):
    MealRow.objects.create(
        reception=reception, held_on=date(2026, 10, 26), booked_at=clock(20), booked_by=cast.general
    )
    MealRow.objects.create(reception=reception, order=2, held_on=date(2026, 10, 27))
    later = timedelta(days=1)
    (one,) = misfits(reception, reception.arrive_at + later, reception.leave_at + later)
    assert (one.label, one.why, one.booked) == ("用餐第 1 行", "早于到达 10月27日 09:40", True)
    assert misfits(reception, None, reception.leave_at) == []


def test_A3_1b_a_freed_row_is_no_longer_in_the_way(cast, reception):
    MealRow.objects.create(
        reception=reception, held_on=date(2026, 10, 1), freed_at=clock(20), freed_by=cast.general
    )
    assert outside(reception) == []
