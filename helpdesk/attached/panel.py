"""What a page shows of a record's files; one query."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from helpdesk.attached.policies import allows, check_adds, check_removes
from helpdesk.attached.registry import word_of
from reception.core.files.models import Attachment
from reception.core.people.models import User


@dataclass(frozen=True)
class Row:
    """One file. remove: the address that takes it away, "" for who may not."""

    file: Attachment
    remove: str


@dataclass(frozen=True)
class Panel:
    """rows: the files; url: where they are added; adds: whether this person may."""

    rows: list[Row]
    url: str
    adds: bool


def panel(record: Any, user: User) -> Panel:
    """The files of `record` as `user` sees them."""
    url = reverse("helpdesk:case_files", args=[word_of(record), record.no])
    rows = [
        Row(file, f"{url}{file.pk}/remove/" if allows(check_removes, record, file, user) else "")
        for file in Attachment.objects.of(record).live().for_page()
    ]
    return Panel(rows, url, allows(check_adds, record, user))
