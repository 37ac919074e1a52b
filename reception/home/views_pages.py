"""Pages of the roof: the first page, 待办, 消息, search, health."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

import helpdesk.search
import helpdesk.todo
import reception.core.documents.search
import reception.core.documents.todo
import visits.search
import visits.todo
from reception.core.clock.periods import local
from reception.core.documents.choices import FACES as DOCUMENTS
from reception.core.notices import mark_read
from reception.core.notices.models import Notice
from reception.core.people.models import User
from reception.core.templatetags.core import span
from reception.core.web.keyset import keyset
from reception.core.web.loaders import load
from reception.core.web.todo import Todo
from reception.home.views_sign import is_local

FOUND = 20
SOON = timedelta(minutes=10)
FACES = {"info": ("讯", "q"), "warn": ("提", "t"), "urgent": ("急", "e")}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """To the first page of one's role."""
    return redirect(request.user.first_page)


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """待办: everything that waits for this person in both wings; each line leads to where it is done."""
    at = timezone.now()
    rows = visits.todo.todo(request.user, at) + helpdesk.todo.todo(request.user, at)
    rows += reception.core.documents.todo.todo(request.user)
    return render(request, "todo.html", {"rows": [_row(row, at) for row in rows]})


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """消息: the inbox, newest first."""
    page = keyset(Notice.objects.filter(to=request.user), request.GET.get("before"))
    rows = [{"notice": notice, "glyph": FACES[notice.level]} for notice in page.rows]
    return render(request, "notices.html", {"page": page, "rows": rows})


@require_GET
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one line read and go where it points, if that is in this house."""
    notice = load(Notice.objects.filter(to=request.user), pk=pk)
    mark_read(request.user, at=timezone.now(), pk=notice.pk)
    return redirect(notice.url if is_local(notice.url) else "home:notices")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all lines read."""
    count = mark_read(request.user, at=timezone.now())
    messages.success(request, f"{count} 条消息已标为已读" if count else "没有未读消息")
    return redirect("home:notices")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over both wings; each shows only what this person may see."""
    q = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:60]
    groups = []
    if q:
        groups = [
            ("接待", visits.search.search(request.user, q, FOUND)),
            ("前台与报修", helpdesk.search.search(request.user, q, FOUND)),
            ("文件", documents(request.user, q)),
        ]
    found = [(name, rows) for name, rows in groups if rows]
    return render(request, "search.html", {"find": q, "groups": found, "most": FOUND})


def documents(user: User, q: str) -> list[Todo]:
    """Documents in force that hold the words (B3b)."""
    found = reception.core.documents.search.search(q, at=timezone.now(), user=user, limit=FOUND)
    return [Todo(*DOCUMENTS[one.kind], one.title, one.text, one.url, state=one.kind_label) for one in found]


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "down"}, status=503)
    return JsonResponse({"ok": True, "database": "up"})


def _row(row: Todo, at: datetime) -> dict[str, Any]:
    """A line as drawn: time left within a day (counted on by app.js), else the day; red once it is over."""
    if row.due_at is None:
        return {"todo": row, "head": "", "tone": "", "counting": False}
    left = row.due_at - at
    if abs(left) < timedelta(days=1):
        head = f"+{span(-left)}" if left < timedelta() else span(left)
    else:
        day = local(row.due_at)
        head = f"{day.month}月{day.day}日"
    tone = "late" if left < timedelta() else "soon" if left < SOON else ""
    return {"todo": row, "head": head, "tone": tone, "counting": abs(left) < timedelta(days=1)}
