"""B1: never the same gift twice without somebody having seen it. A7b: within the standard the leader set."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import errors, race, winners
from tests.factories.customers import make_customer, make_gift, make_visited
from tests.factories.visits import approve as approved
from tests.factories.visits import make_draft, make_reception, stale
from visits.customers import gifts
from visits.customers.policies import gift_key
from visits.models import Gift

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field


@pytest.fixture
def customer(cast, at):
    return make_visited(cast, at)


def test_B1_a_gift_is_what_to_whom_when_and_at_which_reception(cast, at, customer):
    reception = customer.receptions.get()
    gift = make_gift(cast, customer, at, quantity=2, reception=reception)
    assert (str(gift), gift.recipient, gift.reception, gift.again) == (
        "青瓷茶具 × 2",
        "陆远",
        reception,
        False,
    )
    event = events_of(customer).last()
    assert (event.verb, event.detail["item"], event.detail["reception"]) == (
        "gift",
        "青瓷茶具 × 2",
        reception.no,
    )


@pytest.mark.parametrize("item", ["青瓷茶具", " 青瓷 茶具", "青瓷茶具（一套）", "《青瓷》茶具"])
def test_B1_the_same_gift_however_written_must_be_confirmed(cast, at, customer, item):
    make_gift(cast, customer, at - timedelta(days=90))
    assert refusal(make_gift, cast, customer, at, item=item) == ("invalid", "again")
    assert make_gift(cast, customer, at, item=item, again=True).again is True


@pytest.mark.parametrize("item", ["青花瓷瓶", "手工团扇"])
def test_B1_another_gift_needs_no_confirmation(cast, at, customer, item):
    make_gift(cast, customer, at)
    assert make_gift(cast, customer, at, item=item, again=True).again is False


def test_B1_the_warning_says_when_to_whom_and_what_to_do(cast, at, customer):
    make_gift(cast, customer, at)
    with pytest.raises(Refused, match=r"2026年10月21日已送过陆远“青瓷茶具”.*确认重复赠送"):
        make_gift(cast, customer, at)


def test_B1_the_same_gift_to_another_customer_is_no_repeat(cast, at, customer):
    make_gift(cast, customer, at)
    other = make_customer(cast, at)
    assert make_gift(cast, other, at, by=cast.office).again is False


def test_B1_a_gift_entered_by_mistake_counts_no_more_but_stays(cast, at, customer):
    gift = make_gift(cast, customer, at)
    assert refusal(gifts.void_gift, gift, by=cast.sales, at=at, reason=" ") == ("missing", "reason")
    gifts.void_gift(gift, by=cast.sales2, at=at, reason="没有送出")
    assert (stale(gift).voided_by, Gift.objects.given().count()) == (cast.sales2, 0)
    assert refusal(gifts.void_gift, stale(gift), by=cast.sales, at=at, reason="再来") == ("state", "")
    assert make_gift(cast, customer, at).again is False
    assert [e.verb for e in events_of(customer)] == ["create", "gift", "gift_void", "gift"]


def test_B1_a_gift_has_its_shape(cast, at, customer):
    other = make_draft(cast, at=at, customer_name="别家")
    tries = [
        refusal(make_gift, cast, customer, at, item=" （ ）"),
        refusal(make_gift, cast, customer, at, recipient=" "),
        refusal(make_gift, cast, customer, at, quantity=0),
        refusal(make_gift, cast, customer, at, given_on=None),
        refusal(make_gift, cast, customer, at, given_on=(at + timedelta(days=1)).date()),
        refusal(make_gift, cast, customer, at, reception=other),
    ]
    assert tries == [
        ("missing", "item"), ("missing", "recipient"), ("invalid", "quantity"), ("invalid", "given_on"),
        ("invalid", "given_on"), ("invalid", "reception"),
    ]  # fmt: skip


def test_B1_others_enter_no_gift(cast, at, customer):
    for person in (cast.tech, cast.gm, cast.auditor, cast.clerk):
        assert refusal(make_gift, cast, customer, at, by=person) == ("forbidden", "")


def test_B1_the_engine_itself_refuses_the_unconfirmed_twin(cast, at, customer):
    gift = make_gift(cast, customer, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gift.objects.create(
            customer=customer, item="x", key=gift.key, recipient="甲", given_on=gift.given_on, created_at=at,
            created_by=cast.sales,
        )  # fmt: skip


def test_A7b_gifts_stay_within_the_standard_the_leader_set(cast, at):
    reception = make_reception(cast, "pending", at=at)
    approved(reception, cast, at, gift_budget=Decimal(600))
    customer = reception.customer
    make_gift(cast, customer, at, unit_price=Decimal(200), quantity=2, reception=reception)
    again = {"item": "手工团扇", "unit_price": Decimal(201), "reception": reception}
    assert refusal(make_gift, cast, customer, at, **again) == ("missing", "reason")
    assert make_gift(cast, customer, at, **again, reason="总经理当场加送").amount == 201
    assert make_gift(cast, customer, at, item="画册", reception=reception).amount is None


def test_A7b_a_priced_gift_without_a_standard_says_who_agreed(cast, at, customer):
    words = {"unit_price": Decimal(100), "reception": customer.receptions.get()}
    assert refusal(make_gift, cast, customer, at, **words) == ("missing", "reason")
    assert make_gift(cast, customer, at, **words, reason="何志远同意").reason == "何志远同意"


def test_keys_of_things():
    assert gift_key(" ＡＢＣ　茶-具（1套）") == "abc茶具1套"


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B1_two_colleagues_give_the_same_at_once(cast, at):
    customer = make_visited(cast, at)
    outcomes = race(lambda: make_gift(cast, customer, at), lambda: make_gift(cast, stale(customer), at))
    assert (len(winners(outcomes)), [e.field for e in errors(outcomes)], Gift.objects.count()) == (
        1,
        ["again"],
        1,
    )
