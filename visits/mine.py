"""What a person began, did and was sent in this wing: the other segments of 待办."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from reception.core.people.models import User
from reception.core.web.merging import Source
from reception.core.web.todo import Todo
from visits.models import Change, Copy, Promise, Reception, Task
from visits.requests.choices import Status
from visits.requests.views_words import TONES as STATES
from visits.requests.views_words import span

# Kinds of the ledger whose moves count as done, and the moves that count though they keep the state.
KINDS = ("visits.reception", "visits.change", "visits.task", "visits.promise")
STAYING = ("hand_on", "hand_back", "confirm_over", "keep")
# What follows from another step of the same person: tasks dropped with a cancellation fill pages.
FOLLOWING = ("drop",)
OVER = (Status.ARCHIVED, Status.REJECTED, Status.CANCELLED)
GLYPHS = {"warn": "t", "bad": "e", "ok": "v"}


def started(user: User) -> list[Source]:
    """我发起的: the receptions applied for, whatever became of them."""
    rows = Reception.objects.filter(applicant=user).for_list()
    return [Source(rows, "created_at", _began)]


def under_way(user: User) -> list[QuerySet]:
    """Those of them that are not over."""
    return [Reception.objects.filter(applicant=user).exclude(status__in=OVER)]


def copied(user: User) -> list[Source]:
    """抄送: what was sent to `user`, as far as they still may see it."""
    seen = Reception.objects.visible_to(user).values("pk")
    rows = Copy.objects.filter(to=user, reception__in=seen)
    return [Source(rows.select_related("reception", "sent_by"), "sent_at", _sent)]


def unread(user: User) -> QuerySet:
    """What was sent to `user` and not opened yet."""
    return Copy.objects.to_read(user)


def titles(user: User, at: datetime, kinds: dict[str, set[int]]) -> dict[tuple[str, int], Todo]:
    """(kind, id) → a line without state for what of the ledger's subjects `user` may see; one query a kind."""
    found: dict[tuple[str, int], Todo] = {}
    for kind, rows in (
        ("visits.reception", Reception.objects.visible_to(user, at)),
        ("visits.change", Change.objects.filter(reception__in=Reception.objects.visible_to(user, at).values("pk")).select_related("reception")),
        ("visits.task", Task.objects.visible_to(user).select_related("reception")),
        ("visits.promise", Promise.objects.visible_to(user)),
    ):  # fmt: skip
        if ids := kinds.get(kind):
            found |= {(kind, row.pk): line for row, line in _lines(kind, rows.filter(pk__in=ids))}
    return found


def _lines(kind: str, rows: Iterable) -> Iterable:
    """(row, line) of one kind."""
    glyph, tone = {"visits.reception": ("接", ""), "visits.change": ("变", "t"), "visits.task": ("任", "q"), "visits.promise": ("诺", "t")}[kind]  # fmt: skip
    for row in rows:
        title = (
            row.reception.title
            if kind == "visits.change"
            else row.duty
            if kind == "visits.task"
            else row.title
        )
        yield row, Todo(glyph, tone, title, row.no, row.get_absolute_url())


def _began(row: Reception) -> Todo:
    status = Status(row.status)
    url = f"{row.get_absolute_url()}edit/" if status == Status.DRAFT else row.get_absolute_url()
    tone = GLYPHS.get(STATES.get(status, ""), "q" if status in OVER else "")
    return Todo(
        "接", tone, row.title, f"{row.no}·{span(row.arrive_at, row.leave_at)}", url, state=status.label
    )


def _sent(copy: Copy) -> Todo:
    row = copy.reception
    read = copy.opened_at is not None
    why = "部门有任务" if copy.department_id else f"{copy.sent_by}抄送"
    return Todo(
        "抄",
        "q" if read else "",
        row.title,
        f"{row.no}·{why}",
        row.get_absolute_url(),
        state="" if read else "未阅",
    )
