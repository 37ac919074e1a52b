"""What a day leaves open, and what it was: read from the records themselves, nothing is counted by hand (D4.1, E5.3.7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.choices import Channel
from helpdesk.log.choices import Status as Call_
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.choices import Status as Order
from helpdesk.repairs.models import Repair
from helpdesk.report.figures import Rate, limit_figures
from helpdesk.report.limits import limits
from reception.core.clock.models import Clock
from reception.core.clock.periods import day_bounds

CALL, VISIT, REPAIR, ARRIVED = "来电", "来访", "报修", "到场"
# kind → its records, the column of the place, of who has it, and when it came in.
KINDS: dict[str, tuple[Any, str, str, str]] = {
    REPAIR: (Repair, "place", "repairer__name", "created_at"),
    "查询": (Enquiry, "place", "recorder_name", "created_at"),
    "投诉": (Complaint, "place", "department__name", "created_at"),
    "突发": (Emergency, "place", "commander", "created_at"),
    "其他": (Matter, "place", "department__name", "created_at"),
    CALL: (Call, "place", "recorder_name", "recorded_at"),
}
# A call that became a case is done with; the case counts on in its own line.
MADE_CASES = Q(status__in=(Call_.CONVERTED, Call_.LED_ON))


@dataclass(frozen=True)
class Left:
    """One thing that is open: late by its clock, or finished but without its slip (底联)."""

    no: str
    kind: str
    what: str
    place: str
    holder: str
    since: datetime
    slip: bool
    late: bool
    sent: datetime | None = None
    status: str = ""


def left_open(on: date, at: datetime) -> list[Left]:
    """Everything that came in by the end of the day `on` and is open at `at`; 底联 first, then what is late, then by age.

    One query.
    """
    _, end = day_bounds(on)
    first, *rest = (_open_rows(kind, end, at) for kind in KINDS)
    found = []
    for kind, late, no, status, words, where, who, since, sent, channel in first.union(*rest, all=True):
        slip = kind == REPAIR and status == Order.FINISHED
        label = VISIT if channel == Channel.VISIT and kind == CALL else kind
        found.append(Left(no, label, words[:60], where, who, since, slip, bool(late), sent, status))
    return sorted(found, key=lambda one: (not one.slip, not one.late, one.since, one.no))


def _open_rows(kind: str, end: datetime, at: datetime) -> QuerySet[Any]:
    """What is open of one kind, its columns alike in all tables so that a UNION holds."""
    model, place, holder, came = KINDS[kind]
    channel = F("channel") if model is Call else Value("")
    rows = model.objects.open().filter(**{f"{came}__lt": end}).order_by()
    texts = {
        "i_status": F("status"),
        "i_what": F("content"),
        "i_place": F(place),
        "i_holder": F(holder),
        "i_way": channel,
    }
    cast = {name: Coalesce(Cast(field, TextField()), Value("", TextField())) for name, field in texts.items()}
    sent = F("dispatched_at") if model is Repair else Value(None, DateTimeField())
    clocks = Clock.objects.open().late(at).filter(subject_kind=model._meta.label_lower)
    late = Exists(clocks.filter(subject_id=OuterRef("pk")))
    rows = rows.annotate(i_kind=Value(kind, TextField()), i_late=late, i_since=F(came), i_sent=sent, **cast)
    return rows.values_list(
        "i_kind", "i_late", "no", "i_status", "i_what", "i_place", "i_holder", "i_since", "i_sent", "i_way"
    )


def figures(on: date, at: datetime, left: Iterable[Left]) -> list[dict[str, Any]]:
    """The day's lines as they stand at `at`: label, received, same_day (closed on the day itself), carried (in `left`).

    来电 and 来访 count what came by telephone and in person; a void record is no record. The last line is 到场:
    limits that fell due, kept, missed. As it is stored in Day.sheet; three or four queries.
    """
    start, end = day_bounds(on)
    carried = Counter(one.kind for one in left)
    labels = [CALL, VISIT, *(kind for kind in KINDS if kind != CALL)]
    parts = [
        _received(CALL, CALL, start, end, Q(channel=Channel.PHONE)),
        _received(VISIT, CALL, start, end, Q(channel=Channel.VISIT)),
    ]
    parts += [_received(kind, kind, start, end) for kind in labels[2:]]
    counts = {label: (came, done) for label, came, done in parts[0].union(*parts[1:], all=True)}
    rows = [
        {"label": label, "received": came, "same_day": done, "carried": carried[label]}
        for label in labels
        for came, done in [counts.get(label, (0, 0))]
    ]
    rate = limit_figures(limits(start, min(end, at)))["on_time"]
    assert isinstance(rate, Rate)
    return [
        *rows,
        {"label": ARRIVED, "received": rate.base, "same_day": rate.part, "carried": rate.base - rate.part},
    ]


def _received(label: str, kind: str, start: datetime, end: datetime, only: Q | None = None) -> QuerySet[Any]:
    """(label, how many came in, how many of them were closed the same day); no row for none."""
    model, _, _, came = KINDS[kind]
    rows = model.objects.filter(
        only or Q(), void_at__isnull=True, **{f"{came}__gte": start, f"{came}__lt": end}
    )
    done = Q(closed_at__gte=start, closed_at__lt=end) | (MADE_CASES if model is Call else Q(pk__in=()))
    counts = {"received": Count("pk"), "same_day": Count("pk", filter=done)}
    return (
        rows.order_by()
        .values(label=Value(label, TextField()))
        .annotate(**counts)
        .values_list("label", *counts)
    )
