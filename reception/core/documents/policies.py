"""What a document must say, who keeps it, who has to read it (B3b)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from reception.core.documents.choices import Kind, Step
from reception.core.documents.filling import mistakes
from reception.core.documents.flow import FLOW
from reception.core.documents.models import Document, Reading, Version
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from reception.core.procedures import Procedure

PROCEDURE = Procedure(FLOW)
LONGEST = 60_000  # characters of a text: some forty pages


def check_keeper(user: User) -> None:
    """Raises Refused unless `user` keeps the documents."""
    if not user.may(Can.KEEP_DOCUMENT):
        raise Refused("forbidden", "您的岗位不能起草或修改文件，请联系接待经理或客服部经理。（B3b）")


def check_described(kind: str, title: str) -> None:
    """What kind it is and what it is called. Raises Refused."""
    if not title:
        raise Refused("missing", "请写标题。", field="title")
    if len(title) > 80:
        raise Refused("invalid", f"标题最多 80 个字，现在有 {len(title)} 个。", field="title")
    if kind not in Kind.values:
        raise Refused("invalid", "请选择文件的种类。", field="kind")


def check_text(text: str) -> None:
    """Raises Refused for a text that says nothing or too much."""
    if not text:
        raise Refused("missing", "请写正文。", field="text")
    if len(text) > LONGEST:
        raise Refused(
            "invalid", f"正文最多 {LONGEST} 个字，现在有 {len(text)} 个，请分成几份文件。", field="text"
        )


def check_roles(codes: Iterable[str], field: str) -> None:
    """Raises Refused for a role that is none."""
    if set(codes) - ROLES.keys():
        raise Refused("invalid", "没有这个岗位，请重选。", field=field)


def check_steps(steps: Iterable[str]) -> None:
    """Raises Refused for a step that is none."""
    if set(steps) - set(Step.values):
        raise Refused("invalid", "没有这一步，请在列出的里面选。", field="steps")


def check_fields(kind: str, text: str) -> None:
    """A template asks only for what a record can tell. Raises Refused (invalid)."""
    if kind == Kind.TEMPLATE and (found := mistakes(text)):
        raise Refused("invalid", f"{found}请按“修改”改好草稿，再发布。（B3b）")


def check_published(draft: Version | None, before: Version | None, start: date, today: date) -> None:
    """A version begins today or later, and not before the one it follows; only the first may have begun long ago.
    Raises Refused."""
    if draft is None:
        raise Refused("state", "没有新的草稿可以发布。请先“修改”，写好新的一版。")
    if draft.number > 1 and not draft.changed:
        raise Refused("missing", "请先在草稿里写明这一版改了什么，再发布。")
    if not 2000 <= start.year < 2100:
        raise Refused("invalid", "生效日期的年份要在 2000 到 2099 之间，请核对。", field="valid_from")
    if draft.number > 1 and start < today:
        raise Refused("invalid", "新版最早今天生效：以前的日子里有效的是旧版，不能改。", field="valid_from")
    if before and before.valid_from and start < before.valid_from:
        day = f"{before.valid_from:%Y-%m-%d}"
        raise Refused("invalid", f"{before} {day} 才生效，新版不能比它更早。", field="valid_from")


def must_read(document: Document) -> QuerySet[User]:
    """The active people who are asked to read it and may see it. One query."""
    rows = User.objects.filter(is_active=True).filter(
        Exists(document.must_roles.through.objects.filter(document=document, group__user=OuterRef("pk")))
        | Q(department__in=document.must_departments.all())
    )
    readers = document.readers.through.objects.filter(document=document)
    return rows.filter(~Exists(readers) | Exists(readers.filter(group__user=OuterRef("pk"))))


def unread(document: Document, version: Version) -> QuerySet[User]:
    """Those of `must_read` who have not read `version`. One query."""
    return must_read(document).filter(
        ~Exists(Reading.objects.filter(version=version, read_by=OuterRef("pk")))
    )
