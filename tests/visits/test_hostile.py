"""Hostile input: whatever is sent to a POST address of the wing by the one who may, it is answered with a sentence,
never with a 500, and a refused one leaves no trace (refusals of issue 2)."""

import re
from decimal import Decimal

import pytest
from django.db import connection, transaction

from reception.core.flow import Refused
from reception.core.ledger import Event
from reception.core.web.models import Once
from tests.factories.customers import due, make_gift, make_preference, make_promise, make_visited, workbook
from tests.factories.visits import expense, make_draft, make_reception, make_task, stale
from tests.factories.visits import settle as handed_in
from tests.visits.pages import browser, frozen, html, typed
from visits.imports import actions as imports
from visits.models import Customer, Reception
from visits.requests import actions, settling

pytestmark = pytest.mark.django_db
TEXTS = ["a\x00b", "长" * 5000, "<script>alert(1)</script>\u202e\ufeff' OR 1=1 --"]
NUMBERS = ["-1", "1e400", "sNaN", "-Infinity", "9" * 5000, "1.005", "\x00"]
TIMES = [
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "9999-12-31T23:59-12:00",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30T25:10",
    "\x00",
]
CHOICES = ["-1", "9" * 40, "9" * 5000, "' OR 1=1", "\x00"]
TOTALS = ["100000", "-1", "9" * 5000]
REVISIONS = ["-1", "9" * 30, "9" * 5000, "abc", "\x00"]
KINDS = {
    "text": TEXTS,
    "number": NUMBERS,
    "time": TIMES,
    "choice": CHOICES,
    "total": TOTALS,
    "revision": REVISIONS,
}
APPLY = {
    "text": "customer_name contact_name subject applicant_phone note guests-0-name guests-0-phone retro_reason do",
    "number": "headcount meal_count meal_people meal_price bed_rooms",
    "time": "arrive_at leave_at retro_agreed_at",
    "choice": "department proposed_tier host nature purpose needs guests-0-gender",
    "total": "guests-TOTAL_FORMS guests-INITIAL_FORMS",
    "revision": "revision",
}


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def sheet_data(**over):
    values = {f"rows-0-{key}": value for key, value in expense(spent_on="2026-10-21").items()}
    return {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "revision": "", **values, **over}


def decide(cast, at):
    reception = make_reception(cast, "pending", at=at)
    data = {"do": "approve", "revision": str(reception.revision), "tier": str(reception.proposed_tier_id),
            "host": str(cast.vgm.pk), "tier_reason": "", "activity_budget": "", "gift_budget": "", "reason": ""}  # fmt: skip
    fields = {"text": "reason tier_reason do", "number": "activity_budget gift_budget", "choice": "tier host",
              "revision": "revision"}  # fmt: skip
    return cast.gm, f"/visits/requests/{reception.no}/decide/", data, fields


def apply_new(cast, at):
    return cast.sales, "/visits/requests/new/", typed(cast, at), APPLY


def apply_edit(cast, at):
    fields = {"revision": "revision", "text": "do"}
    return cast.sales, f"/visits/requests/{make_draft(cast, at=at).no}/edit/", typed(cast, at), fields


def autosave(cast, at):
    data = typed(cast, at, do="auto")
    return (
        cast.sales,
        f"/visits/requests/{make_draft(cast, at=at).no}/edit/",
        data,
        {**APPLY, "text": "subject"},
    )


def estimate(cast, at):
    return cast.sales, "/visits/requests/estimate/", typed(cast, at), {**APPLY, "text": "customer_name"}


def roster(cast, at):
    data = {"roster_text": "陆远 采购总监", "customer_name": "远航"}
    return cast.sales, "/visits/requests/roster/", data, {"text": "roster_text customer_name"}


