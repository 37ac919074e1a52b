"""What each field allows, and together breaks: sums, signatures, keys, guessed revisions, locks held too long."""

from decimal import Decimal

import pytest
from django.db import connection

from reception.core.flow import Refused
from reception.core.ledger import Event, apply, writing
from tests.factories.customers import workbook
from tests.factories.visits import expense, make_draft, make_reception, stale
from tests.factories.visits import settle as handed_in
from tests.visits.pages import browser, frozen, html, typed
from visits.imports import actions as imports
from visits.models import Customer, Reception
from visits.requests import actions, settling
from visits.requests.flow import FLOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def test_a_roster_of_three_hundred_guests_arrives(cast, at):
    """records §1.1: as many as the form allows, sent at once."""
    guests = {
        f"guests-{row}-{name}": f"来宾{row}" if name == "name" else ""
        for row in range(300)
        for name in ("name", "gender", "title", "phone", "organisation", "diet", "care")
    }
    data = typed(cast, at, headcount="300", **{"guests-TOTAL_FORMS": "300"}, **guests)
    assert browser(cast.sales).post("/visits/requests/new/", data).status_code == 302
    assert Reception.objects.get().guests.count() == 300


FORTUNE = {"item": "meal", "quantity": 99, "people": 999, "unit_price": Decimal("9999999.99")}


def test_a_fortune_in_the_plan_is_refused_at_the_approval(cast, at):
    """A7a: quantity, people and price are each within their limits, their product is beyond any sum's."""
    reception = make_reception(cast, "pending", at=at, lines=[FORTUNE], overspend_reason="按合同")
    data = {"do": "approve", "tier": reception.proposed_tier_id, "host": cast.vgm.pk}
    answer = browser(cast.gm).post(f"/visits/requests/{reception.no}/decide/", data)
    reception.refresh_from_db()
    assert (answer.status_code, reception.status, reception.tasks.count()) == (422, "pending", 0)
    assert "费用合计超过 100 亿元" in html(answer)


def test_a_fortune_in_the_list_of_costs_is_refused(cast, at):
    """A7a: sixty rows at a time, each within its limit."""
    reception = make_reception(cast, "receiving", at=at)
    rows = [expense(amount=Decimal("99999999.99"), voucher=f"PJ-{n}") for n in range(101)]
    with pytest.raises(Refused, match="费用合计超过 100 亿元"):
        settling.spend(reception, by=cast.sales, at=at, rows=rows)
    assert reception.sheet.rows.count() == 0


@pytest.mark.engine
@pytest.mark.parametrize("address", ["requests/JD%00/", "promises/%00/", "requests/%00/cancel/"])
def test_a_nul_in_an_address_is_not_found(cast, address):
    """PostgreSQL cannot be asked for it."""
    client = browser(cast.sales)
    answer = client.post(f"/visits/{address}") if "cancel" in address else client.get(f"/visits/{address}")
    assert answer.status_code == 404


@pytest.mark.engine
def test_a_nul_in_a_token_still_has_one_effect(cast):
    """The token is a key of a table."""
    data, client = {"name": "新客户", "kind": "buyer", "_once": "a\x00b"}, browser(cast.reception)
    first, second = (client.post("/visits/customers/new/", data) for _ in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Customer.objects.count() == 1


@pytest.mark.engine
def test_the_longest_signature_fits_the_ledger(cast, at):
    """D4.3.5: name and department at their longest."""
    cast.sales.name = "名" * 32
    cast.sales.department.name = "部" * 32
    make_draft(cast, at=at)
    assert Event.objects.get().actor_name.startswith("名" * 32)


def test_a_workbook_is_read_before_anything_is_locked(cast, at, monkeypatch):
    """Reading a hostile workbook takes seconds; on SQLite an open transaction would stop every other writer."""
    depth = []

    def read(file, size):
        depth.append(len(connection.savepoint_ids))
        raise Refused("invalid", "这个文件打不开。", field="file")

    monkeypatch.setattr(imports, "read", read)
    data = {"file": workbook(["单位名称"], ["甲公司"]), "_once": "c" * 32}
    answer = browser(cast.reception).post("/visits/customers/import/", data)
    assert (answer.status_code, depth) == (422, [len(connection.savepoint_ids)])


def test_A3_1b_a_guessed_revision_does_not_change_what_was_submitted(cast, at):
    """Loaded as a draft, submitted meanwhile by another request, and the revision guessed right."""
    reception = make_draft(cast, at=at)
    loaded = stale(reception)
    actions.submit(reception, by=cast.sales, at=at)
    with pytest.raises(Refused) as refused:
        actions.save_draft(
            loaded, by=cast.sales, at=at, fields={"subject": "改过"}, expect=reception.revision
        )
    reception.refresh_from_db()
    assert (refused.value.code, reception.subject) == ("stale", "供应商现场审核")


def test_A3_1b_a_guessed_revision_moves_nothing_that_changed_meanwhile(cast, at):
    """The ledger itself holds to the row that was loaded and checked, whatever revision it is handed."""
    reception = make_draft(cast, at=at)
    loaded = stale(reception)
    actions.save_draft(reception, by=cast.sales, at=at, fields={"subject": "改过"})
    with pytest.raises(Refused) as refused, writing():
        apply(loaded, FLOW.cancel, by=cast.sales, at=at, target="cancelled", expect=reception.revision)
    reception.refresh_from_db()
    assert (refused.value.code, reception.status) == ("stale", "draft")


def test_A7a_a_guessed_revision_adds_nothing_to_a_list_handed_in(cast, at):
    """The same with the list of costs: loaded while it could be written in, handed in meanwhile."""
    reception = make_reception(cast, "settling", at=at)
    loaded = stale(reception)
    handed_in(reception, at=at)
    with pytest.raises(Refused) as refused:
        settling.spend(loaded, by=cast.sales, at=at, rows=[expense()], expect=reception.revision)
    assert (refused.value.code, reception.sheet.rows.count()) == ("stale", 1)
