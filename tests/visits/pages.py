"""What the tests of the wing's pages share: the clock, sign-in, and a filled-in 接待申请表 as a browser sends it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client

from reception.core.people.models import Department
from tests.factories.visits import tier

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOCAL = "%Y-%m-%dT%H:%M"


def frozen(at: datetime) -> Any:
    """The views' clock stands at `at`."""
    return time_machine.travel(at, tick=False)


def browser(user: Any = None) -> Client:
    """A browser, signed in when a user is given."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def typed(cast: Any, at: datetime, **over: Any) -> dict[str, Any]:
    """POST data of a complete form, as `tests.factories.visits.form` has it; `over` replaces fields."""
    arrive = at + timedelta(days=10)
    values = {
        "do": "submit",
        "revision": "",
        "nature": "business",
        "department": Department.objects.get(code="sales").pk,
        "customer_name": "远航重工集团",
        "contact_name": "陆远",
        "contact_title": "采购总监",
        "contact_phone": "13800001111",
        "headcount": "6",
        "purpose": "study",
        "subject": "供应商现场审核",
        "arrive_at": arrive.strftime(LOCAL),
        "leave_at": (arrive + timedelta(hours=30)).strftime(LOCAL),
        "transport": "高铁 G7182",
        "applicant_phone": "8001",
        "proposed_tier": tier("guest").pk,
        "host": cast.vgm.pk,
        "companions": "",
        "needs": ["pick", "room", "meal"],
        **meal(0, arrive),
        **meal(1, arrive, meal="dinner"),
        "meals-TOTAL_FORMS": "2",
        "meals-INITIAL_FORMS": "0",
        "overspend_reason": "",
        "note": "",
        "guests-TOTAL_FORMS": "2",
        "guests-INITIAL_FORMS": "0",
        "guests-0-name": "陆远",
        "guests-0-title": "采购总监",
        "guests-0-is_leader": "on",
        "guests-1-name": "",
    }
    return {**values, **over}


def meal(index: int, on: datetime, **over: Any) -> dict[str, str]:
    """One meal row as a browser sends it: six guests and four of us at 50 元."""
    values = {
        "held_on": f"{on.astimezone(SHANGHAI):%Y-%m-%d}", "meal": "lunch", "style": "working", "place": "公司食堂",
        "guests": "6", "diners": "4", "price": "50",
    }  # fmt: skip
    return {f"meals-{index}-{name}": value for name, value in {**values, **over}.items()}


def html(response: Any) -> str:
    """The page as text."""
    return response.content.decode()
