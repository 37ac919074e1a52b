"""Roles are a table in code; Django's groups are its copy (D3)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from reception.core.people.demo import CARDS, PEOPLE
from reception.core.people.roles import ROLES, Can, sync_groups

pytestmark = pytest.mark.django_db


def test_D3_groups_equal_the_table():
    found = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }
    assert found == {code: set(role.cans) for code, role in ROLES.items()}


def test_a_permission_added_by_hand_is_taken_back_by_the_next_migration():
    repairer = Group.objects.get(name="repairer")
    repairer.permissions.set(Group.objects.get(name="manager").permissions.all())
    sync_groups()
    assert set(repairer.permissions.values_list("codename", flat=True)) == {Can.DO_REPAIR}


def test_django_and_code_give_the_same_answer(cast):
    for user in vars(cast).values():
        assert {can for can in Can if user.may(can)} == {
            can for can in Can if user.has_perm(f"core.{can.value}")
        }


def test_every_first_page_exists():
    for role in ROLES.values():
        assert reverse(role.first_page).startswith("/")


def test_demo_cards_are_demo_people():
    assert set(CARDS) <= {row[0] for row in PEOPLE}


def test_who_is_switched_off_may_nothing(cast):
    cast.manager.is_active = False
    assert not any(cast.manager.may(can) for can in Can)
