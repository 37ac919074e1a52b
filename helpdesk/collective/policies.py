"""May this person make this move on this collective report now? (D4.4.4)"""

from datetime import datetime

from helpdesk.collective.flow import FLOW
from helpdesk.collective.models import Collective
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure


def check_all_called(collective: Collective, user: User | None, at: datetime) -> None:
    """Nobody on the list is forgotten. Raises Refused."""
    left = collective.size - collective.called
    if left:
        raise Refused("state", f"{collective} 还有 {left} 户没有回访，全部回访后才能结束。（D4.4.4）")


PROCEDURE = Procedure(
    FLOW,
    rules={"finish": (check_all_called,)},
    audiences={"managers": lambda collective: User.objects.in_role("manager", "director")},
)
