"""The books: which records stand in each, and since when (D6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from helpdesk.books import columns as heads
from helpdesk.books import rows as lines
from helpdesk.cases.voiding import VOID
from helpdesk.complaints.models import Complaint
from helpdesk.corrections.sheets import with_corrections
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.choices import Channel
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Repair
from helpdesk.visitors.models import Visitor
from reception.core.people.models import User
from reception.core.sheets import Column

MOST = 2000  # rows of one book: more than that is printed day by day
Entry = tuple[tuple[object, ...], str, bool]  # values, who corrected what, struck out


@dataclass(frozen=True)
class Source:
    """Records of one table. rows: what a person may see; since: the column it is entered by; cells: as columns;
    places: heading → the field that may be corrected there."""

    rows: Callable[[User], QuerySet[Any]]
    since: str
    cells: Callable[[list[Any]], Iterable[tuple[object, ...]]]
    places: Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """One book. key: in its address; url: the list of the same records."""

    key: str
    title: str
    columns: tuple[Column, ...]
    sources: tuple[Source, ...]
    url: str

    def entries(self, bounds: tuple[datetime, datetime], user: User, most: int | None = None) -> list[Entry]:
        """What was entered in [start, end) of `bounds`, oldest first, as `user` may see it; no more than `most`.
        Two queries a source, and one for every 500 records."""
        found = [entry for source in self.sources for entry in _of(source, self.columns, bounds, user, most)]
        return [entry for _, entry in sorted(found, key=itemgetter(0))][:most]


def _of(
    source: Source,
    columns: tuple[Column, ...],
    bounds: tuple[datetime, datetime],
    user: User,
    most: int | None,
) -> Iterator[tuple[tuple[datetime, int], Entry]]:
    """The entries of one table with what orders them."""
    start, end = bounds
    rows = source.rows(user).filter(**{f"{source.since}__gte": start, f"{source.since}__lt": end})
    records = list(islice(rows.order_by(source.since, "pk").iterator(500), most))
    marked = with_corrections(records, source.cells, columns, source.places, user)
    for one, (*cells, note) in zip(records, marked, strict=True):
        yield (getattr(one, source.since), one.pk), (tuple(cells), str(note), one.status == VOID)


def _calls(channel: str) -> Callable[[User], QuerySet[Any]]:
    return lambda user: Call.objects.filter(channel=channel).select_related("category__parent")


CALL = {"来电人": "caller_name", "电话": "number", "单位、地址": "place", "事由": "content", "来电时间": "recorded_at", "振铃": "rings"}  # fmt: skip
VISIT = {"来访人": "caller_name", "单位、房号": "place", "事由": "content", "到达": "recorded_at"}
VISITOR = {"到达": "came_at", "来访人": "name", "人数": "people", "单位、房号": "company", "被访人": "host", "事由": "purpose", "离开": "left_at"}  # fmt: skip
ENQUIRY = {
    "查询人": "customer",
    "电话": "phone",
    "单位、房号": "place",
    "查询内容": "content",
    "答复内容": "answer",
}
REPAIR = {
    "地址": "place",
    "报修人、电话": "reporter",
    "报修内容": "content",
    "类别": "category",
    "措施": "measures",
}
COMPLAINT = {"投诉人、电话": "customer", "房号单位": "place", "投诉内容": "content", "处理情况": "measures", "顾客意见": "opinion_words"}  # fmt: skip
EMERGENCY = {"类别": "category", "等级": "grade", "地点": "place", "情况": "content", "已采取措施": "measures", "处理结果": "result"}  # fmt: skip
MATTER = {"反映人、电话": "reporter", "房号单位": "place", "内容": "content", "办理结果": "result"}

BOOKS = {
    book.key: book
    for book in (
        Book("calls", "电话记录", heads.CALLS, (Source(_calls(Channel.PHONE), "recorded_at", lines.call_cells, CALL),), "helpdesk:call_list"),
        Book("visits", "顾客接待记录", heads.VISITS, (
            Source(_calls(Channel.VISIT), "recorded_at", lines.visit_cells, VISIT),
            Source(lambda user: Visitor.objects.visible_to(user).select_related("host", "department"), "created_at", lines.visitor_cells, VISITOR),
        ), "helpdesk:visitor_list"),
        Book("enquiries", "信息接待记录", heads.ENQUIRIES, (
            Source(lambda user: Enquiry.objects.visible_to(user).select_related("replied_by"), "created_at", lines.enquiry_cells, ENQUIRY),
        ), "helpdesk:enquiry_list"),
        Book("repairs", "维修记录", heads.REPAIRS, (
            Source(lambda user: Repair.objects.visible_to(user).select_related("category__parent", "repairer"), "created_at", lines.repair_cells, REPAIR),
        ), "helpdesk:repair_list"),
        Book("complaints", "顾客投诉处理记录", heads.COMPLAINTS, (
            Source(lambda user: Complaint.objects.visible_to(user).select_related("department"), "created_at", lines.complaint_cells, COMPLAINT),
        ), "helpdesk:complaint_list"),
        Book("emergencies", "突发事件、重要问题记录", heads.EMERGENCIES, (
            Source(lambda user: Emergency.objects.visible_to(user).select_related("category__parent"), "created_at", lines.emergency_cells, EMERGENCY),
        ), "helpdesk:emergency_list"),
        Book("matters", "其他问题处理记录", heads.MATTERS, (
            Source(lambda user: Matter.objects.visible_to(user).select_related("category__parent", "department", "worker"), "created_at", lines.matter_cells, MATTER),
        ), "helpdesk:matter_list"),
    )
}  # fmt: skip
