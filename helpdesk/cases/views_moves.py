"""Moves as forms on a page: which form and which action belong to each, shared by calls and orders."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from helpdesk.cases.forms import MoveForm
from reception.core.flow import Move
from reception.core.people.models import User
from reception.core.procedures import Procedure

CSS = {"primary": "btn-primary", "danger": "btn-danger"}


@dataclass(frozen=True)
class Door:
    """A move's form and its action."""

    form: type[MoveForm]
    run: Callable[..., Any]


@dataclass
class MoveItem:
    """One button on the page, or the sentence why not; `plain` needs nothing but the press."""

    move: Move
    refusal: str
    form: MoveForm
    url: str
    open: bool = False

    @property
    def plain(self) -> bool:
        """Nothing to fill in."""
        return not self.form.visible_fields() and self.form.rows is None

    @property
    def css(self) -> str:
        """Bootstrap's class for the move's tone."""
        return CSS.get(self.move.tone, "")


def move_items(
    procedure: Procedure,
    doors: Mapping[str, Door],
    url: str,
    obj: Any,
    user: User,
    at: datetime,
    bound: MoveForm | None = None,
    name: str = "",
) -> list[MoveItem]:
    """The moves of `obj` that `user` sees; the refused form `bound` of the move `name` stands open with its text.

    url: name of the address that makes a move, taking the number and the move.
    """
    items = []
    for choice in procedure.choices(obj, user, at):
        move, door = choice.move, doors.get(choice.move.name)
        if door is None:
            continue
        again = bound if bound is not None and move.name == name else None
        form = again or door.form(initial={"revision": obj.revision}, auto_id=f"id_{move.name}_%s")
        address = reverse(url, args=[obj.no, move.name])
        items.append(MoveItem(move, choice.refusal, form, address, again is not None))
    if bound is not None and not any(item.open for item in items):
        items.insert(0, kept(procedure.flow.moves[name], bound))
    return items


def kept(move: Move, bound: MoveForm) -> MoveItem:
    """A move that is no longer possible, with what was typed for it: nothing typed is ever lost."""
    sentences = [str(sentence) for found in bound.errors.values() for sentence in found]
    return MoveItem(move, sentences[0] if sentences else "", bound, "", open=True)
