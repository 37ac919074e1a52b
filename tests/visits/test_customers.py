"""B1: the register of customers — found by name, sound and people; written by those who received them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.spelling import sought, sound
from tests.factories.customers import make_customer, make_preference, make_promise, make_visited
from tests.factories.visits import make_draft, make_reception, stale
from visits.customers import actions
from visits.models import Contact, Customer, Preference

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field


def fresh(user):
    """The person as the next request loads them."""
    return User.objects.get(pk=user.pk)


# --- found -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("重工", ["远航重工集团"]),
        ("yhzg", ["远航重工集团"]),
        ("YHZG", ["远航重工集团"]),
        ("yuanhang", ["远航重工集团"]),
        ("远航 陆远", ["远航重工集团"]),
        ("luyuan", ["远航重工集团"]),
        ("cfhk", ["长风航空附件公司"]),
        ("changfeng", ["长风航空附件公司"]),
        ("zfhk", ["长风航空附件公司"]),
        ("3m", ["3M中国"]),
        ("yhzg 陆近", []),
        ("bczg", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_B1_a_customer_is_found_by_two_characters_by_sound_and_by_its_people(cast, at, words, found):
    make_visited(cast, at)
    for name in ("长风航空附件公司", "3M中国"):
        make_customer(cast, at, name)
    assert [row.name for row in Customer.objects.matching(words)] == found


def test_B1_readings_of_a_name():
    assert sound("远航重工集团") == "yuanhangzhonggongjituan"
    assert sought("重庆银行").split("\n")[:3] == ["重庆银行", "chongqingyinhang", "cqyh"]


@given(st.text(max_size=80))
def test_B1_any_name_can_be_spelled(name):
    assert len(sound(name)) <= 200
    assert all(line for line in sought(name).split("\n")) or not name.strip()


def test_B1_a_renamed_customer_and_a_new_contact_are_found_at_once(cast, at):
    customer = make_visited(cast, at)
    actions.change_customer(customer, by=cast.sales, at=at, fields={"name": "远洋重工集团"})
    actions.keep_contact(customer, by=cast.sales, at=at, name="贺明川")
    found = {words: Customer.objects.matching(words).count() for words in ("yyzg", "yhzg", "hmc", "ly")}
    assert found == {"yyzg": 1, "yhzg": 0, "hmc": 1, "ly": 1}


# --- who sees, who writes --------------------------------------------------------------------------------------

# Who reads and who writes the page of a customer whose one reception is 营销部's, hosted by vgm.
ACCESS = """
sales        read write
sales2       read write
sales_head   read write
reception    read write
office       read write
gm           read -
vgm          read -
auditor      read -
tech         -    -
general      -    -
clerk        -    -
admin        -    -
stranger     -    -
"""


@pytest.mark.parametrize("row", ACCESS.strip().splitlines())
def test_B1_who_reads_and_who_writes(cast, at, row):
    name, *rights = row.split()
    customer, user = make_visited(cast, at), fresh(getattr(cast, name))
    seen = Customer.objects.visible_to(user).filter(pk=customer.pk).exists()
    kept = Customer.objects.kept_by(user).filter(pk=customer.pk).exists()
    assert ["read" if seen else "-", "write" if kept else "-"] == rights


def test_B1_a_draft_opens_no_customers_page(cast, at):
    customer = make_visited(cast, at)
    make_draft(cast, at=at, by=cast.tech, department=cast.tech.department)
    assert not Customer.objects.visible_to(fresh(cast.tech)).exists()
    assert list(Customer.objects.visible_to(fresh(cast.sales))) == [customer]


def test_B1_who_owes_a_promise_reads_the_customer_but_does_not_write(cast, at):
    customer = make_visited(cast, at)
    make_promise(cast, customer, at, owner=cast.quality)
    user = fresh(cast.quality)
    assert list(Customer.objects.visible_to(user)) == [customer]
    assert refusal(make_preference, cast_as(cast, user), customer, at) == ("forbidden", "")


def cast_as(cast, user):
    """The same people, with `user` at sales' desk."""
    return type(cast)(**{**vars(cast), "sales": user})


