"""The list of documents, and what a search finds in them (B3b, C3)."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.documents.choices import FACES, TONES, Status
from reception.core.documents.folding import folded
from reception.core.documents.forms import ListForm
from reception.core.documents.models import Document, Version
from reception.core.documents.queries import keeps
from reception.core.documents.search import Found, search
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.sheets import DATE, WHOLE, Column
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook

MOST = 50  # hits of one search
STATES = [("", "有效的"), ("unread", "我还没读的"), ("withdrawn", "已废止的")]
COLUMNS = (
    Column("单号", 16), Column("种类", 8), Column("标题", 40), Column("版本", 8, WHOLE), Column("生效日期", 13, DATE),
    Column("归口部门", 16), Column("状态", 10),
)  # fmt: skip


class Asked:
    """What the address asks for: the form, the rows, the hits of a search in the text."""

    def __init__(self, request: HttpRequest, at: datetime) -> None:
        user = request.user
        states = [*STATES, ("draft", "草稿"), ("all", "全部")] if keeps(user) else STATES
        self.form = ListForm(request.GET, states=states)
        self.q, self.kind, self.state = (self.form.value(name) for name in ("q", "kind", "state"))
        self.used = any((self.q, self.kind, self.state))
        self.path = request.path
        # In force is what a search in the text is about; the rest is found by title.
        self.searches = bool(self.q) and not self.state
        self.found: list[Found] = []
        if self.searches:
            self.found = search(self.q, at=at, user=user, kind=self.kind, limit=MOST)

    def rows(self, user: User) -> QuerySet[Document]:
        """The documents asked for, as `user` may see them."""
        rows: Any = with_version(Document.objects.visible_to(user), user)
        if self.state == "unread":
            rows = rows.unread_by(user)
        elif self.state != "all":
            rows = rows.filter(status=self.state or Status.IN_FORCE)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.searches:
            return rows.filter(no__in=[found.no for found in self.found])
        for word in folded(self.q).split():
            rows = rows.filter(plain__contains=word)
        return rows


def with_version(rows: Any, user: User) -> Any:
    """Each with its newest published version, and whether `user` is asked to read it and has. No query more."""
    newest = Version.objects.filter(document=OuterRef("pk"), published_at__isnull=False).order_by("-number")
    read = newest.filter(valid_until__isnull=True, readings__read_by=user)
    asked = Document.objects.asked_of(user).filter(pk=OuterRef("pk"))
    return rows.select_related("department").annotate(
        number=Subquery(newest.values("number")[:1]),
        valid_from=Subquery(newest.values("valid_from")[:1]),
        asked=Exists(asked),
        read=Exists(read),
    )


@require_safe
@remembered("documents", "kind", "state")
def document_list(request: HttpRequest) -> HttpResponse:
    """文件: what is in force, newest first; with words, what holds them."""
    at = timezone.now()
    asked = Asked(request, at)
    page = None if asked.searches else keyset(asked.rows(request.user), request.GET.get("before"))
    context = {
        "filter": asked, "page": page, "today": local(at).date(), "keeps": request.user.may(Can.KEEP_DOCUMENT),
        "hits": [{"found": found, "face": FACES[found.kind]} for found in asked.found],
        "rows": [{"document": row, "face": FACES[row.kind], "tone": TONES[row.status]} for row in page.rows]
        if page
        else [],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "documents/list.html", context)


@require_safe
def document_list_xlsx(request: HttpRequest) -> HttpResponse:
    """文件.xlsx: the same rows under the same filter."""
    at = timezone.now()
    rows: Any = Asked(request, at).rows(request.user).order_by("-created_at", "-pk")
    cells = (
        (
            row.no, row.get_kind_display(), row.title, row.number, row.valid_from, str(row.department or ""),
            row.get_status_display(),
        )
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return workbook(request, title="文件", columns=COLUMNS, rows=cells, at=at)
