"""What the briefing is made of; nothing is written here."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from reception.core.clock.periods import local
from reception.core.people.models import User
from visits.briefing.conduct import CONDUCT
from visits.briefing.models import Acknowledgement
from visits.briefing.people import concerned, is_concerned, own_tasks
from visits.briefing.policies import LIVE, sees_acknowledgements
from visits.customers.known import known_of
from visits.itinerary.views_page import days_of, items_of
from visits.models import Guest, Reception, Task
from visits.requests.views_words import ahead, host_line, span
from visits.tasks.choices import TaskStatus


def briefing(reception: Reception, user: User, at: datetime) -> dict[str, Any]:
    """Context of the page as `user` sees it at `at`."""
    prefetch_related_objects([reception], "colleagues")
    tasks = list(reception.tasks.for_board().select_related("department__head"))
    guests = list(reception.guests.all())
    acknowledged = list(
        reception.acknowledgements.filter(version=reception.version).select_related("user__department")
    )
    mine = next((row for row in acknowledged if row.user_id == user.pk), None)
    return {
        "reception": reception, "guests": guests, "conduct": CONDUCT, "mine": mine,
        "tier": reception.tier_now, "live": reception.status in LIVE,
        "time_line": span(reception.arrive_at, reception.leave_at), "host_line": host_line(reception),
        "countdown": ahead(reception.arrive_at, at) if reception.status in LIVE else "",
        "own": own_tasks(tasks, user), "plan": schedule(tasks), "days": days_of(items_of(reception), at), "care": care(guests),
        "known": known_of(reception.customer, user), "last": last_visit(reception, user),
        "asks": reception.status in LIVE and mine is None and is_concerned(reception, tasks, user),
        "read": readers(reception, tasks, acknowledged) if sees_acknowledgements(reception, user) else None,
        "organisation": settings.ORGANISATION.split("·")[0], "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
    }  # fmt: skip


def schedule(tasks: list[Task]) -> list[dict[str, str]]:
    """Who receives the guests: each department's duties that are not dropped, in the order of their due times."""
    lanes: dict[str, list[str]] = {}
    for task in tasks:
        if task.status != TaskStatus.DROPPED and task.template_id and task.due_at <= task.reception.leave_at:
            lanes.setdefault(task.department.name, []).append(task.duty)
    return [{"name": name, "duties": "、".join(dict.fromkeys(duties))} for name, duties in lanes.items()]


def care(guests: list[Guest]) -> list[str]:
    """陆远：不吃辣；轮椅, for those who need something."""
    return [
        f"{guest.name}：{'；'.join(filter(None, (guest.diet, guest.care)))}"
        for guest in guests
        if guest.diet or guest.care
    ]


def last_visit(reception: Reception, user: User) -> Reception | None:
    """The customer's visit before this one that took place, with its tier and host; not a secret one kept from `user`."""
    if not reception.customer_id or not reception.arrive_at:
        return None
    came = Reception.objects.discreet_for(user).filter(
        customer=reception.customer_id, started_at__isnull=False, arrive_at__lt=reception.arrive_at
    )
    return came.exclude(pk=reception.pk).select_related("tier", "host").order_by("-arrive_at", "-id").first()


def readers(reception: Reception, tasks: list[Task], acknowledged: list[Acknowledgement]) -> dict[str, Any]:
    """Who has acknowledged, and who of those concerned has not."""
    have = {row.user_id for row in acknowledged}
    return {
        "have": acknowledged,
        "missing": [person for person in concerned(reception, tasks) if person.pk not in have],
    }
