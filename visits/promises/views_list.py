"""The list of promises: what was promised to whom, the first due first (B1)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.sheets import DATE, WORD, Column
from reception.core.web.keyset import ascending
from reception.core.web.lists import remembered, workbook
from visits.promises.choices import PromiseStatus
from visits.promises.models import Promise, PromiseQuerySet

SCOPES = {"mine": "我的", "all": "我能看的"}
STATES = [
    ("open", "待兑现"),
    ("late", "已过期"),
    ("kept", "已兑现"),
    ("withdrawn", "已撤销"),
    ("all", "全部"),
]
TONES = {"kept": "ok", "open": "warn"}
COLUMNS = (
    Column("单号", 16, WORD), Column("客户", 26), Column("承诺内容", 40), Column("责任人", 10), Column("承诺人", 10),
    Column("兑现期限", 13, DATE), Column("状态", 12, WORD), Column("结果", 30),
)  # fmt: skip


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.scope = query.get("scope", "") if query.get("scope", "") in SCOPES else "mine"
        self.state = query.get("state", "") if query.get("state", "") in dict(STATES) else "open"
        self.states = STATES

    @property
    def active(self) -> bool:
        """Whether more than the usual narrows the list."""
        return bool(self.q) or self.state != "open"

    def rows(self, user: User, today: date) -> PromiseQuerySet:
        """The promises asked for, within what `user` may see."""
        rows = Promise.objects.visible_to(user)
        if self.scope == "mine":
            rows = rows.filter(Q(owner=user) | Q(promiser=user))
        if self.state == "late":
            rows = rows.overdue(today)
        elif self.state != "all":
            rows = rows.filter(status=self.state)
        for word in self.q.split():
            rows = rows.filter(
                Q(what__icontains=word) | Q(customer__name__icontains=word) | Q(no__icontains=word)
            )
        return rows.select_related("customer", "owner", "promiser")


@require_safe
@remembered("promises", "q", "scope", "state")
def promise_list(request: HttpRequest) -> HttpResponse:
    """Promises by their last day. Anybody may owe one, so no role is asked: the list is what one may see."""
    at, filters = timezone.now(), Filters(request.GET)
    page = ascending(filters.rows(request.user, local(at).date()), request.GET.get("after"), field="due_on")
    tabs = [{"label": label, "key": key, "on": key == filters.scope} for key, label in SCOPES.items()]
    context = {"page": page, "rows": [_row(one, at) for one in page.rows], "filters": filters, "tabs": tabs}
    return render(request, "visits/promises/list.html", context)


@require_safe
def promise_list_xlsx(request: HttpRequest) -> HttpResponse:
    """对客户的承诺.xlsx: the list under its filters."""
    at, filters = timezone.now(), Filters(request.GET)
    rows = filters.rows(request.user, local(at).date()).order_by("due_on", "pk")
    return workbook(request, title="对客户的承诺", columns=COLUMNS, rows=_cells(rows, at), at=at)


def _row(one: Promise, at: datetime) -> dict[str, Any]:
    """One line of the list."""
    late = one.status == PromiseStatus.OPEN and one.is_late(at)
    return {
        "promise": one,
        "late": late,
        "tone": "bad" if late else TONES.get(one.status, ""),
        "state": _state(one, at),
    }


def _state(one: Promise, at: datetime) -> str:
    """已过期 while it is open after its day."""
    return "已过期" if one.status == PromiseStatus.OPEN and one.is_late(at) else one.get_status_display()


def _cells(rows: PromiseQuerySet, at: datetime) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook."""
    for one in rows.iterator(500):
        yield (one.no, one.customer.name, one.what, str(one.owner), str(one.promiser), one.due_on, _state(one, at), one.outcome)  # fmt: skip
