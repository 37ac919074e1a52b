"""The worker's part: the list's own view is asked again, with the rights its asker has now, and writes into a file.

So there is one definition of every list, and no second door: who lost a right meanwhile gets no workbook.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from reception.core.clock.periods import local
from reception.core.exports import actions, store
from reception.core.exports.models import Export
from reception.core.flow import Refused
from reception.core.sheets.dump import MOST_ROWS, dump
from reception.core.web.lists import Sheet

EACH = 1000  # rows between two signs of life
log = logging.getLogger(__name__)
Now = Callable[[], datetime]


class Lost(Exception):
    """It was cancelled, or another worker has it: stop writing."""


def run_next(now: Now) -> bool:
    """Make the oldest that waits. False when none does; `now` is asked again and again, for it takes minutes."""
    export = actions.claim(at=now()) if Export.objects.open().exists() else None
    if export is None:
        return False
    try:
        _make(export, now)
    except Lost:
        pass
    except Refused as refused:
        actions.fail(export, told=refused.message, at=now())
    except Http404:
        actions.fail(export, told="这张清单不在了，或者不在您的查看范围内。", at=now())
    except Exception:
        # Its beat stands still now, so it is taken up again; after the last time it fails with a sentence.
        log.exception("export %s", export.pk)
        if export.tries >= actions.TRIES:
            actions.fail(export, told=actions.BROKEN, at=now())
    return True


def _make(export: Export, now: Now) -> None:
    """Ask the view; what it hands over is written and told."""
    if not export.created_by.is_active:
        raise Refused("forbidden", "提出导出的人已停用，没有再准备。")
    writer = Writer(export, now)
    view, args, kwargs = resolve(export.path)
    view(asking(export, writer), *args, **kwargs)
    if writer.made is None:
        raise Refused("invalid", "这张清单不能在后台导出，请直接在页面上导出。")
    if not actions.finish(export, writer.made, at=now()):
        store.remove(writer.made.stored)


def asking(export: Export, writer: "Writer") -> HttpRequest:
    """The asker's request for the list's workbook, with where to write it."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", export.path, export.path
    request.GET = QueryDict(export.query)
    request.META.update(SERVER_NAME="localhost", SERVER_PORT="80", QUERY_STRING=export.query)
    request.user = export.created_by
    request.export = writer  # type: ignore[attr-defined]
    return request


class Writer:
    """Takes a list from its view and writes it; `made` is the file then."""

    def __init__(self, export: Export, now: Now) -> None:
        self.export, self.now = export, now
        self.made: store.Made | None = None

    def __call__(self, sheet: Sheet) -> HttpResponse:
        """Write every row. Raises Lost, and Refused when one sheet cannot hold them."""
        total = sheet.total() if sheet.total else None
        if total and total > MOST_ROWS:
            raise Refused(
                "invalid", f"共 {total:,} 行，一张工作表放不下（最多 {MOST_ROWS:,} 行）。请缩小筛选再导出。"
            )
        self._beat(0, total)
        self.made = store.write(lambda file: self._fill(file, sheet))
        return HttpResponse(status=204)

    def _fill(self, file: BinaryIO, sheet: Sheet) -> int:
        return dump(
            file, title=sheet.title, columns=sheet.columns, rows=self._counted(sheet.rows), at=sheet.at,
            mark=f"{self.export.created_by}导出，{local(sheet.at):%Y-%m-%d %H:%M}", reason=self.export.reason,
        )  # fmt: skip

    def _counted(self, rows: Any) -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number and number % EACH == 0:
                self._beat(number)
            yield row

    def _beat(self, rows: int, total: int | None = None) -> None:
        if not actions.advance(self.export, at=self.now(), rows=rows, total=total):
            raise Lost
