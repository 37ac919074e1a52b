"""Matters and calls behind a figure, by the very conditions that count them."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, TruncDate

from helpdesk.cases.choices import Kind
from helpdesk.drill.choices import ALIVE, OTHER, YES
from helpdesk.drill.sources import BACK, CALL, MOMENT, ORDER, Table, Tables
from helpdesk.log.choices import Channel
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.report.areas import UNSORTED, areas_named, fields, located
from helpdesk.report.figures import KINDS
from helpdesk.report.flows import matters
from helpdesk.report.promises import promises
from reception.core.clock.periods import SHANGHAI, local

Asked = dict[str, Any]


def which(rows: QuerySet[Any], conditions: list[tuple[Q, bool]]) -> QuerySet[Any]:
    """Rows for which each condition holds, or does not; what is unknown does not hold, as when it is counted."""
    for number, (condition, holds) in enumerate(conditions):
        name = f"holds_{number}"
        rows = rows.alias(**{name: Case(When(condition, then=Value(1)), default=Value(0))})
        rows = rows.filter(**{name: int(holds)})
    return rows


def narrowed(rows: QuerySet[Any], moment: Any, asked: Asked) -> QuerySet[Any]:
    """Rows whose `moment` lies on the day, weekday and hour asked for, in Shanghai; they know it as `moment`."""
    rows = rows.annotate(moment=moment)
    if asked.get("day"):
        rows = rows.alias(on=TruncDate(MOMENT, tzinfo=SHANGHAI)).filter(on=asked["day"])
    if asked.get("weekday"):
        rows = rows.alias(weekday=ExtractIsoWeekDay(MOMENT, tzinfo=SHANGHAI)).filter(weekday=asked["weekday"])
    if asked.get("hour") is not None:
        rows = rows.alias(at_hour=ExtractHour(MOMENT, tzinfo=SHANGHAI)).filter(at_hour=asked["hour"])
    return rows


def sorted_as(rows: QuerySet[Any], kind: str, category: str, asked: Asked) -> QuerySet[Any]:
    """Rows of the 大类 and 小类 asked for, which stand in these columns."""
    if asked.get("kind") == OTHER:
        rows = rows.exclude(**{f"{kind}__in": (Kind.REPAIR, Kind.ENQUIRY, Kind.COMPLAINT)})
    elif asked.get("kind"):
        rows = rows.filter(**{kind: asked["kind"]})
    if asked.get("category"):
        one = None if asked["category"] == "none" else asked["category"]
        rows = rows.filter(**{f"{category}__isnull": True} if one is None else {category: one})
    return rows


def chosen(of: str, part: str, conditions: dict[str, Q]) -> list[tuple[Q, bool]]:
    """The conditions of flows.py that make the figure, and whether each must hold."""
    came = (conditions["n_fresh"] | conditions["n_again"], True)
    counts = {"done": conditions["n_closed"], "same_day": conditions["n_same_day"]}
    if of in counts:
        base = came if of == "same_day" else (conditions["n_void"], False)
        return [base, *([(counts[of], part == YES)] if part else [])]
    if of in KINDS:
        return [came, (Q(group_kind=KINDS[of].value), True)]
    return [] if of == ALIVE else [came if of == "received" else (conditions[f"n_{of}"], True)]


def placed(rows: QuerySet[Any], asked: Asked, where: list[str], roots: dict[int, str]) -> QuerySet[Any]:
    """Rows of the area and of the repairs' field asked for; what is no repair's category is 未分类, as in the table."""
    if asked.get("area"):
        rows = located(rows, where).filter(area=asked["area"])
    if asked.get("field") == UNSORTED:
        rows = rows.filter(Q(group_category__isnull=True) | ~Q(group_category__in=list(roots)))
    elif asked.get("field"):
        rows = rows.filter(group_category__in=[pk for pk, name in roots.items() if name == asked["field"]])
    return rows


def matter_rows(asked: Asked, start: datetime, end: datetime) -> Tables:
    """The matters of [start, end) that `asked` speaks of."""
    tables = []
    where = areas_named() if asked.get("area") else []
    roots = fields() if asked.get("field") else {}
    # Coalesce keeps SQLite from walking the whole index on recorded_at only because it sorts.
    came = {CALL: Coalesce("recorded_at", "created_at"), ORDER: F("received")}
    for (rows, conditions), name in zip(matters(start, end), (CALL, ORDER), strict=True):
        rows = which(rows, chosen(asked["of"], asked["part"], conditions))
        rows = sorted_as(narrowed(rows, came[name], asked), "group_kind", "group_category", asked)
        rows = placed(rows, asked, where, roots)
        tables.append(Table(name, rows))
    return Tables(tuple(tables))


def short(at: datetime | None) -> str:
    """10-14 09:30 in Shanghai."""
    return f"{local(at):%m-%d %H:%M}" if at else "—"


def _rung(rings: int | None) -> str:
    return f"振铃 {rings} 声" if rings else "没有记振铃次数"


def _promised(due: datetime, replied: datetime | None) -> str:
    return f"承诺 {short(due)} 前，{f'{short(replied)} 回复' if replied else '没有回复'}"


def phone_rows(asked: Asked, start: datetime, end: datetime) -> Tables:
    """The calls behind 来电 and 三声接听率."""
    rows: QuerySet[Any] = Call.objects.filter(
        recorded_at__gte=start, recorded_at__lt=end, channel=Channel.PHONE
    )
    rows = rows.exclude(void_at__lt=end).order_by()
    if asked["of"] == "prompt":
        rows = rows.filter(rings__isnull=False)
        within = Q(rings__lte=PROMPT_RINGS)
        rows = rows.filter(within if asked["part"] == YES else ~within) if asked["part"] else rows
    rows = narrowed(rows, Coalesce("recorded_at", "created_at"), asked)
    return Tables((Table(CALL, sorted_as(rows, "kind", "category_id", asked), ("rings",), _rung),))


def reply_rows(asked: Asked, start: datetime, end: datetime) -> Tables:
    """The promises behind 按时回复率: of calls, and of the enquiries that took them over."""
    tables = []
    for rows, name, due, done in zip(
        promises(start, end),
        (CALL, BACK),
        ("reply_due_at", "due_at"),
        ("replied_at", "ended_at"),
        strict=True,
    ):
        met = rows.filter(met=int(asked["part"] == YES)) if asked["part"] else rows
        tables.append(Table(name, narrowed(met, F(due), asked), (due, done), _promised))
    return Tables(tuple(tables))
