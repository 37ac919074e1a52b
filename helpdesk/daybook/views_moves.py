"""Which form and which action belong to each move of a day."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.daybook import actions, forms
from helpdesk.daybook.models import Day
from helpdesk.daybook.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "take": Door(MoveForm, actions.take),
    "review": Door(forms.ReviewForm, actions.review),
    "give_back": Door(forms.BackForm, actions.give_back),
}


def move_items(
    day: Day, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `day` that `user` sees; its address takes the day instead of a number."""
    return items_of(PROCEDURE, DOORS, "helpdesk:day_move", day, user, at, bound, name)
