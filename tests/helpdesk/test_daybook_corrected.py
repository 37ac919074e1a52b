"""A signed day is corrected, never rewritten: the old word stays struck out beside the new one (D4.3.3, E5.3.7)."""
# ruff: noqa: F811

import json
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook

from helpdesk.corrections.actions import correct
from helpdesk.corrections.models import Correction
from helpdesk.daybook import actions
from helpdesk.daybook.models import Carried, Day
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.helpdesk.test_daybook import HOUR, busy, evening, finish_day, url  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(cast, busy, evening):
    """A day that the manager has read; its slip was 忘交单."""
    return finish_day(cast, evening, "reviewed"), busy[0].no


def ask(day, name):
    return f"/helpdesk/corrections/{day.no}/?field={name}"


def test_D4_3_3_a_signed_reason_is_struck_out_on_page_print_and_workbook(
    client, cast, evening, signed, login
):
    day, slip = signed
    figures, name = day.sheet, f"reason_{slip}"
    login(client, cast.clerk)
    with time_machine.travel(evening + HOUR, tick=False):
        form = client.get(ask(day, name)).content.decode()
        assert "现在写的是</span> <b>忘交单</b>" in form
        data = {"seen": json.dumps("forgotten"), "value": "material", "reason": "查明是缺角阀"}
        empty = client.post(ask(day, name), data | {"reason": " "})
        assert (empty.status_code, "请写明更正的原因" in empty.content.decode()) == (422, True)
        assert client.post(ask(day, name), data).status_code == 302
        words = {"seen": json.dumps("明早办"), "value": "配件明天到", "reason": "同上"}
        assert client.post(ask(day, f"words_{slip}"), words).status_code == 302
        due = {"seen": "null", "value": "2026-10-23", "reason": "问过供应商"}
        assert client.post(ask(day, f"expected_on_{slip}"), due).status_code == 302
        again = {"seen": json.dumps("2026-10-23"), "value": "2026-10-24", "reason": "再推一天"}
        assert client.post(ask(day, f"expected_on_{slip}"), again).status_code == 302
        stale = client.post(ask(day, name), data | {"value": "owner"})
        assert stale.status_code == 409 and 'value="owner" selected' in stale.content.decode()
        page, paper = (client.get(url(evening, tail)).content.decode() for tail in ("", "print/"))
        book = load_workbook(BytesIO(client.get(url(evening, "day.xlsx")).content), rich_text=True)
    for html in (page, paper):
        assert "忘交单</del>" in html and "待料</ins>" in html and "明早办</del>" in html
        assert "查明是缺角阀" in html
    row = next(row for row in book.worksheets[1].iter_rows() if row[0].value == slip)
    struck = {str(part): part.font.strike for cell in row if isinstance(cell.value, list) for part in cell.value
              if not isinstance(part, str)}  # fmt: skip
    assert (struck["忘交单"], struck["明早办"], struck["2026-10-23"]) == (True, True, True)
    assert "查明是缺角阀" in row[-1].value
    day.refresh_from_db()
    line = Carried.objects.get(day=day, no=slip)
    assert (line.reason, line.words, f"{line.expected_on}", day.sheet, day.status) == (
        "material", "配件明天到", "2026-10-24", figures, "reviewed",
    )  # fmt: skip
    assert [row.old for row in Correction.objects.of(day)] == ["忘交单", "明早办", "", "2026-10-23"]
    assert events_of(day).filter(verb="correct").count() == 4 and list(verify()) == []
    with pytest.raises(Exception, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE helpdesk_correction SET old = 'x'")


def test_D4_3_3_who_corrects_a_day_and_what_is_refused(client, cast, evening, signed, login):
    day, slip = signed
    reason, words = f"reason_{slip}", f"words_{slip}"
    at = evening + HOUR

    def refused(name, value, by, why="听错"):
        with pytest.raises(Refused) as found:
            correct(Day.objects.get(pk=day.pk), name, value, by=by, at=at, reason=why)
        return found.value.message

    assert "由记录人本人更正" in refused("summary", "x", cast.clerk2)
    assert "底联还没有返回，不能记“时限内在办”" in refused(reason, "in_time", cast.clerk)
    assert "不能早于当天" in refused(f"expected_on_{slip}", day.on.replace(day=1), cast.clerk)
    correct(Day.objects.get(), words, "", by=cast.manager, at=at, reason="没有这回事")
    assert "请写明原因" in refused(reason, "other", cast.clerk)
    assert "没有要更正的" in refused(reason, "forgotten", cast.clerk)
    for name in ("reason_WX-2020-0001", "sheet", "handed_name"):
        assert "还没有填写" in refused(name, "x", cast.clerk) or "不能更正" in refused(name, "x", cast.clerk)
    for who, status in ((None, 302), (cast.repairer, 404), (cast.clerk2, 403), (cast.auditor, 403)):
        if who:
            login(client, who)
        data = {"seen": json.dumps(""), "value": "x", "reason": "y"}
        assert client.post(ask(day, "summary"), data).status_code == status, who
    login(client, cast.manager)
    listed = client.get("/helpdesk/corrections/?kind=HZ").content.decode()
    assert (day.get_absolute_url() in listed, "没有这回事" in listed) == (True, True)
    assert Correction.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Carried.objects.filter(no=slip).update(reason="in_time")


def test_D4_3_3_before_the_signature_the_day_is_simply_written(cast, busy, evening):
    day, _ = actions.explain(evening.date(), by=cast.clerk, at=evening, whys={}, in_time=True)
    with pytest.raises(Refused, match="还没有交班签字，直接在页面上改就行"):
        correct(day, "summary", "x", by=cast.clerk, at=evening, reason="y")
