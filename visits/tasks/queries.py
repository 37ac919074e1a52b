"""Sentences about tasks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from reception.core.people.models import Department, User
from reception.core.people.roles import Can
from visits.tasks.choices import OPEN

if TYPE_CHECKING:
    from visits.tasks.models import Task


class TaskQuerySet(models.QuerySet["Task"]):
    """`Task.objects.of_department(d).open().overdue(at)`."""

    def of_department(self, department: Department | None) -> "TaskQuerySet":
        """Tasks that `department` answers for; without a department none."""
        return self.filter(department=department) if department else self.none()

    def open(self) -> "TaskQuerySet":
        """Tasks nobody finished or dropped yet."""
        return self.filter(status__in=OPEN)

    def overdue(self, at: datetime) -> "TaskQuerySet":
        """Open tasks whose due time has passed at `at`."""
        return self.open().filter(due_at__lt=at)

    def visible_to(self, user: User) -> "TaskQuerySet":
        """Tasks `user` may see: their department's (with DO_TASK), their own, those of receptions their
        department is responsible for, they applied for or host; all with VIEW_RECEPTIONS. Of a secret
        reception only their own (`discreet_for`)."""
        if user.may(Can.VIEW_RECEPTIONS) or user.may(Can.DECIDE_RECEPTION):
            return self.discreet_for(user)
        mine = (
            Q(assignee=user)
            | Q(offered_to=user)
            | Q(helper=user)
            | Q(reception__applicant=user)
            | Q(reception__host=user)
        )
        if user.department_id and user.may(Can.DO_TASK):
            mine |= Q(department_id=user.department_id) | Q(offered_department_id=user.department_id)
            mine |= Q(reception__department_id=user.department_id)
        return self.filter(mine).discreet_for(user)

    def discreet_for(self, user: User) -> "TaskQuerySet":
        """Without the tasks of secret receptions that are kept from `user`, but for those that they have or hand out."""
        if user.may(Can.VIEW_SECRET):
            return self
        related: Any = self.model._meta.get_field("reception").related_model
        own = Q(assignee=user) | Q(offered_to=user) | Q(helper=user)
        own |= Q(department__head=user) | Q(offered_department__head=user)
        return self.filter(own | ~Q(reception__in=related._default_manager.kept_from(user).values("pk")))

    def waiting_for(self, user: User, at: datetime) -> "TaskQuerySet":
        """What this person has to see to: their own open tasks, unclaimed ones of their department (a head: all), what
        was handed to them, and done ones of theirs that a 变更 touched or that are to be reconfirmed by `at`."""
        if not user.may(Can.DO_TASK):
            return self.none()
        ours = Q(assignee=user) | Q(department__head=user) | Q(offered_to=user)
        if user.department_id:
            ours |= Q(department_id=user.department_id, assignee__isnull=True)
            ours |= Q(offered_department_id=user.department_id, offered_to__isnull=True)
        again = Q(recheck=True) | Q(reconfirm_due_at__lte=at, reconfirmed_at__isnull=True)
        again &= Q(status="done", reception__status__in=("preparing", "receiving"))
        return self.filter(Q(status__in=OPEN) | again).filter(ours).discreet_for(user)

    def for_board(self) -> "TaskQuerySet":
        """With all that a task row shows, in one query."""
        return self.select_related("department", "assignee", "reception", "template").order_by("due_at", "id")
