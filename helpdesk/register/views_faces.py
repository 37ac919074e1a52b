"""A person of the register as a page shows them: numbers whole for who answers the telephone, masked for others, and the
small forms that belong to each."""

from dataclasses import dataclass, field
from typing import Any

from helpdesk.cases.forms import MoveForm
from helpdesk.directory import actions
from helpdesk.directory.models import Phone, Resident
from helpdesk.register import forms
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.templatetags.core import masked

PEOPLE: dict[str, Any] = {
    "change": (forms.PersonForm, actions.change_resident, "已修改"),
    "number": (forms.NumberForm, actions.add_number, "已登记电话"),
    "out": (forms.OutForm, actions.move_out, "已登记搬出"),
    "back": (MoveForm, actions.move_back, "已撤销搬出"),
}
PHONES: dict[str, Any] = {
    "correct": (forms.NumberForm, actions.correct_number, "电话已更正"),
    "drop": (forms.DropForm, actions.drop_number, "电话已停用"),
}
OF_PERSON = ("name", "title", "kind", "company", "is_leader")


@dataclass(frozen=True)
class Bound:
    """A form that was refused: whose it is (p3-change, t7-correct) and what was typed."""

    key: str
    form: Any


@dataclass
class Item:
    """A small form and where it goes; open: it was refused and stands open."""

    form: Any
    url: str
    open: bool = False


@dataclass
class Face:
    """A person: phones as (shown, whole number or "" when masked, items by name); items: forms by name."""

    resident: Resident
    phones: list[tuple[str, str, dict[str, Item]]] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)


def sees_numbers(user: User) -> bool:
    """Whole numbers are for who answers the telephone and who keeps the register."""
    return user.may(Can.LOG_CALL) or user.may(Can.KEEP_REGISTER)


def faces(people: list[Resident], user: User, bound: Bound | None) -> list[Face]:
    """Everybody of `people` (phones prefetched) as this user may see and change them."""
    return [_face(one, user, bound) for one in people]


def _face(one: Resident, user: User, bound: Bound | None) -> Face:
    whole, found = sees_numbers(user), Face(one)
    for phone in one.phones.all():
        items = _items("t", phone.pk, PHONES, one, {"number": phone.number}, bound) if whole else {}
        shown = phone.number if whole else masked(phone.digits)
        found.phones.append((shown, phone.digits if whole else "", items))
    if whole:
        known = {name: getattr(one, name) for name in OF_PERSON}
        found.items = _items("p", one.pk, PEOPLE, one, known, bound)
    if not user.may(Can.KEEP_REGISTER):
        found.items = {name: item for name, item in found.items.items() if name == "number"}
    return found


def _items(
    mark: str, pk: int, doors: dict[str, Any], one: Resident, known: dict[str, Any], bound: Bound | None
) -> dict[str, Item]:
    """The forms of one person or number."""
    noun = {"p": "people", "t": "phones"}[mark]
    items = {}
    for name, (form, _, _) in doors.items():
        key = f"{mark}{pk}-{name}"
        again = bound is not None and bound.key == key
        start = {"revision": one.revision} | (known if name in ("change", "correct") else {})
        made = bound.form if bound and again else form(initial=start, auto_id=f"id_{key}_%s")
        items[name] = Item(made, f"/helpdesk/directory/{noun}/{pk}/{name}/", again)
    return items


def phone_of(pk: int) -> Any:
    """Numbers with their person and where they live."""
    return Phone.objects.filter(pk=pk).select_related("resident__unit__building", "resident__firm")
