"""The list of calls: what is asked for, and one row as the page shows it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest

from helpdesk.cases.choices import Kind
from helpdesk.cases.views_faces import CALL_TONES, face
from helpdesk.cases.views_filter import Filter, FilterForm, words
from helpdesk.log.choices import Channel, Status
from helpdesk.log.models import Call
from reception.core.clock.periods import midnight
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.sheets import TIME, WHOLE, WORD, Column
from reception.core.templatetags.core import masked

COLUMNS = (
    Column("单号", 16, WORD), Column("时间", 17, TIME), Column("类别", 10, WORD), Column("来电人", 14), Column("来电号码", 16),
    Column("地址", 22), Column("事由", 44), Column("振铃", 8, WHOLE), Column("状态", 12, WORD), Column("记录人", 12),
    Column("渠道", 8, WORD), Column("登记时间", 17, TIME), Column("补记原因", 30),
)  # fmt: skip
# The heading above each value that may be set right (D4.3.3).
PLACES = {
    "时间": "recorded_at",
    "来电人": "caller_name",
    "来电号码": "number",
    "地址": "place",
    "事由": "content",
    "振铃": "rings",
    "渠道": "channel",
}
# What the paper of a channel is called (D4.1, D4.2, D6).
PAPERS = {Channel.PHONE.value: "电话记录", Channel.VISIT.value: "顾客接待记录"}
FIELDS = ("no", "place", "content", "caller_name", "company")
# The first and the last year of a calendar have instants that no other time zone can write.
YEARS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))


class CallFilter(FilterForm):
    """Channel, kind, state, the days from and to (both included), words."""

    channel = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Channel.choices])
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Kind.choices])
    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Status.choices])
    since = forms.DateField(
        label="从",
        required=False,
        validators=YEARS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="到",
        required=False,
        validators=YEARS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def filtered(request: HttpRequest) -> Filter:
    """The calls that the address asks for."""
    form = CallFilter(request.GET)
    rows: QuerySet[Call] = Call.objects.select_related("unit")
    for name in ("channel", "kind", "status"):
        if form.value(name):
            rows = rows.filter(**{name: form.value(name)})
    since, until = form.value("since"), form.value("until")
    if since:
        rows = rows.filter(recorded_at__gte=midnight(since))
    if until:
        rows = rows.filter(recorded_at__lt=midnight(until + timedelta(days=1)))
    q = form.value("q")
    if q:
        rows = words(rows, q, FIELDS, "number")
    return Filter(form, rows, any(form.value(name) for name in form.fields), f"{request.path}?clear=1")


def cells(calls: Iterable[Call], user: User) -> Iterator[tuple[object, ...]]:
    """Rows of the workbook, numbers masked as on the page."""
    for call in calls:
        (row,) = listed([call], user)
        yield (row["no"], row["at"], row["kind"], row["caller"], row["number"], row["place"], row["content"], row["rings"],
               row["status"], row["recorder"], row["channel"], call.created_at, row["late"])  # fmt: skip


def listed(calls: list[Call], user: User) -> list[dict[str, Any]]:
    """Rows for the table; the number is masked for whoever does not read the desk."""
    clear = user.may(Can.VIEW_DESK)
    return [
        {
            "no": call.no,
            "url": call.get_absolute_url(),
            "at": call.recorded_at,
            "kind": call.get_kind_display(),
            "glyph": face(call.kind)[0],
            "tone": face(call.kind)[1],
            "caller": f"{call.caller_name}{call.caller_title}",
            "number": call.number if clear else masked(call.number),
            "place": call.place or call.company,
            "content": call.content,
            "rings": call.rings,
            "status": call.get_status_display(),
            "state_tone": CALL_TONES.get(call.status, ""),
            "recorder": call.recorder_name,
            "channel": call.get_channel_display(),
            "late": call.backdate_reason,
        }
        for call in calls
    ]
