"""The lines of a checklist, ticked one by one (two colleagues may tick different lines at the same time), and
photographs of what was done."""

from datetime import datetime

from reception.core.clock import start, stop
from reception.core.files.actions import attach
from reception.core.files.checking import Checked
from reception.core.files.models import Attachment
from reception.core.flow import Refused, stale
from reception.core.ledger import action, record
from reception.core.people.models import User
from visits.tasks.choices import CHECK_RULE
from visits.tasks.creating import timed_clock
from visits.tasks.models import Task, TaskCheck
from visits.tasks.policies import check_ticks


@action
def tick(check: TaskCheck, *, by: User, at: datetime) -> TaskCheck:
    """打勾: who and when are kept; its clock stops. Raises Refused (forbidden, state; stale when it is ticked)."""
    check_ticks(check.task, by, at)
    rows = TaskCheck.objects.filter(pk=check.pk, ticked_at__isnull=True)
    if not rows.update(ticked_at=at, ticked_by=by):
        raise stale(check)
    check.ticked_at, check.ticked_by = at, by
    record(check.task, "tick", "打勾", by=by, at=at, detail={"line": check.words})
    stop(check, CHECK_RULE, at=at)
    return check


@action
def untick(check: TaskCheck, *, by: User, at: datetime, reason: str) -> TaskCheck:
    """取消打勾, with its reason; a line whose time is still to come is asked for again. Raises Refused."""
    check_ticks(check.task, by, at)
    if not reason.strip():
        raise Refused("missing", "请写明为什么取消打勾。", field="reason")
    rows = TaskCheck.objects.filter(pk=check.pk, ticked_at__isnull=False)
    if not rows.update(ticked_at=None, ticked_by=None):
        raise stale(check)
    check.ticked_at, check.ticked_by = None, None
    record(
        check.task, "untick", "取消打勾", by=by, at=at, reason=reason.strip(), detail={"line": check.words}
    )
    for one in timed_clock(check, check.task, CHECK_RULE, check.due_at, at):
        start(check, CHECK_RULE, at=one.at, due_at=one.due_at, owner=one.owner)
    return check


@action
def photograph(task: Task, found: Checked, *, by: User, at: datetime) -> Attachment:
    """Keep a photograph as evidence of the task. Raises Refused (forbidden, state, invalid)."""
    check_ticks(task, by, at)
    if not found.mime.startswith("image/"):
        raise Refused("invalid", "这里只放照片，文件请加到接待的附件里。", field="photo")
    return attach(task, found, role="evidence", by=by, at=at)
