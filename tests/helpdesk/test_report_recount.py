"""The whole workbook of made-up histories against the recount from raw tables, on the engine the tests run on (D4.4.5)."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from helpdesk.handed import actions
from helpdesk.handed.actions import Measured, Told
from helpdesk.management.commands.report import made
from helpdesk.report.build import build
from helpdesk.report.kept import written
from helpdesk.report.report_xlsx import workbook
from helpdesk.report.spans import span_of
from reception.core.people.models import Department
from tests.factories.handed import WAY, make_report, wrote
from tests.factories.helpdesk import make_call, make_repair
from tests.helpdesk.stories import CHINA, write
from tests.helpdesk.strategies import histories
from tests.helpdesk.test_report_figures import LATER
from tests.recount.compare import differences

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(histories())
def test_D4_4_5_every_cell_of_the_workbook_equals_the_recount(cast, stories):
    with transaction.atomic():
        write(stories, cast)
        for month, months in (("2026-10", 1), ("2026-09", 2)):
            file = BytesIO()
            report = build(span_of(month, months, LATER))
            workbook(report, written(report)).save(file)
            with connection.cursor() as cursor:
                assert list(differences(cursor, file, month, months)) == []
        transaction.set_rollback(True)


def test_D4_4_5_what_people_wrote_is_recounted_in_a_report_that_was_handed_in(cast, at):
    make_repair(cast, at, "finished")
    make_call(cast, at, "closed", rings=5, rings_reason="两部电话同时响", kind="help", handling="问保安")
    october, november = datetime(2026, 11, 3, 9, tzinfo=CHINA), datetime(2026, 12, 3, 9, tzinfo=CHINA)
    mended = Department.objects.get(code="engineering")
    promise = Measured("晚间到场超时多", "超时 1 件", "晚班增一人", mended, date(2026, 11, 30), "on_time")
    case = Told("水管爆裂", "", "夜间 2 小时到场", "备件提前领")
    first = wrote(make_report(cast, october), cast, october, measures=[promise, promise], cases=[case])
    for move, who in WAY:
        getattr(actions, move)(first, by=getattr(cast, who), at=october)
    second = make_report(cast, november, month="2026-11")
    pair = first.measures.order_by("place")
    kept_word = {pair[0].pk: ("late", "仍超时 3 件"), pair[1].pk: ("done", "")}
    own = {"left": "遗留 0 件，都已约好"}
    wrote(second, cast, november, outcomes=kept_word, conclusions=own, basis={"left": "依据"})
    for move, who in WAY[:1]:
        getattr(actions, move)(second, by=getattr(cast, who), at=november)
    for month in ("2026-10", "2026-11"):
        name, write, _ = made(span_of(month, 1, november))
        file = written_by(write)
        assert counted(file, month) == [], name
    book = load_workbook(BytesIO(file))
    for sheet, words in (
        ("1 封面与结论", "遗留 0"),
        ("12 改进建议", "仍超时 3"),
        ("1 封面与结论", "本期受理 0"),
    ):
        cell = next(c for row in book[sheet].iter_rows() for c in row if words in str(c.value))
        cell.value = cell.value.replace(words, words[:-1] + "9")
    assert len(counted(written_by(book.save), "2026-11")) == 3, "the negative control"


def written_by(write: Callable[[BytesIO], object]) -> bytes:
    """What it writes."""
    file = BytesIO()
    write(file)
    return file.getvalue()


def counted(file: bytes, month: str) -> list[str]:
    """The differences of a workbook."""
    with connection.cursor() as cursor:
        return list(differences(cursor, BytesIO(file), month))
