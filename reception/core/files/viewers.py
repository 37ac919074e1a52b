"""Who may see the files of a record: each wing says it for its own kinds, so that the ground imports no wing."""

from collections.abc import Callable

from reception.core.people.models import User

Viewer = Callable[[User, int], bool]
# "visits.reception" → may this person see the record with this id? A kind without an entry is served to nobody.
viewers: dict[str, Viewer] = {}


def may_see(user: User, kind: str, pk: int) -> bool:
    """Whether `user` may see the record, and with it its files."""
    asked = viewers.get(kind)
    return asked is not None and asked(user, pk)
