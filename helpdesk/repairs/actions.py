"""What people do with a repair order, from the report to the customer's word (D4.4.1, E5.3): one door to all of it."""

from helpdesk.repairs.doing import arrive, finish, pause, work
from helpdesk.repairs.ending import (
    cancel,
    close,
    explain,
    force_close,
    link,
    mark_important,
    revisit,
    slip,
    void,
)
from helpdesk.repairs.opening import open_order
from helpdesk.repairs.sending import (
    acknowledge,
    dispatch,
    give_back,
    introduce,
    rearrange,
    reassign,
    receive,
    sign,
)

__all__ = [
    "acknowledge",
    "arrive",
    "cancel",
    "close",
    "dispatch",
    "explain",
    "finish",
    "force_close",
    "give_back",
    "introduce",
    "link",
    "mark_important",
    "open_order",
    "pause",
    "rearrange",
    "reassign",
    "receive",
    "revisit",
    "sign",
    "slip",
    "void",
    "work",
]
