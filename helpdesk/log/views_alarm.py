"""One key from anywhere: the alarm goes out with what is known (D4.4.4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from helpdesk.emergencies.forms import AlarmForm
from helpdesk.log.taking import take_alarm
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.LOG_CALL)
def alarm(request: HttpRequest) -> HttpResponse:
    """The page behind the key, for a browser without scripts; posting it raises the emergency, empty or not."""
    form = AlarmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = attempt(form, take_alarm, by=request.user, at=timezone.now(), **form.cleaned_data)
        if found is not None:
            told = found.alerts.count()
            said = f"已同时报告 {told} 人，等他们确认" if told else "但上报阶梯上没有人，请马上打电话"
            messages.success(request, f"{found.no} {said}。下面补充地点和情况，照清单处置。")
            return redirect(found)
    return render(request, "helpdesk/emergencies/alarm.html", {"form": form}, status=http_status(form))