def test_B1_only_the_reception_manager_and_the_office_register_by_hand(cast, at):
    for person in (cast.sales, cast.gm, cast.auditor, cast.clerk):
        assert refusal(actions.add_customer, by=person, at=at, fields={"name": "甲公司"})[0] == "forbidden"
    assert actions.add_customer(by=cast.office, at=at, fields={"name": " 甲  公司 "}).name == "甲 公司"
    assert refusal(actions.add_customer, by=cast.office, at=at, fields={"name": "甲 公司"}) == (
        "invalid",
        "name",
    )
    assert refusal(actions.add_customer, by=cast.office, at=at, fields={"name": " "}) == ("missing", "name")
    assert refusal(actions.add_customer, by=cast.office, at=at, fields={"name": "乙", "kind": "x"}) == (
        "invalid",
        "kind",
    )


# --- written ---------------------------------------------------------------------------------------------------


def test_B1_an_application_registers_its_customer_once_and_remembers_the_contact(cast, at):
    customer = make_visited(cast, at)
    make_reception(cast, "review", at=at, contact_title="集团采购总监", contact_phone="")
    assert [(c.name, c.title, c.phone) for c in Contact.objects.all()] == [
        ("陆远", "集团采购总监", "13800001111")
    ]
    assert [(e.verb, e.reason) for e in events_of(customer)] == [("create", "随接待申请建立")]


def test_B1_a_change_holds_what_was_and_what_is(cast, at):
    customer = make_visited(cast, at)
    actions.change_customer(customer, by=cast.sales2, at=at, fields={"address": "南通市", "note": ""})
    event = events_of(customer).last()
    assert (event.verb, event.actor, event.detail) == ("edit", cast.sales2, {"address": ["", "南通市"]})
    actions.change_customer(customer, by=cast.sales2, at=at, fields={"address": "南通市"})
    assert events_of(customer).count() == 2


def test_B1_a_stale_page_changes_nothing(cast, at):
    customer = make_visited(cast, at)
    seen = customer.revision
    actions.change_customer(customer, by=cast.sales, at=at, fields={"note": "先"}, expect=seen)
    assert refusal(actions.change_customer, stale(customer), by=cast.sales2, at=at, fields={"note": "后"}, expect=seen) == (
        "stale", "",
    )  # fmt: skip
    assert stale(customer).note == "先"


def test_B1_two_customers_never_share_a_name(cast, at):
    customer = make_visited(cast, at)
    make_customer(cast, at, "北辰轨道交通装备公司")
    assert refusal(actions.change_customer, customer, by=cast.sales, at=at, fields={"name": "北辰轨道交通装备公司"}) == (
        "invalid", "name",
    )  # fmt: skip


def test_B1_the_ledger_holds_no_phone_number(cast, at):
    customer = make_visited(cast, at)
    actions.keep_contact(customer, by=cast.sales, at=at, name="陆远", phone="13900002222")
    assert customer.contacts.get().phone == "13900002222"
    assert "13900002222" not in str([event.detail for event in events_of(customer)])


def test_B1_a_preference_is_remembered_once_and_ended_with_a_name(cast, at):
    customer = make_visited(cast, at)
    row = make_preference(cast, customer, at)
    assert refusal(make_preference, cast, customer, at) == ("invalid", "text")
    assert refusal(make_preference, cast, customer, at, text=" ") == ("missing", "text")
    actions.end_preference(row, by=cast.sales2, at=at)
    assert (list(customer.preferences.in_force()), stale(row).ended_by) == ([], cast.sales2)
    assert refusal(actions.end_preference, stale(row), by=cast.sales, at=at) == ("state", "")
    make_preference(cast, customer, at)
    assert Preference.objects.count() == 2
    assert [e.verb for e in events_of(customer)] == ["create", "prefer", "prefer_end", "prefer"]
