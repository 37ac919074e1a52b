"""What the database itself refuses about 接待清单, on both engines."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.visits import expense, make_reception
from visits.costs.models_sheet import CostSheet, CostTotal, Expense
from visits.requests import settling

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def refuses(rows, **fields):
    """Whether the database refuses to write `fields` into `rows`."""
    try:
        with transaction.atomic():
            assert rows.update(**fields) == 1
    except IntegrityError:
        return True
    return False


@pytest.fixture
def written(cast, at):
    """A list that was handed in, with two rows."""
    reception = make_reception(cast, "settling", at=at)
    settling.spend(reception, by=cast.sales, at=at, rows=[expense(), expense(voucher="PJ-2")])
    from visits.requests import actions

    return actions.settle(reception, by=cast.sales, at=at)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": -1}, {"quantity": 0}, {"item": "bribe"}, {"meal": "feast"}, {"voided_at": "at"}, {"voided_by": "someone"},
        {"void_reason": "没有作废"}, {"voided_at": "at", "voided_by": "someone"}, {"number": 2}, {"replaced_by": "self"},
    ],
)  # fmt: skip
def test_A7a_a_row_that_cannot_be(cast, at, written, fields):
    row = Expense.objects.get(sheet=written.sheet, number=1)
    meant = {"at": at, "someone": cast.gm, "self": row}
    assert refuses(Expense.objects.filter(pk=row.pk), **{k: meant.get(v, v) for k, v in fields.items()})


@pytest.mark.parametrize(
    "fields",
    [
        {"settled_by": None}, {"audited_at": "at"}, {"over_reason": "没有人"}, {"approver": "someone"},
        {"confirmed_at": "at", "confirmed_by": "other", "over_reason": "加菜", "approver": "someone"},
        {"audited_at": "at", "audited_by": "applicant"},
    ],
)  # fmt: skip
def test_A7b_a_list_that_cannot_be(cast, at, written, fields):
    meant = {"at": at, "someone": cast.gm, "other": cast.vgm, "applicant": cast.sales}
    rows = CostSheet.objects.filter(pk=written.sheet.pk)
    assert refuses(rows, **{k: meant.get(v, v) for k, v in fields.items()})


def test_A7a_what_may_be_may_be(cast, at, written):
    """Negative control."""
    row = Expense.objects.filter(sheet=written.sheet, number=1)
    assert not refuses(row, voided_at=at, voided_by=cast.sales, void_reason="记重了")
    sheet = CostSheet.objects.filter(pk=written.sheet.pk)
    assert not refuses(sheet, audited_at=at, audited_by=cast.office)


def test_A7a_a_category_is_summed_once(written):
    total = written.sheet.totals.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CostTotal.objects.create(sheet=written.sheet, item=total.item)
