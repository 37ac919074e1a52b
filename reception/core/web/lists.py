"""What every list of the house does alike: it remembers its filter, and gives what it shows as a workbook.

A list adopts both in a few lines: `@remembered("calls", "q", "kind")` above its view, "?clear=1" behind 清空,
`partials/_kept.html` in its template, and a view that ends in `return workbook(request, …)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from reception.core.sheets import MIME, Book, Column
from reception.core.web.remembered import RememberedFilter

View = Callable[..., HttpResponse]
LONGEST = 500  # characters of a remembered address
MOST = 5000  # rows of a workbook that is an answer; larger ones are made in the background
UNASKED = 500  # rows with people in them that are taken out without saying why
PERSONAL = ("电话", "手机", "姓名", "客户姓名", "来电人", "来访人", "联系人", "反映人", "报修人", "访客")
LATER = "exports"
PAGING = ("before", "after")


def remembered(name: str, *keys: str) -> Callable[[View], View]:
    """For the view of a list: its filter (the address's `keys`) is kept for this person on the server.

    Opened without any of them, the list comes back with the last ones (and "kept" in the address, so that the page
    says so); ?clear=1 forgets them. What an address asks for always goes first, and an empty filter is forgotten.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _recalled(request, name, keys) or view(request, *args, **kwargs)

        return wrapped

    return decorate


def _recalled(request: HttpRequest, name: str, keys: tuple[str, ...]) -> HttpResponse | None:
    """The way to the remembered list, or None to show what was asked for (which is remembered then)."""
    asked = request.GET
    if "kept" in asked or any(key in asked for key in PAGING):
        return None
    rows = RememberedFilter.objects.filter(user=request.user, name=name)
    if "clear" in asked:
        rows.delete()
        return redirect(request.path)
    found = {key: asked[key] for key in keys if key in asked}
    before = rows.first()
    if not found:
        return redirect(f"{request.path}?{before.query}&kept=1") if before else None
    _keep(request.user, name, urlencode({key: value for key, value in found.items() if value}), before)
    return None


def _keep(user: User, name: str, query: str, before: RememberedFilter | None) -> None:
    """Keep the filter, where it is another one than before; none is no filter."""
    if len(query) > LONGEST or query == (before.query if before else ""):
        return
    if not query and before:
        before.delete()
        return
    RememberedFilter.objects.bulk_create(
        [RememberedFilter(user=user, name=name, query=query)],
        update_conflicts=True, unique_fields=["user", "name"], update_fields=["query"],
    )  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A list to be written: what stands in it, and `total`, which counts its rows where that is known beforehand."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    at: datetime
    total: Callable[[], int] | None = None

    @property
    def personal(self) -> bool:
        """Whether people stand in it with their names or numbers."""
        return any(word in column.label for column in self.columns for word in PERSONAL)


def workbook(request: HttpRequest, *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]],
             at: datetime, total: Callable[[], int] | None = None) -> HttpResponse:  # fmt: skip
    """`title`.xlsx of `rows` as the page shows them (numbers masked as there); who took out what goes into the ledger.
    The same filter as the list: the caller reads it from the same address.

    More than MOST rows, or more than UNASKED with people in them, are asked for with a reason and made in the
    background: the worker asks this view again, and takes the list from here. Never cut silently.
    """
    sheet = Sheet(title, columns, rows, at, total)
    if writer := getattr(request, "export", None):
        return writer(sheet)
    found = list(islice(rows, MOST + 1))
    if len(found) > (min(MOST, UNASKED) if sheet.personal else MOST):
        return redirect(f"{reverse('exports:export_new')}?{urlencode({'of': _signed(request, sheet)})}")
    note = f"{request.user}导出，{local(at):%Y-%m-%d %H:%M}"
    book = Book(title, at=at)
    page = book.sheet(title, landscape=True)
    page.title(title, f"{note}，共 {len(found):,} 行")
    page.watermark(note)
    page.widths(columns)
    block = page.stream(columns, found, len(found))
    page.freeze(block)
    page.filter(block)
    taken(title, len(found), request.GET.urlencode(), by=request.user, at=at)
    return answer(book, title)


@dataclass(frozen=True)
class Later:
    """A workbook that is too large for an answer: the list's own address, and what it is called."""

    path: str
    query: str
    title: str
    personal: bool

    @property
    def back(self) -> str:
        """The list itself."""
        return f"{self.path.rpartition('/')[0]}/?{self.query}"


def _signed(request: HttpRequest, sheet: Sheet) -> str:
    """The address as nobody but this list could have written it, for this person."""
    later = [request.user.pk, request.path, request.GET.urlencode(), sheet.title, sheet.personal]
    return signing.dumps(later, salt=LATER, compress=True)


def later_of(of: str, user: User) -> Later:
    """What `_signed` wrote for `user`. Raises Refused (invalid) for anything else."""
    try:
        who, *said = signing.loads(of, salt=LATER, max_age=86_400)
    except signing.BadSignature:
        who, said = None, []
    if who != user.pk:
        raise Refused("invalid", "没有认出要导出的清单，或这一页开得太久了。请回到清单，再按一次“导出”。")
    return Later(*said)


def answer(book: Book, title: str) -> HttpResponse:
    """The workbook as a file named `title`.xlsx."""
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=MIME)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{title}.xlsx")
    return response


@action
def taken(title: str, rows: int | None, query: str, *, by: User, at: datetime) -> None:
    """导出 in the ledger: who took out which list, with which filter, how many rows (None: not counted)."""
    record(
        by, "export", "导出", by=by, at=at, detail={"list": title, "filter": query[:LONGEST], "rows": rows}
    )
