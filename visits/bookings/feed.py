"""The calendar of one resource: its signed address, and what stands in it (B4)."""

from datetime import datetime, timedelta

from django.core import signing

from visits.briefing.ical import Entry
from visits.resources.models import Resource

SALT = "visits.resource.feed"
BACK = timedelta(days=30)
MOST = 500


def token_of(resource: Resource) -> str:
    """Signed: nobody guesses the address of another one; a renewed one ends it."""
    return signing.dumps([resource.pk, resource.feed], salt=SALT)


def resource_of(token: str) -> Resource | None:
    """The resource of a whole token that still counts, else None."""
    try:
        pk, feed = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Resource.objects.filter(pk=pk, feed=feed).first()


def entries(resource: Resource, at: datetime) -> list[Entry]:
    """When it is taken, from BACK before `at`: which department, for which reception; no names, and of a secret
    reception nothing but the time, for the address may be handed on to a driver."""
    rows = resource.bookings.holding().filter(end__gte=at - BACK).for_page().order_by("start", "pk")
    found = []
    for one in rows[:MOST]:
        secret = bool(one.reception and one.reception.secret)
        no = one.reception.no if one.reception and not secret else ""
        department = one.created_by.department.name if one.created_by.department else ""
        title = " ".join(
            filter(None, (str(resource), one.get_status_display(), no or ("" if secret else department)))
        )
        found.append(Entry(f"{one.no}@yinghou", title, one.start, one.end, place=resource.place, text=one.no))
    return found
