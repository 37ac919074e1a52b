"""任务模板预览: which tasks each tier will get, before anybody approves anything (A8.1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reception.core.people.roles import Can
from reception.core.web.access import require
from visits.profiles.choices import Nature
from visits.tasks.table import table

READERS = (Can.CONFIGURE, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.DECIDE_RECEPTION, Can.DO_TASK)


@require_GET
@require(*READERS)
def task_templates(request: HttpRequest) -> HttpResponse:
    """The table of records §1.3 as it stands now, all or for one 接待性质."""
    nature = request.GET.get("nature", "")
    nature = nature if nature in Nature.values else ""
    tabs = [{"label": "全部", "url": "?", "on": not nature}]
    tabs += [
        {"label": label, "url": f"?nature={code}", "on": code == nature} for code, label in Nature.choices
    ]
    context = {**table(nature, dict(Nature.choices)), "tabs": tabs, "edits": request.user.may(Can.CONFIGURE)}
    return render(request, "visits/tasks/templates.html", context)
