"""Keeping the register: people, their numbers, companies and what they rent. Every change stands in the ledger with
what it was; nobody and nothing is deleted, people move out and companies give up a unit (E5.2.1a, D4.3.3)."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from helpdesk.directory.choices import ResidentKind
from helpdesk.directory.companies import Company, Lease
from helpdesk.directory.models import Phone, Resident, Unit
from helpdesk.directory.policies import check_day, check_desk, check_keeper, check_number, check_person
from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from reception.core.spelling import sought, tidy

LABELS = {"name": "姓名", "title": "称呼", "kind": "身份", "company": "公司名称", "is_leader": "公司领导"}


@action
def add_resident(
    *, by: User, at: datetime, unit: Unit | None, name: str, title: str = "", kind: str = "", company: str = "",
    is_leader: bool = False, number: str = "",
) -> Resident:  # fmt: skip
    """登记住户: in a unit, or of a company; with a number. Raises Refused."""
    check_keeper(by)
    name, company, kind = tidy(name)[:40], tidy(company)[:80], kind or ResidentKind.OWNER
    check_person(name, kind, unit, company)
    if number.strip():
        check_number(number)
    here = Resident.objects.living().filter(unit=unit, name=name, company=company)
    if here.exists():
        raise Refused("invalid", f"{unit or company}已经有{name}，请直接修改。", field="name")
    one = Resident(
        unit=unit, name=name, title=tidy(title)[:8], kind=kind, company=company, is_leader=is_leader
    )
    one.firm = known_company(company, by=by, at=at)
    one.clean()
    one.save(force_insert=True)
    record(one, "record", "登记住户", by=by, at=at, detail={"unit": str(unit or ""), "name": str(one)})
    if number.strip():
        _write_number(one, number)
        record(one, "phone", "登记电话", by=by, at=at, detail={"电话": ["", number.strip()]})
    return one


@action
def change_resident(
    resident: Resident, *, by: User, at: datetime, expect: int | None = None, **fields: Any
) -> Resident:
    """修改住户: name, title, kind, company, is_leader; what is not given stays. Raises Refused."""
    check_keeper(by)
    given = {key: tidy(value) if isinstance(value, str) else value for key, value in fields.items()}
    now = {key: given.get(key, getattr(resident, key)) for key in LABELS}
    check_person(now["name"], now["kind"], resident.unit, now["company"])
    before = spoken(resident)
    touch(resident, expect=expect, **now, firm=known_company(now["company"], by=by, at=at),
          sought=sought(now["name"], now["company"]))  # fmt: skip
    after = spoken(resident)
    changes = {LABELS[key]: [before[key], after[key]] for key in LABELS if before[key] != after[key]}
    if changes:
        record(resident, "change", "修改住户", by=by, at=at, detail=changes)
    return resident


def spoken(resident: Resident) -> dict[str, str]:
    """What the ledger compares, in words."""
    return {
        "name": resident.name, "title": resident.title, "kind": ResidentKind(resident.kind).label,
        "company": resident.company, "is_leader": "是" if resident.is_leader else "否",
    }  # fmt: skip


@action
def move_out(
    resident: Resident, *, by: User, at: datetime, on: date | None = None, expect: int | None = None
) -> Resident:
    """登记搬出, as of a day (today unless said): no longer recognised by a number; the record stays. Raises Refused."""
    check_keeper(by)
    day = check_day(on, local(at).date(), "on", "搬出日期")
    if resident.moved_out_on:
        raise Refused("state", f"{resident}已于 {resident.moved_out_on:%Y-%m-%d} 搬出。")
    touch(resident, expect=expect, moved_out_on=day)
    record(resident, "move_out", "登记搬出", by=by, at=at, detail={"搬出日期": ["", day.isoformat()]})
    return resident


@action
def move_back(resident: Resident, *, by: User, at: datetime, expect: int | None = None) -> Resident:
    """撤销搬出: they live here after all, or again. Raises Refused."""
    check_keeper(by)
    if not resident.moved_out_on:
        raise Refused("state", f"{resident}没有搬出。")
    day = resident.moved_out_on.isoformat()
    touch(resident, expect=expect, moved_out_on=None)
    record(resident, "move_back", "撤销搬出", by=by, at=at, detail={"搬出日期": [day, ""]})
    return resident


@action
def add_number(
    resident: Resident, *, by: User, at: datetime, number: str, expect: int | None = None
) -> Phone:
    """登记电话. Raises Refused."""
    check_desk(by)
    check_number(number)
    touch(resident, expect=expect)
    phone = _write_number(resident, number)
    record(resident, "phone", "登记电话", by=by, at=at, detail={"电话": ["", phone.number]})
    return phone


@action
def correct_number(phone: Phone, *, by: User, at: datetime, number: str, expect: int | None = None) -> Phone:
    """更正电话: the old number stands in the ledger beside the new. expect: the resident's revision. Raises Refused."""
    check_desk(by)
    check_number(number)
    resident, old = phone.resident, phone.number
    touch(resident, expect=expect)
    if number.strip() != old:
        phone = _write_number(resident, number, phone)
        record(resident, "phone", "更正电话", by=by, at=at, detail={"电话": [old, phone.number]})
    return phone


