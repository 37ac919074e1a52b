"""The applicant's own writing: drafts and changes, before anything is decided (A3.1a)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, events_of, next_no, record, touch
from reception.core.people.models import Department, User
from reception.core.people.roles import Can
from visits.arrangements.choices import Kind
from visits.arrangements.queries import Rows as Arranged
from visits.arrangements.writing import DERIVED, Values, budget, diners, replace
from visits.costs.models import CostLine
from visits.customers.models import Customer, tidy
from visits.guests.models import Guest
from visits.hosts.naming import recognise
from visits.profiles.models import profile_of
from visits.profiles.policies import owner_of
from visits.requests.choices import Need, Status
from visits.requests.models import Reception
from visits.requests.policies import check_edits
from visits.requests.snapshot import FIELDS

Rows = Sequence[Mapping[str, Any]]


@action
def create_draft(
    *,
    by: User,
    at: datetime,
    fields: Mapping[str, Any],
    guests: Rows = (),
    lines: Rows = (),
    rows: Values | None = None,
) -> Reception:
    """A new 草稿 of `by`, as empty as it may be. Raises Refused (forbidden, invalid).

    fields: any of snapshot.FIELDS (relations as objects); guests, lines: dicts of Guest's and
    CostLine's own columns, in order; rows: kind → dicts of that row's columns (visits.arrangements). The lines
    of meals and lodging follow from the rows.
    """
    if not by.may(Can.APPLY_RECEPTION):
        raise Refused("forbidden", "您的岗位不能填写接待申请，请联系责任部门的经办人。")
    values = {"applicant_phone": by.phone, "department": _department(fields, by), **_clean(fields)}
    _check_shape(values, guests)
    reception = Reception.objects.create(
        no=next_no("JD", at), created_at=at, created_by=by, applicant=by, **values
    )
    replace_rows(reception, guests, lines, rows)
    link_companions(reception)
    record(reception, "create", "新建申请", by=by, at=at)
    return reception


@action
def save_draft(reception: Reception, *, by: User, at: datetime, fields: Mapping[str, Any], guests: Rows | None = None,
               lines: Rows | None = None, rows: Values | None = None, expect: int | None = None) -> Reception:  # fmt: skip
    """Change a draft or returned form; None leaves the rows as they are. `expect` is the revision the
    page showed. Raises Refused (forbidden, state, stale, invalid)."""
    check_edits(reception, by)
    values = _clean(fields)
    _check_shape({"arrive_at": reception.arrive_at, "leave_at": reception.leave_at, **values}, guests or ())
    touch(reception, expect=expect, **values)
    replace_rows(reception, guests, lines, rows)
    if "companions" in values:
        link_companions(reception)
    _record_once(reception, by, at)
    return reception


def link_companions(reception: Reception) -> None:
    """Whom 陪同人员 names of ours becomes a companion who sees the reception, its briefing and its notices."""
    if reception.companions or reception.colleagues.exists():
        reception.colleagues.set(recognise(reception.companions).users)


def _department(fields: Mapping[str, Any], by: User) -> Department | None:
    """The responsible department of a new form: the one the rules name (A8.2), else the applicant's own."""
    return owner_of(profile_of(fields.get("nature", ""))) or by.department


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Only the form's own fields, tidied; the customer is found again by its exact name."""
    stray = set(fields) - set(FIELDS)
    if stray:
        raise TypeError(f"not on the form: {sorted(stray)}")
    values = dict(fields)
    if "department" in values and values["department"] is None:
        del values["department"]
    if "customer_name" in values:
        values["customer_name"] = tidy(values["customer_name"])
        values["customer"] = Customer.objects.filter(name=values["customer_name"]).first()
    if "needs" in values:
        values["needs"] = [need for need in Need.values if need in values["needs"]]
    return values


def _check_shape(values: Mapping[str, Any], guests: Rows) -> None:
    """What even a draft cannot be. Raises Refused("invalid")."""
    arrive, leave, headcount = values.get("arrive_at"), values.get("leave_at"), values.get("headcount")
    if arrive and leave and leave <= arrive:
        raise Refused("invalid", f"离开时间要晚于到达时间 {local(arrive):%Y-%m-%d %H:%M}。", field="leave_at")
    if headcount is not None and headcount < 1:
        raise Refused("invalid", "请填写来访人数，至少 1 人。", field="headcount")
    if sum(bool(row.get("is_leader")) for row in guests) > 1:
        raise Refused("invalid", "带队人只能有一位，请在名单里只勾选一人。", field="guests")
    if any(not tidy(row.get("name", "")) for row in guests):
        raise Refused("invalid", "名单里有一行没有姓名，请补上或删掉这一行。", field="guests")


def replace_rows(reception: Reception, guests: Rows | None, lines: Rows | None, rows: Values | None = None) -> None:  # fmt: skip
    """Replace the roster, the cost lines and the rows as a whole; None keeps them."""
    if guests is not None:
        reception.guests.all().delete()
        Guest.objects.bulk_create(
            Guest(reception=reception, order=order, **row) for order, row in enumerate(guests, 1)
        )
    if rows is not None:
        lines = _budgeted(reception, lines, replace(reception, rows))
    if lines is not None:
        reception.lines.all().delete()
        CostLine.objects.bulk_create(
            CostLine(reception=reception, order=order, **row) for order, row in enumerate(lines, 1)
        )


def _budgeted(reception: Reception, lines: Rows | None, rows: Arranged) -> Rows:
    """The lines that follow from the rows, and the others as they are; 陪餐人数 is that of the largest table."""
    if rows[Kind.MEAL]:
        reception.accompany = diners(rows)
        Reception.objects.filter(pk=reception.pk).update(accompany=reception.accompany)
    if lines is None:
        lines = list(reception.lines.values("item", "label", "quantity", "people", "unit_price", "on"))
    return [*budget(rows, reception.headcount), *(line for line in lines if line["item"] not in DERIVED)]


def _record_once(reception: Reception, by: User, at: datetime) -> None:
    """One 修改 a round on the timeline, not one for every autosave; a plain draft is nobody's business yet."""
    if reception.status != Status.RETURNED:
        return
    last = events_of(reception).last()
    if last is None or last.verb != "edit":
        record(reception, "edit", "修改", by=by, at=at)
