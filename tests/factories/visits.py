"""Receptions in any state, walked there by the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from reception.core.ledger import writing
from reception.core.people.models import Department
from tests.core.hostile_files import pdf
from visits.models import Reception, Standard, Task, Tier
from visits.requests import actions, papers, settling
from visits.tasks import actions as task_actions

UNITS = {"meal": "元/人", "wine": "元/瓶", "tobacco": "元/盒", "lodging": "元/间·晚"}


def tier(code: str = "guest") -> Tier:
    """One of the four seeded tiers: vip, guest, business, regular."""
    return Tier.objects.get(code=code)


def set_standards(code: str = "guest", *, since: date = date(2026, 1, 1), **amounts: int | None) -> None:
    """Standards of a tier in 元, e.g. set_standards("guest", meal=150, lodging=420)."""
    for item, amount in amounts.items():
        Standard.objects.create(
            tier=tier(code),
            item=item,
            amount=None if amount is None else Decimal(amount),
            unit=UNITS[item],
            valid_from=since,
        )


def form(cast: SimpleNamespace, at: datetime, **over: Any) -> dict[str, Any]:
    """A complete 接待申请表: 远航重工集团 in ten days, proposed as 嘉宾级, hosted by 何志远."""
    arrive = over.get("arrive_at") or at + timedelta(days=10)
    values = {
        "nature": "business",
        "department": Department.objects.get(code="sales"),
        "customer_name": "远航重工集团",
        "contact_name": "陆远",
        "contact_title": "采购总监",
        "contact_phone": "13800001111",
        "headcount": 6,
        "purpose": "study",
        "subject": "供应商现场审核",
        "arrive_at": arrive,
        "leave_at": arrive + timedelta(hours=30),
        "transport": "高铁 G7182",
        "proposed_tier": tier(over.pop("tier", "guest")),
        "host": cast.vgm,
        "needs": ["pick", "room", "meal"],
    }
    return {**values, **over}


def make_draft(
    cast: SimpleNamespace,
    *,
    at: datetime,
    by: Any = None,
    guests: Any = (),
    lines: Any = (),
    rows: Any = None,
    **over: Any,
) -> Reception:
    """A draft of `by` (cast.sales) with a complete form; `over` replaces fields, `tier` by its code;
    公务 comes with its letter, unless `without_letter`."""
    bare = over.pop("without_letter", False)
    draft = actions.create_draft(
        by=by or cast.sales, at=at, fields=form(cast, at, **over), guests=guests, lines=lines, rows=rows
    )
    if draft.nature == "official" and not bare:
        papers.add(draft, letter(), role="letter", by=draft.applicant, at=at)
    return draft


def make_reception(
    cast: SimpleNamespace, status: str = "preparing", *, at: datetime, **over: Any
) -> Reception:
    """A reception in `status`. Its applicant is cast.sales, reviewed by cast.sales_head, decided by cast.gm."""
    reception = make_draft(cast, at=at, **over)
    for step in PATHS[status]:
        STEPS[step](reception, cast, at)
    assert reception.status == status
    return reception


def letter(name: str = "公函.pdf") -> SimpleUploadedFile:
    """A whole small PDF, as 公务 asks for (records §1.1.3)."""
    return SimpleUploadedFile(name, pdf(), "application/pdf")


def approve(reception: Reception, cast: SimpleNamespace, at: datetime, **over: Any) -> Reception:
    """Approval by cast.gm at the proposed tier."""
    return actions.approve(reception, **{"by": cast.gm, "at": at, "tier": reception.proposed_tier, **over})


def close_tasks(reception: Reception, cast: SimpleNamespace, at: datetime) -> None:
    """Every open task but 归档 finished, each by its assignee or the head of its department."""
    for task in reception.tasks.open().exclude(template__code="archive"):
        finish_task(task, at=at)


def finish_task(task: Task, *, at: datetime, by: Any = None) -> Task:
    """Finished by its assignee or the head of its department, with what its template asks for."""
    by = by or task.assignee or task.department.head
    return task_actions.finish(
        task, by=by, at=at, evidence=task.asked and "浙E·7K208，已确认", reason="按惯例办妥"
    )


def expense(**over: Any) -> dict[str, Any]:
    """One row of 接待清单: a lunch for four of us and six guests at 60 元 each, with its invoice."""
    values = {
        "spent_on": date(2026, 10, 31),
        "item": "meal",
        "meal": "lunch",
        "place": "公司食堂",
        "ours": 4,
        "theirs": 6,
        "quantity": 1,
        "amount": Decimal(600),
        "voucher": "PJ-0001",
    }
    return {**values, **over}


def settle(reception: Reception, *rows: dict[str, Any], at: datetime, **over: Any) -> Reception:
    """The applicant writes `rows` (none: one lunch) and hands the list in."""
    settling.spend(
        reception, by=reception.applicant, at=at, rows=rows or [expense(voucher=f"PJ-{reception.no[-4:]}")]
    )
    return actions.settle(reception, **{"by": reception.applicant, "at": at, **over})


STEPS: dict[str, Any] = {
    "submit": lambda r, c, at: actions.submit(r, by=r.applicant, at=at),
    "agree": lambda r, c, at: actions.agree(r, by=c.sales_head, at=at),
    "return_back": lambda r, c, at: actions.return_back(r, by=c.sales_head, at=at, reason="请补充行程"),
    "approve": approve,
    "reject": lambda r, c, at: actions.reject(r, by=c.gm, at=at, reason="时间与检修冲突"),
    "start": lambda r, c, at: actions.start(r, by=c.sales, at=at),
    "finish": lambda r, c, at: actions.finish(r, by=c.sales, at=at),
    "settle": lambda r, c, at: settle(r, at=at),
    "audit": lambda r, c, at: actions.audit(r, by=c.office, at=at),
    "tasks": close_tasks,
    "archive": lambda r, c, at: actions.archive(r, by=c.office, at=at),
    "cancel": lambda r, c, at: actions.cancel(r, by=c.sales, at=at, reason="客户改期"),
}
_PENDING = ("submit", "agree")
_PREPARING = (*_PENDING, "approve")
_SETTLING = (*_PREPARING, "start", "finish")
PATHS = {
    "draft": (),
    "review": ("submit",),
    "pending": _PENDING,
    "returned": ("submit", "return_back"),
    "rejected": (*_PENDING, "reject"),
    "preparing": _PREPARING,
    "receiving": (*_PREPARING, "start"),
    "settling": _SETTLING,
    "auditing": (*_SETTLING, "settle"),
    "closing": (*_SETTLING, "settle", "audit"),
    "archived": (*_SETTLING, "settle", "audit", "tasks", "archive"),
    "cancelled": ("cancel",),
}


def make_task(
    cast: SimpleNamespace, status: str = "todo", *, at: datetime, code: str = "room", **over: Any
) -> Task:
    """One task (of 综合部: `code` room) of a reception in preparation, in `status`."""
    reception = make_reception(cast, "preparing", at=at, **over)
    task = reception.tasks.get(template__code=code)
    head = task.department.head
    if status == "taken":
        task_actions.take(task, by=head, at=at)
    if status == "blocked":
        task_actions.block(task, by=head, at=at, reason="贵宾厅在检修")
    if status == "done":
        finish_task(task, by=head, at=at)
    if status == "dropped":
        task_actions.drop(task, by=head, at=at, reason="客户自行安排")
    return task


def stale(subject: Any) -> Any:
    """A second copy of the record as another page holds it."""
    return type(subject).objects.get(pk=subject.pk)


def inside() -> Any:
    """A transaction under the ledger's lock, for tests that call what runs inside an action."""
    return writing()
