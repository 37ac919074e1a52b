"""What is handed in, made once: the workbook's bytes and what the page says; read for ever after (D4.4.5)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from helpdesk.handed.content import content
from helpdesk.handed.models import Snapshot, Submission
from helpdesk.handed.plain import plain, read
from helpdesk.handed.sheets import sign, writers
from helpdesk.report.build import Report
from helpdesk.report.kept import Kept
from helpdesk.report.report_xlsx import filename, workbook
from helpdesk.report.sheets.registry import Writer
from helpdesk.report.spans import Span
from helpdesk.report.views_page import context
from reception.core.flow import Refused


@dataclass(frozen=True)
class Frozen:
    """A snapshot before it is stored."""

    name: str
    file: bytes
    page: dict[str, Any]
    digest: str


def freeze(found: Submission, report: Report) -> Frozen:
    """Workbook and page of `report` with what `found` says and its signatures as they are in memory."""
    said = content(found, report)
    book, file = workbook(report, writers(said)), BytesIO()
    sign(book, said)
    book.save(file)
    shown = context(report) | {"report": {"empty": report.empty, "matters": report.matters}}
    bytes_ = file.getvalue()
    return Frozen(
        filename(report), bytes_, plain({"figures": shown, "said": said}), sha256(bytes_).hexdigest()
    )


def keep(found: Submission, frozen: Frozen, *, by: Any, at: datetime) -> Snapshot:
    """Store it as the next version; inside an action."""
    version = found.snapshots.count() + 1
    return Snapshot.objects.create(
        submission=found, version=version, name=frozen.name, file=frozen.file, page=frozen.page,
        digest=frozen.digest, made_at=at, made_by=by,
    )  # fmt: skip


def newest(found: Submission) -> Snapshot | None:
    """The snapshot that counts, without its bytes until they are asked for; one query."""
    return found.snapshots.defer("file").order_by("-version").first()


class Handed(Kept):
    """What was handed in, for the pages of the report."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.name = snapshot, snapshot.name

    def page(self) -> dict[str, Any]:
        """What the report's page showed."""
        return read(self.snapshot.page)["figures"]

    def said(self) -> dict[str, Any]:
        """What people had written, as `content()`."""
        return read(self.snapshot.page)["said"]

    def file(self) -> bytes:
        """The workbook's bytes. Raises Refused when the store is damaged."""
        return file_of(self.snapshot)


def kept(span: Span) -> Handed | None:
    """What was handed in for exactly `span`; None while it is not. At most two queries."""
    found = Submission.objects.handed().of(span).first()
    snapshot = newest(found) if found else None
    return Handed(snapshot) if snapshot else None


def file_of(snapshot: Snapshot) -> bytes:
    """The workbook's bytes, as they were handed in. Raises Refused when the store is damaged."""
    if not snapshot.sound:
        raise Refused(
            "state", f"{snapshot} 与报送时的校验值不符，存档可能损坏。请联系管理员从备份恢复。（D4.3.4）"
        )
    return bytes(snapshot.file)


def sheets(report: Report) -> dict[int, Writer]:
    """1, 11 and 12 of a report that is not handed in yet, whether somebody began it or not."""
    return writers(content(Submission.objects.of(report.span).first(), report))
