"""What stands in a person's calendar: their receptions and their tasks."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from reception.core.people.models import User
from visits.briefing.ical import Entry
from visits.models import Item, Reception, Task
from visits.requests.choices import APPROVED
from visits.requests.views_words import guests_line, host_line

BACK = timedelta(days=60)
MOST = 300


def entries(user: User, at: datetime, root: str) -> list[Entry]:
    """Approved receptions that `user` applied for, hosts, accompanies or has a task in, with their itineraries, and their open tasks; from BACK before `at`.
    `root` is the address of the house without its last slash."""
    working = Task.objects.filter(assignee=user).values("reception_id")
    mine = Q(applicant=user) | Q(host=user) | Q(pk__in=working) | Q(pk__in=user.accompanies.values("pk"))
    found = Reception.objects.visible_to(user).filter(mine, status__in=APPROVED, leave_at__gte=at - BACK)
    visits = list(found.select_related("host__position", "tier").order_by("arrive_at", "pk")[:MOST])
    tasks = Task.objects.visible_to(user).open().filter(assignee=user, due_at__gte=at - BACK)
    tasks = tasks.select_related("reception", "department").order_by("due_at", "pk")[:MOST]
    items = Item.objects.filter(itinerary__reception__in=[row.pk for row in visits])
    items = items.select_related("itinerary__reception", "department", "person").order_by("start", "pk")[
        :MOST
    ]
    return [
        *(_visit(row, root) for row in visits),
        *(_task(row, root) for row in tasks),
        *(_item(row, root) for row in items),
    ]


def _visit(row: Any, root: str) -> Entry:
    """From arrival to departure."""
    text = f"{row.tier or '未定级'}·{guests_line(row)}\n主陪：{host_line(row)}\n{row.no}"
    address = f"{root}{row.get_absolute_url()}briefing/"
    return Entry(
        f"{row.no}@yinghou", f"接待 {row.title}", row.arrive_at, row.leave_at, text=text, url=address
    )


def _item(row: Any, root: str) -> Entry:
    """One row of the itinerary of such a reception."""
    reception = row.itinerary.reception
    who = "·".join(str(part) for part in (row.department, row.person) if part)
    text = "\n".join(filter(None, (reception.title, who, row.note)))
    address = f"{root}{reception.get_absolute_url()}itinerary/"
    uid = f"{reception.no}-item-{row.pk}@yinghou"
    return Entry(uid, row.what, row.start, row.end, place=row.place, text=text, url=address)


def _task(row: Any, root: str) -> Entry:
    """The moment until which it is to be done."""
    text = f"{row.reception.title}\n{row.department}·{row.get_status_display()}\n{row.no}"
    return Entry(
        f"{row.no}@yinghou", f"时限 {row.duty}", row.due_at, text=text, url=f"{root}{row.get_absolute_url()}"
    )
