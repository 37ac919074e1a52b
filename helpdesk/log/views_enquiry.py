"""来访查询: written down with the visit, answered, promised, or 管家 and 客服经理 called (E5.2.2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from helpdesk.log.forms_enquiry import ALERT, VisitForm
from helpdesk.log.taking import take_enquiry
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.LOG_CALL)
def enquiry_new(request: HttpRequest) -> HttpResponse:
    """The form for whoever stands at the desk; one press writes the visit and its 信息接待记录."""
    form = VisitForm(request.POST) if request.method == "POST" else VisitForm()
    if form.is_bound and form.is_valid():
        alert = form.cleaned_data["handling"] == ALERT
        given = {"heard": form.heard(), "sources": form.chosen, "alert": alert}
        found = attempt(form, take_enquiry, by=request.user, at=timezone.now(), **given)
        if found is not None:
            said = "已通知管家、客服经理，等人接待" if alert else f"现在是“{found.get_status_display()}”"
            messages.success(request, f"{found.no} 已登记，{said}")
            return redirect(found)
    return render(request, "helpdesk/enquiries/new.html", {"form": form}, status=http_status(form))
