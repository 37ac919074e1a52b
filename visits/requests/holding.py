"""Who holds a request that was handed on: set by 转交, gone with every move that ends the waiting."""

from typing import Any

from visits.requests.models import Reception

NOBODY: dict[str, Any] = dict.fromkeys(("holder", "held_at", "held_by"))


def let_go(reception: Reception) -> dict[str, Any]:
    """The columns to blank with a move out of 待领导审批."""
    return NOBODY if reception.holder_id else {}
