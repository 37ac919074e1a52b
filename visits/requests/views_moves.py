"""The keyword arguments behind a plain move."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from visits.requests.forms_decide import MoveForm

# Moves whose action takes words, and what it calls them.
WORDS = {"agree": "comment", "archive": "comment", "return_back": "reason", "reject": "reason", "withdraw": "reason",
         "cancel": "reason", "ask_cancel": "reason", "keep": "reason", "confirm_over": "comment", "audit": "comment", "send_back": "reason",
         "hand_back": "reason"}  # fmt: skip


def arguments(request: HttpRequest, form: MoveForm, move: str) -> dict[str, Any]:
    """Keyword arguments of the action behind a plain move."""
    words = {WORDS[move]: form.cleaned_data["reason"]} if move in WORDS else {}
    return {"by": request.user, "at": timezone.now(), "expect": form.seen, **words}
