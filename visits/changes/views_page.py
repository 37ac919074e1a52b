"""What the pages of a change are made of; nothing is written here."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.web.refusals import http_status
from visits.changes.actions import current
from visits.changes.choices import Status
from visits.changes.content import changed, content_of, same, unchanged, would_be
from visits.changes.forms import AnswerForm, ChangeForm
from visits.changes.judging import judge
from visits.changes.models import Change
from visits.changes.policies import LIVE, choices_for
from visits.changes.preview import Preview, preview
from visits.changes.words import pairs
from visits.hosts.asking import hosting_of
from visits.hosts.naming import recognise
from visits.requests.choices import Need
from visits.requests.forms_decide import PHRASES
from visits.requests.forms_roster import Roster
from visits.requests.models import Reception
from visits.requests.papers import panel
from visits.requests.views_side import side_of
from visits.requests.views_words import host_line, span

TONES = {Status.PENDING: "warn", Status.EFFECTIVE: "ok", Status.REFUSED: "bad"}


def show(request: HttpRequest, change: Change, form: AnswerForm | None = None, *,
         template: str = "visits/changes/show.html", **more: Any) -> HttpResponse:  # fmt: skip
    """Both versions side by side, what the new one breaks, and the answer for whom it waits (409, 422, 403)."""
    at, user = timezone.now(), request.user
    action = reverse("visits:change_move", args=[change.reception.no, change.number, "answer"])
    context = page(change, user, at) | {"form": form or answer_form(change), "action": action} | more
    context["files"] = panel(change.reception, user)
    return render(request, template, context, status=http_status(form) if form else 200)


def answer_form(change: Change) -> AnswerForm:
    """The leader's form with the amounts that are in force."""
    it = change.reception
    return AnswerForm(
        initial={
            "revision": change.revision,
            "activity_budget": it.activity_budget,
            "gift_budget": it.gift_budget,
        }
    )


def page(change: Change, user: User, at: datetime) -> dict[str, Any]:
    """All that a change's page shows, here and in the admin."""
    reception = current(change.reception)
    it = would_be(reception, change.proposed)
    choices = {choice.move.name: choice for choice in choices_for(change, user, at)}
    waits = change.status == Status.PENDING
    answers = [choices[name] for name in ("approve", "refuse") if name in choices]
    return {
        "change": change, "reception": reception, "tone": TONES.get(Status(change.status), ""),
        "pairs": pairs(changed(change.base, change.proposed)), "same": unchanged(change.base, change.proposed),
        "found": change.found, "events": list(events_of(change)), "phrases": PHRASES,
        "preview": preview(reception, it, at) if waits and reception.status in LIVE else None,
        "moved_on": waits and not same(content_of(reception), change.base),
        "answers": any(not choice.refusal for choice in answers),
        "why_not": next((choice.refusal for choice in answers if choice.refusal), ""),
        "withdraws": "withdraw" in choices and not choices["withdraw"].refusal,
        "edits": change.status == Status.DRAFT and reception.applicant_id == user.pk,
        "asks": {"gift": Need.GIFT in it.needs, "activity": Need.ACTIVITY in it.needs},
        "before_line": span(reception.arrive_at, reception.leave_at), "host_line": host_line(reception),
        "old_version": (change.version or reception.version + 1) - 1,
        "new_version": change.version or reception.version + 1,
    }  # fmt: skip


def edit(request: HttpRequest, change: Change, form: ChangeForm, guests: Roster, **more: Any) -> HttpResponse:
    """The form with whatever was typed; 422 or 409 when something was refused."""
    at = timezone.now()
    reception = current(change.reception)
    it = would_be(reception, change.proposed)
    wrong = guests.is_bound and not guests.is_valid()
    roster = {
        "formset": guests, "filled": sum(bool(row["name"].value()) for row in guests.forms), "has_errors": wrong,
        "errors": [str(error) for error in guests.non_form_errors()] if wrong else [],
        "text": request.POST.get("roster_text", ""), **more,
    }  # fmt: skip
    context = {
        "change": change, "reception": reception, "form": form, "roster": roster, "revision": change.revision,
        "applicant": reception.applicant, **aside(reception, change, it, at),
    }  # fmt: skip
    status = http_status(form)
    return render(
        request, "visits/changes/form.html", context, status=422 if wrong and status == 200 else status
    )


def aside(reception: Reception, change: Change, it: Reception, at: datetime) -> dict[str, Any]:
    """Beside the form: what needs approval, what the new dates break, what it costs now."""
    proposed = content_of(it)
    found = judge(reception, change.base, proposed)
    return {
        "found": found, "waits": any(one.approval for one in found), "drafting": True, "preview": broken(reception, it, at),
        "side": side_of(it, at) | {"hosting": hosting_of(it), "named": recognise(it.companions)},
    }  # fmt: skip


def broken(reception: Reception, it: Reception, at: datetime) -> Preview | None:
    """The preview; None while the dates typed are no dates of a visit."""
    if not (it.arrive_at and it.leave_at and it.arrive_at < it.leave_at):
        return None
    return preview(reception, it, at)
