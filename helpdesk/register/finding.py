"""Finding units and people: by room, name, sound, company, telephone, in any order of words."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from helpdesk.directory.companies import Lease
from helpdesk.directory.models import Phone, Resident, Unit, normalize
from helpdesk.directory.places import split_place, tidy

SIZE = 50


def known_as(word: str) -> Q:
    """Residents who fit a word: name, company, reading, initials, or the end or beginning of a number."""
    match = Q(sought__contains=word.lower()) | Q(name__contains=word)
    digits = normalize(word)
    if len(digits) >= 4:
        numbers = Phone.objects.filter(resident=OuterRef("pk"))
        match |= Q(Exists(numbers.filter(Q(digits__endswith=digits) | Q(digits__startswith=digits))))
    return match


def units(q: str, **asked: Any) -> QuerySet[Unit]:
    """Units that fit every word and what else is asked: building, kind, who."""
    rows = Unit.objects.select_related("building")
    living = Resident.objects.living().filter(unit=OuterRef("pk"))
    for word in q.split()[:4]:
        rows = rows.filter(_place(word) | Q(Exists(living.filter(known_as(word)))) | Q(Exists(_rented(word))))
    if asked.get("building"):
        rows = rows.filter(building=asked["building"])
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    who = asked.get("who")
    if who == "leader":
        rows = rows.filter(Exists(living.filter(is_leader=True)))
    elif who == "empty":
        rows = rows.filter(~Exists(living))
    elif who == "out":
        rows = rows.filter(Exists(Resident.objects.filter(unit=OuterRef("pk"), moved_out_on__isnull=False)))
    # 202 stands before 1002: rooms of fewer characters first.
    return rows.annotate(size=Length("room")).order_by("building_id", "unit_no", "size", "room", "pk")


def _place(word: str) -> Q:
    """A word as an address or the beginning of one: 3-12, 3栋1202, 1202."""
    plain = tidy(word)
    found, rest = split_place(plain)
    if found and not rest:
        unit = {"unit_no": found.unit_no} if found.unit_no else {}
        return Q(building__code=found.building, room__startswith=found.room, **unit)
    building, dash, room = plain.partition("-")
    if dash and room:
        return Q(building__code=building, room__startswith=room.rpartition("-")[2])
    return Q(label__icontains=plain) | Q(room__startswith=plain)


def _rented(word: str) -> QuerySet[Lease]:
    """A company of that name or sound rents the unit now."""
    return Lease.objects.filter(
        unit=OuterRef("pk"), until__isnull=True, company__sought__contains=word.lower()
    )


def nowhere(q: str, who: str) -> QuerySet[Resident]:
    """People of the register without a unit (leaders, staff) who fit; nobody unless something is asked."""
    rows = Resident.objects.living().filter(unit__isnull=True).select_related("firm")
    for word in q.split()[:4]:
        rows = rows.filter(known_as(word))
    return rows.filter(is_leader=True) if who == "leader" else rows


def with_people(rows: Any) -> Any:
    """Each unit with those who live there, in one query more."""
    return rows.prefetch_related(Prefetch("residents", Resident.objects.living().order_by("pk")))


def page_of(rows: Any, after: str) -> tuple[list[Unit], str]:
    """One page after the key building~unit~room~id, and the key of the next; a broken key is the first page."""
    building, _, rest = after.replace("\x00", "").partition("~")
    unit_no, _, rest = rest.partition("~")
    room, _, pk = rest.rpartition("~")
    if all(one.isascii() and one.isdecimal() and len(one) < 19 for one in (building, pk)):
        same, size = Q(building_id=int(building)), len(room[:8])
        stair = same & Q(unit_no=unit_no[:4])
        rows = rows.filter(
            Q(building_id__gt=int(building))
            | (same & Q(unit_no__gt=unit_no[:4]))
            | (stair & Q(size__gt=size))
            | (stair & Q(size=size, room__gt=room[:8]))
            | (stair & Q(size=size, room=room[:8], pk__gt=int(pk)))
        )
    found = list(rows[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    last = found[-1] if found else None
    key = f"{last.building_id}~{last.unit_no}~{last.room}~{last.pk}" if more and last else ""
    return found, key
