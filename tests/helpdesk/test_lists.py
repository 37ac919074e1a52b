"""The lists of complaints, emergencies and visitors as workbooks of what is shown; each remembers its filter (D6)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from reception.core.ledger.models import Event
from tests.factories.helpdesk import make_complaint, make_emergency
from tests.helpdesk.test_visitor import come

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LISTS = {
    "complaints": (make_complaint, "received", "closed", "投诉"),
    "emergencies": (make_emergency, "reported", "closed", "突发"),
    "visitors": (come, "inside", "left", "访客"),
}


@pytest.mark.parametrize("name", LISTS)
def test_D6_the_workbook_holds_what_the_list_shows(client, cast, at, name):
    make, here, gone, title = LISTS[name]
    one, over = make(cast, at, here), make(cast, at, gone)
    url = f"/helpdesk/{name}/"
    with time_machine.travel(at + HOUR, tick=False):
        client.force_login(cast.sales)
        assert client.get(f"{url}list.xlsx").status_code == 403
        client.force_login(cast.auditor)
        assert f"{url}list.xlsx" in client.get(url).content.decode()
        found = {}
        for query in ("", f"?state={here}", "?q=没有这样的"):
            sheet = load_workbook(BytesIO(client.get(f"{url}list.xlsx{query}").content)).active
            text = {str(cell) for row in sheet.values for cell in row}
            found[query] = (one.no in text, over.no in text)
            assert title in text
        assert found == {"": (True, True), f"?state={here}": (True, False), "?q=没有这样的": (False, False)}
        taken = Event.objects.filter(verb="export").values_list("detail__list", "detail__rows")
        assert list(taken.order_by("seq")) == [(title, 2), (title, 1), (title, 0)]
        assert client.get(f"{url}?state={gone}").status_code == 200
        assert client.get(url)["Location"] == f"{url}?state={gone}&kept=1"
        assert "清空，看全部" in client.get(f"{url}?state={gone}&kept=1").content.decode()
        assert client.get(f"{url}?clear=1")["Location"] == url
