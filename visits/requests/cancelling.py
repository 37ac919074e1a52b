"""取消 with its consequences (records §1.2): before the approval the applicant alone; after it the applicant asks and
a leader confirms. Each action raises Refused; `expect` is the revision the page showed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.clock.periods import local
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import User
from visits.arrangements.actions import free_all
from visits.arrangements.queries import all_rows
from visits.arrangements.words import line
from visits.changes.closing import withdraw_open
from visits.costs.policies import sheet_of
from visits.requests.holding import let_go
from visits.requests.models import Reception
from visits.requests.people import concerns
from visits.requests.policies import PROCEDURE
from visits.resources import following
from visits.tasks.creating import drop_open
from visits.welcome.actions import follow as follow_welcome

NOT_ASKED: dict[str, Any] = {"cancel_asked_at": None, "cancel_asked_by": None, "cancel_reason": ""}
# The moves that are made on the page of the cancellation.
CANCELLING = ("cancel", "ask_cancel", "unask", "keep")
FRONT_DESK = ("clerk", "assistant")
INBOX = "/notices/"


@dataclass(frozen=True)
class Freed:
    """An arrangement in words; booker: who booked it and must call off the hotel or the driver, None when nobody did."""

    text: str
    booker: User | None


@dataclass(frozen=True)
class Consequences:
    """What a cancellation does: open tasks (department, duty), arrangements that are freed, the change under way,
    who is told, what it has cost so far (元, None without a list), promises that stay."""

    tasks: list[tuple[str, str]]
    rows: list[Freed]
    change: str
    people: list[str]
    spent: Decimal | None
    promises: int

    def as_detail(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        return {
            "tasks": [f"{department} {duty}" for department, duty in self.tasks],
            "rows": [row.text + (f"（{row.booker}联系退订）" if row.booker else "") for row in self.rows],
            "change": self.change,
            "people": self.people,
            "spent": self.spent,
        }


def consequences(reception: Reception) -> Consequences:
    """What cancelling it now would do; nothing is written."""
    tasks = reception.tasks.open().select_related("department").order_by("department_id", "due_at", "id")
    change = reception.changes.open().first()
    told = reception.tier_id and not reception.secret
    desk = list(User.objects.in_role(*FRONT_DESK)) if told else []
    people = [person for person in concerns(reception) if person.pk != reception.applicant_id]
    sheet = sheet_of(reception)
    return Consequences(
        tasks=[(task.department.name, task.duty) for task in tasks],
        rows=freed_rows(reception),
        change=str(change or ""),
        people=list(dict.fromkeys(str(person) for person in (*people, *desk))),
        spent=sheet.spent if sheet else None,
        promises=reception.customer.promises.open().count() if reception.customer else 0,
    )


def freed_rows(reception: Reception) -> list[Freed]:
    """The arrangements that still stand."""
    standing = [row for row in all_rows(reception) if row.freed_at is None]
    people = User.objects.in_bulk({row.booked_by_id for row in standing if row.booked_by_id})
    return [Freed(f"{row}：{line(row)}", people.get(row.booked_by_id)) for row in standing]


@action
def ask_cancel(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """申请取消 of an approved reception: everything goes on until a leader confirms."""
    fields: dict[str, Any] = {"cancel_asked_at": at, "cancel_asked_by": by, "cancel_reason": reason.strip()}
    PROCEDURE.run(reception, "ask_cancel", by=by, at=at, expect=expect, reason=reason, **fields)
    return reception


@action
def unask(reception: Reception, *, by: User, at: datetime, expect: int | None = None) -> Reception:
    """撤回取消申请 by the applicant."""
    PROCEDURE.run(reception, "unask", by=by, at=at, expect=expect, **NOT_ASKED)
    return reception


@action
def keep(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """不同意取消 by a leader: it goes on."""
    PROCEDURE.run(reception, "keep", by=by, at=at, expect=expect, reason=reason, **NOT_ASKED)
    return reception


@action
def cancel(
    reception: Reception, *, by: User, at: datetime, reason: str = "", expect: int | None = None
) -> Reception:
    """取消, with its reason (a leader who only confirms takes the applicant's): open tasks are dropped and their
    clocks stopped, the change under way is withdrawn, everybody concerned is told; costs and promises stay."""
    PROCEDURE.fresh(reception, "cancel", expect)
    PROCEDURE.check(reception, "cancel", by=by, at=at)
    words = reason.strip() or reception.cancel_reason
    found = consequences(reception)
    PROCEDURE.run(
        reception, "cancel", by=by, at=at, expect=expect, reason=words, detail=found.as_detail(), **let_go(reception)
    )  # fmt: skip
    drop_open(reception, by=by, at=at, reason=f"接待已取消：{words}")
    withdraw_open(reception, by=by, at=at, reason=f"接待已取消：{words}")
    free_all(reception, by=by, at=at)
    following.release(reception, by=by, at=at, reason="接待已取消")
    follow_welcome(reception, at=at)
    _tell_desk(reception, by, at)
    return reception


def _tell_desk(reception: Reception, by: User, at: datetime) -> None:
    """The front desk expects nobody any more; it cannot open the reception, so the line says all."""
    if not reception.tier_id or not reception.arrive_at or reception.secret:
        return
    title = f"{reception.title}取消，{local(reception.arrive_at):%m月%d日 %H:%M} 不来了（{reception.no}）"
    desk = User.objects.in_role(*FRONT_DESK)
    tell([person for person in desk if person.pk != by.pk], title=title, url=INBOX, at=at)
