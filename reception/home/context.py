"""What the frame of every page shows; nothing is asked of the database until a template uses it."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

import helpdesk.mine
import helpdesk.todo
import reception.core.documents.todo
import visits.mine
import visits.todo
from reception.core.notices.models import Notice
from reception.core.people.roles import ROLES, Can
from reception.core.web.counting import counted
from reception.home.guides import step_of
from reception.home.rail import Item, rail_for
from visits.hosts.policies import PLANNERS


class Shell:
    """The frame around one answer, for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.organisation = settings.ORGANISATION

    @cached_property
    def now(self) -> datetime:
        """The server's time, by which the page's countdowns run."""
        return timezone.now()

    @property
    def theme(self) -> str:
        """What the theme cookie says, so that the first paint is right; light without one."""
        return "dark" if self.request.COOKIES.get("theme", "").endswith("dark") else "light"

    @property
    def job(self) -> str:
        """What this person is here, by their first role."""
        roles = self.request.user.roles
        return next((role.name for code, role in ROLES.items() if code in roles), "")

    @cached_property
    def _counts(self) -> list[int]:
        """What waits in both wings, and what is unread: one query, for they stand on every page."""
        user, at = self.request.user, self.now
        unread = Notice.objects.filter(to=user, read_at__isnull=True)
        papers = reception.core.documents.todo.waiting(user)
        return counted([*visits.todo.waiting(user, at), *helpdesk.todo.waiting(user, at), *papers], [unread])

    @property
    def todo(self) -> int:
        """How much waits for this person in both wings."""
        return self._counts[0]

    @property
    def unread(self) -> int:
        """Unread lines of the inbox."""
        return self._counts[1]

    @property
    def may_alarm(self) -> bool:
        """Whether this person raises emergencies with one key (D4.4.4)."""
        return self.request.user.is_authenticated and self.request.user.may(Can.LOG_CALL)

    @cached_property
    def _mine(self) -> list[int]:
        """What this person began and is not over, and was sent and did not open; asked only on the pages of 待办."""
        user = self.request.user
        begun = [*visits.mine.under_way(user), *helpdesk.mine.under_way(user)]
        return counted(begun, [visits.mine.unread(user)])

    @property
    def begun(self) -> int:
        """What this person began and is not over."""
        return self._mine[0]

    @property
    def copied(self) -> int:
        """What was sent to this person and not opened yet."""
        return self._mine[1]

    @property
    def plans(self) -> bool:
        """Whether this person has days of receptions ahead, and absences to enter (A4)."""
        user = self.request.user
        return user.is_authenticated and any(user.may(can) for can in PLANNERS)

    @property
    def guide(self) -> str:
        """The step of the work that this page belongs to, whose documents are one click away (B3b); "" for none."""
        return step_of(self.request.path) if self.request.user.is_authenticated else ""

    @cached_property
    def rail(self) -> list[Item]:
        """The rail; empty for strangers."""
        user = self.request.user
        return rail_for(user, self.request.path, self.todo) if user.is_authenticated else []

    @property
    def rail_rest(self) -> list[Item]:
        """What a phone shows below 更多."""
        return [item for item in self.rail if item.rest]

    @property
    def in_rest(self) -> bool:
        """Whether one is on a page below 更多."""
        return any(item.current for item in self.rail_rest)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor."""
    return {"shell": Shell(request)}
