"""Pages of the books: the shelf, one book of a day or a month as it is printed, and its workbook (D6)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.books.registry import BOOKS, MOST, Book, Entry
from helpdesk.books.spans import Span, day_of, month_of, parse
from helpdesk.cases.views_faces import company
from helpdesk.corrections.sheets import NOTES
from reception.core.clock.periods import local
from reception.core.paper.book import pages, shares
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.lists import MOST as LONG
from reception.core.web.lists import workbook

PX = 96 / 25.4  # of a millimetre


@require_safe
@require(Can.VIEW_DESK)
def book_list(request: HttpRequest) -> HttpResponse:
    """The shelf: every book of the day asked for (today when none, or a broken one, is), and of its month."""
    today = local(timezone.now()).date()
    try:
        span = parse(request.GET.get("on", ""))
    except ValueError:
        span = day_of(today)
    day = day_of(span.first)
    context = {"books": BOOKS.values(), "day": day, "month": month_of(day.first), "today": today}
    return render(request, "helpdesk/books/list.html", context)


def asked(kind: str, days: str) -> tuple[Book, Span]:
    """The book and the span of an address; raises Http404."""
    try:
        return BOOKS[kind], parse(days)
    except (KeyError, ValueError) as no:
        raise Http404("没有这本登记簿，或者日期写错了：日期写成 2026-03-18，月份写成 2026-03。") from no


@require_safe
@require(Can.VIEW_DESK)
def book(request: HttpRequest, kind: str, days: str) -> HttpResponse:
    """The book's pages, oldest first; what is too much for one printing is offered day by day, never cut off."""
    found, span = asked(kind, days)
    entries = found.entries(span.bounds, request.user, MOST + 1)
    if len(entries) > MOST:
        return many(request, found, span)
    return render(request, "helpdesk/books/book.html", laid_out(found, entries) | {"span": span})


def laid_out(found: Book, entries: list[Entry]) -> dict[str, Any]:
    """What the pages of a book need."""
    sheets = pages(found.columns, entries)
    heads = [
        (column, round(mm * PX)) for column, mm in zip(found.columns, shares(found.columns), strict=True)
    ]
    facts = {"book": found, "company": company(), "now": timezone.now(), "count": len(entries)}
    return {**facts, "pages": sheets, "total": len(sheets), "heads": heads}


@require_safe
@require(Can.VIEW_DESK)
def book_blank(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty page to write on by hand while the house has no power; typed in afterwards as 补记 (D4.3.2)."""
    found = BOOKS.get(kind)
    if found is None:
        raise Http404("没有这本登记簿。")
    return render(request, "helpdesk/books/book.html", laid_out(found, []))


def many(request: HttpRequest, found: Book, span: Span) -> HttpResponse:
    """Too much for one printing: the month's days instead, or the list and its export."""
    context = {"book": found, "span": span, "most": MOST}
    return render(request, "helpdesk/books/many.html", context)


@require_safe
@require(Can.VIEW_DESK)
def book_xlsx(request: HttpRequest, kind: str, days: str) -> HttpResponse:
    """The same rows as a workbook in the same order; a long one is made in the background, whole."""
    found, span = asked(kind, days)
    most = None if getattr(request, "export", None) else LONG + 1
    rows = ((*cells, note) for cells, note, _ in found.entries(span.bounds, request.user, most))
    title = f"{found.title} {span.label}"
    return workbook(request, title=title, columns=(*found.columns, NOTES), rows=rows, at=timezone.now())
