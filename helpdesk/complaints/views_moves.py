"""Which form and which action belong to each move of a complaint."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.complaints import actions, forms
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {
    "verify": Door(forms.VerifyForm, actions.verify),
    "confirm": Door(forms.ConfirmForm, actions.confirm),
    "send": Door(MoveForm, actions.send),
    "settle": Door(MoveForm, actions.settle),
    "sign": Door(MoveForm, actions.sign),
    "work": Door(MoveForm, actions.work),
    "finish": Door(forms.FinishForm, actions.finish),
    "feedback": Door(forms.FeedbackForm, actions.feedback),
    "close": Door(MoveForm, actions.close),
    "void": Door(VoidForm, actions.void),
}


def move_items(
    complaint: Complaint, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `complaint` that `user` sees; what the investigator found stands in the signer's form."""
    found = items_of(PROCEDURE, DOORS, "helpdesk:complaint_move", complaint, user, at, bound, name)
    for item in found:
        if isinstance(item.form, forms.ConfirmForm):
            item.form.about(complaint)
    return found
