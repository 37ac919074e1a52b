"""Which form and which action belong to each move of an order."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.repairs import actions, forms
from helpdesk.repairs.models import Repair
from helpdesk.repairs.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "dispatch": Door(forms.DispatchForm, actions.dispatch),
    "acknowledge": Door(MoveForm, actions.acknowledge),
    "arrive": Door(MoveForm, actions.arrive),
    "work": Door(MoveForm, actions.work),
    "pause": Door(forms.PauseForm, actions.pause),
    "finish": Door(forms.FinishForm, actions.finish),
    "sign": Door(MoveForm, actions.sign),
    "give_back": Door(forms.ReasonForm, actions.give_back),
    "introduce": Door(MoveForm, actions.introduce),
    "receive": Door(MoveForm, actions.receive),
    "explain": Door(forms.ExplainForm, actions.explain),
    "link": Door(forms.LinkForm, actions.link),
    "slip": Door(forms.SlipForm, actions.slip),
    "revisit": Door(forms.RevisitForm, actions.revisit),
    "close": Door(forms.CloseForm, actions.close),
    "reassign": Door(forms.ReassignForm, actions.reassign),
    "rearrange": Door(forms.RearrangeForm, actions.rearrange),
    "mark_important": Door(forms.ReasonForm, actions.mark_important),
    "cancel": Door(forms.ReasonForm, actions.cancel),
    "force_close": Door(forms.ReasonForm, actions.force_close),
    "void": Door(VoidForm, actions.void),
}


# What is not asked for now is not offered either: no sentence is needed why nobody was introduced.
QUIET = frozenset({"sign", "introduce", "receive", "link"})


def move_items(
    order: Repair, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `order` that `user` sees."""
    items = items_of(PROCEDURE, DOORS, "helpdesk:repair_move", order, user, at, bound, name)
    return [item for item in items if item.open or not item.refusal or item.move.name not in QUIET]
