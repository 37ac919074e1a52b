"""Writing, publishing and withdrawing a document; reading it (B3b)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import Group
from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Greatest

from reception.core.clock.periods import local
from reception.core.documents.choices import Kind, Step
from reception.core.documents.folding import folded
from reception.core.documents.models import Document, Reading, Use, Version
from reception.core.documents.policies import (
    PROCEDURE,
    check_described,
    check_fields,
    check_keeper,
    check_published,
    check_roles,
    check_steps,
    check_text,
    must_read,
    unread,
)
from reception.core.flow import Refused, stale
from reception.core.ledger import action, next_no, record, touch
from reception.core.notices import tell
from reception.core.people.models import Department, User
from reception.core.people.roles import ROLES
from reception.core.procedures import moved_on

PREFIX = "WJ"
AGAIN = timedelta(hours=20)  # between two reminders
LABELS = {
    "kind": "种类", "title": "标题", "department": "归口部门", "readers": "谁能看", "must_roles": "须阅读的岗位",
    "must_departments": "须阅读的部门", "steps": "用在哪一步",
}  # fmt: skip


class Written(TypedDict, total=False):
    """What a keeper writes. kind, title and text are needed; readers, must_roles: codes of roles, none for everybody
    and for nobody; steps: whose screens open it; changed: what is new in this version."""

    kind: str
    title: str
    text: str
    changed: str
    department: Department | None
    readers: Iterable[str]
    must_roles: Iterable[str]
    must_departments: Iterable[Department]
    steps: Iterable[str]


@action
def draft(*, by: User, at: datetime, **written: Unpack[Written]) -> Document:
    """起草: a new document WJ-… with the draft of its first version. Raises Refused."""
    check_keeper(by)
    given = tidied(written)
    document = Document(
        no=next_no(PREFIX, at), created_at=at, created_by=by, kind=given["kind"], title=given["title"],
        plain=searched(given["title"]), department=given["department"],
    )  # fmt: skip
    document.save(force_insert=True)
    address(document, given)
    record(document, "record", "起草文件", by=by, at=at, reason=document.title)
    _keep_text(document, given, by=by, at=at)
    return document


@action
def edit(
    document: Document, *, by: User, at: datetime, expect: int | None = None, **written: Unpack[Written]
) -> Document:
    """修改: the text goes into the draft of the next version, which is made when there is none; what describes the
    document (title, who reads it) holds at once, and the ledger keeps what it was. Raises Refused."""
    check_keeper(by)
    given, before = tidied(written), described(document)
    touch(document, expect=expect, kind=given["kind"], title=given["title"], plain=searched(given["title"]),
          department=given["department"])  # fmt: skip
    address(document, given)
    after = described(document)
    changes = {LABELS[key]: [before[key], after[key]] for key in after if before[key] != after[key]}
    if changes:
        record(document, "describe", "修改说明", by=by, at=at, detail=changes)
    if _keep_text(document, given, by=by, at=at):
        record(document, "edit", "修改草稿", by=by, at=at, reason=given["changed"])
    return document


def searched(title: str) -> str:
    """The title as it is searched, as far as the column holds it: one sign may fold into eighteen."""
    return folded(title)[:400]


def tidied(written: Written) -> dict[str, Any]:
    """What was written, checked, with LF line ends. Raises Refused."""
    given: dict[str, Any] = {
        "kind": written.get("kind") or "",
        "title": " ".join((written.get("title") or "").split()),
        "text": (written.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").strip(),
        "changed": " ".join((written.get("changed") or "").split())[:200],
        "department": written.get("department"),
        "readers": sorted(set(written.get("readers") or ())),
        "must_roles": sorted(set(written.get("must_roles") or ())),
        "must_departments": list(written.get("must_departments") or ()),
        "steps": sorted(set(written.get("steps") or ())),
    }
    check_described(given["kind"], given["title"])
    check_text(given["text"])
    for field in ("readers", "must_roles"):
        check_roles(given[field], field)
    check_steps(given["steps"])
    return given


def address(document: Document, given: dict[str, Any]) -> None:
    """Who may see it, who is asked to read it, whose screens open it."""
    groups = {group.name: group for group in Group.objects.filter(name__in=ROLES)}
    document.readers.set([groups[code] for code in given["readers"]])
    document.must_roles.set([groups[code] for code in given["must_roles"]])
    document.must_departments.set(given["must_departments"])
    held = set(document.uses.values_list("step", flat=True))
    document.uses.exclude(step__in=given["steps"]).delete()
    Use.objects.bulk_create(Use(document=document, step=step) for step in given["steps"] if step not in held)


def described(document: Document) -> dict[str, str]:
    """What the ledger compares, in words."""
    return {
        "kind": Kind(document.kind).label,
        "title": document.title,
        "department": str(document.department or "未定"),
        "readers": _names(document.readers.all()) or "所有人",
        "must_roles": _names(document.must_roles.all()) or "无",
        "must_departments": "、".join(map(str, document.must_departments.all())) or "无",
        "steps": _steps(document) or "无",
    }


def _names(groups: Iterable[Group]) -> str:
    """Roles by the names people know them by, in the table's order."""
    held = {group.name for group in groups}
    return "、".join(role.name for code, role in ROLES.items() if code in held)


