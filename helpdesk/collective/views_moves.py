"""Which form and which action belong to each move of a collective report."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.collective import actions, forms
from helpdesk.collective.models import Collective
from helpdesk.collective.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "accept": Door(MoveForm, actions.accept),
    "dismiss": Door(forms.ReasonForm, actions.dismiss),
    "call_back": Door(forms.CallBackForm, actions.call_back),
    "finish": Door(MoveForm, actions.finish),
}


def move_items(
    found: Collective,
    user: User,
    at: datetime,
    bound: MoveForm | None = None,
    name: str = "",
    chosen: str = "",
) -> list[MoveItem]:
    """The moves of `found` that `user` sees; `chosen`: the household that was pressed on the list."""
    items = items_of(PROCEDURE, DOORS, "helpdesk:collective_move", found, user, at, bound, name)
    for item in items:
        if isinstance(item.form, forms.CallBackForm) and not item.form.is_bound:
            item.form.about(found, chosen if chosen.isdecimal() and len(chosen) < 18 else None)
            item.open = bool(chosen)
    return items
