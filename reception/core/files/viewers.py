"""Who may see the files of a record: each wing says it for its own kinds, so that the ground imports no wing."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model

from reception.core.people.models import User

Viewer = Callable[[User, int, datetime], bool]
# "visits.reception" → may this person see the record with this id at this moment? A kind without an entry is served to nobody.
viewers: dict[str, Viewer] = {}


def may_see(user: User, kind: str, pk: int, at: datetime) -> bool:
    """Whether `user` may see the record at `at`, and with it its files."""
    asked = viewers.get(kind)
    return asked is not None and asked(user, pk, at)


def by_visibility(model: type[Model]) -> Viewer:
    """Whoever finds the record with `visible_to`."""
    return lambda user, pk, at: model.objects.visible_to(user).filter(pk=pk).exists()  # type: ignore[attr-defined]
