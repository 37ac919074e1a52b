"""Which form and which action belong to each move of a matter."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.matters import actions, forms
from helpdesk.matters.models import Matter
from helpdesk.matters.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "assign": Door(forms.AssignForm, actions.assign),
    "settle": Door(forms.ResultForm, actions.settle),
    "sign": Door(MoveForm, actions.sign),
    "note": Door(forms.NoteForm, actions.note),
    "finish": Door(forms.ResultForm, actions.finish),
    "send_back": Door(forms.ReasonForm, actions.send_back),
    "reassign": Door(forms.ReassignForm, actions.reassign),
    "postpone": Door(forms.PostponeForm, actions.postpone),
    "feedback": Door(forms.FeedbackForm, actions.feedback),
    "close": Door(MoveForm, actions.close),
    "void": Door(VoidForm, actions.void),
}


def move_items(
    matter: Matter, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `matter` that `user` sees; only a suggestion is asked for a verdict."""
    found = items_of(PROCEDURE, DOORS, "helpdesk:matter_move", matter, user, at, bound, name)
    for item in found:
        if isinstance(item.form, forms.ResultForm) and not item.form.is_bound:
            item.form.about(matter)
    return found
