"""What the page on the spot is made of: a card for each step, the stages so far, and where each step leads."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_moves import CSS
from helpdesk.fieldwork.choices import MOVES, Role, pictures_of
from helpdesk.repairs.flow import FLOW
from helpdesk.repairs.models import Repair
from helpdesk.repairs.views_moves import DOORS
from reception.core.flow import Move

PICTURED = ("arrive", "pause", "finish")
SIGNED = ("signed_name", "unsigned_reason")


@dataclass
class Card:
    """One step's form. now: it may be made in the order's present state; else the phone shows it when it comes to it."""

    move: Move
    form: MoveForm
    roles: list[Role]
    now: bool

    @property
    def fields(self) -> list:
        """What is asked for, beside the acceptance."""
        return [field for field in self.form.visible_fields() if not (self.signs and field.name in SIGNED)]

    @property
    def signs(self) -> bool:
        """Whether the customer signs in it."""
        return Role.SIGNATURE in self.roles

    @property
    def plain(self) -> bool:
        """Nothing has to be filled in."""
        return not self.form.visible_fields() and self.form.rows is None

    @property
    def photos(self) -> list[Role]:
        """The pictures that are taken in the open part of the form."""
        return [role for role in self.roles if role not in (Role.SIGNATURE, Role.ABSENT)]

    @property
    def css(self) -> str:
        """Bootstrap's class for the step's tone."""
        return CSS.get(self.move.tone, "")


def cards(order: Repair) -> list[Card]:
    """A card for every step that a repairer may take, in the table's order, those that lead on first."""
    found = [
        Card(
            FLOW.moves[name],
            DOORS[name].form(auto_id=f"id_{name}_%s"),
            list(pictures_of(name)) if name in PICTURED else [],
            order.status in FLOW.moves[name].sources,
        )
        for name in MOVES
        if name in DOORS
    ]
    return sorted(found, key=lambda card: card.move.tone != "primary")


def next_states() -> dict[str, dict[str, str]]:
    """step → state before → state after, for the phone that is without signal."""
    found: dict[str, dict[str, str]] = {}
    for name in MOVES:
        move = FLOW.moves[name]
        found[name] = {str(source): str((move.targets or (source,))[0]) for source in move.sources}
    return found


def stages(order: Repair) -> list[tuple[str, str, datetime | None]]:
    """(step, name, when) of the way through an order."""
    return [
        ("acknowledge", "接单", order.acknowledged_at),
        ("arrive", "到场", order.arrived_at),
        ("work", "开工", order.started_at),
        ("finish", "完工", order.finished_at),
    ]
