"""Which records of the desk hold files, who sees them, and who adds to them (D4.3.2, ADR 0009)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import check_not_accused, check_not_own_department
from helpdesk.emergencies.models import Emergency
from helpdesk.matters.models import Matter
from helpdesk.matters.policies import has_it
from helpdesk.visitors.models import Visitor
from reception.core.people.models import User
from reception.core.people.roles import Can

Part = Callable[[Any, User], bool]
Rule = Callable[[Any, User | None, datetime], None]


def no_rule(record: Any, user: User | None, at: datetime) -> None:
    """Nothing forbids it."""


@dataclass(frozen=True)
class Holder:
    """model: with `visible_to`; part: whether somebody who is not the desk has a part in the record. bars: what keeps
    this person's hands off its files, others: off other people's files; they raise Refused."""

    model: type[Model]
    part: Part
    bars: Rule = no_rule
    others: Rule = no_rule

    def seen_by(self, user: User) -> QuerySet[Any]:
        """The records that `user` may see, and with them their files."""
        return self.model.objects.visible_to(user)  # type: ignore[attr-defined]

    @property
    def key(self) -> str:
        """helpdesk.complaint."""
        return self.model._meta.label_lower


def of_department(complaint: Complaint, user: User) -> bool:
    """The responsible department's own people."""
    return complaint.department_id is not None and complaint.department_id == user.department_id


# The word in the address → its holder.
HOLDERS = {
    "complaints": Holder(Complaint, of_department, check_not_accused, check_not_own_department),
    "emergencies": Holder(Emergency, lambda emergency, user: user.may(Can.HANDLE_EMERGENCY)),
    "matters": Holder(Matter, has_it),
    "visitors": Holder(Visitor, lambda visitor, user: False),
}


def word_of(record: Model) -> str:
    """The word in the address of `record`."""
    return next(word for word, holder in HOLDERS.items() if isinstance(record, holder.model))
