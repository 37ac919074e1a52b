"""Which form and which action belong to each move of a report."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.handed import actions, forms
from helpdesk.handed.models import Submission
from helpdesk.handed.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "sign": Door(MoveForm, actions.sign),
    "review": Door(MoveForm, actions.review),
    "submit": Door(MoveForm, actions.submit),
    "receive": Door(MoveForm, actions.receive),
    "send_back": Door(forms.BackForm, actions.send_back),
    "give_back": Door(forms.BackForm, actions.give_back),
}


def move_items(
    found: Submission, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `found` that `user` sees; a refused form stands open with its text."""
    return items_of(PROCEDURE, DOORS, "helpdesk:handed_move", found, user, at, bound, name)
