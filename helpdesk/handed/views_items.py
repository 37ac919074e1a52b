"""Reports as lines of 待办: what waits for a signature, and what came back."""

from django.db.models import Q, QuerySet

from helpdesk.cases.views_faces import face
from helpdesk.handed.choices import Status
from helpdesk.handed.models import Submission
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo


def waiting_for(user: User) -> QuerySet[Submission]:
    """Reports that wait for a signature which `user` may give, and those of theirs that were sent back; none, and no
    query, for the others."""
    wanted = Q()
    if user.may(Can.REVIEW_REPORT):
        wanted |= Q(status=Status.SIGNED) & ~Q(signed_by=user) | Q(status=Status.REVIEWED)
    if user.may(Can.RECEIVE_REPORT):
        wanted |= Q(status=Status.SUBMITTED) & ~Q(signed_by=user)
    if user.may(Can.EDIT_REPORT):
        wanted |= Q(status=Status.DRAFT, created_by=user)
    return Submission.objects.filter(wanted) if wanted else Submission.objects.none()


def todo_row(one: Submission) -> Todo:
    """One line of 待办."""
    by = one.signed_name or str(one.created_by)
    return Todo(
        *face("other"), one.title, f"{one.no}·{by}", one.get_absolute_url(), state=one.get_status_display()
    )
