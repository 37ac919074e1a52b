"""The other segments of 待办: 我发起的, 已办, 抄送. Both wings feed them."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import helpdesk.mine
import visits.mine
from reception.core.clock.periods import local
from reception.core.ledger import Event
from reception.core.people.models import User
from reception.core.web.keyset import Page
from reception.core.web.merging import merged
from reception.core.web.todo import Todo

SIZE = 50
EMPTY = {
    "started": ("还没有您发起的事", "申请接待、登记来电以后，到这里看进展"),
    "done": ("还没有办过的事", "您审批、办理过的，会留在这里"),
    "copied": ("没有抄送给您的接待", "别人抄送给您的接待会出现在这里，打开就记为已阅"),
}


@require_safe
def started(request: HttpRequest) -> HttpResponse:
    """我发起的, newest first."""
    user = request.user
    page = merged([*visits.mine.started(user), *helpdesk.mine.started(user)], request.GET.get("before"))
    return _show(request, "started", page, [_row(at, line) for at, line in page.rows])


@require_safe
def copied(request: HttpRequest) -> HttpResponse:
    """抄送, newest first."""
    page = merged(visits.mine.copied(request.user), request.GET.get("before"))
    return _show(request, "copied", page, [_row(at, line) for at, line in page.rows])


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """已办: every step this person took, from the ledger, newest first; what they may no longer see has no link."""
    page = _acts(request.user, request.GET.get("before"))
    kinds: dict[str, set[int]] = {}
    for event in page.rows:
        kinds.setdefault(event.subject_kind, set()).add(event.subject_id)
    user, at = request.user, timezone.now()
    lines = visits.mine.titles(user, at, kinds) | helpdesk.mine.titles(user, at, kinds)
    rows = [
        _row(event.at, _done(event, lines.get((event.subject_kind, event.subject_id)))) for event in page.rows
    ]
    return _show(request, "done", page, rows)


def _acts(user: User, before: str | None) -> Page:
    """The moves `user` made, by the chain's order."""
    moved = ~Q(old=F("new")) | Q(verb__in=visits.mine.STAYING)
    kinds = (*visits.mine.KINDS, *helpdesk.mine.KINDS)
    rows = Event.objects.filter(moved, actor=user, subject_kind__in=kinds).exclude(
        verb__in=visits.mine.FOLLOWING
    )
    rows = rows.order_by("-seq")
    if before and before.isdecimal() and before.isascii() and len(before) < 19:
        rows = rows.filter(seq__lt=int(before))
    found = list(rows[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    return Page(found, str(found[-1].seq) if more else "", SIZE)


def _done(event: Event, line: Todo | None) -> Todo:
    """The line of one step; “何志远 代 沈国栋” is said."""
    whom = f"代 {event.detail['for']}·" if event.detail.get("for") else ""
    why = f"·{event.reason}" if event.reason else ""
    if line is None:
        return Todo("·", "q", event.subject_no, f"{whom}{event.label}{why}", "", state=event.label)
    return Todo(line.glyph, line.tone, line.title, f"{whom}{line.meta}{why}", line.url, state=event.label)


def _row(at: datetime, line: Todo) -> dict[str, Any]:
    """A line as drawn, with the day it belongs to."""
    day = local(at)
    return {"todo": line, "head": f"{day.month}月{day.day}日", "note": f"{day:%H:%M}"}


def _show(request: HttpRequest, here: str, page: Page, rows: list[dict[str, Any]]) -> HttpResponse:
    title, text = EMPTY[here]
    context = {"here": here, "page": page, "rows": rows, "title": title, "text": text}
    return render(request, "mine.html", context)
