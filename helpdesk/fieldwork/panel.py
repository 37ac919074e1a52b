"""The order's page: the pictures from the spot, the signature, and each step's two times (records §2 维修单)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.fieldwork.choices import NOTE, Role
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.policies import MINUTE
from helpdesk.fieldwork.telling import site_words
from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.flow import FLOW
from helpdesk.repairs.models import Repair
from reception.core.files.models import Attachment
from reception.core.people.models import User
from reception.core.people.roles import Can

ROLES = (Role.BEFORE, Role.AFTER, Role.SCENE, Role.ABSENT)


@dataclass(frozen=True)
class Row:
    """One step: its name, the words about its two times, and whether this person may accept the one on the spot."""

    step: FieldStep
    label: str
    words: str
    acceptable: bool


@dataclass(frozen=True)
class Panel:
    """Pictures, those before the repair first; the signature drawn on the phone; an arrival whose two times differ;
    notes. may_link: give the link out; own: the order is in this person's hand."""

    shots: list[Attachment]
    signature: Attachment | None
    rows: list[Row]
    notes: list[FieldStep]
    may_link: bool
    own: bool

    @property
    def shown(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.shots or self.signature or self.rows or self.notes or self.may_link or self.own)


def panel(order: Repair, user: User, at: datetime) -> dict[str, Any]:
    """The context of the field's part of the order's page; two queries, none before its first move."""
    if not order.revision:
        return {"field": None}
    files = list(Attachment.objects.of(order).live())
    steps = list(order.field_steps.select_related("created_by", "accepted_by"))
    shots = [file for role in ROLES for file in files if file.role == role]
    signatures = [file for file in files if file.role == Role.SIGNATURE]
    in_hand = order.status in IN_HAND
    return {
        "field": Panel(
            shots,
            signatures[-1] if signatures else None,
            [row(step, user) for step in steps if step.verb == "arrive" and step.waited >= MINUTE],
            [step for step in steps if step.verb == NOTE],
            in_hand and user.may(Can.DISPATCH_REPAIR),
            in_hand and order.repairer_id == user.pk,
        )
    }


def row(step: FieldStep, user: User) -> Row:
    """A step as the page shows it."""
    move = FLOW.moves.get(step.verb)
    label = move.label if move else step.verb
    acceptable = not step.accepted_at and user.may(Can.ACCEPT_SITE_TIME)
    return Row(step, label, site_words(step), acceptable)
