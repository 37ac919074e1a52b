"""What every page of the house says the same way: icons, tiers, deadlines, dates, masked numbers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from reception.core.clock.models import Clock
from reception.core.clock.periods import local
from reception.core.ledger.folding import folded
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.once import FIELD, once_token

register = template.Library()
register.filter("folded", folded)
WEEK = "一二三四五六日"
SOON = timedelta(minutes=10)
WHY = SafeString('<span class="visually-hidden">，为什么超时</span>')
# Other words for the same drawing.
ICONS = {
    "calendar2-check": "calendar-check",
    "bar-chart-line": "bars",
    "car-front": "car",
    "chat-left-text": "chat",
    "check2": "check",
    "check2-circle": "check-circle",
    "cup-hot": "cup",
    "display": "screen",
    "easel": "room",
    "exclamation-octagon": "alert",
    "exclamation-triangle": "warn",
    "exclamation-triangle-fill": "warn-fill",
    "house-door": "home",
    "journal-text": "book",
    "moon-stars": "moon",
    "people": "users",
    "person-badge": "badge",
    "question-circle": "help",
    "signpost-2": "route",
    "ticket-perforated": "ticket",
    "train-front": "train",
    "x-lg": "x",
}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing of the sprite `static/icons.svg`, as large as the text around it; decoration, so never read out."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        static("icons.svg"),
        ICONS.get(name, name),
    )


@register.simple_tag
def tier_mark(tier: Any) -> SafeString | str:
    """The tier's plate and name (A2); nothing for none. `tier` has css, glyph and name."""
    if not tier:
        return ""
    return format_html(
        '<span class="tier {}"><i aria-hidden="true">{}</i>{}</span>', tier.css, tier.glyph, tier.name
    )


@register.simple_tag
def once() -> SafeString:
    """The hidden token that gives a form sent twice one effect."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, once_token())


@register.simple_tag
def sla(clock: Clock | None, at: datetime, label: str = "") -> SafeString | str:
    """What is left of a promise at `at`, with a bar and `label`; app.js counts on. Nothing without a clock.

    A broken one leads to 为什么超时.
    """
    if clock is None:
        return ""
    head, tone = face(clock, at)
    counting = clock.stopped_at is None and clock.paused_at is None
    moving = (
        format_html(' data-due="{}" data-start="{}"', clock.due_at.isoformat(), clock.started_at.isoformat())
        if counting
        else ""
    )
    used, late = clock.used(at), tone == "late"
    return format_html(
        '<{} class="sla {}"{}{}><b>{}</b><progress max="100" value="{}" aria-label="时限已用{}%"></progress>'
        '<span class="w">{}</span>{}</{}>',
        "a" if late else "div",
        f"{tone} d-block position-relative z-1 text-decoration-none" if late else tone,
        format_html(' href="{}"', why_url(clock.subject_kind, clock.subject_id, clock.pk)) if late else "",
        moving,
        head,
        used,
        used,
        label,
        WHY if late else "",
        "a" if late else "div",
    )


@register.simple_tag
def why_url(kind: str, pk: int, clock: int | None = None) -> str:
    """为什么超时 of a record's clocks, opened at one of them."""
    return reverse("clock:why", args=[kind, pk]) + (f"#c{clock}" if clock else "")


def face(clock: Clock, at: datetime) -> tuple[str, str]:
    """(words, tone) of a clock: kept, broken, held, or the time left (a "+" before it once it is over)."""
    if clock.stopped_at:
        return ("超时", "late") if clock.late(at) else ("按时", "met")
    if clock.paused_at:
        return "暂停", "late" if clock.late(at) else ""
    left = clock.due_at - at
    if clock.late(at):
        return f"+{span(max(-left, timedelta()))}", "late"
    return span(left), "soon" if left < max(SOON, (clock.due_at - clock.started_at) / 5) else ""


def span(length: timedelta) -> str:
    """03:41 within the hour, then 2小时, then 3天; rounded down, so that it never promises too much."""
    seconds = int(length.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 3600}小时" if seconds < 86400 else f"{seconds // 86400}天"


@register.filter
def when(at: datetime | None) -> str:
    """3月25日 周三 09:40, in Shanghai; "" for none."""
    if at is None:
        return ""
    moment = local(at)
    return f"{moment.month}月{moment.day}日 周{WEEK[moment.weekday()]} {moment:%H:%M}"


@register.filter
def hm(at: datetime | None) -> str:
    """09:40, in Shanghai; "" for none."""
    return f"{local(at):%H:%M}" if at else ""


@register.filter
def initial(person: object) -> str:
    """The first character of a name, for the round mark."""
    return str(person or "")[:1]


@register.filter
def masked(phone: str | None) -> str:
    """138****8000: the first three and last four digits; an internal extension (up to five) stays whole."""
    digits = "".join(c for c in str(phone or "") if c.isdigit())
    if len(digits) <= 5:
        return str(phone or "")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else f"****{digits[-4:]}"


@register.filter
def problems(form: BaseForm | None) -> list[tuple[str, str]]:
    """(id of the field or "", sentence) for every error of a form, in the form's order, general ones first."""
    return list(_problems(form)) if form is not None else []


def _problems(form: BaseForm) -> Iterator[tuple[str, str]]:
    for error in form.non_field_errors().as_data():
        # A row of the page that is no field of the form says where it stands.
        yield (error.params or {}).get("id", ""), error.messages[0]
    for bound in form:
        for sentence in bound.errors:
            # A sentence that names the field needs no label before it.
            named = str(bound.label) in str(sentence)
            yield bound.id_for_label, str(sentence) if named else f"{bound.label}：{sentence}"


@register.filter
def path_of(address: str, request: HttpRequest) -> str:
    """The path of an address of this house; "" for another house's, or for none."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@register.filter
def may(user: User, can: str) -> bool:
    """Whether `user` has one of the permissions named, comma between: a link that would be refused is not drawn."""
    return any(user.may(Can(one)) for one in can.split(","))
