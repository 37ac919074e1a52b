"""增加任务: a duty that the tier's template does not have (records §1.3 "—")."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.requests.models import Reception
from visits.tasks import actions
from visits.tasks.forms import AddForm
from visits.tasks.policies import check_adds


@require_http_methods(["GET", "POST"])
@submit_once
@require(Can.RUN_RECEPTION)
def task_add(request: HttpRequest, no: str) -> HttpResponse:
    """The form, and the task that it makes."""
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    check_adds(reception, request.user)
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, actions.add, reception, by=request.user, at=timezone.now(), **form.cleaned_data)
        if made:
            messages.success(request, f"已增加任务“{made.duty}”，已告知{made.department}")
            return redirect(made)
    context = {"reception": reception, "form": form}
    return render(request, "visits/tasks/add.html", context, status=http_status(form))
