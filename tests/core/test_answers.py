"""What holds for every answer: nothing is left in a shared machine's cache, and no refusal is blank."""

import pytest

from helpdesk.log.models import Call
from reception.core.web.models import Once
from tests.factories.helpdesk import make_repair

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url", ["/desk/", "/desk/lookup/?number=13800138000", "/helpdesk/calls/", "/nowhere/"]
)
def test_no_page_of_a_signed_in_person_is_kept_by_the_browser(client, cast, url):
    """The front desk's machine is shared: Back after signing out must not show a resident's number."""
    client.force_login(cast.clerk)
    assert "no-store" in client.get(url)["Cache-Control"]


def test_an_address_that_only_takes_forms_says_so_and_leads_to_its_record(client, cast, at):
    """Signing in again leads back by GET to where the form was sent."""
    order = make_repair(cast, at, "acknowledged")
    client.force_login(cast.repairer)
    page = client.get(f"{order.get_absolute_url()}arrive/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "只用来提交" in page.content.decode()
    assert f'href="{order.get_absolute_url()}"' in page.content.decode()


def test_a_form_sent_again_says_that_it_was_not_done_again(client, cast):
    """One effect, the same address, and a sentence: a second matter typed into an old form must not vanish unsaid."""
    client.force_login(cast.clerk)
    call = {
        "_once": "one",
        "channel": "visit",
        "kind": "enquiry",
        "caller_name": "周",
        "content": "问",
        "reply": "答",
    }
    call["handling"] = "answer"
    first, again = (client.post("/desk/", call) for _ in range(2))
    assert (first.status_code, again.status_code, first["Location"] == again["Location"]) == (302, 302, True)
    assert Once.objects.count() == 1
    assert "没有再办" in client.get(again["Location"]).content.decode()


def test_something_else_typed_into_a_form_already_sent_is_done(client, cast):
    """Back, another matter in the same form: it is recorded, not taken for the first one again."""
    client.force_login(cast.clerk)
    call = {"_once": "one", "channel": "visit", "kind": "enquiry", "caller_name": "周", "handling": "answer"}
    for content in ("问车位", "问车位", "问押金"):
        client.post("/desk/", {**call, "content": content, "reply": "答"})
    assert list(Call.objects.order_by("id").values_list("content", flat=True)) == ["问车位", "问押金"]
