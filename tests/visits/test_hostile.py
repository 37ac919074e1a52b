"""Hostile input: whatever is sent to a POST address of the wing by the one who may, it is answered with a sentence,
never with a 500, and a refused one leaves no trace (refusals of issue 2)."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from reception.core.ledger import Event
from reception.core.web.models import Once
from tests.factories.customers import due, make_gift, make_preference, make_promise, make_visited
from tests.factories.resources import booked, make_resource
from tests.factories.visits import expense, make_draft, make_reception, make_task
from tests.visits.pages import browser, frozen, html, typed
from visits.changes import actions as changes
from visits.models import Customer, Reception
from visits.requests import settling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
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
    "number": "headcount docs_count meals-0-guests meals-0-price lodgings-0-rooms",
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
        cast.gm,
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


def task_handed(cast, at):
    data = {"to": f"d{cast.office.department_id}", "reason": "出差", "revision": ""}
    fields = {"text": "reason", "choice": "to", "revision": "revision"}
    return cast.general, f"/visits/tasks/{make_task(cast, 'taken', at=at).pk}/hand_over/", data, fields


def task_blocked(cast, at):
    data = {"helper": "", "reason": "检修", "revision": ""}
    fields = {"text": "reason", "choice": "helper", "revision": "revision"}
    return cast.general, f"/visits/tasks/{make_task(cast, at=at).pk}/block/", data, fields


def task_assigned(cast, at):
    fields = {"choice": "person", "revision": "revision"}
    return (
        cast.general,
        f"/visits/tasks/{make_task(cast, at=at).pk}/assign/",
        {"person": "", "revision": ""},
        fields,
    )


def task_unticked(cast, at):
    task = make_task(cast, at=at)
    path = f"/visits/tasks/{task.pk}/checks/{task.checks.first().pk}/untick/"
    return cast.general, path, {"reason": ""}, {"text": "reason"}


def task_added(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    data = {
        "department": cast.general.department_id,
        "duty": "车内备水",
        "due_at": "2026-10-25T09:00",
        "checklist": "",
    }
    fields = {"text": "duty checklist", "time": "due_at", "choice": "department"}
    return cast.sales, f"/visits/requests/{reception.no}/tasks/add/", data, fields


def gone(cast, at):
    reception = make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(hours=5))
    fields = {"text": "reason", "choice": "verdict"}
    return (
        cast.reception,
        f"/visits/requests/{reception.no}/ready/decide/",
        {"verdict": "gaps", "reason": "赶"},
        fields,
    )


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


def copied(cast, at):
    url = f"/visits/requests/{make_reception(cast, 'pending', at=at).no}/copy/"
    return cast.sales, url, {"revision": ""}, {"revision": "revision"}


def urged(cast, at):
    url = f"/visits/requests/{make_reception(cast, 'pending', at=at).no}/urge/"
    return cast.sales, url, {"revision": ""}, {"revision": "revision"}


def acknowledged(cast, at):
    url = f"/visits/requests/{make_reception(cast, 'preparing', at=at).no}/briefing/acknowledge/"
    return cast.vgm, url, {"revision": ""}, {"revision": "revision"}


def change_begun(cast, at):
    url = f"/visits/requests/{make_reception(cast, 'preparing', at=at).no}/changes/"
    return cast.sales, url, {"revision": ""}, {"revision": "revision"}


def drafted_change(cast, at, *more):
    change = changes.start(make_reception(cast, "preparing", at=at), by=cast.sales, at=at)
    return f"{change.get_absolute_url()}" + "".join(f"{one}/" for one in more)


def change_edited(cast, at):
    data = typed(cast, at, reason="客户推迟")
    fields = {"text": "reason subject companions", "number": "headcount", "time": "arrive_at leave_at",
              "choice": "host proposed_tier", "revision": "revision"}  # fmt: skip
    return cast.sales, drafted_change(cast, at, "edit"), data, fields


def change_previewed(cast, at):
    fields = {
        "text": "reason companions",
        "number": "headcount",
        "time": "arrive_at leave_at",
        "choice": "host",
    }
    return cast.sales, drafted_change(cast, at, "preview"), typed(cast, at, reason="客户推迟"), fields


def change_answered(cast, at):
    change = changes.start(make_reception(cast, "preparing", at=at), by=cast.sales, at=at)
    later = {"arrive_at": at + timedelta(days=13), "leave_at": at + timedelta(days=14)}
    changes.save(change, by=cast.sales, at=at, fields=later, reason="客户推迟")
    changes.submit(change, by=cast.sales, at=at)
    data = {"do": "refuse", "reason": "检修", "revision": "", "gift_budget": "", "activity_budget": ""}
    fields = {"text": "reason do", "number": "gift_budget activity_budget", "revision": "revision"}
    return cast.gm, f"{change.get_absolute_url()}answer/", data, fields


def cancelled(cast, at):
    url = f"/visits/requests/{make_reception(cast, 'preparing', at=at).no}/cancelling/"
    return (
        cast.gm,
        url,
        {"do": "cancel", "reason": "不来", "revision": ""},
        {"text": "reason do", "revision": "revision"},
    )


def resource(cast, at):
    data = {"kind": "room", "name": "三号会议室", "source": "inside", "capacity": "8", "revision": ""}
    fields = {"text": "name place keeper phone note", "number": "capacity price setup_before", "choice": "kind source tiers",
              "time": "price_until closed_on", "revision": "revision"}  # fmt: skip
    return cast.office, "/visits/resources/new/", data, fields


def resource_edited(cast, at):
    _, _, data, fields = resource(cast, at)
    return cast.office, f"/visits/resources/{make_resource(cast, at, '一号会议室').pk}/edit/", data, fields


def resource_booked(cast, at):
    data = {
        "start": "2026-10-22T09:00",
        "end": "2026-10-22T10:00",
        "purpose": "评审",
        "people": "3",
        "for": "",
        "task": "",
    }
    fields = {
        "text": "purpose override",
        "number": "people",
        "time": "start end",
        "choice": "task row",
        "revision": "for",
    }
    return cast.office, f"/visits/resources/{make_resource(cast, at, '一号会议室').pk}/book/", data, fields


def booking_moved(cast, at):
    one = booked(make_resource(cast, at, "一号会议室"), cast, at)
    data = {"start": "2026-10-22T13:00", "end": "2026-10-22T14:00", "revision": ""}
    fields = {"text": "override", "time": "start end", "revision": "revision"}
    return cast.sales, f"{one.get_absolute_url()}move/", data, fields


def booking_judged(cast, at):
    it = make_reception(cast, "receiving", at=at)
    one = booked(make_resource(cast, at, "一号会议室"), cast, at, reception=it)
    fields = {"text": "note", "choice": "score", "revision": "revision"}
    return cast.sales, f"{one.get_absolute_url()}judge/", {"score": "4", "note": "", "revision": ""}, fields


def signed_in(cast, at):
    data = {"username": "sales", "password": "wrong", "next": "/", "demo": ""}
    return None, "/login/", data, {"text": "username password next demo"}


TARGETS = [
    apply_new, apply_edit, autosave, estimate, roster, decide, admin_decide, cancel, sheet, void, correct, settle, task, task_handed, task_blocked,
    task_assigned, task_unticked, task_added, gone,
    contact, preference, preference_end, gift, gift_void, promise, kept, customer, customer_edit, copied,
    urged, acknowledged, signed_in, change_begun, change_edited, change_previewed, change_answered, cancelled,
    resource, resource_edited, resource_booked, booking_moved, booking_judged,
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
         "/visits/requests/?q=", "/visits/customers/?q=", "/search/?q=", "/visits/customers/hint/?q=",
         "/visits/resources/?on=", "/visits/resources/list/?after=", "/visits/resources/list/?q=",
         "/visits/resources/find/?start=", "/visits/resources/find/?people="]  # fmt: skip


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
