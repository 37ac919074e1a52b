"""Sentences about documents."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reception.core.documents.choices import Status
from reception.core.people.models import User
from reception.core.people.roles import Can


def keeps(user: User) -> bool:
    """Whether `user` sees every document: keepers, and whoever reads the ledger."""
    return user.may(Can.KEEP_DOCUMENT) or user.may(Can.VIEW_LEDGER)


class DocumentQuerySet(models.QuerySet):
    """`Document.objects.visible_to(user)`."""

    def visible_to(self, user: User) -> "DocumentQuerySet":
        """Keepers and auditors see all; others what was published for everybody, or for a role of theirs."""
        if keeps(user):
            return self
        return self.exclude(status=Status.DRAFT).filter(open_to(user))

    def asked_of(self, user: User) -> "DocumentQuerySet":
        """Those in force that `user` is asked to read, whether read or not."""
        model: Any = self.model
        roles = model.must_roles.through.objects.filter(document=OuterRef("pk"), group__name__in=user.roles)
        departments = model.must_departments.through.objects.filter(
            document=OuterRef("pk"), department=user.department_id or 0
        )
        return self.filter(Exists(roles) | Exists(departments), status=Status.IN_FORCE)

    def unread_by(self, user: User) -> "DocumentQuerySet":
        """Those that `user` is asked to read and whose newest version they have not."""
        versions: Any = self.model._meta.get_field("versions").related_model
        read = versions.objects.newest().filter(document=OuterRef("pk"), readings__read_by=user)
        return self.asked_of(user).filter(~Exists(read))


class VersionQuerySet(models.QuerySet):
    """`Version.objects.in_force(day)`."""

    def newest(self) -> "VersionQuerySet":
        """The published version without an end, of each document that has one."""
        return self.filter(published_at__isnull=False, valid_until__isnull=True)

    def in_force(self, day: date) -> "VersionQuerySet":
        """What is in force on the Shanghai day `day`: at most one of each document."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)


def open_to(user: User | None, prefix: str = "") -> Q:
    """Documents (behind `prefix`, as `document__`) that everybody may see, or a role of `user`."""
    from reception.core.documents.models import Document

    through = Document.readers.through.objects.filter(document=OuterRef(f"{prefix}pk"))
    everybody = ~Q(Exists(through))
    return everybody | Q(Exists(through.filter(group__name__in=user.roles))) if user else everybody
