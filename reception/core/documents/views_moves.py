"""Which form and which action belong to each move of a document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.documents import actions
from reception.core.documents.forms import MoveForm, PublishForm, ReasonForm
from reception.core.documents.models import Document
from reception.core.documents.policies import PROCEDURE
from reception.core.flow import Move
from reception.core.people.models import User


@dataclass(frozen=True)
class Door:
    """A move's form and its action."""

    form: type[MoveForm]
    run: Callable[..., Any]


DOORS = {
    "publish": Door(PublishForm, actions.publish),
    "remind": Door(MoveForm, actions.remind),
    "withdraw": Door(ReasonForm, actions.withdraw),
}


@dataclass(frozen=True)
class Item:
    """One button, or the sentence why not; open: its form was refused and stands open."""

    move: Move
    refusal: str
    form: MoveForm
    url: str
    open: bool = False

    @property
    def plain(self) -> bool:
        """Nothing to fill in."""
        return not self.form.visible_fields()


def move_items(document: Document, user: User, at: datetime, bound: Any = None, name: str = "") -> list[Item]:
    """The moves of `document` that `user` sees; the refused form `bound` of the move `name` stands open."""
    items = []
    for choice in PROCEDURE.choices(document, user, at):
        move, again = choice.move, choice.move.name == name
        form = (
            bound
            if again
            else DOORS[move.name].form(initial={"revision": document.revision}, auto_id=f"id_{move.name}_%s")
        )
        items.append(Item(move, choice.refusal, form, f"{document.get_absolute_url()}{move.name}/", again))
    return items
