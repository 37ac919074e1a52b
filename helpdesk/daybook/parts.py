"""What the summary tells beside its figures: 未回复查询, 投诉进展, 到场超时, 突发 (records §2.3). Frozen with the signature."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from helpdesk.complaints.choices import Status as Complaint_
from helpdesk.complaints.models import Complaint
from helpdesk.daybook.gathering import CALL, VISIT, Left
from helpdesk.emergencies.choices import Status as Emergency_
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.choices import SAID
from helpdesk.enquiries.choices import Status as Enquiry_
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from reception.core.clock.models import Clock
from reception.core.clock.periods import day_bounds, local

Row = dict[str, str]
LABELS = {"queries": "未回复查询", "complaints": "投诉进展", "late": "到场超时", "urgent": "突发情况"}


def parts(on: date, at: datetime, left: Iterable[Left]) -> dict[str, list[Row]]:
    """The four lists of the day `on` as they stand at `at`; rows of no, what, place, who, state. Two queries."""
    start, end = day_bounds(on)
    told = list(_told(start, end))
    return {
        "queries": [query(one) for one in left if asks(one)],
        "complaints": [line(row, Complaint_) for row in told if row[0] == "complaint"],
        "late": [late(row) for row in missed(start, min(end, at))],
        "urgent": [line(row, Emergency_) for row in told if row[0] == "urgent"],
    }


def asks(one: Left) -> bool:
    """Whether somebody still waits for an answer: an enquiry, or a call that is neither answered nor made a case."""
    return one.kind in (CALL, VISIT) or (one.kind == "查询" and one.status not in SAID)


def query(one: Left) -> Row:
    """A line of 未回复查询."""
    state = str(Enquiry_(one.status).label) if one.kind == "查询" else "待答复"
    return {
        "no": one.no,
        "what": one.what,
        "place": one.place,
        "who": one.holder,
        "state": state + ("，已超时" if one.late else ""),
    }


def _told(start: datetime, end: datetime) -> QuerySet[Any]:
    """Complaints and emergencies that came in, were open, or ended on the day; one query."""
    kinds = ((Complaint, "complaint", "department__name"), (Emergency, "urgent", "commander"))
    first, second = (_columns(model, name, who, start, end) for model, name, who in kinds)
    return first.union(second, all=True).order_by("i_since", "no")


def _columns(model: Any, name: str, who: str, start: datetime, end: datetime) -> QuerySet[Any]:
    within = Q(closed_at__gte=start, closed_at__lt=end) | Q(created_at__gte=start)
    rows = model.objects.filter(created_at__lt=end, void_at__isnull=True)
    rows = rows.filter(within | Q(pk__in=model.objects.open().order_by().values("pk"))).order_by()
    texts = {"i_status": F("status"), "i_what": F("content"), "i_place": F("place"), "i_who": F(who)}
    cast = {key: Coalesce(Cast(field, TextField()), Value("", TextField())) for key, field in texts.items()}
    rows = rows.annotate(i_name=Value(name, TextField()), i_since=F("created_at"), **cast)
    return rows.values_list("i_name", "no", "i_status", "i_what", "i_place", "i_who", "i_since")


def line(row: tuple[Any, ...], states: Any) -> Row:
    """A line of 投诉进展 or 突发情况."""
    _, no, status, what, place, who, _ = row
    return {"no": no, "what": what[:60], "place": place, "who": who, "state": str(states(status).label)}


def missed(start: datetime, end: datetime) -> QuerySet[Any]:
    """Arrival limits that fell in [start, end) and were not kept, by the report's rule (report/limits.py); one query."""
    order = Repair.objects.filter(pk=OuterRef("subject_id")).order_by()
    columns = {
        "i_no": "no", "i_what": "content", "i_place": "place", "i_who": "repairer__name",
        "i_arrived": "arrived_at", "i_agreed": "agreed",
    }  # fmt: skip
    rows = Clock.objects.filter(rule=ARRIVE, subject_kind=KIND, due_at__gte=start, due_at__lt=end)
    rows = rows.filter(Q(stopped_at__isnull=True) | Q(stopped_at__gt=F("due_at"))).order_by("due_at", "pk")
    asked = {name: Subquery(order.values(column)) for name, column in columns.items()}
    return rows.annotate(**asked).values_list("due_at", "stopped_at", *columns)


def late(row: tuple[Any, ...]) -> Row:
    """A line of 到场超时: the limit, and when somebody was there."""
    due, stopped, no, what, place, who, arrived, agreed = row
    there = f"{local(arrived):%H:%M}到场" if arrived and arrived == stopped else "没有到场"
    state = f"{'约定' if agreed else '应'}{local(due):%H:%M}前到，{there}"
    return {"no": no, "what": what[:60], "place": place, "who": who or "", "state": state}
