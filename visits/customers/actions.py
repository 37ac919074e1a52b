"""What is written about customers and their people. Each raises Refused; events stand in the ledger under the customer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from reception.core.spelling import sought, sound, tidy
from visits.customers.choices import CustomerKind
from visits.customers.models import Contact, Customer, Preference
from visits.customers.policies import check_registers, check_writes

OWN = ("name", "kind", "address", "note")


@action
def meet(name: str, *, by: User, at: datetime, contact: Mapping[str, str]) -> Customer:
    """The customer a submitted application names, made when it is new; its contact (name, title, phone) is
    remembered for the next time. What is already known is not made empty."""
    customer = Customer.objects.filter(name=tidy(name)).first()
    if customer is None:
        customer = _create({"name": name}, by, at, "随接待申请建立")
    learn_contact(customer, contact)
    return customer


@action
def add_customer(*, by: User | None, at: datetime, fields: Mapping[str, Any], contact: Mapping[str, str] | None = None,
                 why: str = "") -> Customer:  # fmt: skip
    """Register a customer by hand or from a workbook. fields: name, kind, address, note. by None is the command."""
    check_registers(by)
    if Customer.objects.filter(name=tidy(fields.get("name", ""))).exists():
        raise Refused("invalid", f"已经有“{tidy(fields['name'])}”了，请直接在那一页补充。", field="name")
    customer = _create(fields, by, at, why)
    if contact:
        learn_contact(customer, contact)
    return customer


def _create(fields: Mapping[str, Any], by: User | None, at: datetime, why: str) -> Customer:
    values = _clean(fields)
    name = values["name"]
    customer = Customer.objects.create(**values, sound=sound(name), sought=sought(name))
    record(customer, "create", "建立客户", by=by, at=at, reason=why, detail={"name": name})
    return customer


def _clean(fields: Mapping[str, Any]) -> dict[str, str]:
    """Only the customer's own columns, tidied. Raises Refused for a missing name or an unknown kind."""
    values = {key: fields[key].strip() for key in OWN if key in fields}
    if "name" in values:
        values["name"] = tidy(values["name"])
        if not values["name"]:
            raise Refused("missing", "请填写单位名称。", field="name")
    if values.get("kind", CustomerKind.BUYER) not in CustomerKind.values:
        raise Refused("invalid", "请选择客户类别。", field="kind")
    return values


@action
def change_customer(customer: Customer, *, by: User | None, at: datetime, fields: Mapping[str, Any],
                    expect: int | None = None, why: str = "") -> Customer:  # fmt: skip
    """Change name, kind, address or note; the event holds what was and what is. Receptions keep the name they had."""
    check_registers(by) if by is None else check_writes(customer, by)
    values = _clean(fields)
    changed = {
        key: (getattr(customer, key), value)
        for key, value in values.items()
        if getattr(customer, key) != value
    }
    if not changed:
        return customer
    if "name" in changed and Customer.objects.filter(name=values["name"]).exclude(pk=customer.pk).exists():
        raise Refused("invalid", f"已经有另一家“{values['name']}”了，名称不能相同。", field="name")
    touch(customer, expect=expect, **values)
    refresh(customer)
    record(
        customer,
        "edit",
        "修改客户资料",
        by=by,
        at=at,
        reason=why,
        detail={key: list(pair) for key, pair in changed.items()},
    )
    return customer


def refresh(customer: Customer) -> None:
    """Write how the customer is found and where it stands in a list; called whenever a name changed."""
    people = customer.contacts.values_list("name", flat=True)
    customer.sound, customer.sought = sound(customer.name), sought(customer.name, *people)
    Customer.objects.filter(pk=customer.pk).update(sound=customer.sound, sought=customer.sought)


def learn_contact(customer: Customer, contact: Mapping[str, str]) -> bool:
    """Keep what is said of a person, inside an action; what is not said stays. True when the person is new."""
    name = tidy(contact.get("name", ""))
    if not name:
        return False
    known = {key: contact.get(key, "").strip() for key in ("title", "phone")}
    said = {key: value for key, value in known.items() if value}
    _, new = Contact.objects.update_or_create(customer=customer, name=name, defaults=said)
    if new or not customer.sought:
        refresh(customer)
    return new


@action
def keep_contact(
    customer: Customer, *, by: User, at: datetime, name: str, title: str = "", phone: str = ""
) -> Contact:
    """Add a person of the customer, or correct the title and phone of one known by that name."""
    check_writes(customer, by)
    if not tidy(name):
        raise Refused("missing", "请填写联系人姓名。", field="name")
    new = learn_contact(customer, {"name": name, "title": title, "phone": phone})
    label = "登记联系人" if new else "更新联系人"
    # Phone numbers stay out of the ledger: it can never be corrected.
    record(customer, "contact", label, by=by, at=at, detail={"name": tidy(name), "title": title.strip()})
    return customer.contacts.get(name=tidy(name))


@action
def note_preference(
    customer: Customer, *, by: User, at: datetime, kind: str, text: str, who: str = ""
) -> Preference:
    """Remember what they like or must not get; `who` when it is one person's."""
    check_writes(customer, by)
    values = {"kind": kind, "who": tidy(who), "text": tidy(text)}
    if not values["text"]:
        raise Refused("missing", "请写明喜好的内容。", field="text")
    if customer.preferences.in_force().filter(**values).exists():
        raise Refused("invalid", "这一条已经登记过了，不用再记。", field="text")
    row = Preference.objects.create(customer=customer, created_at=at, created_by=by, **values)
    record(customer, "prefer", "登记喜好", by=by, at=at, detail={"kind": row.get_kind_display(), **values})
    return row


@action
def end_preference(preference: Preference, *, by: User, at: datetime) -> Preference:
    """It no longer holds; the row stays with who ended it and when."""
    check_writes(preference.customer, by)
    if not Preference.objects.in_force().filter(pk=preference.pk).update(ended_at=at, ended_by=by):
        raise Refused("state", "这一条已经停用了，请刷新看最新内容。")
    preference.ended_at, preference.ended_by = at, by
    record(preference.customer, "prefer_end", "停用喜好", by=by, at=at, detail={"text": str(preference)})
    return preference


@action
def corrected(customer: Customer, *, by: User, at: datetime, fields: list[str]) -> None:
    """Written by an administrator in the admin, with its people: how it is found follows, and the ledger says so."""
    refresh(customer)
    record(customer, "edit", "后台修改客户资料", by=by, at=at, detail={"fields": fields})
