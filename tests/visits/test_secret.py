"""是否涉密 (records §1.1): a secret reception exists only for those who need to know; every list, search and export is walked."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from django.urls import get_resolver

from reception.core.people.models import User
from tests.factories.customers import make_customer
from tests.factories.visits import PATHS, STEPS, make_draft, make_reception
from tests.house.test_urls import pages
from tests.visits.pages import browser, frozen
from visits.customers.history import visits_of
from visits.models import Customer, Reception, Task
from visits.requests import actions
from visits.requests.recognise import recognise
from visits.search import search
from visits.todo import todo, todo_count

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
NAME = "玄圃精密研究院"


def fresh(user):
    return User.objects.get(pk=user.pk)


def secret(cast, at, status="preparing", **over):
    reception = make_draft(cast, at=at, customer_name=NAME, **over)
    Reception.objects.filter(pk=reception.pk).update(secret=True)
    reception.refresh_from_db()
    for step in PATHS[status]:
        STEPS[step](reception, cast, at)
    return reception


# In which states of a secret reception (applied for by sales, reviewed by sales_head, decided by gm, hosted by vgm)
# each of the cast finds it.
KNOWS = """
sales        draft review pending preparing archived
sales_head   -     review pending preparing archived
gm           -     -      pending preparing archived
vgm          -     review pending preparing archived
vgm2         -     -      pending -         -
reception    -     review pending preparing archived
office       -     review pending preparing archived
sales2       -     -      -       -         -
general      -     -      -       -         -
tech         -     -      -       -         -
auditor      -     -      -       -         -
admin        -     -      -       -         -
stranger     -     -      -       -         -
"""


@pytest.mark.parametrize("row", KNOWS.strip().splitlines())
def test_A6_a_secret_reception_is_for_those_who_need_to_know(cast, at, row):
    name, *states = row.split()
    for state in ("draft", "review", "pending", "preparing", "archived"):
        secret(cast, at, state)
    seen = Reception.objects.visible_to(fresh(getattr(cast, name))).order_by("id")
    assert list(seen.values_list("status", flat=True)) == [state for state in states if state != "-"]


def test_A6_a_companion_knows(cast, at):
    reception = secret(cast, at)
    reception.colleagues.add(cast.quality)
    assert list(Reception.objects.visible_to(fresh(cast.quality))) == [reception]


def test_A6_who_has_a_task_sees_the_task_and_not_the_reception(cast, at):
    reception = secret(cast, at)
    task = reception.tasks.get(template__code="room")
    general, client = fresh(cast.general), browser(cast.general)
    assert set(Task.objects.visible_to(general)) == set(reception.tasks.filter(department__code="general"))
    assert [client.get(url).status_code for url in (f"/visits/tasks/{task.pk}/", f"/visits/requests/{reception.no}/",
            f"/visits/requests/{reception.no}/briefing/", f"/visits/requests/{reception.no}/print/")] == [200, 404, 404, 404]  # fmt: skip
    page = client.get(f"/visits/tasks/{task.pk}/").content.decode()
    assert (f'href="/visits/requests/{reception.no}/' in page, NAME in page) == (False, True)


def test_A6_colleagues_of_the_department_do_not_find_unclaimed_tasks(cast, at):
    secret(cast, at)
    general2 = User.objects.create(username="general2", name="沈宁", department=cast.general.department)
    general2.groups.set(cast.general.groups.all())
    assert not Task.objects.visible_to(fresh(general2)).exists()
    assert (todo(fresh(general2), at), todo_count(fresh(general2), at)) == ([], 0)


def text(response) -> str:
    """All that an answer says; a workbook's parts unpacked."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = b"".join(archive.read(part) for part in archive.namelist())
    return data.decode("utf-8", "replace")


