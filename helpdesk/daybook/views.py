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
from helpdesk.daybook.day_xlsx import book
from helpdesk.daybook.flow import TURN
from helpdesk.daybook.forms import HandForm, TurnForm, WhyForm
from helpdesk.daybook.gathering import Left, figures, left_open
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.parts import LABELS, parts
from helpdesk.daybook.shifts import Turn, turns_of
from helpdesk.daybook.views_moves import move_items
from reception.core.clock.periods import local
from reception.core.ledger import events_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import answer, taken
from reception.core.web.refusals import http_status

TONES = {"open": "warn", "handed": "brand", "taken": "brand", "reviewed": "ok"}


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
    form: MoveForm | None = None, move: str = "", turn: MoveForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The day's page; a refused form stands open, with its sentence and what was typed."""
    at = timezone.now()
    found = day_seen(request, on)
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
        context |= turn_forms(context["turns"], turn)
        context["unsaid"] = sum(one.no not in context["known"] for one in context["left"])
    if found:
        context["moves"] = [
            i for i in move_items(found, request.user, at, form, move) if i.move.name != "hand"
        ]
        context["events"] = events_of(found)
    refused = next((one for one in (why, hand, form, turn) if one is not None), None)
    context |= {"form": refused, "writes": writes, "before": beside(on, -1), "after": beside(on, 1)}
    return render(
        request, "helpdesk/daybook/day.html", context, status=http_status(refused) if refused else 200
    )


def turn_forms(turns: list[Turn], bound: MoveForm | None) -> dict[str, Any]:
    """The shift of the day whose signature is due, the last apart, and its form; a refused one with what was typed."""
    kept = {"kept": bound} if isinstance(bound, TurnForm) else {}
    due = next((turn for turn in turns[:-1] if turn.status != TURN.moves["take"].target), None)
    if due is None:
        return kept
    kind = TurnForm if due.status == TURN.start else MoveForm
    form = (
        bound if isinstance(bound, kind) else kind(initial={"revision": due.revision}, auto_id="id_turn_%s")
    )
    if form.is_bound:
        form.see(due.revision)
    kept = {} if form is bound else kept
    return kept | {"due": due, "turn_form": form, "hands": due.status == TURN.start}


def day_seen(request: HttpRequest, on: date) -> Day | None:
    """The day with its lines, None while nobody wrote anything; two queries."""
    return Day.objects.visible_to(request.user).filter(on=on).prefetch_related("carried").first()


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
        lines, told = found.sheet, found.parts
    else:
        left = left_open(on, at)
        lines, told = figures(on, at, left), parts(on, at, left)
    return {
        "locked": locked, "left": left, "lines": lines, "known": {row.no: row for row in said},
        "parts": [(label, told.get(name, [])) for name, label in LABELS.items()],
        "turns": turns_of(found or Day(no=on.isoformat(), on=on)),
    }  # fmt: skip


def last_words(left: list[Left], on: date) -> dict[str, Carried]:
    """What an earlier day said last of each thing that is still open; one query."""
    rows = Carried.objects.filter(no__in=[one.no for one in left], day__on__lt=on).order_by("day__on")
    return {row.no: row for row in rows}


@require_safe
@require(Can.VIEW_DESK)
def day_print(request: HttpRequest, on: date) -> HttpResponse:
    """《客服部工作日汇总》 on A4, with the three signatures."""
    found = day_seen(request, on)
    known = content(found, on, timezone.now())
    rows = [{"left": one, "said": known["known"].get(one.no)} for one in known["left"]]
    slips = [row for row in rows if row["left"].slip]
    others = [row for row in rows if not row["left"].slip]
    context = {
        **known,
        "slips": slips,
        "others": others,
        "on": on,
        "day": found,
        "company": company(),
        "now": timezone.now(),
    }
    return render(request, "helpdesk/daybook/print.html", context)


@require_safe
@require(Can.VIEW_DESK)
def day_xlsx(request: HttpRequest, on: date) -> HttpResponse:
    """The day as a workbook; who took it out goes into the ledger."""
    at, found = timezone.now(), day_seen(request, on)
    known = content(found, on, at)
    taken(f"工作日汇总 {on}", len(known["left"]), "", by=request.user, at=at)
    return answer(book(found, on, known, request.user, at), f"工作日汇总 {on}")
