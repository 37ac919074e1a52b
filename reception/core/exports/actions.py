"""Asking for a large workbook, cancelling it, and what the worker writes down while it makes one (D6)."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from reception.core.exports import store
from reception.core.exports.models import Export
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.web.lists import Later

LOST = timedelta(minutes=2)  # without a sign of life: the worker was killed, another takes it up
TRIES = 3
KEPT = timedelta(days=3)
AT_ONCE = 3  # open ones of one person
BROKEN = "准备时出了错，试了几次都没有做完。请稍后再导出；还是不行，请把这个页面给管理员看。"


@action
def ask(later: Later, *, reason: str, by: User, at: datetime) -> Export:
    """Put a workbook in the queue; the same one that is still open is that one. Raises Refused (missing, stale)."""
    why = " ".join(reason.split())[:200]
    if later.personal and not why:
        raise Refused("missing", "这张表里有个人信息，请写明为什么要导出（D6）。", field="reason")
    mine = Export.objects.of(by).open()
    if same := mine.filter(path=later.path, query=later.query).first():
        return same
    if mine.count() >= AT_ONCE:
        raise Refused("stale", f"您已有 {AT_ONCE} 个导出在准备，请等其中一个做完，或先取消一个。")
    made = Export.objects.create(
        title=later.title[:60], path=later.path, query=later.query, personal=later.personal, reason=why,
        created_at=at, created_by=by,
    )  # fmt: skip
    detail = {"list": made.title, "filter": made.query[:500], "personal": made.personal}
    record(made, "export", "申请后台导出", by=by, at=at, reason=why, detail=detail)
    return made


@action
def cancel(export: Export, *, by: User, at: datetime) -> Export:
    """Nobody makes it any more; what was written is thrown away. Raises Refused (stale) when it is over already."""
    if not Export.objects.open().filter(pk=export.pk).update(cancelled_at=at, cancelled_by=by):
        raise Refused("stale", "这次导出已经结束了，不用再取消。请刷新看最新情况。")
    export.refresh_from_db()
    record(export, "cancel", "取消后台导出", by=by, at=at)
    return export


@action
def claim(*, at: datetime) -> Export | None:
    """The oldest that nobody makes, for this worker alone; None when there is none. One that was taken up TRIES times
    and never finished has failed."""
    free = Export.objects.open().filter(Q(beat_at__isnull=True) | Q(beat_at__lt=at - LOST)).order_by("id")
    for export in free[:20]:
        if export.tries >= TRIES:
            fail(export, told=BROKEN, at=at)
        elif free.filter(pk=export.pk).update(beat_at=at, tries=F("tries") + 1, rows=0, total=None):
            export.refresh_from_db()
            return export
    return None


def advance(export: Export, *, at: datetime, rows: int, total: int | None = None) -> bool:
    """So many rows are written. False when it is no longer this worker's: cancelled, or taken up by another."""
    counted = {"total": total} if total is not None else {}
    held = Export.objects.open().filter(pk=export.pk, tries=export.tries)
    return bool(held.update(rows=rows, beat_at=at, **counted))


@action
def finish(export: Export, made: store.Made, *, at: datetime) -> bool:
    """The file is there: the asker reads of it in the inbox. False when it was cancelled or lost meanwhile."""
    held = Export.objects.open().filter(pk=export.pk, tries=export.tries)
    facts = {"stored": made.stored, "size": made.size, "sha256": made.sha256}
    if not held.update(ended_at=at, rows=made.rows, total=made.rows, expires_at=at + KEPT, **facts):
        return False
    export.refresh_from_db()
    detail = {
        "list": export.title,
        "filter": export.query[:500],
        "rows": export.rows,
        "sha256": export.sha256,
    }
    record(export, "export", "后台导出做完", by=None, at=at, reason=export.reason, detail=detail)
    title = f"《{export.title}》导出好了，共 {export.rows:,} 行，保留 {KEPT.days} 天"
    tell([export.created_by], title=title, url=export.get_absolute_url(), at=at)
    return True


@action
def fail(export: Export, *, told: str, at: datetime) -> None:
    """It cannot be made; `told` says why and what to do."""
    held = Export.objects.open().filter(pk=export.pk, tries=export.tries)
    if held.update(ended_at=at, failure=told[:300]):
        export.refresh_from_db()
        record(export, "fail", "后台导出没有办成", by=None, at=at, detail={"told": export.failure})
        title = f"《{export.title}》没有导出：{export.failure}"[:160]
        tell([export.created_by], title=title, url=export.get_absolute_url(), at=at, level="warn")


@action
def fetched(export: Export, *, by: User, at: datetime) -> None:
    """取走 in the ledger. Raises Refused (stale) once it has expired."""
    if not export.stored or not export.expires_at or at >= export.expires_at:
        raise Refused("stale", f"这个文件只保留 {KEPT.days} 天，现在已经没有了。请回到清单重新导出。")
    record(
        export, "fetch", "取走导出文件", by=by, at=at, reason=export.reason, detail={"sha256": export.sha256}
    )


def drop_expired(at: datetime) -> None:
    """Take away the files that nobody may fetch any more, and halves that a killed worker left."""
    kept = Export.objects.filter(expires_at__gt=at).values_list("stored", flat=True)
    store.keep_only(set(kept), older_than=at - timedelta(days=1))
