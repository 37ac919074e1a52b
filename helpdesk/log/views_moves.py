"""Which form and which action belong to each move of a call."""

from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import Door, MoveItem
from helpdesk.cases.views_moves import move_items as items_of
from helpdesk.log import actions
from helpdesk.log.forms_moves import ConvertForm, ReplyForm
from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from reception.core.people.models import User

DOORS = {"reply_close": Door(ReplyForm, actions.reply_close), "convert": Door(ConvertForm, actions.convert)}


def move_items(
    call: Call, user: User, at: datetime, bound: MoveForm | None = None, name: str = ""
) -> list[MoveItem]:
    """The moves of `call` that `user` sees."""
    return items_of(PROCEDURE, DOORS, "helpdesk:call_move", call, user, at, bound, name)
