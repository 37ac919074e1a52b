"""Who is free: what a person already has in a stretch of time, for one or for many, in a fixed number of queries (A4).

Busy are the receptions they host or accompany (not yet approved ones only perhaps), the itinerary items that name
them, their absences, and perhaps the days for which they handed their approvals over. Everything is asked through
the person, so that no higher noun is imported.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from reception.core.clock.periods import local
from reception.core.people.delegation import Delegation
from reception.core.people.models import User
from visits.hosts.choices import AbsenceKind
from visits.hosts.models import Absence

SURE = ("preparing", "receiving")
PERHAPS = ("review", "pending")
ELSEWHERE = "另有接待"


@dataclass(frozen=True)
class Clash:
    """One thing in the way. label: for those who may see it; brief: for everybody; url: "" without a page of its own;
    perhaps: it is not approved yet. Times are aware."""

    label: str
    start: datetime
    end: datetime
    url: str
    perhaps: bool = False
    brief: str = ELSEWHERE

    @property
    def span(self) -> str:
        """11月24日 09:00–17:00; the second date only when it is another."""
        a, b = local(self.start), local(self.end)
        end = f"{b:%H:%M}" if a.date() == b.date() else f"{b.month}月{b.day}日 {b:%H:%M}"
        return f"{a.month}月{a.day}日 {a:%H:%M}–{end}"

    @property
    def sentence(self) -> str:
        """11月24日 09:00–17:00 出差, for everybody's eyes."""
        return f"{self.span} {'可能' if self.perhaps else ''}{self.brief}"


def clashes(user: User, start: datetime, end: datetime, exclude: Any = None) -> list[Clash]:
    """What `user` has in [start, end), earliest first; `exclude` is the reception that is being planned."""
    return clashes_of([user.pk], start, end, exclude)[user.pk]


def clashes_of(
    users: Iterable[int], start: datetime | None, end: datetime | None, exclude: Any = None
) -> dict[int, list[Clash]]:
    """The same for many keys of people at once: five queries however many; without both times nobody is busy."""
    found: dict[int, list[Clash]] = {pk: [] for pk in users}
    if not (start and end and start < end and found):
        return found
    own = exclude.pk if exclude is not None else None
    seen: set[tuple[int, int]] = set()
    for role, word in (("hosted", "主陪"), ("accompanies", "陪同")):
        for user, pk, clash in _receptions(found, role, word, start, end, own):
            if (user, pk) not in seen:
                seen.add((user, pk))
                found[user].append(clash)
    for user, pk, clash in _items(found, start, end, own):
        if (user, pk) not in seen:
            found[user].append(clash)
    for absence in Absence.objects.standing().between(start, end).filter(user__in=found):
        label = AbsenceKind(absence.kind).label
        found[absence.user_id].append(Clash(label, absence.start, absence.end, "", brief=label))
    for hand in Delegation.objects.meeting(start, end).filter(from_user__in=found).select_related("to_user"):
        word = f"审批由{hand.to_user}代理"
        found[hand.from_user_id].append(
            Clash(word, hand.starts_at, hand.ends_at, "", perhaps=True, brief=f"外出，{word}")
        )
    return {user: sorted(rows, key=lambda one: (one.start, one.label)) for user, rows in found.items()}


def _receptions(
    users: Collection[int], role: str, word: str, start: datetime, end: datetime, own: int | None
) -> Iterator[tuple[int, int, Clash]]:
    """Receptions that they are to host or to accompany."""
    touches = {f"{role}__arrive_at__lt": end, f"{role}__leave_at__gt": start}
    fields = ("pk", "no", "customer_name", "arrive_at", "leave_at", "status", "secret")
    rows = User.objects.filter(pk__in=users, **touches, **{f"{role}__status__in": SURE + PERHAPS})
    for user, pk, no, name, arrive, leave, status, secret in rows.values_list(
        "pk", *(f"{role}__{f}" for f in fields)
    ):
        if pk != own:
            label = ELSEWHERE if secret else f"{word}{name}（{no}）"
            yield user, pk, Clash(label, arrive, leave, f"/visits/requests/{no}/", status in PERHAPS)


def _items(
    users: Collection[int], start: datetime, end: datetime, own: int | None
) -> Iterator[tuple[int, int, Clash]]:
    """Itinerary items that name them, of receptions that will take place."""
    path = "itinerary_items__itinerary__reception"
    standing = Q(
        itinerary_items__start__lt=end, itinerary_items__end__gt=start, **{f"{path}__status__in": SURE}
    )
    rows = User.objects.filter(standing, pk__in=users).values_list(
        "pk", f"{path}__pk", f"{path}__no", f"{path}__secret", "itinerary_items__what", "itinerary_items__start", "itinerary_items__end"
    )  # fmt: skip
    for user, pk, no, secret, what, begins, ends in rows:
        if pk != own:
            yield (
                user,
                pk,
                Clash(
                    ELSEWHERE if secret else f"{what}（{no}）",
                    begins,
                    ends,
                    f"/visits/requests/{no}/itinerary/",
                ),
            )
