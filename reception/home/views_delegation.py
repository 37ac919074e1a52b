"""我的代理: who stands in for me, for whom I stand in; the office arranges it for others (records §1.2)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.choices import Scope
from reception.core.people.delegating import delegate, revoke, scopes_of
from reception.core.people.delegation import Delegation, DelegationQuerySet
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.keyset import keyset
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from reception.home.forms_delegation import DelegationForm

TONES = {"代理中": "ok", "未开始": "brand"}


@submit_once
def delegations(request: HttpRequest) -> HttpResponse:
    """GET: the list and, for whom there is something to hand over, the form; POST: a new one."""
    user, at = request.user, timezone.now()
    arranging = user.may(Can.ARRANGE_DELEGATION)
    if request.method != "POST":
        return _show(request, DelegationForm(user=user, arranging=arranging, initial={"scope": Scope.ALL}))
    form = DelegationForm(request.POST, user=user, arranging=arranging)
    made = attempt(form, delegate, by=user, at=at, **_given(form, user)) if form.is_valid() else None
    if made is None:
        return _show(request, form)
    messages.success(request, f"已设置：{made}，{made.get_scope_display()}，已告知{made.to_user}")
    return redirect("home:delegations")


@require_POST
@submit_once
def delegation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """收回; refused with a page of its own when it is already over."""
    made = load(visible(request.user), pk=pk)
    revoke(made, by=request.user, at=timezone.now())
    messages.success(request, f"已收回：{made}")
    return redirect("home:delegations")


def visible(user: User) -> DelegationQuerySet:
    """One's own; all for whoever arranges them or reads the ledger."""
    rows = Delegation.objects.select_related("from_user", "to_user", "created_by", "revoked_by")
    everything = user.may(Can.ARRANGE_DELEGATION) or user.may(Can.VIEW_LEDGER)
    return rows if everything else rows.of(user)


def _given(form: DelegationForm, user: User) -> dict[str, Any]:
    """Keyword arguments of the action."""
    return {"from_user": user, **form.cleaned_data}


def _show(request: HttpRequest, form: DelegationForm) -> HttpResponse:
    user, at = request.user, timezone.now()
    page = keyset(visible(user), request.GET.get("before"))
    arranging = user.may(Can.ARRANGE_DELEGATION)
    context = {
        "form": form if arranging or scopes_of(user) else None, "page": page, "arranging": arranging,
        "rows": [_row(made, user, arranging, at) for made in page.rows],
    }  # fmt: skip
    return render(request, "delegations.html", context, status=http_status(form))


def _row(made: Delegation, user: User, arranging: bool, at: datetime) -> dict[str, Any]:
    """One line, with the button for whoever may take it back."""
    state = made.state(at)
    mine = user.pk == made.from_user_id or arranging
    return {"made": made, "state": state, "tone": TONES.get(state, ""), "revocable": mine and state in TONES}
