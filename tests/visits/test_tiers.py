"""A2, A4 and A7a: the four tiers, who may host and approve each, their dated standards."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from reception.core.flow import Refused
from reception.core.people.choices import Rank
from tests.factories.people import make_user
from tests.factories.visits import make_draft, set_standards, tier
from visits.models import Standard, Tier
from visits.tiers.models import standards_on
from visits.tiers.policies import check_approver, check_deletable, check_host, satisfies_host

pytestmark = pytest.mark.django_db

# The most junior host and approver that each tier accepts, as the regulation words it (A4, A3.1b).
HOSTS = """
            员工  主管  部门负责人  副总经理  总经理
vip          no    no    no          no        yes
guest        no    no    no          yes       yes
business     no    no    no          yes       yes
regular      no    no    yes         yes       yes
"""
APPROVERS = """
            员工  主管  部门负责人  副总经理  总经理
vip          no    no    no          no        yes
guest        no    no    no          yes       yes
business     no    no    no          yes       yes
regular      no    no    no          yes       yes
"""
RANKS = (20, 40, 60, 80, 100)


def cells(table):
    """(tier, rank, whether) of every cell."""
    rows = [line.split() for line in table.strip().splitlines()[1:]]
    return [(row[0], rank, word == "yes") for row in rows for rank, word in zip(RANKS, row[1:], strict=True)]


def person(rank):
    return make_user(f"rank{rank}", "leader", "leaders", Rank(rank), name=f"职级{rank}")


def refused(check, *args):
    """The refusal of a check, or None."""
    try:
        check(*args)
    except Refused as no:
        return no
    return None


def test_A2_four_tiers_are_seeded_in_order():
    rows = Tier.objects.values_list("order", "code", "name", "glyph", "host_rule")
    assert list(rows) == [
        (1, "vip", "贵宾级", "贵", "贵宾级客户由总经理主陪"),
        (2, "guest", "嘉宾级", "嘉", "嘉宾级客户至少有一名副总经理主陪"),
        (3, "business", "商务级", "商", "商务级客户至少有一名副总经理主陪"),
        (4, "regular", "业务级", "业", "业务级客户由部门负责人主陪"),
    ]


def test_A2_a_tier_can_be_renamed_but_one_in_use_never_deleted(cast, at):
    guest = tier()
    guest.name = "重要客户"
    guest.save()
    reception = make_draft(cast, at=at)
    assert str(reception.proposed_tier) == "重要客户"
    with pytest.raises(ProtectedError):
        guest.delete()
    with pytest.raises(Refused) as no:
        check_deletable(guest)
    assert (no.value.code, no.value.message) == (
        "state",
        "重要客户已有接待、标准或任务模板在用，不能删除，可以改名。（A2）",
    )


def test_A2_a_tier_whose_template_differences_hang_on_it_is_in_use():
    with pytest.raises(Refused):
        check_deletable(tier("vip"))


@pytest.mark.parametrize(("code", "rank", "allowed"), cells(HOSTS))
def test_A4_host_table(code, rank, allowed):
    host, of = person(rank), tier(code)
    assert satisfies_host(of, host) is allowed
    no = refused(check_host, of, host)
    assert (no is None) is allowed
    if no:
        assert (no.code, no.field) == ("invalid", "host")
        assert of.host_rule in no.message
        assert no.message.endswith("（A4）")


def test_A4_without_a_host_the_rule_is_quoted():
    no = refused(check_host, tier("vip"), None)
    assert (no.code, no.message) == ("missing", "请选择主陪领导：贵宾级客户由总经理主陪。（A4）")


@pytest.mark.parametrize(("code", "rank", "allowed"), cells(APPROVERS))
def test_A3_1b_approver_table(code, rank, allowed):
    no = refused(check_approver, tier(code), person(rank))
    assert (no is None) is allowed
    if no:
        assert no.code == "forbidden"
        assert no.message.endswith("（A3.1b）")


def test_A7a_the_standard_in_force_is_the_newest_that_began():
    set_standards("guest", since=date(2025, 1, 1), meal=150, lodging=420)
    set_standards("guest", since=date(2026, 3, 1), meal=180)
    before, after = standards_on(tier(), date(2026, 2, 28)), standards_on(tier(), date(2026, 3, 1))
    assert before == {"meal": Decimal(150), "wine": None, "tobacco": None, "lodging": Decimal(420)}
    assert after == {"meal": Decimal(180), "wine": None, "tobacco": None, "lodging": Decimal(420)}
    assert set(standards_on(tier("vip"), date(2026, 3, 1)).values()) == {None}


def test_A7a_a_standard_can_be_taken_back_to_unset():
    set_standards("guest", since=date(2025, 1, 1), wine=300)
    set_standards("guest", since=date(2026, 1, 1), wine=None)
    assert standards_on(tier(), date(2026, 6, 1))["wine"] is None


@pytest.mark.parametrize("broken", [{"amount": -1}, {"item": "car"}])
def test_A7a_the_database_refuses_a_senseless_standard(broken):
    row = {
        "tier": tier(),
        "item": "meal",
        "amount": 1,
        "unit": "元/人",
        "valid_from": date(2026, 1, 1),
        **broken,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.create(**row)


def test_A7a_one_standard_a_day():
    set_standards("guest", meal=150)
    with pytest.raises(IntegrityError), transaction.atomic():
        set_standards("guest", meal=160)
