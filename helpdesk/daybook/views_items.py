"""Days as lines of 待办: what the manager has to read."""

from django.db.models import Q, QuerySet

from helpdesk.cases.views_faces import face
from helpdesk.daybook.choices import Status
from helpdesk.daybook.models import Day
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo


def waiting_for(user: User) -> QuerySet[Day]:
    """Days that were taken over and wait for a signature which `user` may give; none, and no query, for the others."""
    if not user.may(Can.REVIEW_DAY):
        return Day.objects.none()
    return Day.objects.filter(~Q(handed_by=user), ~Q(taken_by=user), status=Status.TAKEN)


def todo_row(one: Day) -> Todo:
    """One line of 待办."""
    meta = f"{one.handed_name} 交 · {one.taken_name} 接"
    return Todo(*face("enquiry"), str(one), meta, one.get_absolute_url(), state="待审阅")
