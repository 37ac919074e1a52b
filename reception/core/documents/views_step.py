"""怎么办: the documents that belong to one step of the work, one click from its screens (B3b, C1)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.documents.blocks import blocks
from reception.core.documents.choices import FACES, Kind, Step
from reception.core.documents.models import Version
from reception.core.documents.queries import keeps, open_to
from reception.core.people.roles import Can

# What is said first: how to speak, then how to do it, then what holds.
ORDER = (Kind.SCRIPT, Kind.SOP, Kind.ETIQUETTE, Kind.RULES, Kind.TEMPLATE, Kind.CREDENTIAL, Kind.BROCHURE)


def texts_for(user: Any, step: str, day: Any) -> list[Version]:
    """What is in force on the Shanghai day `day` for `step` and may be seen by `user`. One query."""
    rows = (
        Version.objects.in_force(day).filter(document__uses__step=step).select_related("document__department")
    )
    rows = rows if keeps(user) else rows.filter(open_to(user, "document__"))
    return sorted(rows, key=lambda one: (ORDER.index(Kind(one.document.kind)), one.document.title))


@require_safe
def document_step(request: HttpRequest, step: str) -> HttpResponse:
    """Their texts one below the other; a single document opens itself."""
    if step not in Step.values:
        raise Http404("没有这一步。")
    rows = texts_for(request.user, step, local(timezone.now()).date())
    if len(rows) == 1:
        return redirect(rows[0].document)
    context = {
        "step": Step(step), "keeps": request.user.may(Can.KEEP_DOCUMENT),
        "rows": [{"version": one, "document": one.document, "face": FACES[one.document.kind], "blocks": blocks(one.text)}
                 for one in rows],
    }  # fmt: skip
    return render(request, "documents/step.html", context)
