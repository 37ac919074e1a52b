"""Pages of the days' summaries: the list, one day, its paper and its workbook (E5.3.7, D4.1, D6)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import company
from helpdesk.daybook.choices import LOCKED
from helpdesk.daybook.forms import HandForm, WhyForm
from helpdesk.daybook.gathering import Left, figures, left_open
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.views_moves import move_items
from reception.core.clock.periods import local
from reception.core.ledger import events_of
from reception.core.people.roles import Can
from reception.core.sheets import Column
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import workbook
from reception.core.web.refusals import http_status

TONES = {"open": "warn", "handed": "brand", "taken": "brand", "reviewed": "ok"}
COLUMNS = (
    Column("单号", 16), Column("类别", 10), Column("内容", 36), Column("地址", 20), Column("经手人", 14), Column("底联未返", 10),
    Column("超时", 8), Column("未完成原因", 14), Column("措施说明", 36), Column("预计完成", 12),
)  # fmt: skip


@require_safe
@require(Can.VIEW_DESK)
def today(request: HttpRequest) -> HttpResponse:
    """The way to today's page."""
    return redirect("helpdesk:day", on=local(timezone.now()).date())


@require_safe
@require(Can.VIEW_DESK)
def day_list(request: HttpRequest) -> HttpResponse:
    """The days that were written, newest first; the last two weeks' gaps stand above."""
    at = timezone.now()
    page = keyset(Day.objects.visible_to(request.user), request.GET.get("before"))
    context = {
        "page": page,
        "rows": [(row, TONES[row.status]) for row in page.rows],
        "missing": missing(at),
        "today": local(at).date(),
    }
    return render(request, "helpdesk/daybook/list.html", context)


def missing(at: datetime) -> list[date]:
    """Days of the last fortnight, today apart, that nobody handed over; one query."""
    last = local(at).date()
    days = [last - timedelta(days=back) for back in range(1, 15)]
    done = set(Day.objects.filter(on__in=days, status__in=LOCKED).values_list("on", flat=True))
    first = Day.objects.order_by("on").values_list("on", flat=True).first()
    return [day for day in days if day not in done and first is not None and day > first]


@require_safe
@require(Can.VIEW_DESK)
def day(request: HttpRequest, on: date) -> HttpResponse:
    """One day: live until it is handed over, then as it was signed."""
    return show(request, on)


def show(
    request: HttpRequest, on: date, why: WhyForm | None = None, hand: MoveForm | None = None,
    form: MoveForm | None = None, move: str = "",
) -> HttpResponse:  # fmt: skip
    """The day's page; a refused form stands open, with its sentence and what was typed."""
    at = timezone.now()
    found = Day.objects.visible_to(request.user).filter(on=on).first()
    context = {
        **content(found, on, at),
        "on": on,
        "day": found,
        "tone": TONES[found.status if found else "open"],
    }
    writes = request.user.may(Can.LOG_CALL) and not context["locked"] and on <= local(at).date()
    if writes:
        before = last_words(context["left"], on)
        context["why"] = why or WhyForm(context["left"], context["known"], before=before)
        context["hand"] = hand or HandForm(initial=said_before(found))
        context["unsaid"] = sum(one.no not in context["known"] for one in context["left"])
    if found:
        context["moves"] = [
            i for i in move_items(found, request.user, at, form, move) if i.move.name != "hand"
        ]
        context["events"] = events_of(found)
    refused = next((one for one in (why, hand, form) if one is not None), None)
    context |= {"form": refused, "writes": writes, "before": beside(on, -1), "after": beside(on, 1)}
    return render(
        request, "helpdesk/daybook/day.html", context, status=http_status(refused) if refused else 200
    )


def said_before(found: Day | None) -> dict[str, Any]:
    """What the form of the hand-over begins with: after 退回补写 the words that were signed, to be completed."""
    if found is None:
        return {"revision": 0}
    return {"revision": found.revision, "summary": found.summary, "tomorrow": found.tomorrow}


def beside(on: date, days: int) -> date | None:
    """The day so many days later, None where no page is: addresses hold the years 2000 to 2099."""
    found = on + timedelta(days=days)
    return found if 2000 <= found.year < 2100 else None


def content(found: Day | None, on: date, at: datetime) -> dict[str, Any]:
    """What the day says at `at`: as signed once it is locked, live before. left are Left or Carried, which read alike."""
    locked = found is not None and found.status in LOCKED
    said = list(found.carried.all()) if found else []
    if found and locked:
        left: list[Left] | list[Carried] = [row for row in said if not row.over]
        lines = found.sheet
    else:
        left = left_open(on, at)
        lines = figures(on, at, left)
    return {"locked": locked, "left": left, "lines": lines, "known": {row.no: row for row in said}}


def last_words(left: list[Left], on: date) -> dict[str, Carried]:
    """What an earlier day said last of each thing that is still open; one query."""
    rows = Carried.objects.filter(no__in=[one.no for one in left], day__on__lt=on).order_by("day__on")
    return {row.no: row for row in rows}


@require_safe
@require(Can.VIEW_DESK)
def day_print(request: HttpRequest, on: date) -> HttpResponse:
    """《客服部工作日汇总》 on A4, with the three signatures."""
    found = Day.objects.visible_to(request.user).filter(on=on).first()
    known = content(found, on, timezone.now())
    rows = [{"left": one, "said": known["known"].get(one.no)} for one in known["left"]]
    context = {**known, "rows": rows, "on": on, "day": found, "company": company(), "now": timezone.now()}
    return render(request, "helpdesk/daybook/print.html", context)


@require_safe
@require(Can.VIEW_DESK)
def day_xlsx(request: HttpRequest, on: date) -> HttpResponse:
    """What is carried over, as a workbook."""
    at = timezone.now()
    known = content(Day.objects.visible_to(request.user).filter(on=on).first(), on, at)
    rows = [line(one, known["known"].get(one.no)) for one in known["left"]]
    return workbook(request, title=f"工作日汇总 {on}", columns=COLUMNS, rows=rows, at=at)


def line(one: Any, said: Carried | None) -> tuple[object, ...]:
    """One row of the workbook."""
    reason = (said.get_reason_display(), said.words, said.expected_on) if said else ("", "", None)
    return (
        one.no,
        one.kind,
        one.what,
        one.place,
        one.holder,
        "是" if one.slip else "",
        "是" if one.late else "",
        *reason,
    )
