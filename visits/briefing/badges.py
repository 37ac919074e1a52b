"""胸卡: who wears which, in the order of the list: the leader, guests, then the host and ours. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from visits.briefing.place_cards import LONGEST, cards_for

A_PAGE = 8
KINDS = {"leader": "主宾", "guest": "来宾", "host": "主陪", "staff": "陪同"}


@dataclass(frozen=True)
class Badge:
    """One card. kind: leader, guest, host or staff; size as on the place cards."""

    kind: str
    name: str
    title: str
    unit: str
    size: str

    @property
    def label(self) -> str:
        """主宾, 来宾, 主陪, 陪同."""
        return KINDS[self.kind]


def badges_for(guests: Iterable[Any], host: Any, companions: str, *, customer: str, ours: str) -> list[Badge]:
    """Guests with the leader first, then the host and the companions as they were typed; nobody twice among ours."""
    made = []
    for guest in sorted(guests, key=lambda one: not one.is_leader):
        (card,) = cards_for([(guest.name, guest.organisation)], "", "", customer=customer, ours=ours)
        made.append(
            Badge(
                "leader" if guest.is_leader else "guest",
                card.name,
                guest.title[:LONGEST],
                card.note,
                card.size,
            )
        )
    title = str(host.position or "") if host else ""
    for number, card in enumerate(cards_for([], str(host or ""), companions, customer=customer, ours=ours)):
        leads = number == 0 and host is not None
        made.append(
            Badge("host" if leads else "staff", card.name, title if leads else "", card.note, card.size)
        )
    return made


def pages_of(badges: list[Badge]) -> list[list[Badge]]:
    """So many a page."""
    return [badges[number : number + A_PAGE] for number in range(0, len(badges), A_PAGE)]