def cancel(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    data = {"revision": str(reception.revision), "reason": "客户改期"}
    return (
        cast.sales,
        f"/visits/requests/{reception.no}/cancel/",
        data,
        {"text": "reason", "revision": "revision"},
    )


def sheet(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    fields = {"text": "rows-0-place rows-0-voucher", "number": "rows-0-amount rows-0-ours rows-0-quantity",
              "time": "rows-0-spent_on", "choice": "rows-0-item rows-0-meal",
              "total": "rows-TOTAL_FORMS rows-INITIAL_FORMS", "revision": "revision"}  # fmt: skip
    return cast.sales, f"/visits/requests/{reception.no}/costs/", sheet_data(), fields


def spent(cast, at, status="receiving"):
    reception = make_reception(cast, status, at=at)
    settling.spend(reception, by=cast.sales, at=at, rows=[expense()])
    return f"/visits/requests/{reception.no}"


def void(cast, at):
    fields = {"text": "reason", "revision": "revision"}
    return cast.sales, f"{spent(cast, at)}/costs/1/void/", {"reason": "重复", "revision": ""}, fields


def correct(cast, at):
    data = {"reason": "金额写错", "revision": "", **expense(spent_on="2026-10-21")}
    fields = {"text": "reason place", "number": "amount theirs", "time": "spent_on", "choice": "item meal",
              "revision": "revision"}  # fmt: skip
    return cast.sales, f"{spent(cast, at)}/costs/1/correct/", data, fields


def settle(cast, at):
    data = {"over_reason": "", "approver": "", "note": "", "revision": ""}
    fields = {"text": "over_reason note", "choice": "approver", "revision": "revision"}
    return cast.sales, f"{spent(cast, at, 'settling')}/settle/", data, fields


def task(cast, at):
    fields = {"text": "note reason", "revision": "revision"}
    data = {"note": "", "reason": "", "revision": ""}
    return cast.general, f"/visits/tasks/{make_task(cast, at=at).pk}/finish/", data, fields


def contact(cast, at):
    data = {"name": "王工", "title": "", "phone": ""}
    return (
        cast.sales,
        f"{make_visited(cast, at).get_absolute_url()}contact/",
        data,
        {"text": "name title phone"},
    )


def preference(cast, at):
    data = {"kind": "diet", "who": "", "text": "不吃辣"}
    fields = {"text": "who text", "choice": "kind"}
    return cast.sales, f"{make_visited(cast, at).get_absolute_url()}preference/", data, fields


def gift(cast, at):
    data = {
        "item": "茶具",
        "recipient": "陆远",
        "given_on": "2026-10-21",
        "quantity": "1",
        "unit_price": "",
        "reception": "",
    }
    fields = {
        "text": "item recipient",
        "time": "given_on",
        "number": "quantity unit_price",
        "choice": "reception",
    }
    return cast.sales, f"{make_visited(cast, at).get_absolute_url()}gift/", data, fields


def promise(cast, at):
    data = {"what": "寄样册", "due_on": due(at).isoformat(), "promiser": "", "owner": "", "reception": ""}
    fields = {"text": "what", "time": "due_on", "choice": "promiser owner reception"}
    return cast.sales, f"{make_visited(cast, at).get_absolute_url()}promise/", data, fields


def kept(cast, at):
    promise = make_promise(cast, make_visited(cast, at), at)
    fields = {"text": "note reason", "revision": "revision"}
    return cast.tech, f"{promise.get_absolute_url()}keep/", {"note": "", "reason": "", "revision": ""}, fields


def gift_void(cast, at):
    customer = make_visited(cast, at)
    row = make_gift(cast, customer, at)
    return (
        cast.sales,
        f"{customer.get_absolute_url()}gift/{row.pk}/void/",
        {"reason": "记错"},
        {"text": "reason"},
    )


def preference_end(cast, at):
    customer = make_visited(cast, at)
    row = make_preference(cast, customer, at)
    return cast.sales, f"{customer.get_absolute_url()}preference/{row.pk}/end/", {"x": ""}, {"text": "x"}


def customer(cast, at):
    data = {"name": "新客户", "kind": "buyer", "address": "", "note": "", "revision": ""}
    fields = {"text": "name address note", "choice": "kind", "revision": "revision"}
    return cast.reception, "/visits/customers/new/", data, fields


def customer_edit(cast, at):
    _, _, data, fields = customer(cast, at)
    return cast.reception, f"{make_visited(cast, at).get_absolute_url()}edit/", data, fields


def admin_decide(cast, at):
    _, _, data, fields = decide(cast, at)
    pk = Reception.objects.get().pk
    return cast.gm, f"/admin/visits/reception/{pk}/decide/", data, fields


TARGETS = [
    apply_new, apply_edit, autosave, estimate, roster, decide, admin_decide, cancel, sheet, void, correct, settle, task,
    contact, preference, preference_end, gift, gift_void, promise, kept, customer, customer_edit,
]  # fmt: skip


def poisoned(data, fields):
    """The data with one field after the other poisoned, then without any field, then with the token poisoned."""
    for kind, names in fields.items():
        for name in names.split():
            yield from ((f"{name}={value[:20]!r}", {**data, name: value}) for value in KINDS[kind])
    yield "nothing", {}
    yield "token", {**data, "_once": "a\x00b" * 30}


def traces():
    """What an effect leaves."""
    return (
        Event.objects.count(), Once.objects.count(), Reception.objects.count(), Customer.objects.count(),
        sorted(Reception.objects.values_list("pk", "revision", "status", "subject")),
    )  # fmt: skip


def says(answer):
    """Whether a refusal is a Chinese sentence, on a page or for the script."""
    words = answer.json()["message"] if "json" in answer["Content-Type"] else html(answer)
    return bool(re.search("[一-鿿]{4}", words))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
def test_hostile_input_is_refused_with_a_sentence_and_leaves_no_trace(cast, at, target):
    user, url, data, fields = target(cast, at)
    client = browser(user)
    client.raise_request_exception = False
    wrong, before = [], traces()
    for name, values in poisoned(data, fields):
        with transaction.atomic():
            answer = client.post(url, values)
            refused = answer.status_code >= 400
            if answer.status_code >= 500 or (refused and not says(answer)):
                wrong.append((name, answer.status_code))
            if refused and traces() != before:
                wrong.append((name, "half written"))
            transaction.set_rollback(True)
    assert wrong == []


CURSORS = ["", "0001-01-01T00:00:00+08:00~1", "9999-12-31T23:59:59-14:00~1", f"2026-01-01T00:00:00+08:00~{'9' * 40}", "~", "\x00",
           "2026-01-01T00:00:00+08:00~-" + "9" * 40, "x~1"]  # fmt: skip
LISTS = ["/visits/requests/?before=", "/visits/tasks/?after=", "/visits/customers/?after=", "/notices/?before=",
         "/visits/costs/?before=", "/visits/costs/?since=", "/visits/standards/?on=", "/visits/requests/?tier=",
         "/visits/requests/?q=", "/visits/customers/?q=", "/search/?q=", "/visits/customers/hint/?q="]  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_a_broken_address_is_the_first_page(cast, at, address):
    make_reception(cast, "preparing", at=at)
    client = browser(cast.sales)
    client.raise_request_exception = False
    path, _, name = address.partition("?")
    answers = [
        client.get(path, {name.rstrip("="): value}).status_code for value in (*CURSORS, *TIMES, *CHOICES)
    ]
    assert set(answers) == {200}


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


def test_A7a_a_guessed_revision_adds_nothing_to_a_list_handed_in(cast, at):
    """The same with the list of costs: loaded while it could be written in, handed in meanwhile."""
    reception = make_reception(cast, "settling", at=at)
    loaded = stale(reception)
    handed_in(reception, at=at)
    with pytest.raises(Refused) as refused:
        settling.spend(loaded, by=cast.sales, at=at, rows=[expense()], expect=reception.revision)
    assert (refused.value.code, reception.sheet.rows.count()) == ("stale", 1)
