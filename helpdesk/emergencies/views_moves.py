"""Which form and which action belong to each move of an emergency."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.emergencies import actions, forms
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "acknowledge": Door(forms.AcknowledgeForm, actions.acknowledge),
    "answer": Door(forms.AnswerForm, actions.answer),
    "handle": Door(forms.HandleForm, actions.handle),
    "control": Door(forms.ControlForm, actions.control),
    "write": Door(forms.WriteForm, actions.write),
    "prevent": Door(forms.PreventForm, actions.prevent),
    "review": Door(forms.ReviewForm, actions.review),
    "close": Door(forms.CloseForm, actions.close),
    "note": Door(forms.NoteForm, actions.note),
    "tick": Door(forms.TickForm, actions.tick),
    "outside": Door(forms.OutsideForm, actions.outside),
    "instruct": Door(forms.InstructForm, actions.instruct),
    "amend": Door(forms.AmendForm, actions.amend),
    "send_back": Door(forms.ReasonForm, actions.send_back),
    "refuse": Door(forms.ReasonForm, actions.refuse),
    "void": Door(VoidForm, actions.void),
}
# Moves with a place of their own on the page.
APART = ("acknowledge", "note", "tick", "outside", "answer")
# What is known already stands in the fields of these.
FILLED = {
    "control": ("measures", "place"),
    "amend": ("category", "grade", "place", "casualties", "losses"),
    "write": ("category", "grade", "casualties", "losses", "story", "result"),
    "prevent": ("prevention",),
}


def move_items(
    emergency: Emergency, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> dict[str, MoveItem]:
    """The moves of `emergency` that `user` sees, by name; the fields hold what is known."""
    found = items_of(PROCEDURE, DOORS, "helpdesk:emergency_move", emergency, user, at, bound, name)
    for item in found:
        if isinstance(item.form, forms.OfEmergency):
            item.form.about(emergency)
        for field in FILLED.get(item.move.name, ()):
            if not item.form.is_bound:
                item.form.initial[field] = getattr(emergency, field)
    return {item.move.name: item for item in found}
