"""A5.2 in the browser's words: the shelf, the movements, handing out from the reception, and who may not."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reception.core.files.models import Attachment
from tests.core.hostile_files import pdf
from tests.factories.customers import make_customer
from tests.factories.materials import fields, make_material
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.materials import actions, moving
from visits.materials.choices import StockKind
from visits.models import Material, StockMove
from visits.todo import todo, todo_count

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
DAY = timedelta(days=1)
LIST, HANDED = "/visits/materials/", "/visits/materials/handed/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def shelf(cast, at):
    """(material, reception, the movement that handed 4 of 10 out)."""
    it = make_reception(cast, "preparing", at=at)
    one = make_material(cast, at)
    (move,) = moving.give(it, by=cast.sales, at=at, counts={one.pk: 4}, recipient="陆远")
    return Material.objects.get(pk=one.pk), it, move


def typed(cast, **over):
    return {
        **fields(cast, **over),
        "department": cast.sales.department_id,
        "valid_until": "",
        "revision": "",
        **over,
    }


# a POST: below the material (or the reception), what is typed, what it leaves behind
POSTS = {
    "in": ({"count": "5", "note": "加印"}, lambda m: m.stock == 11),
    "take": ({"count": "2", "department": "dept"}, lambda m: m.stock == 4),
    "count": ({"counted": "7", "note": "多出一册"}, lambda m: m.stock == 7),
    "scrap": ({"count": "1", "note": "受潮"}, lambda m: m.stock == 5),
    "stop": ({"reason": "换版"}, lambda m: m.stopped_by is not None),
    "back": ({"number": "2", "count": "3"}, lambda m: m.stock == 9),
    "edit": ("fields", lambda m: m.place == "前台"),
    "files": ("file", lambda m: Attachment.objects.of(m).live().count() == 1),
    "give": ({"recipient": "陆远", "count": "3"}, lambda m: m.stock == 3),
}


def cells(answer):
    """The rows of a workbook that came as an answer."""
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def ready(cast, shelf, post):
    """(address, what is typed)."""
    one, it, _ = shelf
    data = POSTS[post][0]
    if data == "file":
        return f"{one.get_absolute_url()}files/", {"file": SimpleUploadedFile("证书.pdf", pdf())}
    data = typed(cast, place="前台") if data == "fields" else dict(data)
    if data.get("department") == "dept":
        data["department"] = cast.tech.department_id
    if post == "give":
        return f"/visits/requests/{it.no}/materials/", {
            "recipient": data["recipient"],
            f"count_{one.pk}": data["count"],
        }
    return f"{one.get_absolute_url()}{post}/", data | {"revision": one.revision}


def done(shelf, post):
    return POSTS[post][1](Material.objects.get(pk=shelf[0].pk))


@pytest.mark.parametrize("post", POSTS)
def test_A5_2_every_post_works_is_asked_to_sign_in_and_is_refused_to_others(cast, shelf, post):
    url, data = ready(cast, shelf, post)
    assert browser().post(url, data)["Location"].startswith("/login/")
    # 制造部 keeps nothing here, but has a task in the reception.
    strangers = ("clerk", "auditor") if post == "give" else ("clerk", "auditor", "make")
    others = {
        who: browser(getattr(cast, who)).post(url, ready(cast, shelf, post)[1]).status_code
        for who in strangers
    }
    assert (others, done(shelf, post)) == (dict.fromkeys(strangers, 403), False)
    answer = browser(cast.sales).post(url, ready(cast, shelf, post)[1])
    assert (answer.status_code, done(shelf, post)) == (302, True)


WRONG = {
    "in": ({"count": "x"}, 422), "take": ({"count": "99"}, 409), "count": ({"counted": "9", "note": ""}, 422), "scrap": ({"note": ""}, 422),
    "stop": ({"reason": ""}, 422), "back": ({"count": "9"}, 422), "edit": ({"name": ""}, 422), "give": ({"recipient": ""}, 422),
}  # fmt: skip


@pytest.mark.parametrize("post", WRONG)
def test_A5_2_a_refused_form_says_why_and_keeps_what_was_typed(cast, shelf, post):
    url, data = ready(cast, shelf, post)
    over, status = WRONG[post]
    kept = {"note": "写了一半的话"} if post not in ("scrap", "count", "stop") else {}
    answer = browser(cast.sales).post(url, data | over | kept)
    page = answer.content.decode()
    assert (answer.status_code, done(shelf, post)) == (status, False)
    assert (
        "invalid-feedback" in page or "note bad" in page or 'role="alert"' in page,
        all(word in page for word in kept.values()),
    ) == (True, True)


def test_A5_2_the_wrong_state_and_a_stale_page_are_refused(cast, at, shelf):
    one, _, _ = shelf
    stale = {"count": {"counted": "1", "note": "少"}, "stop": {"reason": "换版"}, "edit": typed(cast)}
    found = {
        post: browser(cast.sales).post(f"{one.get_absolute_url()}{post}/", data | {"revision": 0}).status_code
        for post, data in stale.items()
    }
    assert found == {"count": 409, "stop": 409, "edit": 409}
    actions.stop(one, by=cast.sales_head, at=at, reason="换版")
    url = one.get_absolute_url()
    for post in ("in", "take", "stop"):
        found[post] = (
            browser(cast.sales)
            .post(f"{url}{post}/", ready(cast, shelf, post)[1] | {"revision": one.revision})
            .status_code
        )
    assert found == {"count": 409, "stop": 409, "edit": 409, "in": 409, "take": 409}
    assert browser(cast.sales).post(f"{url}resume/", {"revision": one.revision}).status_code == 302
    assert [browser(cast.sales).post(f"{url}{word}/").status_code for word in ("bomb", "resume")] == [
        404,
        409,
    ]
    old = make_reception(cast, "pending", at=at)
    assert "批准以后、归档以前才登记发放" in html(
        browser(cast.sales).get(f"/visits/requests/{old.no}/materials/")
    )
    answer = browser(cast.sales).post(
        f"/visits/requests/{old.no}/materials/", {"recipient": "陆", f"count_{one.pk}": "1"}
    )
    assert (answer.status_code, Material.objects.get(pk=one.pk).stock) == (409, 6)


def test_A5_2_a_new_material_is_registered_once(cast):
    it = browser(cast.sales)
    first, second = (it.post(f"{LIST}new/", typed(cast) | {"_once": "a"}) for _ in range(2))
    assert first["Location"] == second["Location"] == Material.objects.get().get_absolute_url()
    assert it.post(f"{LIST}new/", typed(cast, name="")).status_code == 422
    assert (
        it.post(f"{LIST}new/", typed(cast, name="乙", department=cast.tech.department_id)).status_code == 403
    )
    assert browser(cast.clerk).post(f"{LIST}new/", typed(cast, name="丙")).status_code == 403
    assert Material.objects.count() == 1


def test_A5_2_the_list_its_filters_and_its_workbook(cast, at):
    today = at.date()
    make_material(cast, at, 2, minimum=5)
    make_material(cast, at, kind="credential", valid_until=today + 20 * DAY)
    make_material(cast, at, kind="credential", name="环境证书", valid_until=today - DAY)
    gone = make_material(cast, at, name="旧画册")
    actions.stop(gone, by=cast.sales_head, at=at, reason="换版")
    words = ("公司画册", "ISO 9001", "环境证书", "旧画册")
    it = browser(cast.sales)
    found = {
        state: [word for word in words if word in html(it.get(LIST, {"state": state}))]
        for state in ("open", "low", "soon", "over", "stopped", "all", "x")
    }
    assert found == {
        "open": list(words[:3]), "low": ["公司画册"], "soon": ["ISO 9001"], "over": ["环境证书"], "stopped": ["旧画册"],
        "all": list(words), "x": list(words[:3]),
    }  # fmt: skip
    assert "环境证书" in html(it.get(LIST, {"q": "hjzs", "state": "open"})), "by its reading"
    rows = cells(it.get(f"{LIST}list.xlsx?state=over"))
    assert [(row[2], row[7], row[12]) for row in rows[3:]] == [("环境证书", 10, "证书已到期")]
    paper = html(it.get(f"{LIST}certificates/"))
    assert ("Q-11873" in paper, "（已到期）" in paper, "公司画册" in paper, "共 2 项" in paper) == (
        True,
        True,
        False,
        True,
    )


def test_A5_2_expired_ones_stand_on_the_form_and_cannot_be_chosen(cast, at, shelf):
    one, it, _ = shelf
    old = make_material(cast, at, kind="credential", valid_until=at.date() - DAY)
    page = html(browser(cast.sales).get(f"/visits/requests/{it.no}/materials/"))
    assert (f'name="count_{one.pk}"' in page, f'name="count_{old.pk}"' in page, "ISO 9001 证书" in page) == (
        True,
        False,
        True,
    )
    answer = browser(cast.sales).post(
        f"/visits/requests/{it.no}/materials/", {"recipient": "陆", f"count_{old.pk}": "1"}
    )
    assert (answer.status_code, Material.objects.get(pk=old.pk).stock) == (422, 10)


def test_A5_2_handed_to_whom_by_customer_and_never_of_a_secret_reception(cast, at, shelf):
    one, it, _ = shelf
    secret = make_reception(cast, "preparing", at=at, secret=True, customer_name="密访单位")
    moving.give(secret, by=cast.sales, at=at, counts={one.pk: 1}, recipient="秘客")
    pages = {who: html(browser(getattr(cast, who)).get(HANDED)) for who in ("reception", "gm", "auditor")}
    assert {who: ("陆远" in page, "秘客" in page) for who, page in pages.items()} == {
        "reception": (True, True), "gm": (True, "秘客" in pages["gm"]), "auditor": (True, False),
    }  # fmt: skip
    page = html(browser(cast.auditor).get(one.get_absolute_url()))
    assert ("给陆远" in page, "秘客" in page, "密访单位" in page, "一次接待" in page) == (
        True,
        False,
        False,
        True,
    )
    assert browser(cast.auditor).get(f"/visits/requests/{secret.no}/materials/").status_code == 404
    assert "秘客" not in str(cells(browser(cast.auditor).get(f"{HANDED[:-1]}.xlsx")))
    customer = make_customer(cast, at) if it.customer is None else it.customer
    door = f"{HANDED}?customer={customer.pk}"
    assert door in html(browser(cast.reception).get(customer.get_absolute_url())).replace("&amp;", "&")
    assert ("陆远" in html(browser(cast.reception).get(door))) == (it.customer_id == customer.pk)


def test_A5_2_what_is_short_waits_for_its_keepers(cast, at):
    make_material(cast, at, 2, minimum=5)
    make_material(cast, at, kind="credential", valid_until=at.date() + 20 * DAY)
    make_material(cast, at, kind="credential", name="还早", valid_until=at.date() + 50 * DAY)
    found = {
        who: sum(row.url.startswith(LIST) for row in todo(getattr(cast, who), at))
        for who in ("office", "reception", "sales_head", "sales", "tech", "clerk")
    }
    assert found == {"office": 2, "reception": 2, "sales_head": 2, "sales": 0, "tech": 0, "clerk": 0}
    assert todo_count(cast.office, at) == len(todo(cast.office, at))


@pytest.mark.parametrize("many", [1, 30])
def test_A5_2_what_the_pages_cost(cast, at, many):
    it = make_reception(cast, "preparing", at=at)
    rows = [make_material(cast, at, 50, name=f"画册{index}") for index in range(many)]
    for index in range(many):
        moving.give(it, by=cast.sales, at=at, counts={rows[index].pk: 1, rows[0].pk: 1}, recipient="陆远")
    urls = {
        "list": LIST,
        "one": rows[0].get_absolute_url(),
        "handed": HANDED,
        "give": f"/visits/requests/{it.no}/materials/",
    }
    door, found = browser(cast.sales), {}
    for name, url in urls.items():
        with CaptureQueriesContext(connection) as queries:
            assert door.get(url).status_code == 200
        found[name] = len(queries)
    assert found == {"list": 4, "one": 8, "handed": 4, "give": 6}


def test_A5_2_no_question_and_no_field_breaks_a_page(cast, at, shelf):
    one, it, _ = shelf
    door, odd = browser(cast.office), ("\x00", "9" * 500, "%\\", "😀~1", "-1", "押" * 900, "0001-01-01")
    asks = {
        LIST: ("q", "kind", "state", "after"),
        HANDED: ("q", "kind", "customer", "before"),
        one.get_absolute_url(): ("before",),
    }
    found = [
        (url, name, value[:9])
        for url, names in asks.items()
        for name in names
        for value in odd
        if door.get(url, {name: value}).status_code >= 500
    ]
    for post in POSTS:
        url, data = ready(cast, shelf, post)
        for name in data if post != "files" else ():
            found += [
                (post, name, value[:9])
                for value in odd
                if door.post(url, data | {name: value}).status_code >= 500
            ]
    assert found == []
    total = sum(StockMove.objects.filter(material=one).values_list("change", flat=True))
    assert (
        total == Material.objects.get(pk=one.pk).stock,
        {row.kind for row in one.moves.all()} <= set(StockKind.values),
    ) == (True, True)
    assert it.no in str(it)
