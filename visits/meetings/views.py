"""政府会议: the plan of one reception's meeting, begun, read and edited (B2a)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.meetings import actions, people
from visits.meetings.forms import FactsForm, SeenForm
from visits.meetings.models import AgendaRow, Handout, Meeting
from visits.meetings.policies import check_writes
from visits.meetings.views_page import context_of, meeting_of, mine, ours
from visits.models import Reception


@require_GET
def meeting(request: HttpRequest, no: str) -> HttpResponse:
    """The page. No role is asked: who may not see the reception finds nothing."""
    return show(request, mine(request.user, no))


def show(request: HttpRequest, reception: Reception, form: Any = None) -> HttpResponse:
    """The page; a refused form says why (403, 409, 422)."""
    context = context_of(reception, request.user, form)
    return render(request, "visits/meetings/show.html", context, status=http_status(form) if form else 200)


def of(request: HttpRequest, no: str) -> Meeting:
    """The meeting of a reception that this person sees; Http404 while nobody began one."""
    reception = mine(request.user, no)
    return meeting_of(reception) or load(Meeting.objects.none())


@require_POST
@submit_once
def meeting_begin(request: HttpRequest, no: str) -> HttpResponse:
    """拟会议方案."""
    reception, form = mine(request.user, no), SeenForm(request.POST)
    if form.is_valid():
        attempt(form, actions.begin, reception, ours(), by=request.user, at=timezone.now())
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, "已按接待申请和来宾名单拟好会议方案，请核对")
    return redirect("visits:meeting", no=no)


@submit_once
def meeting_edit(request: HttpRequest, no: str) -> HttpResponse:
    """GET: the facts and what the guide says as a form; POST: 保存."""
    found = of(request, no)
    check_writes(found.reception, request.user)
    initial = {name: getattr(found, name) for name in (*actions.FACTS, "revision")}
    form = FactsForm(request.POST) if request.method == "POST" else FactsForm(initial=initial)
    if form.is_bound and form.is_valid():
        attempt(
            form,
            actions.edit,
            found,
            by=request.user,
            at=timezone.now(),
            fields=form.cleaned_data,
            expect=form.seen,
        )
    if not form.is_bound or form.errors:
        context = {"reception": found.reception, "form": form}
        return render(request, "visits/meetings/edit.html", context, status=http_status(form))
    messages.success(request, "会议方案已保存")
    return redirect("visits:meeting", no=no)


@require_POST
@submit_once
def meeting_tick(request: HttpRequest, no: str, pk: int) -> HttpResponse:
    """备好, or not after all."""
    found = of(request, no)
    one = load(Handout.objects.filter(meeting=found), pk=pk)
    said = f"“{one}”改为未备好" if one.ready_at else f"“{one}”已备好"
    return _plain(request, found, actions.tick, one, said=said)


@require_POST
@submit_once
def meeting_speech(request: HttpRequest, no: str, pk: int) -> HttpResponse:
    """提前 one speech."""
    found = of(request, no)
    row = load(AgendaRow.objects.filter(meeting=found, speaker__isnull=False), pk=pk)
    return _plain(request, found, actions.speak_earlier, row, said="发言顺序已调整，请核对时间")


@require_POST
@submit_once
def meeting_rank(request: HttpRequest, no: str) -> HttpResponse:
    """按职务排次序."""
    return _plain(request, of(request, no), people.by_rank, said="参会名单已按职务排好，请核对")


@require_POST
@submit_once
def meeting_roster(request: HttpRequest, no: str) -> HttpResponse:
    """按来宾名单补齐."""
    return _plain(
        request, of(request, no), people.take_roster, said="来宾名单里缺的人已补进参会名单，还没有排座"
    )


def _plain(request: HttpRequest, found: Meeting, act: Any, *rest: Any, said: str) -> HttpResponse:
    """An action with nothing but the revision."""
    form = SeenForm(request.POST)
    if form.is_valid():
        attempt(form, act, found, *rest, by=request.user, at=timezone.now(), expect=form.seen)
    if form.errors:
        return show(request, mine(request.user, found.reception.no), form)
    messages.success(request, said)
    return redirect("visits:meeting", no=found.reception.no)
