"""Reports on their way to 物管中心, walked by the real actions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from helpdesk.handed import actions
from helpdesk.handed.models import Submission
from helpdesk.report.spans import span_of

WAY = (("sign", "clerk"), ("review", "manager"), ("submit", "manager"), ("receive", "director"))


def make_report(
    cast: SimpleNamespace, at: datetime, status: str = "draft", month: str = "2026-10", months: int = 1
) -> Submission:
    """The report of `month` as it stands in `status`; everything happens at `at`."""
    found = actions.begin(span_of(month, months, at), by=cast.clerk, at=at)
    for move, who in WAY:
        if found.status == status:
            break
        getattr(actions, move)(found, by=getattr(cast, who), at=at)
    assert found.status == status
    return found


def wrote(found: Submission, cast: SimpleNamespace, at: datetime, **said: Any) -> Submission:
    """Something written in it, nothing else changed."""
    known: dict[str, Any] = {"conclusions": {}, "basis": {}, "outcomes": {}, "measures": [], "cases": []}
    return actions.write(found, by=cast.clerk, at=at, **known | said)
