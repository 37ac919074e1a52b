"""What somebody wants to book, and for what: read from an address or a form, carried along from page to page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from reception.core.clock.periods import SHANGHAI, local
from reception.core.people.models import User
from reception.core.web.loaders import load
from visits.arrangements.models import MODELS
from visits.forms import LOCAL
from visits.models import Reception, Task
from visits.resources.choices import FOR_ROW, FOR_TASK, ResourceKind
from visits.resources.rows import people_of, times_of


@dataclass(frozen=True)
class Wish:
    """start, end: aware, None where nobody said; kinds: of resources, () for all; reception, task, row: for what."""

    start: datetime | None
    end: datetime | None
    people: int | None
    kinds: tuple[str, ...]
    purpose: str
    reception: Any = None
    task: Any = None
    row: Any = None

    @property
    def hidden(self) -> dict[str, str]:
        """What a form carries along unseen."""
        found = {
            "for": self.reception.no if self.reception else "",
            "task": str(self.task.pk) if self.task else "",
            "row": f"{self.row.KIND.value}-{self.row.pk}" if self.row else "",
        }
        return {key: value for key, value in found.items() if value}

    @property
    def tier(self) -> Any:
        """The level that the resource has to be for."""
        return self.reception.tier_now if self.reception else None

    def query(self, **over: Any) -> str:
        """The same as an address; `over` replaces parts."""
        values = {**self.hidden, "start": stamp(self.start), "end": stamp(self.end), "people": self.people or "",
                  "purpose": self.purpose, **over}  # fmt: skip
        return urlencode({key: value for key, value in values.items() if value})

    def back(self, user: User) -> str:
        """Where one came from: the task, the reception, else the board of that day."""
        if self.task:
            return self.task.get_absolute_url()
        if self.reception and Reception.objects.visible_to(user).filter(pk=self.reception.pk).exists():
            return f"{self.reception.get_absolute_url()}#resources"
        day = f"?on={local(self.start):%Y-%m-%d}" if self.start else ""
        return f"{reverse('visits:resource_board')}{day}"


def stamp(at: datetime | None) -> str:
    """As an input of type datetime-local writes it."""
    return f"{local(at):{LOCAL}}" if at else ""


def moment_of(text: str) -> datetime | None:
    """The moment of an address, in Shanghai; None for what is none."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    if at is None or not 2000 <= at.year < 2100:
        return None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def wish_of(request: HttpRequest, at: datetime) -> Wish:
    """Read from what came (POST, else GET); what is not said comes from the row, the task or the reception. A
    reception or task that is not for this person is 404."""
    asked = request.POST if request.method == "POST" else request.GET
    reception, task = _about(request.user, asked, at)
    row = _row(reception, asked.get("row", ""))
    start, end, people = _usual(reception, row)
    start = moment_of(asked.get("start", "")) or start
    end = moment_of(asked.get("end", "")) or (end if end and start and end > start else None)
    if start and not end:
        end = start + timedelta(hours=1)
    typed = asked.get("people", "")
    people = int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 5 else people
    purpose = " ".join(asked.get("purpose", "").replace("\x00", "").split())[:80]
    return Wish(start, end, people or None, _kinds(asked, task, row), purpose, reception, task, row)


def _about(user: User, asked: QueryDict, at: datetime) -> tuple[Any, Any]:
    """The reception and the task, as far as they are for `user`."""
    if key := asked.get("task", ""):
        if not (key.isascii() and key.isdecimal() and len(key) < 16):
            raise Http404("没有这项任务。")
        tasks = Task.objects.visible_to(user).select_related("template", "department", "reception__tier")
        task = load(tasks, pk=int(key))
        # A secret reception is not for whoever only has a task in it, but what it needs is.
        return Reception.objects.for_page().get(pk=task.reception_id), task
    if no := asked.get("for", ""):
        return load(Reception.objects.visible_to(user, at).for_page(), no=no), None
    return None, None


def _row(reception: Any, text: str) -> Any:
    """The row of the application that is to be booked."""
    kind, _, key = text.partition("-")
    if not text:
        return None
    if reception is None or kind not in MODELS or not (key.isascii() and key.isdecimal() and len(key) < 16):
        raise Http404("没有这项安排。")
    row: Any = load(MODELS[kind]._default_manager.filter(reception=reception), pk=int(key))
    row.reception = reception
    return row


def _usual(reception: Any, row: Any) -> tuple[datetime | None, datetime | None, int | None]:
    """When and for how many, where nobody said."""
    if row:
        return (*times_of(row), people_of(row))
    if reception and reception.arrive_at and reception.leave_at:
        end = min(reception.leave_at, reception.arrive_at + timedelta(hours=2))
        return reception.arrive_at, end, reception.headcount
    return None, None, None


def _kinds(asked: QueryDict, task: Any, row: Any) -> tuple[str, ...]:
    """What is looked for."""
    if asked.get("kind", "") in ResourceKind.values:
        return (str(asked["kind"]),)
    if row:
        return FOR_ROW[row.KIND.value]
    return FOR_TASK.get(task.template.code, ()) if task and task.template else ()
