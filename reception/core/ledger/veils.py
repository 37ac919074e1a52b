"""What even the readers of the ledger are not shown: each wing says it for its own kinds, so that the ground imports no wing."""

from collections.abc import Callable
from typing import Any

from reception.core.people.models import User

# "visits.reception" → the ids that are kept from this person, as a subquery.
veils: dict[str, Callable[[User], Any]] = {}


def unveiled(rows: Any, user: User) -> Any:
    """`rows` (with subject_kind and subject_id) without those about records that are kept from `user`."""
    for kind, kept in veils.items():
        rows = rows.exclude(subject_kind=kind, subject_id__in=kept(user))
    return rows
