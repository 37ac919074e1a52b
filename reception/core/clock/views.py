"""为什么超时: a clock's whole life, for whoever may see the record that it belongs to."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.config import RuleSetting
from reception.core.clock.models import Clock, Hold
from reception.core.clock.why import life_of
from reception.core.files.viewers import may_see
from reception.core.ledger.models import Event

SHOWN = 20  # rounds: an alarm that nobody answers begins a new one every few minutes
VERBS = ("escalate", "limit")


@require_safe
def why(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Every clock of one record, the newest first; the record's own page decides who may see it (404 otherwise)."""
    at = timezone.now()
    clocks = _clocks(kind, pk) if may_see(request.user, kind, pk, at) else []
    if not clocks:
        raise Http404("没有找到这件事的时限。它可能没有时限，或者不在您的查看范围内。")
    events = list(Event.objects.filter(subject_kind=kind, subject_id=pk, verb__in=VERBS).order_by("seq"))
    names = dict(RuleSetting.objects.values_list("rule", "name"))
    lives = [
        life_of(clock, list(clock.holds.all()), events, names.get(clock.rule, "时限"), at)
        for clock in clocks[:SHOWN]
    ]
    more = len(clocks) > SHOWN
    return render(request, "clock/why.html", {"lives": lives, "subject": clocks[0], "more": more, "now": at})


def _clocks(kind: str, pk: int) -> list[Clock]:
    """The newest rounds of the record's clocks, one more than is shown, with calendars and pauses; two queries."""
    holds = Prefetch("holds", Hold.objects.select_related("paused_by"))
    rows = Clock.objects.filter(subject_kind=kind, subject_id=pk).select_related("calendar", "owner")
    return list(rows.prefetch_related(holds).order_by("-started_at", "-pk")[: SHOWN + 1])
