"""Which form and which action belong to each move of an enquiry."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.enquiries import actions, forms
from helpdesk.enquiries.choices import VISIT
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "answer": Door(forms.AnswerForm, actions.answer),
    "promise": Door(forms.PromiseForm, actions.promise),
    "reply": Door(forms.AnswerForm, actions.reply),
    "hand": Door(forms.HandForm, actions.hand),
    "accept": Door(MoveForm, actions.accept),
    "advise": Door(forms.AdviseForm, actions.advise),
    "hand_back": Door(forms.ReasonForm, actions.hand_back),
    "withdraw": Door(forms.ReasonForm, actions.withdraw),
    "attempt": Door(forms.AttemptForm, actions.attempt),
    "rearrange": Door(forms.RearrangeForm, actions.rearrange),
    "notify": Door(MoveForm, actions.notify),
    "take": Door(MoveForm, actions.take),
    "close": Door(MoveForm, actions.close),
    "void": Door(VoidForm, actions.void),
}
OTHERS = ("accept", "advise", "hand_back", "take", "notify")


def move_items(
    enquiry: Enquiry, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `enquiry` that `user` sees; what is somebody else's turn, or done already, takes no room."""
    found = items_of(PROCEDURE, DOORS, "helpdesk:enquiry_move", enquiry, user, at, bound, name)
    for item in found:
        if isinstance(item.form, forms.EnquiryForm):
            item.form.about(enquiry)
    return [item for item in found if item.open or not aside(item, enquiry)]


def aside(item: MoveItem, enquiry: Enquiry) -> bool:
    """Somebody else's turn, done already, or only for whoever came in person (E5.2.2)."""
    if item.move.name == "notify" and enquiry.channel != VISIT:
        return True
    return bool(item.refusal) and item.move.name in OTHERS