def _steps(document: Document) -> str:
    """The steps in the table's order."""
    held = set(document.uses.values_list("step", flat=True))
    return "、".join(label for step, label in Step.choices if step in held)


def _keep_text(document: Document, given: dict[str, Any], *, by: User, at: datetime) -> bool:
    """Put the text into the draft; a text that is the newest version's begins none. Returns whether it wrote."""
    newest = document.versions.order_by("-number").first()
    text, changed = given["text"], given["changed"]
    fields = {"text": text, "plain": folded(text), "changed": changed, "saved_at": at, "saved_by": by}
    if newest is not None and newest.published_at is None:
        if (newest.text, newest.changed) == (text, changed):
            return False
        document.versions.filter(pk=newest.pk).update(**fields)
    elif newest is None or newest.text != text:
        Version.objects.create(document=document, number=newest.number + 1 if newest else 1, **fields)
    else:
        return False
    return True


@action
def publish(
    document: Document, *, by: User, at: datetime, valid_from: date | None = None, expect: int | None = None
) -> Document:
    """发布: the draft comes into force on the Shanghai day `valid_from` (today unless said), and the version before
    it ends there. Whoever must read it is told. Raises Refused."""
    PROCEDURE.fresh(document, "publish", expect)
    if moved_on(document):
        raise stale(document)
    today = local(at).date()
    start = valid_from or today
    rows = document.versions.all()
    new, before = rows.filter(published_at__isnull=True).first(), rows.newest().first()
    PROCEDURE.check(document, "publish", by=by, at=at)
    check_published(new, before, start, today)
    check_fields(document.kind, new.text if new else "")
    assert new is not None
    PROCEDURE.run(
        document, "publish", by=by, at=at, reason=new.changed, expect=expect, withdrawn_at=None, withdrawn_by=None,
        withdrawn_reason="", detail={"version": new.number, "valid_from": start.isoformat()},
    )  # fmt: skip
    if before:
        rows.filter(pk=before.pk).update(valid_until=start)
    rows.filter(pk=new.pk).update(published_at=at, published_by=by, valid_from=start)
    ask(document, new, must_read(document).exclude(pk=by.pk), at=at)
    return document


def ask(document: Document, version: Version, people: Iterable[User], *, at: datetime) -> int:
    """A line in the inbox of each, to be answered with one press there. Returns how many."""
    url = document.get_absolute_url()
    return tell(
        people,
        title=f"请阅读：《{document.title}》{version}",
        body=version.changed,
        url=url,
        at=at,
        level="warn",
        answer=("已阅", f"{url}read/{version.number}/"),
    )


@action
def remind(document: Document, *, by: User, at: datetime, expect: int | None = None) -> int:
    """催阅: tells those who have not read the newest version, at most once in AGAIN. Returns how many. Raises Refused."""
    PROCEDURE.check(document, "remind", by=by, at=at)
    newest = document.versions.newest().first()
    people = list(unread(document, newest)) if newest else []
    if not people:
        raise Refused("state", "该看的人都看过了，不用催。")
    if document.reminded_at and at - document.reminded_at < AGAIN:
        raise Refused("state", "今天已经催过一次了，明天再催。")
    PROCEDURE.run(document, "remind", by=by, at=at, expect=expect, reminded_at=at, reminded_by=by,
                  detail={"to": len(people)})  # fmt: skip
    assert newest is not None
    return ask(document, newest, people, at=at)


@action
def withdraw(
    document: Document, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Document:
    """废止: from today on nothing of it is in force. Raises Refused."""
    why = " ".join(reason.split())[:200]
    PROCEDURE.run(document, "withdraw", by=by, at=at, reason=why, expect=expect, withdrawn_at=at,
                  withdrawn_by=by, withdrawn_reason=why)  # fmt: skip
    # The newest may only come into force next week: the one before it, in force until then, ends today as well.
    today = local(at).date()
    published = document.versions.filter(published_at__isnull=False)
    ends = Greatest(F("valid_from"), Value(today, DateField()))
    published.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=today)).update(valid_until=ends)
    return document


@action
def read(document: Document, *, by: User, at: datetime, number: int) -> Reading:
    """已阅: `by` has read version `number`, which has to be the newest published one. Raises Refused."""
    newest = document.versions.newest().first()
    if newest is None:
        raise Refused("state", f"《{document.title}》{document.get_status_display()}，不用再阅。")
    if newest.number != number:
        raise Refused("stale", f"《{document.title}》刚刚有了新的一版（{newest}），请看过新版再点“已阅”。")
    reading, made = Reading.objects.get_or_create(version=newest, read_by=by, defaults={"read_at": at})
    if not made:
        raise Refused("state", f"您已经记为阅读过《{document.title}》{newest}。")
    record(document, "read", "已阅", by=by, at=at, detail={"version": newest.number})
    return reading
