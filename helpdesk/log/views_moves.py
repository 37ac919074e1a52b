"""Which form and which action belong to each move of a call."""

from datetime import datetime

from helpdesk.cases.choices import Kind
from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.cases.voiding import VoidForm
from helpdesk.log import actions
from helpdesk.log.choices import Status
from helpdesk.log.forms_moves import (
    ComplainForm,
    ConvertForm,
    ConvertPlaceForm,
    EnquireContactForm,
    JoinForm,
    PraiseForm,
    PutThroughForm,
    ReplyForm,
)
from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from reception.core.people.models import User


def doors(call: Call) -> dict[str, Door]:
    """The form and action of each move of `call`; becoming an order asks for the address when none was noted,
    a promised call back for a number."""
    homeless = call.status == Status.OPEN and not (call.unit_id or call.place)
    convert = ConvertPlaceForm if homeless else ConvertForm
    unreachable = call.status == Status.OPEN and call.reply_due_at and not call.number
    enquire = EnquireContactForm if unreachable else ConvertForm
    return {
        "reply_close": Door(ReplyForm, actions.reply_close),
        "convert": Door(convert, actions.convert),
        "join": Door(JoinForm, actions.join),
        "complain": Door(ComplainForm, actions.complain),
        "enquire": Door(enquire, actions.enquire),
        "alarm": Door(ConvertForm, actions.alarm),
        "void": Door(VoidForm, actions.void),
        "hand_on": Door(HAND_ON.get(call.kind, ConvertForm), actions.hand_on),
    }


# What a matter must know beside what the call carries.
HAND_ON: dict[str, type[MoveForm]] = {Kind.PRAISE: PraiseForm, Kind.TRANSFER: PutThroughForm}


def move_items(
    call: Call, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `call` that `user` sees."""
    return items_of(PROCEDURE, doors(call), "helpdesk:call_move", call, user, at, bound, name)
