"""The one door for what a phone sends: a step of an order, with words and pictures, answered in a sentence."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.fieldwork.actions import Sent, take
from helpdesk.fieldwork.choices import MOST_PHOTOS, NOTE, Role
from helpdesk.fieldwork.forms import HeadForm, NoteForm
from helpdesk.fieldwork.holders import holder_of
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.policies import Picture, expired
from helpdesk.fieldwork.tickets import Ticket, read
from helpdesk.repairs.views_moves import DOORS
from reception.core.clock.periods import local
from reception.core.files.uploads import files_of, judged
from reception.core.flow import Refused
from reception.core.people.models import User

NO_LINK = "没有这个链接。请核对地址，或向前台要新的链接。"
OLD_LINK = "链接过期了，或者已经换了新的。请用新链接打开，或登录迎候；没发出的内容还在手机里。"
TOO_MANY = f"一步最多放 {MOST_PHOTOS} 张照片，请去掉几张再发。"
CENTURY = 100 * 366 * 24 * 3600


@login_not_required
@require_POST
def field_step(request: HttpRequest, token: str) -> HttpResponse:
    """A step by a signed ticket; pictures are looked at only after the ticket was."""
    ticket = read(token)
    if ticket is None:
        return said(404, NO_LINK)
    try:
        holder, via_link = holder_of(ticket, request.user)
    except Refused as refused:
        return said(refused.http_status, refused.message, refused.code)
    if request.POST.get("step") != NOTE and expired(ticket, timezone.now()):
        before = recorded(request.POST.get("id", ""), ticket, holder)
        return done(before) if before else said(410, OLD_LINK, "gone")
    if sum(len(request.FILES.getlist(name)) for name in request.FILES) > MOST_PHOTOS:
        return said(422, TOO_MANY, "invalid")
    return _taken(request, ticket, holder, via_link)


def recorded(text: str, ticket: Ticket, holder: User) -> FieldStep | None:
    """The step that arrived while the link was good and whose answer was lost: it is done, whatever ended since."""
    try:
        known = UUID(text)
    except ValueError:
        return None
    rows = FieldStep.objects.filter(client_id=known, repair=ticket.order, created_by=holder)
    return rows.select_related("repair").first()


@judged
def _taken(request: HttpRequest, ticket: Ticket, holder: User, via_link: bool) -> JsonResponse:
    """Form → action → answer."""
    head = HeadForm(request.POST)
    if not head.is_valid():
        return said(422, first_error(head), "invalid")
    form = form_of(head.cleaned_data["step"])(request.POST)
    if not form.is_valid():
        return said(422, first_error(form), "invalid")
    at, known = timezone.now(), head.cleaned_data
    drift = max(-CENTURY, min(CENTURY, round((at - known["sent"]).total_seconds())))
    sent = Sent(known["id"], known["step"], known["made"], drift, via_link)
    try:
        step = take(ticket, sent, by=holder, at=at, inputs=form.inputs(), pictures=pictures(request))
    except Refused as refused:
        return said(refused.http_status, refused.message, refused.code, refused.field)
    return done(step)


def form_of(step: str) -> Any:
    """The form of a step: the order's own, or the note's."""
    return NoteForm if step == NOTE else DOORS[step].form


def pictures(request: HttpRequest) -> list[Picture]:
    """The judged pictures with what each is to the order. Raises the first one's Refused."""
    found = []
    for one in files_of(request):
        role = one.field.removeprefix("photo_")
        if role not in Role.values or not one.field.startswith("photo_"):
            raise Refused("invalid", "有一张照片不知道放在哪里，请刷新页面后重新办一次。", field="photo")
        if one.refusal:
            raise one.refusal
        if one.found:
            found.append((Role(role), one.found))
    return found


def first_error(form: BaseForm) -> str:
    """The first sentence of a form."""
    rows = getattr(form, "rows", None)
    lines = [
        sentence for row in (rows.errors if rows else []) for found in row.values() for sentence in found
    ]
    return str(next(iter([*lines, *(sentence for found in form.errors.values() for sentence in found)])))


def done(step: FieldStep) -> JsonResponse:
    """The step is recorded, now or before: what the phone shows then."""
    order = step.repair
    order.refresh_from_db(fields=["status", "revision"])
    return JsonResponse(
        {
            "done": str(step.client_id),
            "status": order.status,
            "label": order.get_status_display(),
            "at": f"{local(step.created_at):%H:%M}",
        }
    )


def said(status: int, sentence: str, code: str = "", field: str = "") -> JsonResponse:
    """A refusal as the phone keeps it until it is read."""
    return JsonResponse({"error": sentence, "code": code, "field": field}, status=status)
