"""Which form and which action belong to each move of a visitor's record."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.visitors import actions, forms
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "leave": Door(MoveForm, actions.leave),
    "guide": Door(forms.GuideForm, actions.guide),
    "void": Door(VoidForm, actions.void),
}


def move_items(
    visitor: Visitor, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `visitor` that `user` sees."""
    return items_of(PROCEDURE, DOORS, "helpdesk:visitor_move", visitor, user, at, bound, name)
