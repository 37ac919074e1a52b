"""班次: a hand-over each, two signatures, and the last one closes the day (records §2.3, E5.3.7)."""
# ruff: noqa: F811

from datetime import time, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from helpdesk.daybook import actions
from helpdesk.daybook.choices import Turn as State
from helpdesk.daybook.flow import TURN
from helpdesk.daybook.gathering import left_open
from helpdesk.daybook.handing import hand_turn, take_turn
from helpdesk.daybook.models import Day
from helpdesk.daybook.parts import parts
from helpdesk.daybook.policies import TURNS
from helpdesk.daybook.shifts import Shift, Turn
from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger.verify import verify
from tests.factories.helpdesk import make_repair, step
from tests.helpdesk.test_daybook import HOUR, busy, evening, finish_day, url  # noqa: F401
from tests.helpdesk.test_grid import hands, table

pytestmark = pytest.mark.django_db
GRID = """
       hand   take
on     handed .
handed .      taken
taken  .      .
"""
HANDS = """
hand clerk clerk2 assistant manager
take clerk2 assistant manager
"""


@pytest.fixture
def shifts(db):
    """早班, 晚班."""
    Shift.objects.create(name="早班", begins=time(8), ends=time(16))
    Shift.objects.create(name="晚班", begins=time(16), ends=time(0))


def early(cast, evening, state="taken"):
    """The early shift of the day, walked to `state`."""
    at = evening.replace(hour=16)
    turn = hand_turn(evening.date(), 1, by=cast.clerk, at=at, words="钥匙在抽屉")
    return turn if state == "handed" else take_turn(turn, by=cast.clerk2, at=at)


def test_E5_3_7_every_shift_is_handed_over_and_the_last_closes_the_day(cast, busy, evening, shifts):
    on = evening.date()
    with pytest.raises(Refused, match=r"早班（08:00–16:00）还没有交班人签字"):
        finish_day(cast, evening)
    with pytest.raises(Refused, match="早班08:00才开始"):
        hand_turn(on, 1, by=cast.clerk, at=evening.replace(hour=7))
    early(cast, evening, "handed")
    with pytest.raises(Refused, match="还没有接班人签字"):
        finish_day(cast, evening)
    turn = Turn.objects.select_related("day").get(number=1)
    with pytest.raises(Refused, match="要由两个人签字"):
        take_turn(turn, by=cast.clerk, at=evening)
    take_turn(turn, by=cast.clerk2, at=evening)
    for number, words in ((2, "是当天最后一班"), (3, "没有这个班次"), (0, "没有这个班次")):
        with pytest.raises(Refused, match=words):
            hand_turn(on, number, by=cast.clerk, at=evening)
    Shift.objects.all().delete()
    day = finish_day(cast, evening)
    assert list(day.turns.values_list("name", "status", "duty", "left", "handed_name", "taken_name")) == [
        ("早班", "taken", str(cast.clerk), 3, str(cast.clerk), str(cast.clerk2)),
        ("晚班", "on", str(cast.clerk), 3, "", ""),
    ]
    with pytest.raises(Refused, match="已经锁定"):
        hand_turn(on, 1, by=cast.clerk, at=evening)
    for wrong in ({"taken_by": cast.clerk}, {"duty": ""}, {"handed_name": ""}, {"status": "on"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.filter(number=1).update(**wrong)
    assert list(verify()) == []


def test_E5_3_7_the_last_shift_is_not_over_before_it_began(cast, evening, shifts):
    early(cast, evening - 12 * HOUR)
    Shift.objects.filter(name="早班").update(ends=time(23, 30))
    Turn.objects.filter(number=2).update(begins=time(23, 30))
    with pytest.raises(Refused, match="晚班23:30才开始"):
        actions.hand(evening.date(), by=cast.clerk, at=evening)


@pytest.mark.parametrize("state", [s.value for s in State])
def test_E5_3_7_the_grid_of_a_shift(cast, evening, shifts, state):
    if state == "on":
        actions.explain(evening.date(), by=cast.clerk, at=evening, whys={})
    else:
        early(cast, evening, state)
    grid, allowed = table(GRID), hands(HANDS)
    for move in TURN:
        for who in ("clerk", "clerk2", "assistant", "manager", "repairer", "auditor"):
            turn, refusal = Turn.objects.select_related("day").get(number=1), ""
            try:
                TURNS.check(turn, move.name, by=getattr(cast, who), at=evening)
            except Refused as refused:
                refusal = refused.code
            possible = grid[state][move.name] != "." and who in allowed[move.name]
            assert bool(refusal) != possible, (state, move.name, who, refusal)


def test_E5_3_7_two_people_change_shifts_on_the_page(client, cast, busy, evening, shifts, login):
    hand, take = url(evening, "turns/1/hand/"), url(evening, "turns/1/take/")
    for who, status in ((None, 302), (cast.repairer, 403), (cast.auditor, 403)):
        if who:
            login(client, who)
        assert client.post(hand, {}).status_code == status
    assert not Turn.objects.exists()
    with time_machine.travel(evening.replace(hour=16), tick=False):
        login(client, cast.clerk)
        assert "早班交班签字" in client.get(url(evening)).content.decode()
        assert client.post(hand, {"duty": "林晓雯、小周", "words": "钥匙在抽屉"}).status_code == 302
        late = client.post(hand, {"duty": "x", "words": "刚才写的一段话"})
        assert (late.status_code, "刚才写的一段话" in late.content.decode()) == (409, True)
        assert client.post(take, {"revision": 1}).status_code == 403
        login(client, cast.clerk2)
        assert client.post(take, {"revision": 0}).status_code == 409
        assert client.post(take, {"revision": 1}).status_code == 302
        assert client.post(url(evening, "turns/7/take/"), {"revision": 1}).status_code == 404
    finish_day(cast, evening, "taken")
    with time_machine.travel(evening, tick=False):
        page, paper = (client.get(url(evening, tail)).content.decode() for tail in ("", "print/"))
        book = load_workbook(BytesIO(client.get(url(evening, "day.xlsx")).content))
    for html in (page, paper):
        assert "林晓雯、小周" in html and "08:00–16:00" in html and "16:00–24:00" in html
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("值班 林晓雯、小周" in cell and "接 " in cell for cell in cells)


def test_E5_3_7_the_summary_tells_what_records_asks_for(client, cast, at, busy, evening, login):
    slip, _, call = busy
    late = make_repair(cast, at, "handed", unit=None, kind="public", place="地下车库B1", content="排水沟堵")
    step(cast, late, "acknowledge", at + timedelta(minutes=40))
    step(cast, late, "arrive", at + timedelta(minutes=45))
    told = parts(evening.date(), evening, left_open(evening.date(), evening))
    assert [(row["no"], row["state"]) for row in told["late"]] == [
        (
            late.no,
            f"应{local(at) + timedelta(minutes=31):%H:%M}前到，{local(at) + timedelta(minutes=45):%H:%M}到场",
        )
    ]
    assert [(row["no"], row["state"]) for row in told["queries"]] == [(call.no, "待答复，已超时")]
    day = finish_day(cast, evening)
    assert Day.objects.get().parts == told
    sent = day.carried.get(no=slip.no).sent
    assert sent == slip.dispatched_at is not None
    login(client, cast.clerk)
    paper = client.get(url(evening, "print/")).content.decode()
    assert (
        paper.index("未返底联")
        < paper.index("其他结转")
        < paper.index("未回复查询")
        < paper.index("投诉进展")
    )
    assert f"{local(sent):%-m-%-d %H:%M}" in paper