def addresses(reception) -> list[str]:
    """Every page of the house, with the secret reception's own keys in their places, and searches for it."""
    found = []
    for _, path in pages(get_resolver()):
        found.append(
            re.sub("JD-2026-0001|/approve/", lambda hit: reception.no if hit[0][0] == "J" else "/x/", path)
        )
    asks = [f"/search/?q={NAME}", f"/search/?q={reception.no}", f"/visits/requests/?q={NAME}", f"/visits/requests/?q={reception.no}",
            f"/visits/costs/?by=customer&q={NAME}", f"/visits/customers/?q={NAME}", f"/admin/visits/reception/?q={NAME}",
            f"/admin/visits/reception/{reception.pk}/change/", f"/admin/visits/reception/{reception.pk}/decide/",
            "/admin/core/event/", "/admin/core/attachment/", f"/admin/core/event/?q={reception.no}",
            f"/visits/customers/{reception.customer_id}/", "/visits/tasks/?scope=all", "/visits/costs/xlsx/"]  # fmt: skip
    # What one was told while it was one's turn, or one's task, stays in one's own inbox.
    return [path for path in found + asks if "logout" not in path and not path.startswith("/notices/")]


@pytest.mark.parametrize("who", ["sales2", "tech", "vgm2", "auditor", "clerk", "admin"])
def test_A6_a_stranger_walks_every_page_and_finds_nothing(cast, at, who):
    """One secret reception that is being prepared and one that is being settled stand in the house at once."""
    receptions = [secret(cast, at, state) for state in ("preparing", "settling")]
    Task.objects.update(department=cast.office.department, assignee=cast.office)
    client, told = browser(getattr(cast, who)), []
    numbers = "|".join(reception.no for reception in receptions)
    with frozen(at):
        for path in dict.fromkeys(path for reception in receptions for path in addresses(reception)):
            page = text(client.get(path))
            asked = path.split("?")[-1] if "?" in path else path
            words = re.sub(f'value="(?:{NAME}|{numbers})"', "", page.replace(asked, ""))
            if NAME in re.sub(f'[“"”]{NAME}[“"”]', "", words) or re.search(f"(?:{numbers})/", words):
                told.append(path)
    assert told == []


def test_A6_the_walk_finds_what_is_there(cast, at):
    """Negative control: the office walks the same way and meets it."""
    reception, met = secret(cast, at), 0
    client = browser(cast.office)
    with frozen(at):
        met = sum(NAME in text(client.get(path)) for path in addresses(reception))
    assert met >= 6


def test_A6_the_customers_history_says_only_that_it_was(cast, at):
    make_reception(cast, "archived", at=at, customer_name=NAME)
    hidden = secret(cast, at, "receiving")
    customer = hidden.customer
    shown = {(v.title, v.no) for v in visits_of(customer, fresh(cast.vgm2), at)}
    assert shown == {("涉密接待", ""), (f"{NAME}考察", "JD-2026-0001")}
    assert {v.title for v in visits_of(customer, fresh(cast.office), at)} == {f"{NAME}考察"}
    found = recognise(NAME, fresh(cast.sales2))
    assert found and [row.no for row in found.earlier] == ["JD-2026-0001"]


def test_A6_a_customer_that_only_came_in_secret_is_not_in_others_register(cast, at):
    make_customer(cast, at, "北辰轨道交通装备公司")
    secret(cast, at)
    names = {who: sorted(Customer.objects.visible_to(fresh(getattr(cast, who))).values_list("name", flat=True))
             for who in ("vgm2", "sales2", "sales_head", "office")}  # fmt: skip
    assert names == {"vgm2": ["北辰轨道交通装备公司"], "sales2": [], "sales_head": [NAME], "office": sorted([NAME, "北辰轨道交通装备公司"])}  # fmt: skip


def test_A6_search_and_calendar_keep_quiet(cast, at):
    secret(cast, at)
    make_draft(cast, at=at)
    assert (search(fresh(cast.vgm2), NAME), search(fresh(cast.tech), NAME)) == ([], [])
    assert [row.state for row in search(fresh(cast.gm), NAME)] == ["客户", "筹备中"]


def test_A6_leaders_in_turn_are_asked_as_ever(cast, at):
    reception = secret(cast, at, "pending")
    assert list(Reception.objects.pending_for(fresh(cast.vgm2))) == [reception]
    with frozen(at):
        assert browser(cast.vgm2).get(f"/visits/requests/{reception.no}/decide/").status_code == 200
    actions.approve(reception, by=cast.gm, at=at, tier=reception.proposed_tier)
    assert browser(cast.vgm2).get(f"/visits/requests/{reception.no}/").status_code == 404