@action
def drop_number(phone: Phone, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Resident:
    """停用电话: nobody is recognised by it any more; the ledger keeps it with the reason. Raises Refused."""
    check_desk(by)
    why = " ".join(reason.split())[:200]
    if not why:
        raise Refused("missing", "请写停用的原因，例如“换号”。", field="reason")
    resident = phone.resident
    touch(resident, expect=expect)
    record(resident, "phone", "停用电话", by=by, at=at, reason=why, detail={"电话": [phone.number, ""]})
    phone.delete()
    return resident


def _write_number(resident: Resident, number: str, phone: Phone | None = None) -> Phone:
    """Store one number of `resident`, a new row or `phone` itself. Raises Refused for one they have already."""
    row = phone or Phone(resident=resident)
    row.number = number.strip()[:32]
    row.clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused("invalid", f"{resident}已经有 {number.strip()} 这个号码。", field="number") from None
    return row


@action
def known_company(name: str, *, by: User | None, at: datetime) -> Company | None:
    """The record of a company by its name, made when it is new; None for no name."""
    name = tidy(name)
    if not name:
        return None
    firm = Company.objects.filter(name=name).first()
    if firm is None:
        firm = Company(name=name)
        firm.clean()
        firm.save(force_insert=True)
        record(firm, "record", "登记公司", by=by, at=at, reason=name)
    return firm


@action
def add_company(*, by: User, at: datetime, name: str, note: str = "") -> Company:
    """登记公司. Raises Refused."""
    check_keeper(by)
    if not tidy(name):
        raise Refused("missing", "请写公司名称。", field="name")
    if Company.objects.filter(name=tidy(name)).exists():
        raise Refused("invalid", f"已经有“{tidy(name)}”，不用再登记。", field="name")
    firm = known_company(name, by=by, at=at)
    assert firm is not None
    if note.strip():
        touch(firm, note=note.strip()[:200])
    return firm


@action
def change_company(
    company: Company, *, by: User, at: datetime, name: str, note: str = "", expect: int | None = None
) -> Company:
    """修改公司: its people are known by the new name from now on; records keep the name they were written with.
    Raises Refused."""
    check_keeper(by)
    name, note = tidy(name)[:80], note.strip()[:200]
    if not name:
        raise Refused("missing", "请写公司名称。", field="name")
    if Company.objects.filter(name=name).exclude(pk=company.pk).exists():
        raise Refused("invalid", f"另一家公司就叫“{name}”。", field="name")
    changes = {
        label: [old, new]
        for label, old, new in (("公司名称", company.name, name), ("备注", company.note, note))
        if old != new
    }
    touch(company, expect=expect, name=name, note=note, sought=sought(name))
    for one in company.people.all():
        Resident.objects.filter(pk=one.pk).update(company=name, sought=sought(one.name, name))
    if changes:
        record(company, "change", "修改公司", by=by, at=at, detail=changes)
    return company


@action
def rent(
    company: Company,
    *,
    by: User,
    at: datetime,
    unit: Unit,
    since: date | None = None,
    expect: int | None = None,
) -> Lease:
    """登记租用: the company rents the unit, since a day. Raises Refused."""
    check_keeper(by)
    if since is not None:
        check_day(since, local(at).date(), "since", "起租日期")
    if company.leases.filter(unit=unit, until__isnull=True).exists():
        raise Refused("invalid", f"{company}已经租着{unit}。", field="unit")
    touch(company, expect=expect)
    lease = Lease.objects.create(company=company, unit=unit, since=since)
    record(company, "rent", "登记租用", by=by, at=at, detail={"房号": ["", str(unit)]})
    return lease


@action
def give_up(
    lease: Lease, *, by: User, at: datetime, until: date | None = None, expect: int | None = None
) -> Lease:
    """登记退租, as of a day (today unless said). Raises Refused."""
    check_keeper(by)
    day = check_day(until, local(at).date(), "until", "退租日期")
    if lease.since and day < lease.since:
        raise Refused("invalid", "退租不能早于起租，请核对。", field="until")
    touch(lease.company, expect=expect)
    if not Lease.objects.filter(pk=lease.pk, until__isnull=True).update(until=day):
        raise Refused("state", f"{lease.company}已经退租{lease.unit}。")
    lease.until = day
    record(lease.company, "give_up", "登记退租", by=by, at=at, detail={"房号": [str(lease.unit), ""]})
    return lease
